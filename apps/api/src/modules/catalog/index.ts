export { CatalogModule } from './catalog.module.js';
export { allAttributeNames } from './attribute-name.repository.js';
export { actOf, recordAct, type CatalogAct } from './catalog-act.js';
export {
  listCompensationSettings,
  type CompensationSettingRow,
} from './compensation/compensation-setting.repository.js';
export { CompensationActionEnum } from './compensation/compensation-setting.types.js';
export { chooseDeclaration, declarationsFor, type ChosenDeclaration } from './domain/choose-declaration.js';
export type { DeclaredCompensation, PostingDateRule } from './domain/compensation-rules.js';
export { findCorrectionSettings, type CorrectionSettingRow } from './correction-setting.repository.js';
export { allCsvLayouts } from './csv-layouts/csv-layout.repository.js';
export { DEFINITION_VERSION_COLUMNS, definitionVersions, type DefinitionVersionRow } from './definition-versions.js';
export { DEMO_INGEST_KEY, DEMO_PASSWORD, DEMO_PEOPLE, DEMO_TENANT_ID } from './demo/demo-estate.js';
export { seedDemo, type DemoSettings } from './demo/seed-demo.js';
export { invalidIf, isFailure, refuse, type CatalogFailure } from './domain/catalog-failure.js';
export { textProblems } from './domain/catalog-text.js';
export { findContractsInForce, type EventContractRow } from './event-contract.repository.js';
export { newIngestKeyText } from './domain/ingest-key-text.js';
export { checkDefinition } from './domain/mapping-definition.js';
export { REQUEUE_ADAPTERS, type RequeueAdapterName } from './domain/requeue-adapters.js';
export { missingOf, type RequeueTarget } from './domain/requeue-target.js';
export { shareTargets } from './requeue-target.repository.js';
export type { CountingMapping } from './domain/mapping-overlay.js';
export { type RateNeed, listMoneyTolerances, listRateTypes, loadRates } from './exchange-rate.repository.js';
export { CatalogFailureType, catalogResult } from './graphql/catalog-failure.type.js';
export { IntegrationType, LegalEntityType } from './graphql/catalog.types.js';
export { MaintenanceCover, type MaintenanceWindow, type Waiting } from './maintenance/maintenance-cover.js';
export { loadMaintenance } from './maintenance/maintenance.repository.js';
export { toWindowType } from './maintenance/maintenance.resolver.js';
export { MaintenanceWindowType } from './maintenance/maintenance.types.js';
export { DefinitionVersionType } from './graphql/definition-version.type.js';
export { MappingType } from './graphql/mapping.types.js';
export { SourceSystemType } from './graphql/source-system.types.js';
export {
  findIntegrations,
  describeIntegrations,
  type IntegrationRow,
  type ListedIntegration,
} from './integration.repository.js';
export { listLegalEntities, type LegalEntityRow } from './legal-entity.repository.js';
export { countingMapping, countingMappings } from './mapping-reader.js';
export { shippedMappings } from './shipped-mappings.js';
export { findSourceSystems, namesOfKinds } from './source-system.repository.js';

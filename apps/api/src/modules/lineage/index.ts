export { ConversionArgs, ConvertedMoneyType } from './graphql/converted-money.types.js';
export { ImpactType } from './graphql/impact.types.js';
export { BusinessObjectType, ObjectReferenceType } from './graphql/object.types.js';
export { RebuildType } from './graphql/rebuild.types.js';
export { RemappingType } from './graphql/remapping.types.js';
export { TransactionType } from './graphql/transaction.types.js';
export { registerExports, type ExportKind } from './exports/export-routes.js';
export { ExportTooLarge, type StartedExport } from './exports/started-export.js';
export { zipStream, type ZipFile } from './exports/zip-stream.js';
export { countriesIn, regionOf } from './domain/regions.js';
export { MOST_TRANSACTIONS, TransactionExports } from './exports/transaction-exports.js';
export { LineageModule } from './lineage.module.js';
export { LineageReader } from './lineage-reader.js';
export {
  type AttachedDocument,
  type AttachedRead,
  findAttachedDocuments,
} from './money/attached-documents.repository.js';
export { loadMoneyAround, type MoneyAround } from './money/money-around.js';
export { loadMoneyGraph } from './money/money-graph.repository.js';
export { findMoneyPlaces } from './money/money-place.repository.js';
export { loadTolerances } from './money/object-money.js';
export { conversionTarget, convertAmount } from './money/convert-amount.js';
export { readImpact } from './money/read-impact.js';
export { WorkflowClocks } from './workflow-clocks.js';
export { loadHistory } from './history/load-when-asked.js';
export { readAttributeStatements } from './pipeline/read-attribute-statements.js';
export { createMapStage } from './pipeline/map-stage.js';
export { MappingsInForce, type TenantMappings } from './pipeline/mappings-in-force.js';
export { IntegrationSightings, createSightingsStage } from './pipeline/integration-sightings.js';
export { createRemapStage } from './pipeline/remapping/remap-stage.js';
export { type RemappingRequest, requestRemapping } from './pipeline/remapping/remapping.repository.js';
export type { ChangeGuard, ForeseenChange } from './pipeline/changes/change-guard.js';
export { endChange, findPendingHash, releaseChange, type LineageChange } from './pipeline/changes/pending-changes.js';
export type { ChangeReport, ChangesAfterwards, MoneyChange } from './domain/change-report.js';
export { ChangeReportType, ChangesAfterwardsType } from './graphql/change-report.types.js';
export { toAfterwards, toChangeReport } from './change-reader.js';
export { findRemapping, type RemappingRow } from './remapping-list.repository.js';
export { findRebuild, type RebuildRow } from './rebuild-list.repository.js';
export { createSequenceStage } from './pipeline/sequences/sequence-stage.js';
export type { MappedSignals } from './pipeline/map-signals.js';
export type { ProjectionRun } from './pipeline/project-lineage.js';
export { createProjectStage } from './pipeline/project-stage.js';
export { createRebuildStage } from './pipeline/rebuild/rebuild-stage.js';
export { type RebuildResult, rebuildLineage } from './pipeline/rebuild-lineage.js';

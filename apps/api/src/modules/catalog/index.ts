export { CatalogModule } from './catalog.module.js';
export { DEMO_INGEST_KEY, DEMO_PASSWORD, DEMO_PEOPLE, DEMO_TENANT_ID } from './demo/demo-estate.js';
export { seedDemo, type DemoSettings } from './demo/seed-demo.js';
export { IntegrationType, LegalEntityType } from './graphql/catalog.types.js';
export {
  findIntegrations,
  describeIntegrations,
  type IntegrationRow,
  type ListedIntegration,
} from './integration.repository.js';
export { listLegalEntities, type LegalEntityRow } from './legal-entity.repository.js';

export { BusinessObjectType, ObjectReferenceType } from './graphql/object.types.js';
export { TransactionType } from './graphql/transaction.types.js';
export { LineageModule } from './lineage.module.js';
export { LineageReader } from './lineage-reader.js';
export { WorkflowClocks } from './workflow-clocks.js';

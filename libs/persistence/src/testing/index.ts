export { createTenant, createTestDatabase } from './test-database.js';
export type { TestDatabase } from './test-database.js';
export { connected } from './connections.js';
export { dumpSchema } from './schema-snapshot.js';
export { hotQueries } from './hot-queries.js';
export type { HotQuery, HotSample } from './hot-queries.js';
export { fillHotTables } from './hot-tables.js';
export { explain } from './query-plan.js';
export type { QueryPlan } from './query-plan.js';

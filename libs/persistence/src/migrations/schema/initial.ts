import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditTables } from './initial/audit-tables.js';
import { catalogTables } from './initial/catalog-tables.js';
import { deliveryTables } from './initial/delivery-tables.js';
import { exceptionTables } from './initial/exception-tables.js';
import { factTables } from './initial/fact-tables.js';
import { identityTables } from './initial/identity-tables.js';
import { appRole, isolateTenant, publishedViews, tenantTables } from './initial/isolation.js';
import { dropJobFunctions, jobFunctions } from './initial/job-functions.js';
import { dropLookUpFunctions, lookUpFunctions } from './initial/look-up-functions.js';
import { dropPartitionFunctions, partitionFunctions } from './initial/partition-functions.js';
import { projectionTables } from './initial/projection-tables.js';
import { requeueTables } from './initial/requeue-tables.js';
import { signalTables } from './initial/signal-tables.js';

const tables = [
  identityTables,
  auditTables,
  catalogTables,
  signalTables,
  factTables,
  projectionTables,
  exceptionTables,
  requeueTables,
  deliveryTables,
];

/**
 * The whole schema of the first version. Keeps the previous version of the app working: there is none.
 * Expects the roles and the job schema, which `migrate` makes before.
 */
export class Initial implements MigrationInterface {
  readonly name = 'Initial1795132800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of tables) await runner.query(sql);
    for (const [table, rights] of Object.entries(tenantTables)) await runner.query(isolateTenant(table, rights));
    for (const view of publishedViews) await runner.query(`grant select on ${view} to ${appRole}`);
    for (const sql of [lookUpFunctions, jobFunctions, partitionFunctions]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of [dropPartitionFunctions, dropJobFunctions, dropLookUpFunctions]) await runner.query(sql);
    for (const view of publishedViews) await runner.query(`drop view ${view}`);
    for (const table of ['worker_heartbeat', ...Object.keys(tenantTables).reverse()])
      await runner.query(`drop table ${table}`);
  }
}

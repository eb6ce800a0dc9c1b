import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant } from './initial/isolation.js';
import { ingestColumns, dropIngestColumns, signalColumns, dropSignalColumns } from './ingest/changed-tables.js';
import { ingestFunctions, dropIngestFunctions } from './ingest/look-up-functions.js';
import { ingestTables, ingestTenantTables } from './ingest/new-tables.js';

/**
 * Everything that taking in more than spans and events needs: what a signal says of its sender and its mapping, files,
 * source systems with their credentials, key rotation and usage, mapping versions, contracts, redaction, mapping again.
 * Only adds: the previous version of the app keeps working beside it.
 */
export class Ingest implements MigrationInterface {
  readonly name = 'Ingest1795219200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [signalColumns, ingestColumns, ingestTables]) await runner.query(sql);
    for (const [table, rights] of Object.entries(ingestTenantTables)) await runner.query(isolateTenant(table, rights));
    await runner.query(ingestFunctions);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropIngestFunctions);
    for (const table of Object.keys(ingestTenantTables).reverse()) await runner.query(`drop table ${table}`);
    for (const sql of [dropIngestColumns, dropSignalColumns]) await runner.query(sql);
  }
}

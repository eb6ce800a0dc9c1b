import type { MigrationInterface } from 'typeorm';
import { Ingest } from './schema/ingest.js';
import { Initial } from './schema/initial.js';

type Migration = new () => MigrationInterface & { readonly name: string };

/** Changes of shape, in order. */
const schemaMigrations: readonly Migration[] = [Initial, Ingest];

/** Changes of rows (`content/`), kept apart because they may run long and must be restartable; none so far. */
const contentMigrations: readonly Migration[] = [];

/** All migrations. Each says whether the previous version of the app keeps working while and after it runs. */
export const migrations: readonly Migration[] = [...schemaMigrations, ...contentMigrations];

/** Names of all migrations, as recorded in `schema_migration`. */
export const migrationNames: readonly string[] = migrations.map((migration) => new migration().name);

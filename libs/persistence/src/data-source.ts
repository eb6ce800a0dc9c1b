import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { DatabaseOptions } from './database.js';
import { entities } from './entities/index.js';

/** A statement that takes longer is cancelled (57014): the pool must not fill up behind one bad plan. */
export const statementTimeoutMs = 30_000;
const idleInTransactionTimeoutMs = 60_000;
const connectTimeoutMs = 5_000;

/**
 * Many small statements at once: a helper process for one of them takes its time from the others, and costs more than it
 * saves; so does compiling a plan. An address that has options of its own keeps those instead.
 */
const sessionOptions = '-c max_parallel_workers_per_gather=0 -c jit=off';

const dateOid = 1082;

/** Parsers of result columns: as pg's own, but a `date` stays the text it is (pg makes it local midnight). */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === dateOid && format !== 'binary') return (value) => value;
    return pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format) as (value: string) => unknown;
  },
};

/** TypeORM's options for the app role. */
export function appDataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 10,
    entities: [...entities],
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
    // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
    poolErrorHandler: () => undefined,
    extra: {
      types: typeParsers,
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
      options: sessionOptions,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    },
  };
}

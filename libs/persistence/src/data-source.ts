import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { DatabaseOptions } from './database.js';
import { entities } from './entities/index.js';
import { parseInstant } from './instant-parser.js';

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
const instantOid = 1184;

/** Parsers of result columns: as pg's own, but a `date` stays the text it is (pg makes it local midnight). */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (format !== 'binary') {
      if (oid === dateOid) return (value) => value;
      if (oid === instantOid) return parseInstant;
    }
    return pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format) as (value: string) => unknown;
  },
};

/**
 * A client that never throws its error as an event: between the pool's listener and the borrower's there is a moment with
 * none, and a connection that is cut in it would end the process. Whoever uses the client is told by the statement that fails.
 */
class QuietClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

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
      Client: QuietClient,
      types: typeParsers,
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
      options: sessionOptions,
      statement_timeout: options.statementTimeoutMs ?? statementTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    },
  };
}

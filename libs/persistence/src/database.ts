import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import { appDataSourceOptions } from './data-source.js';
import { Listener } from './listener.js';
import type { NotifyChannel } from './notify-channel.js';
import { inspectReadiness } from './readiness.js';
import type { Readiness } from './readiness.js';
import { TenantTransaction } from './tenant-transaction.js';
import type { TransactionMode } from './tenant-transaction.js';
import { DatabaseUnavailable, isTransientDatabaseError, reasonOf } from './transient-error.js';
import type { Tx } from './tx.js';

/**
 * How to open a database: `url` of the app role, connections in the pool (10), name shown in pg_stat_activity, and how long a
 * statement may take (30 s).
 */
export type DatabaseOptions = { url: string; poolSize?: number; applicationName: string; statementTimeoutMs?: number };

/** The sender's tenant and key, found by the hash of an ingest key. */
export type FoundIngestKey = {
  tenantId: string;
  keyId: string;
  sourceSystem: string | null;
  /** Its own limit; null = the collector's. */
  itemsPerSecond: number | null;
};
/** A person who may sign in with an e-mail address (one per tenant). */
export type FoundSignIn = { tenantId: string; personId: string; passwordHash: string };
/** A session that has not expired, and its active person. */
export type FoundSession = {
  tenantId: string;
  personId: string;
  email: string;
  displayName: string;
  roles: string[];
  expiresAt: Date;
};

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The database as the app role sees it. A tenant's rows are reached through `withTenant` and `openReadTransaction` only. */
export class Database {
  private readonly listener: Listener;

  private constructor(
    private readonly dataSource: DataSource,
    options: DatabaseOptions,
  ) {
    this.listener = new Listener(options.url, `${options.applicationName} listen`);
  }

  /** Connects once to prove the address; throws DatabaseUnavailable when the server cannot be reached. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const dataSource = new DataSource(appDataSourceOptions(options));
    try {
      await dataSource.initialize();
    } catch (error) {
      throw asUnavailable(error);
    }
    return new Database(dataSource, options);
  }

  /** Runs `work` in one READ COMMITTED transaction of the tenant: commits when it returns, rolls back when it throws. */
  async withTenant<T>(
    tenantId: string,
    work: (tx: Tx) => Promise<T>,
    options: { readOnly?: boolean } = {},
  ): Promise<T> {
    const transaction = await this.begin(tenantId, options.readOnly === true ? 'read' : 'write');
    let result: T;
    try {
      result = await work(transaction);
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    await transaction.commit();
    return result;
  }

  /** A read-only transaction with one snapshot for all its statements; `close` must be called, once is enough. */
  async openReadTransaction(tenantId: string): Promise<{ tx: Tx; close(): Promise<void> }> {
    const transaction = await this.begin(tenantId, 'snapshot');
    return { tx: transaction, close: () => transaction.rollback() };
  }

  /** Calls back for every notification on the channel, over an own connection that reconnects; answers how to stop. */
  listen(channel: NotifyChannel, onPayload: (payload: string) => void): Promise<() => Promise<void>> {
    return this.listener.listen(channel, onPayload);
  }

  /** Ids of all tenants. */
  async tenantIds(): Promise<string[]> {
    const rows = await this.call<{ id: string }>('select id from throughline_tenant_ids() as id order by id', []);
    return rows.map((row) => row.id);
  }

  /** The tenant and key of an ingest key that is in force, by the key's SHA-256. */
  async findIngestKey(keyHash: Buffer): Promise<FoundIngestKey | null> {
    const [row] = await this.call<FoundIngestKey>(
      `select tenant_id as "tenantId", key_id as "keyId", source_system as "sourceSystem", items_per_second as "itemsPerSecond"
         from throughline_find_sender($1)`,
      [keyHash],
    );
    return row ?? null;
  }

  /** Active people of any tenant with this e-mail address (compared in lower case). */
  findSignIn(email: string): Promise<FoundSignIn[]> {
    return this.call<FoundSignIn>(
      'select tenant_id as "tenantId", person_id as "personId", password_hash as "passwordHash" from throughline_find_sign_in($1)',
      [email],
    );
  }

  /** The session with this hash and its person, unless it has expired or the person is not active. */
  async findSession(sessionHash: Buffer): Promise<FoundSession | null> {
    const [row] = await this.call<FoundSession>(
      `select tenant_id as "tenantId", person_id as "personId", email, display_name as "displayName", roles, expires_at as "expiresAt"
         from throughline_find_signed_in($1)`,
      [sessionHash],
    );
    return row ?? null;
  }

  /** Whether durable writes are possible now; each problem is one sentence for `/readyz`. Never throws. */
  async readiness(): Promise<Readiness> {
    try {
      return await inspectReadiness((sql, params) => this.call(sql, params));
    } catch (error) {
      return { isReady: false, problems: [`the database does not answer: ${reasonOf(error)}`] };
    }
  }

  /** Tells that the worker (the id under which it locks jobs) lives. */
  async heartbeat(workerId: string): Promise<void> {
    await this.call('select throughline_heartbeat($1)', [workerId]);
  }

  /** Frees the jobs of workers not heard of for so many seconds; answers their ids. */
  async releaseDeadWorkers(olderThanSeconds: number): Promise<string[]> {
    const rows = await this.call<{ id: string }>('select id from throughline_release_dead_workers($1) as id', [
      olderThanSeconds,
    ]);
    return rows.map((row) => row.id);
  }

  /** Closes the pool and the listening connection. */
  async close(): Promise<void> {
    await this.listener.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async begin(tenantId: string, mode: TransactionMode): Promise<TenantTransaction> {
    if (!uuidPattern.test(tenantId)) throw new TypeError('a tenant id is a uuid');
    const runner = this.dataSource.createQueryRunner();
    const client = await this.connect(runner);
    return TenantTransaction.begin(runner, client, tenantId, mode);
  }

  private async call<R>(sql: string, params: readonly unknown[]): Promise<R[]> {
    const runner = this.dataSource.createQueryRunner();
    const client = await this.connect(runner);
    try {
      const result = await client.query(sql, [...params]);
      return result.rows as R[];
    } finally {
      await runner.release();
    }
  }

  private async connect(runner: QueryRunner): Promise<PoolClient> {
    try {
      return (await runner.connect()) as PoolClient;
    } catch (error) {
      throw asUnavailable(error);
    }
  }
}

function asUnavailable(error: unknown): unknown {
  if (!isTransientDatabaseError(error)) return error;
  return new DatabaseUnavailable(`the database cannot be reached: ${reasonOf(error)}`, { cause: error });
}

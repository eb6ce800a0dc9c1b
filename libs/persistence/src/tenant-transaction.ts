import type { PoolClient } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { CopyColumn } from './binary-copy.js';
import { RowCopier } from './row-copier.js';
import type { NotifyChannel } from './notify-channel.js';
import type { CopyRows, JobOptions, Tx } from './tx.js';

/** Reading and writing; reading only; reading with one snapshot for all statements. */
export type TransactionMode = 'write' | 'read' | 'snapshot';

// Said, not left to the server's default: who locks first and reads after it relies on READ COMMITTED.
const characteristics: Record<TransactionMode, string> = {
  write: 'isolation level read committed read write',
  read: 'isolation level read committed read only',
  snapshot: 'isolation level repeatable read read only',
};

/** The Tx on one pooled connection. Statements run one after another however they are called. */
export class TenantTransaction implements Tx {
  private readonly copier: RowCopier;
  private tail: Promise<unknown> = Promise.resolve();
  private isOpen = true;

  private constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
    readonly tenantId: string,
  ) {
    this.copier = new RowCopier(client);
    // TypeORM's own statements take their turn in the same queue: a pg client must not be given a second query while one runs.
    const query = runner.query.bind(runner);
    runner.query = ((sql: string, params?: unknown[], structured?: boolean) =>
      this.inTurn(() => (structured === true ? query(sql, params, true) : query(sql, params)))) as QueryRunner['query'];
  }

  /** `tenantId` must be a uuid: it becomes part of the statement, so that one round trip opens the transaction. */
  static async begin(
    runner: QueryRunner,
    client: PoolClient,
    tenantId: string,
    mode: TransactionMode,
  ): Promise<TenantTransaction> {
    const transaction = new TenantTransaction(runner, client, tenantId);
    try {
      await client.query(
        `begin ${characteristics[mode]}; select set_config('throughline.tenant_id', '${tenantId}', true)`,
      );
      // TypeORM has to know, or its save() would begin and commit a transaction of its own inside this one.
      Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    return transaction;
  }

  get manager(): EntityManager {
    return this.runner.manager;
  }

  query<R = Record<string, unknown>>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    return this.inTurn(async () => {
      const result = await this.client.query(sql, [...params]);
      return result.rows as R[];
    });
  }

  copyRows(table: string, columns: readonly CopyColumn[], rows: CopyRows, onConflict?: string): Promise<number> {
    return this.inTurn(() => this.copier.copy(table, columns, rows, onConflict));
  }

  async notify(channel: NotifyChannel, payload: string): Promise<void> {
    await this.query('select pg_notify($1, $2)', [channel, payload]);
  }

  async enqueue(task: string, payload: object, options: JobOptions = {}): Promise<void> {
    await this.enqueueAll(task, [{ payload, ...options }]);
  }

  async enqueueAll(task: string, jobs: readonly ({ payload: object } & JobOptions)[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.query(
      `select throughline_enqueue_job($1, j.payload, j."jobKey", j."runAt", j."maxAttempts")
       from jsonb_to_recordset($2::jsonb) as j(payload jsonb, "jobKey" text, "runAt" timestamptz, "maxAttempts" integer)`,
      [task, JSON.stringify(jobs)],
    );
  }

  async commit(): Promise<void> {
    try {
      const end = await this.inTurn(() => this.client.query('commit'));
      // The server answers COMMIT after a failed statement, whose error was swallowed, with a ROLLBACK and no error.
      if (end.command === 'ROLLBACK') {
        throw new Error('the transaction was rolled back: a statement in it failed and its error was not passed on');
      }
    } finally {
      await this.release();
    }
  }

  async rollback(): Promise<void> {
    if (!this.isOpen) return;
    try {
      await this.inTurn(() => this.client.query('rollback'));
    } catch {
      // The connection is gone and the server has rolled back; the pool drops a broken connection on release.
    } finally {
      await this.release();
    }
  }

  private async release(): Promise<void> {
    this.isOpen = false;
    await this.runner.release();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (!this.isOpen) return Promise.reject(new Error('the transaction has ended'));
    const turn = this.tail.then(work);
    this.tail = turn.catch(() => undefined);
    return turn;
  }
}

import type { EntityManager } from 'typeorm';
import type { CopyColumn } from './binary-copy.js';
import type { NotifyChannel } from './notify-channel.js';

/** How a job is enqueued: `jobKey` replaces a job of the same key (per tenant), `runAt` delays it. */
export type JobOptions = { jobKey?: string; runAt?: Date; maxAttempts?: number };

/** Rows to copy: a list, or pieces of a list that come one after another, so that no more than one is in memory. */
export type CopyRows = readonly (readonly unknown[])[] | AsyncIterable<readonly (readonly unknown[])[]>;

/**
 * One transaction of one tenant. Row-level security shows that tenant's rows alone; SQL still names `tenant_id = $1`.
 * `numeric` and `bigint` arrive as strings, `date` as `YYYY-MM-DD`, `timestamptz` as Date (milliseconds: cast to text for more).
 */
export type Tx = {
  readonly tenantId: string;
  /** Rows of one statement, also of UPDATE or DELETE … RETURNING. Errors are pg's own (`code` = SQLSTATE). */
  query<R = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  /** TypeORM's manager inside this transaction, for plain create, read, update, delete. */
  readonly manager: EntityManager;
  /**
   * INSERT of many rows: a batch as arrays in one statement, more by binary COPY. `onConflict` is the whole clause (`on conflict do nothing`).
   * Rows that come in pieces must not need this transaction while they are made. Answers how many rows were inserted (or updated by the clause). Cells are text, numbers, bigint, Buffer, boolean, objects or null.
   */
  copyRows(table: string, columns: readonly CopyColumn[], rows: CopyRows, onConflict?: string): Promise<number>;
  /** pg_notify: delivered when the transaction commits, dropped when it rolls back. */
  notify(channel: NotifyChannel, payload: string): Promise<void>;
  /** A background job in this transaction; its payload always carries this tenant's id as `tenantId`. */
  enqueue(task: string, payload: object, options?: JobOptions): Promise<void>;
  /** Many jobs of one task, in one statement. */
  enqueueAll(task: string, jobs: readonly ({ payload: object } & JobOptions)[]): Promise<void>;
};

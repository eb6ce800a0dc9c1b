import type { Database, Tx } from '@throughline/persistence';

/** What the observer is told before a transaction commits. */
export const COMMIT = 'commit';

/** Called before each statement of a transaction and before its commit; may wait, or throw, which ends the transaction. */
export type StatementObserver = (sql: string, params: readonly unknown[]) => Promise<void>;

/** The database with an observer in the way of every statement. */
export function observedDatabase(database: Database, observe: StatementObserver): Database {
  const withTenant = <T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.withTenant(tenantId, async (tx) => {
      const result = await work(observedTx(tx, observe));
      await observe(COMMIT, []);
      return result;
    });
  return new Proxy(database, {
    get: (target, name) => (name === 'withTenant' ? withTenant : Reflect.get(target, name, target)),
  });
}

function observedTx(tx: Tx, observe: StatementObserver): Tx {
  return {
    tenantId: tx.tenantId,
    manager: tx.manager,
    async query<R>(sql: string, params?: readonly unknown[]): Promise<R[]> {
      await observe(sql, params ?? []);
      return tx.query<R>(sql, params);
    },
    async copyRows(table, columns, rows, onConflict) {
      await observe(`copy ${table}`, []);
      return tx.copyRows(table, columns, rows, onConflict);
    },
    async notify(channel, payload) {
      await observe(`notify ${channel}`, [payload]);
      return tx.notify(channel, payload);
    },
    enqueue: (task, payload, options) => tx.enqueue(task, payload, options),
    enqueueAll: (task, jobs) => tx.enqueueAll(task, jobs),
  };
}

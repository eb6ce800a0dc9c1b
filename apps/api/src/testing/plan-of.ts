import type { Tx } from '@throughline/persistence';
import { explain, type QueryPlan, type TestDatabase } from '@throughline/persistence/testing';

/** Plan of the one statement that the work runs, as the app role. */
export async function planOf(
  db: TestDatabase,
  tenantId: string,
  work: (tx: Tx) => Promise<unknown>,
): Promise<QueryPlan> {
  let plan: QueryPlan | undefined;
  await db.database.withTenant(tenantId, (tx) => {
    const watching: Pick<Tx, 'tenantId' | 'query'> = {
      tenantId: tx.tenantId,
      async query<R>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
        plan = await explain(tx, sql, params);
        return [];
      },
    };
    return work(watching as Tx);
  });
  if (plan === undefined) {
    throw new Error('no statement was run');
  }
  return plan;
}

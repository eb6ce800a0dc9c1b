import type { Tx } from '@throughline/persistence';

let savepoints = 0;

/**
 * Does work in the caller's transaction and takes all of it back: what it answers is what would be. Locks that were taken before
 * stay.
 */
export async function undone<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  savepoints += 1;
  const name = `undone_${savepoints}`;
  await tx.query(`savepoint ${name}`);
  const result = await work();
  await tx.query(`rollback to savepoint ${name}`);
  return result;
}

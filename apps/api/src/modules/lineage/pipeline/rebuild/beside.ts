import type { Tx } from '@throughline/persistence';

/** The schema that holds the projection that is made beside the one that is shown. */
export const BESIDE = 'rebuild';

/**
 * Does work on the projection beside: in it the tables of the projection and its queues are those of the rebuild, while facts
 * and all else are what they always are. So there is one engine, which need not know where it writes.
 */
export async function beside<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const [before] = await tx.query<{ path: string }>(`select current_setting('search_path') as path`);
  await setPath(tx, `${BESIDE}, public`);
  const result = await work();
  await setPath(tx, before?.path ?? 'public');
  return result;
}

async function setPath(tx: Tx, path: string): Promise<void> {
  await tx.query(`select set_config('search_path', $1, true)`, [path]);
}

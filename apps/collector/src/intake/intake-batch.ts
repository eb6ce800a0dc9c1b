import { type PendingBatch, PostgresSignalLog, type SignalLog, type Tx } from '@throughline/persistence';

/** What storing a request came to; `duplicates` were stored before (or twice in the request) and are accepted as well. */
export type StoredCounts = { stored: number; duplicates: number };

const log: SignalLog = new PostgresSignalLog();

/** Leaves the work that the workers claim, and wakes them at commit. Only for a batch that stored something new. */
export async function announceBatch(tx: Tx, batch: PendingBatch): Promise<void> {
  await log.append(tx, batch);
}

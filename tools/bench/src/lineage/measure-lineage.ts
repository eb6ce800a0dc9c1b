import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBenchStore } from '../spans/bench-store.js';
import { FILLING_SETTINGS, countTransactions, fillHistory } from './fill-history.js';
import { measureQuestions } from './measure-questions.js';

/** How the measurement is done. */
export type LineageBenchOptions = { dataDir: string | undefined; transactions: number };

/** Fills a store with a history of transactions, and measures what people ask of it. */
export async function measureLineage(options: LineageBenchOptions): Promise<void> {
  const { transactions } = options;
  const dataDir = options.dataDir ?? path.join(tmpdir(), `throughline-bench-lineage-${transactions}`);
  await ensureFilled(dataDir, transactions);
  const store = await openBenchStore(dataDir);
  try {
    await measureQuestions(store);
  } finally {
    await store.close();
  }
}

/** Fills the store of a folder, unless it is; throws when it holds another history. */
async function ensureFilled(dataDir: string, transactions: number): Promise<void> {
  const store = await openBenchStore(dataDir, FILLING_SETTINGS);
  try {
    const stored = await countTransactions(store);
    if (stored === transactions) return;
    if (stored !== 0) throw new Error(`${dataDir} holds ${stored} transactions; give another --data-dir`);
    const { seconds, processorSeconds, bytes } = await fillHistory(store, dataDir, transactions);
    const each = (amount: number, digits: number) => (amount / transactions).toFixed(digits);
    console.log(
      `filled with ${transactions} transactions in ${seconds.toFixed(0)} s (${(transactions / seconds).toFixed(0)}/s); ${each(processorSeconds * 1e6, 0)} µs of processor each; ${(bytes / 1e9).toFixed(2)} GB, ${each(bytes, 0)} bytes each, indexes included`,
    );
  } finally {
    await store.close();
  }
}

import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBenchStore } from '../spans/bench-store.js';
import { countTransactions, fillHistory } from './fill-history.js';
import { measureQuestions } from './measure-questions.js';

/** How the measurement is done. */
export type LineageBenchOptions = { dataDir: string | undefined; transactions: number };

/** Fills a store with a history of transactions, and measures what people ask of it. */
export async function measureLineage(options: LineageBenchOptions): Promise<void> {
  const { transactions } = options;
  const dataDir = options.dataDir ?? path.join(tmpdir(), `throughline-bench-lineage-${transactions}`);
  const store = await openBenchStore(dataDir);
  try {
    const stored = await countTransactions(store);
    if (stored === 0) {
      const filling = await fillHistory(store, dataDir, transactions);
      console.log(
        `filled with ${transactions} transactions in ${filling.seconds.toFixed(0)} s (${(transactions / filling.seconds).toFixed(0)}/s), ${(filling.bytes / 1e9).toFixed(2)} GB, ${(filling.bytes / transactions).toFixed(0)} bytes each, indexes included`,
      );
    } else if (stored !== transactions) {
      throw new Error(`${dataDir} holds ${stored} transactions; give another --data-dir`);
    }
    await measureQuestions(store);
  } finally {
    await store.close();
  }
}

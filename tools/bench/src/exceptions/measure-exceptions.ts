import { tmpdir } from 'node:os';
import path from 'node:path';
import { askQuestions } from '../lineage/measure-questions.js';
import { openBenchStore } from '../spans/bench-store.js';
import { type ExceptionCounts, countExceptions, fillExceptions } from './fill-exceptions.js';
import { exceptionQuestions } from './inbox-questions.js';

/** How the measurement is done. */
export type ExceptionBenchOptions = ExceptionCounts & { dataDir: string | undefined };

/** Times a question is asked, those before anything is measured included. */
const ASKED = 80;

/** Fills a store with exceptions, and measures what people ask of them. */
export async function measureExceptions({ dataDir, open, closed }: ExceptionBenchOptions): Promise<void> {
  const folder = dataDir ?? path.join(tmpdir(), `throughline-bench-exceptions-${open}-${closed}`);
  const store = await openBenchStore(folder);
  try {
    const stored = await countExceptions(store);
    if (stored === 0) {
      const startedAt = performance.now();
      await fillExceptions(store, { open, closed });
      const seconds = (performance.now() - startedAt) / 1_000;
      console.log(`filled with ${open} open and ${closed} closed exceptions in ${seconds.toFixed(0)} s`);
    } else if (stored !== open + closed) {
      throw new Error(`${folder} holds ${stored} exceptions; give another --data-dir`);
    }
    await askQuestions(
      store,
      exceptionQuestions(),
      Array.from({ length: ASKED }, (_, number) => number),
    );
  } finally {
    await store.close();
  }
}

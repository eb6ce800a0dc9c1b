/**
 * How far apart progress is told, however much is done. A third of a second where four a second are the most: one may be as late as
 * a whole interval on its way, and the one behind it on time, and still no second sees five.
 */
export const PROGRESS_EVERY_MS = 334;

/**
 * The same events, at least `everyMs` apart: the source gathers what comes meanwhile, so the last one is told like each other. Counted
 * from when the taker asks for the next one: by then it has passed the one before on, however long it read for that. Ending it ends
 * the source.
 */
export function paced<T>(
  source: AsyncIterableIterator<T>,
  everyMs: number,
  rest: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  clock: () => number = () => performance.now(),
): AsyncIterableIterator<T> {
  let isFirst = true;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const from = isFirst ? -Infinity : clock() + everyMs;
      isFirst = false;
      // a timer may be early
      for (let wait = from - clock(); wait > 0; wait = from - clock()) await rest(wait);
      return source.next();
    },
    async return(value?: unknown) {
      return (await source.return?.(value)) ?? { done: true, value: undefined };
    },
    async throw(error?: unknown) {
      await source.return?.();
      throw error;
    },
  };
}

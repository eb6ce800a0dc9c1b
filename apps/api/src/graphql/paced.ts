/** The same events, at most one every `everyMs`: the source gathers what comes meanwhile. Ending it ends the source. */
export function paced<T>(
  source: AsyncIterableIterator<T>,
  everyMs: number,
  rest: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  clock: () => number = () => performance.now(),
): AsyncIterableIterator<T> {
  let nextAt = -Infinity;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const wait = nextAt - clock();
      if (wait > 0) await rest(wait);
      const event = await source.next();
      nextAt = clock() + everyMs;
      return event;
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

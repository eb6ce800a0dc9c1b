import type { ExecutionResult } from 'graphql';
import { CodedError } from './coded-error.js';

/** Whether an event's result only says that its subject is no more, or is hidden: nothing to tell the subscriber. */
function isVanished(result: ExecutionResult): boolean {
  return (
    result.errors?.some(
      ({ originalError }) => originalError instanceof CodedError && originalError.code === 'NOT_FOUND',
    ) === true
  );
}

function isSignedOut(result: ExecutionResult): boolean {
  return (
    result.errors?.some(
      ({ originalError }) => originalError instanceof CodedError && originalError.code === 'UNAUTHENTICATED',
    ) === true
  );
}

/**
 * Runs every event of the source and passes the results on. An event whose subject was not found is dropped; one that finds
 * its viewer signed out is the last. Not a generator: `return` must end a source that is waiting for its next event.
 */
export function eachEvent(
  source: AsyncIterable<unknown>,
  run: (event: unknown) => Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const events = source[Symbol.asyncIterator]();
  const end = async (): Promise<IteratorResult<ExecutionResult>> => {
    await events.return?.();
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      for (;;) {
        const event = await events.next();
        if (event.done === true) {
          return { done: true, value: undefined };
        }
        const result = await run(event.value);
        if (isSignedOut(result)) {
          await end();
          return { done: false, value: result };
        }
        if (!isVanished(result)) {
          return { done: false, value: result };
        }
      }
    },
    return: end,
    async throw(error) {
      await end();
      throw error;
    },
  };
}

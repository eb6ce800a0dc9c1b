import { isTransientDatabaseError } from '@throughline/persistence';

/** Answers that come so close to one another are written together. */
const GATHER_MS = 20;

/** What the database refuses for the moment is written again so often, after a pause that grows. */
const TRIES = 4;
const FIRST_PAUSE_MS = 50;

/**
 * Writes things as they come, those that come while others are written together. What cannot be written together is written one by
 * one, so that one of them keeps none of the others from it. Resolves when that one is written.
 */
export function inGroups<T>(write: (group: readonly T[]) => Promise<void>): (one: T) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<Map<T, unknown>> | undefined;
  let before: Promise<unknown> = Promise.resolve();

  const writeWaiting = async (): Promise<Map<T, unknown>> => {
    await before;
    await pause(GATHER_MS);
    const group = waiting;
    waiting = [];
    next = undefined;
    return written(write, group);
  };

  return async (one) => {
    waiting.push(one);
    if (next === undefined) {
      next = writeWaiting();
      before = next;
    }
    const failures = await next;
    if (failures.has(one)) throw failures.get(one);
  };
}

/** What could not be written, and why. */
async function written<T>(
  write: (group: readonly T[]) => Promise<void>,
  group: readonly T[],
): Promise<Map<T, unknown>> {
  try {
    await insistently(() => write(group));
    return new Map();
  } catch (error) {
    if (group.length === 1 || isTransientDatabaseError(error)) return new Map(group.map((one) => [one, error]));
  }
  const failures = new Map<T, unknown>();
  for (const one of group) {
    try {
      await write([one]);
    } catch (error) {
      failures.set(one, error);
    }
  }
  return failures;
}

/** What is known is lost when it is not written. */
async function insistently(write: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await write();
    } catch (error) {
      if (tried === TRIES || !isTransientDatabaseError(error)) throw error;
      await pause(FIRST_PAUSE_MS * 3 ** (tried - 1));
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

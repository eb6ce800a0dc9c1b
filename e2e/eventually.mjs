import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 100;

/**
 * Asks until the answer is neither null, undefined nor false, and returns it; a throwing question is asked again.
 * Says what it waited for when the time is over.
 */
export async function eventually(what, ask, withinMs = 20_000) {
  const deadline = Date.now() + withinMs;
  let lastError;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${String(withinMs / 1_000)} s in vain until ${what}`, { cause: lastError });
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

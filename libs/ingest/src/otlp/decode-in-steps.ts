/** Lets others have their turn: resolves in a later turn of the event loop. */
export type Pause = () => Promise<void>;

/** Characters, or bytes, that are walked before others have their turn: a few milliseconds. */
export const CHARACTERS_A_STEP = 256 * 1024;

/** Runs steps to their end, with a pause after each. */
export async function inSteps<T>(steps: Generator<void, T>, pause: Pause): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}

/** Runs steps to their end at a stretch. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

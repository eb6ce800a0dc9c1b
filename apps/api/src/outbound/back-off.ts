const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;

/**
 * Exponential back-off with full jitter: a random wait up to 2 s, 4 s, 8 s … 15 min, never under a second.
 * A target's own Retry-After wins when it is longer. `random` is in [0, 1).
 */
export function backOffMs(transmissions: number, afterMs: number | null, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(transmissions - 1, 0), 20));
  const jittered = 1_000 + Math.floor(random * ceiling);
  return Math.max(jittered, afterMs ?? 0);
}

import { createHash } from 'node:crypto';

/** Draws that depend on nothing but the text they were seeded with. */
export type SeededRandom = {
  /** At least 0, below 1. */
  fraction(): number;
  /** Both bounds included. */
  integer(lowest: number, highest: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
  shuffled<T>(items: readonly T[]): T[];
};

/**
 * Small fast counter generator (sfc32) seeded from SHA-256 of the text. Each subject ("order 12", "delivery x") has a
 * generator of its own, so that no draw depends on what happened to be drawn before it.
 */
export function seededRandom(...seed: readonly (string | number)[]): SeededRandom {
  const digest = createHash('sha256').update(JSON.stringify(seed)).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = 1;
  const fraction = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  const integer = (lowest: number, highest: number): number => lowest + Math.floor(fraction() * (highest - lowest + 1));
  return {
    fraction,
    integer,
    pick: <T>(choices: readonly T[]): T => {
      const chosen = choices[integer(0, choices.length - 1)];
      if (chosen === undefined) throw new Error('Nothing to pick from');
      return chosen;
    },
    chance: (probability) => fraction() < probability,
    shuffled: <T>(items: readonly T[]): T[] => {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        [result[last], result[other]] = [result[other] as T, result[last] as T];
      }
      return result;
    },
  };
}

/** Lower-case hex of the wanted length that depends on the parts alone: trace and span ids of the story. */
export function seededHex(length: number, ...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);
}

/** A reproducible stream of numbers in [0, 1) (mulberry32): the same seed gives the same disorder. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The items shuffled, each up to three times: what retries, redeliveries and parallel senders do to an order. */
export function inDisorder<T>(items: readonly T[], random: () => number): T[] {
  const repeated = items.flatMap((item) => Array.from({ length: 1 + Math.floor(random() * 3) }, () => item));
  for (let index = repeated.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [repeated[index], repeated[other]] = [repeated[other]!, repeated[index]!];
  }
  return repeated;
}

/** The items cut into consecutive batches of random sizes. */
export function inBatches<T>(items: readonly T[], random: () => number, largest = 5): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length;) {
    const size = 1 + Math.floor(random() * largest);
    batches.push(items.slice(start, start + size));
    start += size;
  }
  return batches;
}

const MOST_REMEMBERED = 250_000;

/**
 * Counts how often a reference was met. Banks give several entries of one statement the same reference (the amount and its
 * fee): the second is another entry, not the first one again. Remembers hashes, so that memory stays small; a statement of
 * more than 250 000 different references is counted no further.
 */
export class Occurrences {
  private readonly once = new HashSet();
  /** Met again: few. */
  private readonly again = new Map<number, number>();

  /** 1 for the first time. */
  next(reference: string): number {
    const hash = hash53(reference);
    if (this.once.has(hash)) {
      const count = (this.again.get(hash) ?? 1) + 1;
      if (count > 2 || this.again.size < MOST_REMEMBERED) this.again.set(hash, count);
      return count;
    }
    if (this.once.size < MOST_REMEMBERED) this.once.add(hash);
    return 1;
  }

  clear(): void {
    this.once.clear();
    this.again.clear();
  }
}

const SMALLEST = 64;

/** Open addressing in one typed array: 12 to 24 bytes a hash, where a Set of numbers takes five times that. */
class HashSet {
  size = 0;
  /** 0 = free. */
  private slots = new Float64Array(SMALLEST);

  has(hash: number): boolean {
    return this.slots[this.slotOf(hash)] !== 0;
  }

  add(hash: number): void {
    if (this.size * 3 > this.slots.length * 2) this.grow();
    this.slots[this.slotOf(hash)] = hash || 1;
    this.size += 1;
  }

  clear(): void {
    if (this.size > 0) this.slots = new Float64Array(SMALLEST);
    this.size = 0;
  }

  /** Where the hash is, or where it would go. */
  private slotOf(hash: number): number {
    const wanted = hash || 1;
    const last = this.slots.length - 1;
    let slot = wanted % this.slots.length;
    while (this.slots[slot] !== 0 && this.slots[slot] !== wanted) slot = slot === last ? 0 : slot + 1;
    return slot;
  }

  private grow(): void {
    const earlier = this.slots;
    this.slots = new Float64Array(earlier.length * 2);
    for (const hash of earlier) if (hash !== 0) this.slots[this.slotOf(hash)] = hash;
  }
}

/** cyrb53 (public domain): 53 bits, enough that two references of one statement never meet. */
function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

import { seededNumbers } from '../disorder.js';

/** Draws from one reproducible stream of numbers. */
export class Draw {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededNumbers(seed);
  }

  /** True in so large a share of the draws. */
  chance(share: number): boolean {
    return this.random() < share;
  }

  /** A whole number, both ends among them. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('there is nothing to draw from');
    return items[Math.floor(this.random() * items.length)]!;
  }

  /** One of the items; undefined when there are none. */
  oneOf<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : this.pick(items);
  }

  shuffled<T>(items: readonly T[]): T[] {
    const drawn = [...items];
    for (let index = drawn.length - 1; index > 0; index -= 1) {
      const other = this.between(0, index);
      [drawn[index], drawn[other]] = [drawn[other]!, drawn[index]!];
    }
    return drawn;
  }
}

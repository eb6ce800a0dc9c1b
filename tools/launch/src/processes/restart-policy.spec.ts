import { describe, expect, it } from '@jest/globals';
import { MOST_QUICK_DEATHS, QUICK_DEATH_MS, decideRestart } from './restart-policy.js';

describe('a process that ends unasked', () => {
  it('is started again at once when it had lived', () => {
    expect(decideRestart(QUICK_DEATH_MS, 4)).toEqual({ kind: 'restart', delayMs: 250, quickDeaths: 0 });
  });

  it('is started later each time it dies quickly, and given up after the fifth', () => {
    const delays: number[] = [];
    let quickDeaths = 0;
    for (;;) {
      const decision = decideRestart(1_000, quickDeaths);
      if (decision.kind === 'give-up') break;
      delays.push(decision.delayMs);
      quickDeaths = decision.quickDeaths;
    }
    expect(delays).toEqual([500, 1_000, 2_000, 4_000]);
    expect(quickDeaths).toBe(MOST_QUICK_DEATHS - 1);
  });
});

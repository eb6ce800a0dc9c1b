import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canaryState,
  faultsOfLimits,
  leftThatMatters,
  mostCareful,
  provedThatMatter,
  releaseNow,
  SHIPPED_LIMITS,
  type RunCounts,
  type RunLimits,
} from './run.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const LIMITS: RunLimits = {
  ratePerSecond: 100,
  canary: 5,
  canaryProof: 'VERIFIED',
  ramp: 4,
  maxInFlight: 50,
  stopPercent: 20,
  stopMinimum: 10,
};
const FRESH: RunCounts = {
  left: 1_000,
  inFlight: 0,
  proved: 0,
  pending: 0,
  failed: 0,
  releasedLastSecond: 0,
  firstOfLastSecond: null,
};

describe('a run releases', () => {
  it.each<[string, Partial<RunLimits>, Partial<RunCounts>, number]>([
    ['the canary first', {}, {}, 5],
    ['no more than are left', {}, { left: 3 }, 3],
    ['nothing while the canary is under way', {}, { inFlight: 5, pending: 5 }, 0],
    ['nothing while the canary is taken and not verified', {}, { pending: 5 }, 0],
    ['another one for one of the canary that ended otherwise', {}, { pending: 4 }, 1],
    ['by the ramp once the canary is proved', {}, { proved: 5 }, 15],
    ['less by what is not proved', {}, { proved: 5, pending: 9 }, 6],
    ['a smooth part of the rate at once', { ramp: 0 }, { proved: 5 }, 20],
    ['what the rate has left', { ramp: 0 }, { proved: 5, releasedLastSecond: 95, firstOfLastSecond: NOW }, 5],
    [
      'nothing when the second is used up',
      { ramp: 0 },
      { proved: 5, releasedLastSecond: 100, firstOfLastSecond: NOW },
      0,
    ],
    ['what may be in flight', { ramp: 0 }, { proved: 5, inFlight: 48 }, 2],
    ['nothing when too much is in flight', { ramp: 0 }, { proved: 5, inFlight: 60 }, 0],
    ['from the first one on without a canary', { canary: 0, ramp: 0 }, {}, 20],
    ['slowly without a canary by a ramp', { canary: 0 }, {}, 3],
  ])('%s', (_name, limits, counts, count) => {
    expect(releaseNow({ ...LIMITS, ...limits }, { ...FRESH, ...counts }, NOW)).toMatchObject({
      kind: 'release',
      count,
    });
  });

  it.each<[string, Partial<RunCounts>, string]>([
    ['one of the canary failed', { proved: 4, failed: 1 }, 'Of the first 5 1 failed: the rest was not sent.'],
    ['too large a share failed', { proved: 79, failed: 21 }, '21 of 100 failed, which is more than 20 %.'],
  ])('nothing more once %s', (_name, counts, why) => {
    expect(releaseNow(LIMITS, { ...FRESH, ...counts }, NOW)).toEqual({ kind: 'stop', why });
  });

  it.each<[string, Partial<RunCounts>]>([
    ['at the limit', { proved: 80, failed: 20 }],
    ['of few', { proved: 6, failed: 3 }],
  ])('on where failures are %s', (_name, counts) => {
    expect(releaseNow(LIMITS, { ...FRESH, ...counts }, NOW)).toMatchObject({ kind: 'release' });
  });

  it('nothing when nothing is left, whatever failed', () => {
    expect(releaseNow(LIMITS, { ...FRESH, left: 0, failed: 5 }, NOW)).toEqual({ kind: 'done' });
  });

  it('again when the second is over', () => {
    const used = { proved: 5, releasedLastSecond: 100, firstOfLastSecond: new Date(NOW.getTime() - 100) };
    expect(releaseNow({ ...LIMITS, ramp: 0 }, { ...FRESH, ...used }, NOW)).toEqual({
      kind: 'release',
      count: 0,
      lookAgainAt: new Date(NOW.getTime() + 900),
    });
  });
});

describe('limits', () => {
  it.each<[Partial<RunLimits>, number]>([
    [{}, 0],
    [SHIPPED_LIMITS, 0],
    [{ ratePerSecond: 0 }, 1],
    [{ canary: -1, maxInFlight: 1.5 }, 2],
    [{ ramp: 1 }, 1],
    [{ stopPercent: 101 }, 1],
  ])('%p have %d faults', (limits, count) => {
    expect(faultsOfLimits({ ...LIMITS, ...limits })).toHaveLength(count);
  });

  it('of several targets are the most careful of each', () => {
    const other: RunLimits = {
      ...LIMITS,
      ratePerSecond: 7,
      canary: 9,
      canaryProof: 'ACKNOWLEDGED',
      ramp: 0,
      stopPercent: 50,
    };
    const careful = { ...LIMITS, ratePerSecond: 7, canary: 9, ramp: 4 };
    expect(mostCareful([LIMITS, other])).toEqual(careful);
    expect(mostCareful([other, LIMITS])).toEqual(careful);
    expect(mostCareful([])).toEqual(SHIPPED_LIMITS);
  });
});

type Item = { releasedAt: number; answeredAt: number; provedAt: number; fails: boolean };

/** A target that answers after a while, and telemetry after another one. */
function countsAt(items: readonly Item[], left: number, ms: number): RunCounts {
  const lastSecond = items.filter((one) => one.releasedAt > ms - 1_000);
  const isOver = (one: Item) => one.provedAt <= ms;
  return {
    left,
    inFlight: items.filter((one) => one.answeredAt > ms).length,
    proved: items.filter((one) => isOver(one) && !one.fails).length,
    failed: items.filter((one) => isOver(one) && one.fails).length,
    pending: items.filter((one) => !isOver(one)).length,
    releasedLastSecond: lastSecond.length,
    firstOfLastSecond: lastSecond.length === 0 ? null : new Date(Math.min(...lastSecond.map((one) => one.releasedAt))),
  };
}

/** A run of many items that only its rate bounds, looked at by a worker that needs so long for each look; releases by time. */
function releasedOver(ms: number, ratePerSecond: number, lookMs: number): Item[] {
  const limits = { ...LIMITS, ratePerSecond, canary: 0, ramp: 0, maxInFlight: 1_000 };
  const items: Item[] = [];
  for (let at = 0; at < ms;) {
    const release = releaseNow(limits, countsAt(items, 100_000, at), new Date(at));
    if (release.kind !== 'release') throw new Error(release.kind);
    const next = { releasedAt: at, answeredAt: at + 40, provedAt: at + 50, fails: false };
    for (let count = 0; count < release.count; count += 1) items.push(next);
    at = release.lookAgainAt.getTime() + lookMs;
  }
  return items;
}

describe('over ten seconds', () => {
  it.each([1, 2, 3, 7, 20, 50, 99, 100, 333, 1_000])('%d a second is what goes out', (rate) => {
    for (const lookMs of [0, 3, 8]) {
      const all = releasedOver(10_000, rate, lookMs).length;
      expect(all).toBeGreaterThanOrEqual(rate * 10 * 0.98);
      expect(all).toBeLessThanOrEqual(rate * 10);
    }
  });
});

describe('whatever the limits and the target', () => {
  const limits = fc.record({
    ratePerSecond: fc.integer({ min: 1, max: 200 }),
    canary: fc.integer({ min: 0, max: 20 }),
    canaryProof: fc.constant('VERIFIED' as const),
    ramp: fc.integer({ min: 0, max: 20 }).filter((ramp) => ramp !== 1),
    maxInFlight: fc.integer({ min: 1, max: 60 }),
    stopPercent: fc.integer({ min: 1, max: 100 }),
    stopMinimum: fc.integer({ min: 1, max: 50 }),
  });
  const target = fc.record({
    items: fc.integer({ min: 1, max: 60 }),
    answer: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 }),
    proof: fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 20 }),
    fails: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 20 }),
  });

  it('no more than the limits is released, and all of it in the end unless it stops', () => {
    fc.assert(
      fc.property(limits, target, fc.boolean(), (limit, { items: all, answer, proof, fails }, isHealthy) => {
        const items: Item[] = [];
        let left = all;
        for (let ms = 0; ;) {
          const counts = countsAt(items, left, ms);
          const release = releaseNow(limit, counts, new Date(ms));
          if (release.kind === 'done') break;
          if (release.kind === 'stop') {
            expect(isHealthy).toBe(false);
            return;
          }
          for (let i = 0; i < release.count; i += 1) {
            const n = items.length;
            const answeredAt = ms + answer[n % answer.length]!;
            const isFailure = !isHealthy && fails[n % fails.length]! < 10;
            items.push({
              releasedAt: ms,
              answeredAt,
              provedAt: answeredAt + proof[n % proof.length]!,
              fails: isFailure,
            });
          }
          left -= release.count;
          const after = countsAt(items, left, ms);
          expect(after.releasedLastSecond).toBeLessThanOrEqual(limit.ratePerSecond);
          expect(after.inFlight).toBeLessThanOrEqual(limit.maxInFlight);
          if (canaryState(limit, after) === 'sending')
            expect(after.proved + after.pending).toBeLessThanOrEqual(limit.canary);
          expect(release.lookAgainAt.getTime()).toBeGreaterThan(ms);
          ms = release.lookAgainAt.getTime();
          expect(ms).toBeLessThan(3_600_000);
        }
        expect(items).toHaveLength(all);
      }),
      { numRuns: 60 },
    );
  });

  it('decides the same, however many more are left or proved than matter', () => {
    const many = fc.integer({ min: 0, max: 5_000 });
    const few = fc.integer({ min: 0, max: 100 });
    const counted = fc.record({
      ...{ left: many, proved: many, inFlight: few, pending: few, failed: few, releasedLastSecond: few },
      firstOfLastSecond: fc.constantFrom(null, new Date(NOW.getTime() - 400)),
    });
    fc.assert(
      fc.property(limits, counted, (limit, counts) => {
        const known = {
          ...counts,
          left: Math.min(counts.left, leftThatMatters(limit)),
          proved: Math.min(counts.proved, provedThatMatter(limit, counts)),
        };
        expect(releaseNow(limit, known, NOW)).toEqual(releaseNow(limit, counts, NOW));
      }),
      { numRuns: 2_000 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Predicate, Verdict } from './predicate.js';
import { CHECK_EVERY_MS, waitStanding, whyInvalidTerms, type WaitTerms } from './wait.js';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 30, hour));
const now = at(9);
const predicate: Predicate = { kind: 'posting-period-open', legalEntity: 'DE01', period: '2026-10' };
const unmet: Verdict = { result: 'unmet', detail: 'closed' };
const terms = (over: Partial<WaitTerms>): WaitTerms => ({ until: null, predicate: null, expiresAt: at(18), ...over });

describe('whyInvalidTerms', () => {
  it.each<[string, WaitTerms, string | null]>([
    ['a time', terms({ until: at(18) }), null],
    ['a predicate', terms({ predicate }), null],
    ['both', terms({ predicate, until: at(12) }), null],
    ['neither', terms({}), 'a wait needs a time or something that it waits for'],
    ['a time that is over', terms({ until: now }), 'until must lie in the future'],
    ['expired before it begins', terms({ predicate, expiresAt: at(9) }), 'expiresAt must lie in the future'],
    ['a time behind the end', terms({ until: at(19) }), 'until must not be later than expiresAt'],
    ['for ever', terms({ predicate, expiresAt: new Date(Date.UTC(2027, 10, 1)) }), 'a wait may last 92 days at most'],
  ])('%s', (_name, given, fault) => {
    expect(whyInvalidTerms(given, now)).toBe(fault);
  });
});

describe('waitStanding', () => {
  it.each<[string, WaitTerms, Verdict | null, unknown]>([
    ['not yet', terms({ until: at(12) }), null, { kind: 'waits', nextAt: at(12), detail: null }],
    [
      'a predicate that does not hold is looked at again',
      terms({ predicate }),
      unmet,
      { kind: 'waits', nextAt: new Date(now.getTime() + CHECK_EVERY_MS), detail: 'closed' },
    ],
    ['its time came', terms({ until: at(9) }), null, { kind: 'over', why: 'time-reached', detail: null }],
    [
      'what it waits for came',
      terms({ predicate }),
      { result: 'met', detail: 'open' },
      { kind: 'over', why: 'predicate-met', detail: 'open' },
    ],
    [
      'what it waits for came when the time did: that is the better reason',
      terms({ predicate, until: at(9), expiresAt: at(9) }),
      { result: 'met', detail: 'open' },
      { kind: 'over', why: 'predicate-met', detail: 'open' },
    ],
    [
      'it expired',
      terms({ predicate, expiresAt: at(9) }),
      unmet,
      { kind: 'over', why: 'expired-unmet', detail: 'closed' },
    ],
    [
      'it cannot come true',
      terms({ predicate }),
      { result: 'cannot-be-evaluated', detail: 'there is no legal entity DE01' },
      { kind: 'over', why: 'cannot-be-evaluated', detail: 'there is no legal entity DE01' },
    ],
  ])('%s', (_name, given, verdict, standing) => {
    expect(waitStanding(given, verdict, now)).toEqual(standing);
  });

  it('never waits longer than its end, nor looks later than it', () => {
    const hour = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(hour, hour, hour, fc.boolean(), (nowHour, until, expires, hasPredicate) => {
        const given = terms({ until: at(until), expiresAt: at(expires), predicate: hasPredicate ? predicate : null });
        const standing = waitStanding(given, hasPredicate ? unmet : null, at(nowHour));
        const end = Math.min(until, expires);
        expect(standing.kind).toBe(nowHour >= end ? 'over' : 'waits');
        if (standing.kind === 'waits') {
          expect(standing.nextAt.getTime()).toBeGreaterThan(at(nowHour).getTime());
          expect(standing.nextAt.getTime()).toBeLessThanOrEqual(at(end).getTime());
        }
      }),
    );
  });
});

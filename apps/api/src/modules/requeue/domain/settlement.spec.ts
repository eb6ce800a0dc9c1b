import { describe, expect, it } from '@jest/globals';
import { ATTEMPT_STATES, type AttemptState } from './attempt.js';
import { actOfSettlement, settle, SETTLEMENTS, VERDICTS, type ToSettle } from './settlement.js';

const NOW = new Date('2026-09-30T12:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

const UNKNOWN: ToSettle = {
  state: 'UNKNOWN',
  isFinished: false,
  sentAt: ago(60_000),
  verifyBy: ago(-3_600_000),
  makerId: 'maker',
};

const of = (over: Partial<ToSettle>, personId = 'other', verdict: (typeof VERDICTS)[number] = 'APPLIED') =>
  settle({ ...UNKNOWN, ...over }, { verdict, personId, now: NOW });

describe('what a person says became of a send', () => {
  const ends: [string, Partial<ToSettle>, string | undefined, string][] = [
    ['no answer', {}, undefined, 'VERIFIED'],
    ['taken, and not seen in its time', { state: 'ACKNOWLEDGED', verifyBy: ago(1) }, undefined, 'VERIFIED'],
    ['taken, and its time is not over', { state: 'ACKNOWLEDGED', verifyBy: ago(-1) }, undefined, 'NOT_POSSIBLE_NOW'],
    ['taken, and no time is set', { state: 'ACKNOWLEDGED', verifyBy: null }, undefined, 'NOT_POSSIBLE_NOW'],
    ['it may be on its way', { sentAt: ago(29_000) }, undefined, 'NOT_POSSIBLE_NOW'],
    ['who asked for it says so', {}, 'maker', 'SAME_PERSON'],
    ['it was overtaken', { isFinished: true }, undefined, 'NOT_POSSIBLE_NOW'],
  ];

  it.each(ends)('%s', (_name, over, personId, end) => {
    const settled = of(over, personId);
    expect('to' in settled ? settled.to : settled.code).toBe(end);
  });

  it.each(VERDICTS)('counts of no other state than those declared: %s', (verdict) => {
    const settled = (state: AttemptState) => 'to' in of({ state, verifyBy: ago(1) }, 'other', verdict);
    expect(ATTEMPT_STATES.filter(settled).sort()).toEqual(['ACKNOWLEDGED', 'UNKNOWN']);
  });

  it('of what was not applied ends as refused, so that it may be sent anew', () => {
    expect(of({}, 'other', 'NOT_APPLIED')).toMatchObject({ to: 'REFUSED', act: 'requeue-not-applied' });
  });

  it('of a notice that was taken leaves the exception to be worked on', () => {
    const [applied] = SETTLEMENTS;
    expect(actOfSettlement(applied, 'notify')).toBe('notified');
    expect(actOfSettlement(applied, 'reverse')).toBe('requeue-proved');
  });
});

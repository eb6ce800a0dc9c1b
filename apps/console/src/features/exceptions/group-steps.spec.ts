import { describe, expect, it } from '@jest/globals';
import { stepsOfLife } from './group-steps.js';

const hour = (number: number) => `2026-11-20T${String(number).padStart(2, '0')}:00:00.000Z`;
const step = (at: number, details: object, action = 'exception-group.changed') => ({
  ...{ id: `g${at}`, at: hour(at), action, actorName: 'Ana Lyst', details },
});
const KNOWN = { isKnownError: true };
const CLEARED = { isKnownError: false };
const until = (end: number) => ({ snoozedUntil: hour(end) });

describe('steps of a group in the life of an exception', () => {
  it.each([
    ['those of its time', [step(11, CLEARED), step(10, KNOWN)], null, ['g11', 'g10']],
    ['none after its end', [step(15, KNOWN), step(12, CLEARED)], hour(14), ['g12']],
    ['a mark of before that holds', [step(8, KNOWN)], null, ['g8']],
    ['no mark of before that was taken back before', [step(8, CLEARED), step(7, KNOWN)], null, []],
    ['a snooze and a mark of before that hold', [step(8, until(12)), step(7, KNOWN)], null, ['g8', 'g7']],
    ['no snooze of before that was over', [step(8, until(9))], null, []],
    ['a mark that holds behind a snooze that is over', [step(8, until(9)), step(7, KNOWN)], null, ['g7']],
    ['that at its very beginning and end', [step(14, CLEARED), step(10, KNOWN)], hour(14), ['g14', 'g10']],
    ['none that do not concern it', [step(11, { note: 'a' }), step(10, KNOWN, 'exception-group.merged')], null, []],
  ])('are %s', (_name, steps, resolvedAt, shown) => {
    expect(stepsOfLife(steps, { openedAt: hour(10), resolvedAt }).map(({ id }) => id)).toEqual(shown);
  });
});

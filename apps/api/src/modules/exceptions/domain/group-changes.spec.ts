import { describe, expect, it } from '@jest/globals';
import { type ChangeableWords, changesOf } from './group-changes.js';

const WORDS: ChangeableWords = {
  ...{ ownerId: 'anna', note: 'Ask Ben', isKnownError: true, knownErrorReference: 'CHG 7' },
  ...{ snoozedUntil: new Date('2026-10-01T08:00:00Z'), snoozeReason: 'Tonight' },
};
const LATER = new Date('2026-10-02T08:00:00Z');

describe('what is recorded of a change of a group', () => {
  it.each<[string, Partial<ChangeableWords>, Partial<ChangeableWords>]>([
    ['nothing of what is said as it was', { ...WORDS, snoozedUntil: new Date('2026-10-01T08:00:00Z') }, {}],
    [
      'the note alone where a form says all',
      { note: 'Ask Cleo', ownerId: 'anna', isKnownError: true, knownErrorReference: 'CHG 7' },
      { note: 'Ask Cleo' },
    ],
    [
      'that it is known no longer',
      { isKnownError: false, knownErrorReference: null },
      { isKnownError: false, knownErrorReference: null },
    ],
    ['another reference', { isKnownError: true, knownErrorReference: 'CHG 8' }, { knownErrorReference: 'CHG 8' }],
    [
      'another time with its reason, also where that is the same',
      { snoozedUntil: LATER, snoozeReason: 'Tonight' },
      { snoozedUntil: LATER, snoozeReason: 'Tonight' },
    ],
    ['that its snooze ends', { snoozedUntil: null }, { snoozedUntil: null }],
    ['nothing of what was not said', {}, {}],
  ])('is %s', (_name, said, recorded) => {
    expect(changesOf(WORDS, { ...WORDS, ...said }, said)).toEqual(recorded);
  });
});

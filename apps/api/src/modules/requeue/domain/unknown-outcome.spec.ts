import { describe, expect, it } from '@jest/globals';
import { whatSettles, type UnknownOutcome } from './unknown-outcome.js';

const AGAIN = new Date('2026-11-30T12:00:00Z');
const UNKNOWN: UnknownOutcome = {
  isIdempotent: true,
  retryAt: AGAIN,
  isCancelled: false,
  transmissions: 8,
  canAsk: false,
  isTaken: false,
};

describe('an unknown outcome is settled', () => {
  it.each<[string, Partial<UnknownOutcome>, string]>([
    ['by asking again', {}, 'asked again with the same key and bytes'],
    ['by telemetry when it was asked often enough', { retryAt: null }, 'asked 8 times without an answer'],
    [
      'by telemetry or a person where the target keeps no keys',
      { isIdempotent: false, retryAt: null },
      'keeps no keys',
    ],
    ['by its status call before anything else', { canAsk: true }, 'sent again after only if it was not applied'],
    [
      'by its status call once cancelled',
      { canAsk: true, isCancelled: true },
      'The status call of the target, or telemetry',
    ],
    ['by telemetry or a person once cancelled', { isCancelled: true }, 'was cancelled'],
    ['by a person where the target took it', { isTaken: true }, 'a second person who looks at the target'],
  ])('%s', (_name, change, words) => {
    expect(whatSettles({ ...UNKNOWN, ...change })).toContain(words);
  });
});

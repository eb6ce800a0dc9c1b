import { describe, expect, it } from '@jest/globals';
import { calendarNamed } from '@throughline/sla';
import { isReviewOverdue, reviewDueAt } from './review-due.js';

const at = (text: string) => new Date(text);

describe('when an emergency is to be reviewed', () => {
  it.each<[string, 'TARGET' | '24x7', number, string, string]>([
    ['within the week', 'TARGET', 2, '2026-11-23T09:00:00.000Z', '2026-11-25T23:00:00.000Z'],
    ['over a weekend', 'TARGET', 2, '2026-11-26T09:00:00.000Z', '2026-11-30T23:00:00.000Z'],
    ['let go on a Sunday', 'TARGET', 2, '2026-11-22T09:00:00.000Z', '2026-11-24T23:00:00.000Z'],
    [
      'late in the evening, which is the next day there',
      'TARGET',
      1,
      '2026-11-23T23:30:00.000Z',
      '2026-11-25T23:00:00.000Z',
    ],
    ['over holidays', 'TARGET', 2, '2026-12-24T09:00:00.000Z', '2026-12-29T23:00:00.000Z'],
    ['where every day counts', '24x7', 2, '2026-11-28T09:00:00.000Z', '2026-12-01T00:00:00.000Z'],
  ])('%s', (_name, calendar, days, letGo, due) => {
    expect(reviewDueAt(calendarNamed(calendar), days, at(letGo)).toISOString()).toBe(due);
  });

  const emergency = { isBreakGlass: true, reviewedAt: null, reviewDueAt: at('2026-11-25T23:00:00.000Z') };

  it.each<[string, object, string, boolean]>([
    ['before it is due', {}, '2026-11-25T22:59:59.999Z', false],
    ['when it is due', {}, '2026-11-25T23:00:00.000Z', true],
    ['reviewed in time or not', { reviewedAt: at('2026-11-27T09:00:00.000Z') }, '2026-11-28T09:00:00.000Z', false],
    ['no emergency', { isBreakGlass: false }, '2026-11-28T09:00:00.000Z', false],
    ['let go before there were due times', { reviewDueAt: null }, '2026-11-28T09:00:00.000Z', false],
  ])('is overdue: %s', (_name, over, now, isOverdue) => {
    expect(isReviewOverdue({ ...emergency, ...over }, at(now))).toBe(isOverdue);
  });
});

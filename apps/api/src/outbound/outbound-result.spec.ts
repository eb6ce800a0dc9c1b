import { describe, expect, it } from '@jest/globals';
import { backOffMs } from './back-off.js';
import { classifyAnswer, parseRetryAfter } from './outbound-result.js';

const now = new Date('2026-09-30T12:00:00.000Z');

describe('parseRetryAfter', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['7200', 7_200_000],
    ['99999', 86_400_000],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['Wed, 30 Sep 2026 12:00:30 GMT', 30_000],
    ['Wed, 30 Sep 2026 11:00:00 GMT', 0],
    ['Thu, 01 Oct 2026 11:00:00 GMT', 82_800_000],
    ['Fri, 02 Oct 2026 12:00:00 GMT', 86_400_000],
  ])('%p → %p', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

describe('classifyAnswer', () => {
  it.each([
    [200, 'success'],
    [202, 'success'],
    [204, 'success'],
    [301, 'rejected'],
    [307, 'rejected'],
    [400, 'rejected'],
    [404, 'rejected'],
    [409, 'rejected'],
    [410, 'rejected'],
    [408, 'retryable'],
    [425, 'retryable'],
    [429, 'retryable'],
    [500, 'retryable'],
    [503, 'retryable'],
    [504, 'retryable'],
  ])('%d is %s', (status, kind) => {
    expect(classifyAnswer({ status, body: '' }, '3', now).kind).toBe(kind);
  });
});

describe('backOffMs', () => {
  it.each([
    [1, null, 0, 1_000],
    [1, null, 0.5, 2_000],
    [2, null, 0.5, 3_000],
    [5, null, 0.5, 17_000],
    [50, null, 0.5, 451_000],
    [1, 30_000, 0.5, 30_000],
    [50, 5, 0.5, 451_000],
  ])('transmission %d, Retry-After %p, random %d → %d ms', (transmissions, afterMs, random, expected) => {
    expect(backOffMs(transmissions, afterMs, random)).toBe(expected);
  });
});

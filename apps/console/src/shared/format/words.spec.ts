import { describe, expect, it } from '@jest/globals';
import { percent } from './percent.js';
import { count, cutMiddle, initials, titleWords } from './words.js';

describe('words', () => {
  it('counts with the right noun', () => {
    expect(count(1, 'exception')).toBe('1 exception');
    expect(count(12_480, 'exception')).toBe('12,480 exceptions');
    expect(count(2, 'activity', 'activities')).toBe('2 activities');
  });

  it('cuts keys in the middle and keeps their ends', () => {
    expect(cutMiddle('SHORT', 10)).toBe('SHORT');
    expect(cutMiddle('ABCDEFGHIJKLMNOP', 9)).toBe('ABCD…MNOP');
  });

  it('makes initials and titles', () => {
    expect(initials('Anna Lindqvist')).toBe('AL');
    expect(initials('Throughline')).toBe('T');
    expect(titleWords('requeue-attempt')).toBe('Requeue attempt');
  });

  it.each([
    [112, 112, '100 %'],
    [111, 112, '99.1 %'],
    [1999, 2000, '99.9 %'],
    [61, 100, '61 %'],
    [2, 290, '0.6 %'],
    [1, 100_000, '<0.1 %'],
    [0, 5, '0 %'],
    [0, 0, '–'],
  ])('%d of %d is %s', (part, whole, written) => {
    expect(percent(part, whole)).toBe(written);
  });
});

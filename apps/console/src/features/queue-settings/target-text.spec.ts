import { describe, expect, it } from '@jest/globals';
import { fromHours, toHours } from './target-text.js';

describe('a target as it is typed', () => {
  it.each([
    ['PT30M', '0:30'],
    ['PT4H', '4:00'],
    ['PT90M', '1:30'],
    ['PT72H5M', '72:05'],
  ])('%s is %s', (duration, typed) => {
    expect(toHours(duration)).toBe(typed);
    expect(toHours(fromHours(typed) ?? '')).toBe(typed);
  });

  it.each([
    ['4', 'PT4H0M'],
    [' 0:05 ', 'PT0H5M'],
    ['', undefined],
    ['1:5', undefined],
    ['1:75', undefined],
    ['a day', undefined],
  ])('"%s" is told as %s', (typed, duration) => {
    expect(fromHours(typed)).toBe(duration);
  });
});

import { describe, expect, it } from '@jest/globals';
import { shownChange, shownJson } from './shown-json.js';

describe('a JSON text', () => {
  it.each([
    [null, 'nothing'],
    ['""', '“” (empty)'],
    ['"x"', 'x'],
    ['1.50', '1.50'],
  ])('is shown: %s as %s', (text, shown) => {
    expect(shownJson(text)).toBe(shown);
  });

  it.each([
    ['1', '"1"', { from: '1', to: '"1"' }],
    ['"nothing"', null, { from: '"nothing"', to: 'nothing' }],
    ['"••••"', '"••••"', { from: '••••', to: '••••' }],
    ['"a"', '"b"', { from: 'a', to: 'b' }],
  ])('is told from another that reads alike: %s and %s', (from, to, shown) => {
    expect(shownChange({ from, to })).toEqual(shown);
  });
});

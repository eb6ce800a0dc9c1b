import { describe, expect, it } from '@jest/globals';
import { shownChange, shownJson } from './shown-json.js';

describe('a JSON text', () => {
  it.each([
    [null, 'nothing'],
    ['""', '“” (empty)'],
    ['"x"', 'x'],
    ['1.50', '1.50'],
    [
      '{"no":12345678901234567890,"tax":"V1","to":{"city":"Bremen"},"tags":["a",""]}',
      'no: 12345678901234567890\ntax: V1\nto:\n  city: Bremen\ntags:\n  a\n  “” (empty)',
    ],
    ['{}', '{}'],
    ['[]', '[]'],
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

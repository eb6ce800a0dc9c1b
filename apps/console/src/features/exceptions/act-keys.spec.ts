import { expect, it } from '@jest/globals';
import { ACT_KEYS } from './act-keys.js';

it('no two acts have one key, and none takes a key of the list', () => {
  const keys = Object.values<string>(ACT_KEYS);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => ['j', 'k', 'x', 'f', 'v', 'g', 'h'].includes(key))).toEqual([]);
});

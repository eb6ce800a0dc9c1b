import { expect, it } from '@jest/globals';
import { AT_ONCE, isDecidedInSlices } from './decided-in-slices.js';

it.each([
  ['as many as are done at once', { items: AT_ONCE, action: 'requeue' as const }, false],
  ['one more', { items: AT_ONCE + 1, action: 'requeue' as const }, true],
  ['many that are undone', { items: AT_ONCE + 1, action: 'notify' as const }, false],
])('%s', (_name, request, isInSlices) => {
  expect(isDecidedInSlices(request)).toBe(isInSlices);
});

import { describe, expect, it } from '@jest/globals';
import { planHash, type HashedItem } from './plan-hash.js';

const item = (over: Partial<HashedItem> = {}): HashedItem => ({
  exceptionId: 'e1',
  integration: 'to-sap',
  mode: 'as-is',
  payloadVersion: 1,
  payloadJson: '{"a":1}',
  ...over,
});
const other = item({ exceptionId: 'e2' });

describe('the hash of a plan', () => {
  it('does not hang on the order in which it was asked', () => {
    expect(planHash([item(), other], false)).toBe(planHash([other, item()], false));
    expect(planHash([item()], false)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, HashedItem[], boolean]>([
    ['another exception', [item(), item({ exceptionId: 'e3' })], false],
    ['one less', [item()], false],
    ['another payload', [item({ payloadJson: '{"a":2}' }), other], false],
    ['another version of it', [item({ payloadVersion: 2 }), other], false],
    ['another mode', [item({ mode: 'extract-anew', payloadJson: null }), other], false],
    ['another target', [item({ integration: 'to-netsuite' }), other], false],
    ['an approval', [item(), other], true],
  ])('is another one with %s', (_what, going, isAsked) => {
    expect(planHash(going, isAsked)).not.toBe(planHash([item(), other], false));
  });
});

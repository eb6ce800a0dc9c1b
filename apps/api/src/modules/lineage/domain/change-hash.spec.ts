import { describe, expect, it } from '@jest/globals';
import { addToDigest, hashOfChange } from './change-hash.js';
import type { ChangeReport } from './change-report.js';

const NONE = '0'.repeat(64);
const REPORT: ChangeReport = {
  signals: 3,
  activities: { added: 0, changed: 3, removed: 0 },
  foreseen: 3,
  tables: [],
  isPartial: false,
  money: [],
  exceptions: { opens: 0, closes: 0, changes: 0, first: [] },
  documents: [],
};
const BASIS = { kind: 'remap' as const, scope: { sourceSystem: 'a' }, mappings: 'shop 2' };

describe('the digest of changes', () => {
  it('does not depend on the order in which they are told', () => {
    const of = (texts: readonly string[]) => texts.reduce(addToDigest, NONE);
    expect(of(['a', 'b', 'c'])).toBe(of(['c', 'a', 'b']));
    expect(of(['a', 'b'])).not.toBe(of(['a', 'c']));
    expect(of(['a', 'a'])).not.toBe(of(['a']));
    expect(of(['a'])).toHaveLength(64);
  });
});

describe('the hash of a change', () => {
  const base = hashOfChange(BASIS, REPORT, 'd');
  it.each<[string, string]>([
    ['the mappings', hashOfChange({ ...BASIS, mappings: 'shop 3' }, REPORT, 'd')],
    ['the range', hashOfChange({ ...BASIS, scope: {} }, REPORT, 'd')],
    ['what it is', hashOfChange({ ...BASIS, kind: 'rebuild' }, REPORT, 'd')],
    ['a row', hashOfChange(BASIS, REPORT, 'e')],
    ['counts', hashOfChange(BASIS, { ...REPORT, activities: { added: 1, changed: 3, removed: 0 } }, 'd')],
  ])('differs with %s', (_name, hash) => {
    expect(hash).not.toBe(base);
  });

  it('stays when signals came that change nothing', () => {
    expect(hashOfChange(BASIS, { ...REPORT, signals: 4 }, 'd')).toBe(base);
  });
});

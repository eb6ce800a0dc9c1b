import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeTaxonomy, groupFingerprint, isTaxonomyCode, problemSignature, taxonomyCodes } from './taxonomy.js';

describe('the taxonomy', () => {
  it('describes every code it lists', () => {
    for (const code of taxonomyCodes()) {
      expect(isTaxonomyCode(code)).toBe(true);
      expect(describeTaxonomy(code)).toMatchObject({ code, isKnown: true });
    }
    expect(describeTaxonomy('mapping-and-master-data.missing-legal-entity-mapping')).toEqual({
      code: 'mapping-and-master-data.missing-legal-entity-mapping',
      category: 'mapping-and-master-data',
      categoryTitle: 'Mapping and master data',
      title: 'Missing legal-entity mapping',
      queue: 'finance',
      isKnown: true,
    });
  });

  it('takes an extension of a category in its own words', () => {
    expect(describeTaxonomy('platform.queue-full')).toMatchObject({
      title: 'Queue full',
      queue: 'integration',
      isKnown: false,
    });
  });

  it.each([
    '',
    'platform',
    'platform.',
    'nonsense.code',
    'Platform.Time-out',
    'platform.a.b',
    'constructor.name',
    `platform.${'x'.repeat(200)}`,
  ])('does not take %j for a code, and describes it as unclassified', (code) => {
    expect(isTaxonomyCode(code)).toBe(false);
    expect(describeTaxonomy(code)).toMatchObject({ title: 'Unclassified failure', isKnown: false });
  });
});

describe('signatures', () => {
  const code = 'mapping-and-master-data.missing-legal-entity-mapping';

  it('are code and sorted discriminators', () => {
    expect(problemSignature(code, { sellingUnit: 'DE01-BREMEN' })).toBe(`${code}|sellingUnit=DE01-BREMEN`);
    expect(problemSignature(code, { b: '2', a: '1' })).toBe(`${code}|a=1|b=2`);
    expect(problemSignature(code, {})).toBe(code);
    expect(groupFingerprint(code, 'salesforce-contract-to-order', { a: '1' })).toBe(
      `salesforce-contract-to-order|${code}|a=1`,
    );
  });

  it('put failures in groups by what they say where nothing else tells them apart', () => {
    expect(groupFingerprint(code, 'a-to-b', {}, 'order {n} was refused')).toBe(`a-to-b|${code}|order {n} was refused`);
    expect(groupFingerprint(code, 'a-to-b', { a: '1' }, 'order {n} was refused')).toBe(`a-to-b|${code}|a=1`);
    expect(groupFingerprint(code, 'a-to-b', {}, '')).toBe(`a-to-b|${code}`);
  });

  it('of different discriminators differ, whatever characters they hold', () => {
    const discriminators = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 3 });
    const trimmed = (record: Record<string, string>): string =>
      JSON.stringify(
        Object.entries(record)
          .map(([name, value]) => [name.trim(), value.trim()])
          .sort(),
      );
    fc.assert(
      fc.property(discriminators, discriminators, (left, right) => {
        const isSame = trimmed(left) === trimmed(right);
        expect(problemSignature(code, left) === problemSignature(code, right)).toBe(isSame);
      }),
    );
  });

  it('stay short enough for an index key', () => {
    const long = problemSignature(code, { field: 'x'.repeat(100_000) });
    expect(long.length).toBeLessThan(400);
    expect(problemSignature(code, { field: `${'x'.repeat(100_000)}y` })).not.toBe(long);
  });
});

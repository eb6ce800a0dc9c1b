import { describe, expect, it } from '@jest/globals';
import { exceptionTitle, problemTitle } from './title.js';

describe('titles', () => {
  it('says what is wrong in words', () => {
    const problem = problemTitle('mapping-and-master-data.missing-legal-entity-mapping', {
      sellingUnit: 'DE01-BREMEN',
    });
    expect(exceptionTitle(problem, { type: 'sales-order', key: 'O-100234' })).toBe(
      'No company code for DE01-BREMEN — order O-100234',
    );
  });

  it.each([
    ['mapping-and-master-data.missing-legal-entity-mapping', {}, 'Missing legal-entity mapping'],
    ['platform.time-out', {}, 'Time-out'],
    ['data-quality.invalid-value', { field: '/amount', code: 'E12' }, 'Invalid value: E12, /amount'],
    ['business-control.some-own-rule', { rule: 'R1' }, 'Some own rule: R1'],
    ['data-quality.unmapped-signal', { code: 'no-mapping' }, 'No mapping takes it'],
    ['data-quality.unmapped-signal', { code: 'no-rule', mapping: 'stripe' }, 'No rule of mapping stripe takes it'],
    [
      'data-quality.unmapped-signal',
      { code: 'invalid-output', mapping: 'stripe', place: '/0/objects' },
      'Mapping stripe fails at /0/objects',
    ],
    ['data-quality.contract-violation', { code: 'contract-violation', place: '/load' }, 'Breaks its contract at /load'],
    ['data-quality.contract-violation', { field: 'load' }, 'Contract violation: load'],
    ['nonsense', {}, 'Unclassified failure'],
  ])('%s %p → %s', (taxonomy, discriminators, title) => {
    expect(problemTitle(taxonomy, discriminators)).toBe(title);
  });

  it('masks account numbers and cuts what is endless', () => {
    expect(problemTitle('cash-and-payment.invalid-bank-details', { iban: 'DE89370400440532013000' })).toBe(
      'Invalid bank details: DE••••3000',
    );
    expect(problemTitle('platform.time-out', { x: 'y'.repeat(1_000) })).toHaveLength(300);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadMasterDataRules, parseMasterDataRules } from './load-master-data-rules.js';
import { type Comparison, normalisedValue, trustOf } from './master-data-rules.js';
import { masterDataFindings } from './ownership.js';
import { type Said, saidOfObject } from './testing/said-of-object.js';

const RULES = loadMasterDataRules();
const findingsOf = (said: readonly Said[], type: 'customer' | 'product' | 'invoice' = 'customer') =>
  masterDataFindings({ objectId: 'c', type }, saidOfObject(said), RULES, (system) => system.replace(/-(de|us)$/, ''));
const namesOf = (said: readonly Said[], type?: 'customer' | 'product' | 'invoice') =>
  findingsOf(said, type).map(({ kind, about }) => `${kind} ${about}`);

const ERP_SAYS_30: Said = { on: '2026-02-01', by: 'sap-s4hana', says: { paymentTerms: 'Z030' } };

describe('ownership and drift of master data', () => {
  it.each<{ name: string; said: Said[]; type?: 'customer' | 'product' | 'invoice'; findings: string[] }>([
    { name: 'one system alone', said: [ERP_SAYS_30], findings: [] },
    {
      name: 'a copy written otherwise is no other value',
      said: [ERP_SAYS_30, { on: '2026-02-02', by: 'salesforce', says: { termsOfPayment: ' z-030 ' } }],
      findings: [],
    },
    {
      name: 'CRM changes terms that the ERP owns',
      said: [ERP_SAYS_30, { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z060' } }],
      findings: ['ownership-conflict paymentTerms', 'master-data-drift paymentTerms'],
    },
    {
      name: 'a change by CRM that failed is none',
      said: [ERP_SAYS_30, { on: '2026-02-02', by: 'salesforce', fails: true, says: { paymentTerms: 'Z060' } }],
      findings: [],
    },
    {
      name: 'the owner takes the change over',
      said: [
        ERP_SAYS_30,
        { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z060' } },
        { on: '2026-02-03', by: 'sap-s4hana', says: { paymentTerms: 'Z060' } },
      ],
      findings: [],
    },
    {
      name: 'the other system takes its change back',
      said: [
        ERP_SAYS_30,
        { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z060' } },
        { on: '2026-02-03', by: 'salesforce', says: { paymentTerms: 'Z030' } },
      ],
      findings: [],
    },
    {
      name: 'the owner changes and a copy lags behind',
      said: [
        ERP_SAYS_30,
        { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z030' } },
        { on: '2026-02-03', by: 'sap-s4hana', says: { paymentTerms: 'Z060' } },
      ],
      findings: ['master-data-drift paymentTerms'],
    },
    {
      name: 'a stale copy that is repeated is no change',
      said: [
        ERP_SAYS_30,
        { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z030' } },
        { on: '2026-02-03', by: 'sap-s4hana', says: { paymentTerms: 'Z060' } },
        { on: '2026-02-04', by: 'salesforce', says: { paymentTerms: 'Z030' } },
      ],
      findings: ['master-data-drift paymentTerms'],
    },
    {
      name: 'an attribute before its owner has spoken is nobody’s',
      said: [{ on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z060' } }],
      findings: [],
    },
    {
      name: 'two instances of the owning product disagree: drift, and no conflict',
      said: [
        { on: '2026-02-01', by: 'sap-s4hana-de', says: { paymentTerms: 'Z030' } },
        { on: '2026-02-02', by: 'sap-s4hana-us', says: { paymentTerms: 'Z060' } },
      ],
      findings: ['master-data-drift paymentTerms'],
    },
    {
      name: 'hierarchies of a product in CRM, ERP and FP&A drift apart',
      type: 'product',
      said: [
        { on: '2026-02-01', by: 'sap-s4hana', says: { productHierarchy: 'Pumps > Industrial > P7' } },
        { on: '2026-02-02', by: 'salesforce', says: { hierarchy: 'pumps/industrial/P7' } },
        { on: '2026-02-03', by: 'anaplan', says: { hierarchy: 'Pumps/Municipal/P7' } },
      ],
      findings: ['ownership-conflict hierarchy', 'master-data-drift hierarchy'],
    },
    {
      name: 'what an invoice says of its customer in passing is no copy',
      said: [ERP_SAYS_30, { on: '2026-02-02', by: 'salesforce', inPassing: true, says: { paymentTerms: 'Z060' } }],
      findings: [],
    },
    {
      name: 'documents have no owner of attributes',
      type: 'invoice',
      said: [ERP_SAYS_30, { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z060' } }],
      findings: [],
    },
  ])('$name', ({ said, type, findings }) => {
    expect(namesOf(said, type)).toEqual(findings);
  });

  it('say who owns it, who changed it, and who decides', () => {
    const [conflict, drift] = findingsOf([
      ERP_SAYS_30,
      { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z060' } },
    ]);
    expect(conflict).toMatchObject({
      since: '2026-02-02T09:00:00.000Z',
      details: {
        group: 'terms',
        steward: 'Credit and collections',
        owner: { system: 'sap-s4hana', value: 'Z030' },
        changes: [{ system: 'salesforce', value: 'Z060', ownerSaid: 'Z030' }],
      },
    });
    expect(drift).toMatchObject({
      details: { owner: 'sap-s4hana', copies: [{ system: 'salesforce' }, { system: 'sap-s4hana' }] },
    });
  });

  it('began when the copies first differed, however often one of them is repeated', () => {
    const drift = findingsOf([
      ERP_SAYS_30,
      { on: '2026-02-02', by: 'salesforce', says: { paymentTerms: 'Z060' } },
      { on: '2026-02-05', by: 'salesforce', says: { paymentTerms: 'z-060' } },
      { on: '2026-02-06', by: 'sap-s4hana', says: { paymentTerms: 'Z030' } },
    ]).find(({ kind }) => kind === 'master-data-drift');
    expect(drift?.since).toBe('2026-02-02T09:00:00.000Z');
  });

  it('do not depend on order or repetition', () => {
    const anySaid = fc.array(
      fc.record({
        on: fc.constantFrom('2026-02-01', '2026-02-02', '2026-02-03'),
        by: fc.constantFrom('sap-s4hana', 'salesforce', 'anaplan'),
        says: fc.dictionary(fc.constantFrom('paymentTerms', 'region'), fc.constantFrom('1', '2')),
      }),
      { maxLength: 8 },
    );
    const judge = (statements: ReturnType<typeof saidOfObject>) =>
      masterDataFindings({ objectId: 'c', type: 'customer' }, statements, RULES, (system) => system);
    const disordered = anySaid
      .map(saidOfObject)
      .chain((statements) =>
        fc.tuple(
          fc.constant(statements),
          fc.shuffledSubarray([...statements, ...statements], { minLength: statements.length * 2 }),
        ),
      );
    fc.assert(fc.property(disordered, ([statements, disorder]) => expect(judge(disorder)).toEqual(judge(statements))));
  });
});

describe('normalised values', () => {
  it.each<{ as: Comparison; same: [string, string]; other: string }>([
    { as: 'text', same: ['Adler  GmbH & Co.', 'adler gmbh co'], other: 'Adler AG' },
    { as: 'code', same: ['DE 123-456', 'de123456'], other: 'DE123457' },
    { as: 'code', same: ['0000100', '100'], other: '1000' },
    { as: 'number', same: ['030', '30.0'], other: '30.01' },
    { as: 'number', same: ['-0', '0'], other: '-1' },
    { as: 'path', same: ['A > B1', 'a/b1'], other: 'B1 > A' },
  ])('$as: $same are the same, $other is not', ({ as, same: [left, right], other }) => {
    expect(normalisedValue(left, as)).toBe(normalisedValue(right, as));
    expect(normalisedValue(other, as)).not.toBe(normalisedValue(left, as));
  });
});

describe('declared rules', () => {
  it('trust people first, then the system of record of the type', () => {
    expect(['throughline', 'sap-s4hana', 'stripe'].map((system) => trustOf(RULES, 'customer', system, system))).toEqual(
      [0, 1, 2],
    );
  });

  it('name every problem of their file and its place', () => {
    const yaml = `
systemsOfRecord:
  customer:
    - { group: g, owners: [], steward: s, attributes: [{ name: a, as: colour }, { name: b, sameAs: [a], as: text }] }
  unicorn: []
`;
    expect(() => parseMasterDataRules(yaml, 'rules.yaml')).toThrow(
      /owners: must name at least one[\s\S]*as: must be one of[\s\S]*"a" is declared twice[\s\S]*"unicorn" is no canonical/,
    );
  });
});

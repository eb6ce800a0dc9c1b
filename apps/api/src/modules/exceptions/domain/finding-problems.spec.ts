import { describe, expect, it } from '@jest/globals';
import { FINDING_KINDS, type FindingKind } from '@throughline/lineage';
import { FINDING_RULES, findingProblems, proveFindingRules, type FindingFact } from './finding-problems.js';
import { routeException } from './routing.js';
import { exceptionTitle } from './title.js';

const SINCE = new Date('2026-09-30T08:00:00.000Z');

const found = (kind: FindingKind, over: Partial<FindingFact> = {}): FindingFact => ({
  kind,
  objectId: 'o-1',
  objectType: 'customer',
  objectKey: 'K-1',
  legalEntity: 'DE01',
  counterparty: null,
  amount: null,
  currency: null,
  direction: null,
  about: '',
  details: {},
  since: SINCE,
  step: null,
  people: [],
  others: [],
  ...over,
});

const CHANGED = {
  attribute: 'paymentTerms',
  group: 'terms',
  steward: 'Credit and collections',
  owner: { system: 'sap-s4hana', value: 'Z030' },
  changes: [{ system: 'salesforce', value: 'Z060', ownerSaid: 'Z030' }],
};
const COPIES = {
  attribute: 'paymentTerms',
  group: 'terms',
  steward: 'Credit and collections',
  copies: [
    { system: 'salesforce', value: 'Z060' },
    { system: 'sap-s4hana', value: 'Z030' },
  ],
};
const BILLED = { workflow: 'subscription-billing', name: 'invoice-posted', title: 'Invoice posted' };

type Case = { finding: FindingFact; title: string; says: string; hop: string; signature: string; queue: string };

const OPENING: readonly Case[] = [
  {
    finding: found('ownership-conflict', { about: 'paymentTerms', details: CHANGED }),
    title: 'Payment terms changed by a system that does not own it — customer K-1',
    says: 'salesforce says "Z060"; sap-s4hana says "Z030" and owns the payment terms. Credit and collections decides which holds.',
    hop: 'master-data',
    signature: 'mapping-and-master-data.ownership-conflict|attribute=paymentTerms',
    queue: 'master-data',
  },
  {
    finding: found('master-data-drift', { about: 'paymentTerms', details: COPIES }),
    title: 'Copies of payment terms differ — customer K-1',
    says: 'salesforce says "Z060", sap-s4hana says "Z030". Credit and collections decides which holds.',
    hop: 'master-data',
    signature: 'mapping-and-master-data.master-data-drift|attribute=paymentTerms',
    queue: 'master-data',
  },
  {
    finding: found('segregation-of-duties', {
      objectType: 'payment',
      about: 'bank details and release',
      people: ['MEIERA'],
      others: ['bank account PAYEE-1'],
    }),
    title: 'Bank details and release by one person — payment K-1',
    says: 'Bank details and release are of MEIERA, by way of bank account PAYEE-1: two people should have done that.',
    hop: 'duties',
    signature: 'business-control.segregation-of-duties|duties=bank details and release',
    queue: 'approval',
  },
  {
    finding: found('contradictory-alias', {
      objectType: 'sales-order',
      about: 'sap-s4hana / sales-order',
      details: { values: ['4501', '4502'] },
    }),
    title: 'Two numbers where there can be one (sap-s4hana / sales-order) — order K-1',
    says:
      'Messages call 4501, 4502 one and the same, which can have only one number of sap-s4hana / sales-order. ' +
      'What was said first, or with more authority, counts; the other statement was left out.',
    hop: 'lineage',
    signature: 'mapping-and-master-data.contradictory-keys|key=sap-s4hana / sales-order',
    queue: 'master-data',
  },
  {
    finding: found('link-cycle', { objectType: 'sales-order', others: ['sales order A', 'invoice B'] }),
    title: 'Documents follow from one another in a circle — order K-1',
    says: 'sales order A, invoice B follow from one another, so that none comes first. One of the links points the wrong way.',
    hop: 'lineage',
    signature: 'data-quality.circular-links',
    queue: 'data-repair',
  },
  {
    finding: found('implausible-time', {
      objectType: 'invoice',
      details: { system: 'sap-s4hana', value: '2062-01-01T00:00:00.000Z' },
    }),
    title: 'A time that cannot be right — invoice K-1',
    says:
      'sap-s4hana says that it happened at 2062-01-01T00:00:00.000Z. ' +
      'It counts as it was sent, so that what is due and how long it took are doubtful.',
    hop: 'lineage',
    signature: 'data-quality.implausible-time|system=sap-s4hana',
    queue: 'billing-and-revenue',
  },
  {
    finding: found('unusable-amount', {
      objectType: 'invoice',
      details: { system: 'sap-integration', value: '48200.00 XXQ' },
    }),
    title: 'An amount that cannot be used — invoice K-1',
    says: 'sap-integration sent "48200.00 XXQ", which is no amount in a known currency. It is not counted as money.',
    hop: 'lineage',
    signature: 'data-quality.invalid-value|field=amount|system=sap-integration',
    queue: 'billing-and-revenue',
  },
  {
    finding: found('differing-content', {
      objectType: 'bank-statement',
      about: 'page 1',
      others: ['file f1', 'file f2'],
    }),
    title: 'A statement came again with other content — bank statement K-1',
    says: 'Page 1 does not say the same in file f1, file f2. What each says is kept: the bank has to say which holds.',
    hop: 'lineage',
    signature: 'data-quality.differing-content|part=page 1',
    queue: 'data-repair',
  },
  {
    finding: found('too-many-aliases', { objectType: 'payment', details: { most: 200 } }),
    title: 'More names than one object has — payment K-1',
    says: 'It has more than 200 names. A number that many share has probably joined what does not belong together.',
    hop: 'lineage',
    signature: 'data-quality.too-many-names',
    queue: 'data-repair',
  },
  {
    finding: found('more-than-expected', { objectType: 'invoice', step: BILLED }),
    title: 'Once too often: Invoice posted — invoice K-1',
    says: '"Invoice posted" was reached by more objects than what they come from allows; this one came after the first.',
    hop: 'subscription-billing/invoice-posted',
    signature: 'data-quality.duplicate',
    queue: 'billing-and-revenue',
  },
  {
    finding: found('out-of-sequence', {
      objectType: 'invoice',
      step: { workflow: 'dunning', name: 'dunned', title: 'Customer dunned' },
    }),
    title: 'Customer dunned, though it should not have been any more — invoice K-1',
    says:
      '"Customer dunned" came after a step that should have kept it from happening. ' +
      'Take it back, and find out why the system that did it did not know.',
    hop: 'dunning/dunned',
    signature: 'timing-and-sequence.out-of-sequence',
    queue: 'billing-and-revenue',
  },
];

describe('findings as problems', () => {
  it.each(OPENING.map((one) => [one.finding.kind, one] as const))('%s', (_kind, { finding, ...expected }) => {
    const [problem] = findingProblems([finding]);
    if (problem === undefined) throw new Error('it opens nothing');
    const { hop, signature, message, taxonomy, objectType, objectKey, legalEntity, integration } = problem;
    expect({
      title: exceptionTitle(problem.headline ?? '', { type: objectType, key: objectKey }),
      says: message,
      hop,
      signature,
      queue: routeException({ taxonomy, objectType, legalEntity, integration, reportingMinor: null }).queue,
    }).toEqual(expected);
    expect(problem).toMatchObject({ firstOccurredAt: SINCE, lastOccurredAt: SINCE, occurrences: 1, clearedAt: null });
  });

  it('are opened or left for a stated reason, every kind', () => {
    const silent = FINDING_KINDS.filter((kind) => 'opensNothing' in FINDING_RULES[kind]);
    expect(silent).toEqual(['self-link', 'transaction-truncated']);
    expect(new Set([...silent, ...OPENING.map(({ finding }) => finding.kind)])).toEqual(new Set(FINDING_KINDS));
    expect(findingProblems(silent.map((kind) => found(kind)))).toEqual([]);
  });

  it('tell a drift that comes of a change by another system once, as the change', () => {
    const conflict = found('ownership-conflict', { about: 'paymentTerms', details: CHANGED });
    const drift = found('master-data-drift', { about: 'paymentTerms', details: COPIES });
    const elsewhere = [
      { ...drift, about: 'region' },
      { ...drift, objectId: 'o-2' },
    ];
    expect(
      findingProblems([drift, conflict, ...elsewhere]).map(({ objectId, signature }) => [objectId, signature]),
    ).toEqual([
      ['o-1', 'mapping-and-master-data.ownership-conflict|attribute=paymentTerms'],
      ['o-1', 'mapping-and-master-data.master-data-drift|attribute=region'],
      ['o-2', 'mapping-and-master-data.master-data-drift|attribute=paymentTerms'],
    ]);
  });

  it('say something of details that nobody foresaw', () => {
    for (const kind of FINDING_KINDS) {
      for (const { headline, message } of findingProblems([found(kind, { details: { changes: 1, owner: null } })])) {
        expect(`${headline} ${message}`).not.toMatch(/undefined|object Object/);
      }
    }
  });
});

describe('the rules of findings', () => {
  it('are proved at start', () => {
    expect(() => proveFindingRules()).not.toThrow();
    expect(() =>
      proveFindingRules({
        ...FINDING_RULES,
        'link-cycle': undefined as never,
        'self-link': { opensNothing: ' ' },
        'too-many-aliases': {
          opens: {
            ...(FINDING_RULES['too-many-aliases'] as never as { opens: object }).opens,
            taxonomy: 'platform.novel',
          } as never,
        },
      }),
    ).toThrow(
      /nothing is said of link-cycle; self-link opens nothing, and why is not said; too-many-aliases opens platform.novel/,
    );
  });
});

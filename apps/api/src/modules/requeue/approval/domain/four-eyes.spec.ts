import { describe, expect, it } from '@jest/globals';
import { neededApproval, reportingSum, type FourEyesRule, type SubjectPart } from './four-eyes.js';

const rule = (
  name: string,
  over: Omit<Partial<FourEyesRule>, 'when'> & { when?: Partial<FourEyesRule['when']> },
): FourEyesRule => ({
  title: `Rule ${name}`,
  people: 2,
  role: null,
  excludesTouchers: false,
  ...over,
  name,
  when: {
    fromMinor: null,
    fromCount: null,
    legalEntities: null,
    integrations: null,
    objectTypes: null,
    actions: null,
    ...over.when,
  },
});

const part = (over: Partial<SubjectPart> = {}): SubjectPart => ({
  objectId: null,
  legalEntity: 'DE01',
  integration: 'contract-to-order',
  objectType: 'sales-order',
  count: 1,
  reportingMinor: 0n,
  isMoneyUnknown: false,
  movesMoney: false,
  ...over,
});

const RULES = [
  rule('large', { when: { fromMinor: 10_000_000n } }),
  rule('larger', { when: { fromMinor: 100_000_000n }, people: 3, excludesTouchers: true }),
  rule('many', { when: { fromCount: 200 } }),
  rule('french', { when: { legalEntities: ['FR01'], fromMinor: 1_000n } }),
  rule('ledger', { when: { integrations: ['to-ledger'] }, role: 'controller' }),
  rule('credit', { when: { objectTypes: ['credit-memo'] } }),
  rule('compensation', { when: { actions: ['compensate'] } }),
];

describe('which rules ask', () => {
  it.each<[string, SubjectPart[], string[]]>([
    ['little of nothing special', [part()], []],
    ['just below an amount', [part({ reportingMinor: 9_999_999n })], []],
    ['an amount exactly', [part({ reportingMinor: 10_000_000n })], ['large']],
    [
      'an amount in parts',
      [part({ reportingMinor: 6_000_000n }), part({ objectType: 'invoice', reportingMinor: 6_000_000n })],
      ['large'],
    ],
    ['a larger amount', [part({ reportingMinor: 100_000_000n })], ['large', 'larger']],
    ['199', [part({ count: 199 })], []],
    ['200', [part({ count: 200 })], ['many']],
    ['200 in parts', [part({ count: 100 }), part({ objectType: 'invoice', count: 100 })], ['many']],
    ['an entity, below its amount', [part({ legalEntity: 'FR01', reportingMinor: 999n })], []],
    ['an entity, from its amount on', [part({ legalEntity: 'FR01', reportingMinor: 1_000n })], ['french']],
    ['the amount of another entity', [part({ legalEntity: 'FR01' }), part({ reportingMinor: 5_000n })], []],
    ['an integration', [part({ integration: 'to-ledger' })], ['ledger']],
    ['a kind of object', [part({ objectType: 'credit-memo' })], ['credit']],
    ['money nobody can put a figure on: over the lowest amount', [part({ isMoneyUnknown: true })], ['large']],
    [
      'an entity that nobody knows, which may be that one',
      [part({ legalEntity: null, reportingMinor: 1_000n })],
      ['french'],
    ],
    ['money moves', [part({ objectType: 'payment' })], ['moves-money']],
    ['a refund', [part({ objectType: 'refund' })], ['moves-money']],
    ['an order to pay that came as another document', [part(), part({ movesMoney: true })], ['moves-money']],
    [
      'one document through two integrations, once',
      [
        part({ objectId: 'o', reportingMinor: 6_000_000n }),
        part({ objectId: 'o', integration: 'to-crm', reportingMinor: 6_000_000n }),
      ],
      [],
    ],
    [
      'the most that is told of a document, wherever it stands',
      [
        part({ objectId: 'o', reportingMinor: 1n }),
        part({ objectId: 'o', integration: 'to-crm', reportingMinor: 10_000_000n }),
      ],
      ['large'],
    ],
  ])('%s', (_name, parts, names) => {
    const needed = neededApproval(RULES, { action: 'resend', parts });
    expect(needed?.rules.map(({ name }) => name) ?? []).toEqual(names);
  });

  it.each([
    ['resend', 'as-is', []],
    ['resend', 'corrected', ['corrected']],
    ['resend', 'extract-anew', []],
    ['compensate', 'corrected', []],
  ] as const)('by which payload: %s, %s', (action, mode, names) => {
    const rules = [rule('corrected', { when: { modes: ['corrected'] } })];
    const needed = neededApproval(rules, { action, mode, parts: [part()] });
    expect(needed?.rules.map(({ name }) => name) ?? []).toEqual(names);
  });

  it('by what is done', () => {
    const needed = neededApproval(RULES, { action: 'compensate', parts: [part()] });
    expect(needed?.rules.map(({ name }) => name)).toEqual(['compensation']);
  });
});

describe('undoing documents', () => {
  const SHIPPED = [rule('large', { when: { fromMinor: 10_000_000n } })];
  const needs = { people: 1, isHard: false, roles: [] as string[] };

  it.each<[string, FourEyesRule[], SubjectPart[], typeof needs | null]>([
    ['little money, without a rule about it', SHIPPED, [part({ objectType: 'invoice' })], null],
    ['much money', SHIPPED, [part({ objectType: 'invoice', reportingMinor: 10_000_000n })], needs],
    ['money that nobody can put a figure on', SHIPPED, [part({ objectType: 'invoice', isMoneyUnknown: true })], needs],
    ['anything, where a rule is about undoing', RULES, [part({ objectType: 'invoice' })], needs],
    ['a payment of nothing', [], [part({ objectType: 'payment' })], { people: 1, isHard: true, roles: ['treasurer'] }],
    ['a batch', [], [part({ objectType: 'payment-batch' })], { people: 1, isHard: true, roles: ['treasurer'] }],
    [
      'a refund among others',
      [],
      [part(), part({ objectType: 'refund' })],
      { people: 1, isHard: true, roles: ['treasurer'] },
    ],
  ])('%s', (_name, rules, parts, expected) => {
    const needed = neededApproval(rules, { action: 'compensate', parts });
    expect(needed && { people: needed.approvals, isHard: needed.isHard, roles: needed.roles }).toEqual(expected);
  });
});

describe('what they ask together', () => {
  it('is the most of each', () => {
    const parts = [part({ integration: 'to-ledger', reportingMinor: 200_000_000n })];
    expect(neededApproval(RULES, { action: 'resend', parts })).toMatchObject({
      approvals: 2,
      roles: ['controller'],
      excludesTouchers: true,
      isHard: false,
    });
  });

  it('is two people and treasury where money moves, also without any rule', () => {
    expect(neededApproval([], { action: 'resend', parts: [part({ movesMoney: true })] })).toMatchObject({
      approvals: 1,
      roles: ['treasurer'],
      isHard: true,
    });
  });

  it('is nothing of an empty selection', () => {
    expect(neededApproval([rule('always', {})], { action: 'resend', parts: [] })).toBeNull();
  });
});

it('counts a document once, with the most that is told of it', () => {
  const parts = [
    part({ reportingMinor: 5n }),
    part({ objectId: 'a', reportingMinor: 10n }),
    part({ objectId: 'a', reportingMinor: 30n }),
    part({ objectId: 'a', reportingMinor: 20n }),
    part({ objectId: 'b', reportingMinor: 1n }),
  ];
  expect(reportingSum(parts)).toBe(36n);
});

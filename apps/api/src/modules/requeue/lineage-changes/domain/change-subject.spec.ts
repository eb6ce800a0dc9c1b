import { describe, expect, it } from '@jest/globals';
import { toMinorUnits, type Money } from '@throughline/canonical';
import type { ChangeReport, MoneyChange } from '../../../lineage/index.js';
import { neededApproval, rulesFor } from '../../approval/domain/four-eyes.js';
import { shippedFourEyes } from '../../approval/four-eyes-in-force.js';
import { subjectOfChange } from './change-subject.js';

const money = (moved: string, more: Partial<MoneyChange> = {}): MoneyChange => ({
  objectType: 'invoice',
  legalEntity: 'DE01',
  currency: 'EUR',
  documents: 1,
  before: '0',
  after: moved,
  openBefore: null,
  openAfter: null,
  moved,
  ...more,
});
const report = (more: Partial<ChangeReport> = {}): ChangeReport => ({
  signals: 10,
  activities: { added: 0, changed: 0, removed: 0 },
  foreseen: 0,
  tables: [],
  isPartial: false,
  money: [],
  exceptions: { opens: 0, closes: 0, changes: 0, first: [] },
  documents: [],
  ...more,
});
const changed = (activities: number, foreseen = activities) => ({
  activities: { added: 0, changed: activities, removed: 0 },
  foreseen,
});
const documents = (count: number, objectType = 'invoice') => [
  { objectType, legalEntity: 'DE01', period: '2026-09', count },
];
/** A currency that no rate is stated for. */
const WITHOUT_RATE = 'BRL';
const toMinor = (value: Money) => (value.currency === WITHOUT_RATE ? null : toMinorUnits(value));

type Kind = 'remap' | 'rebuild';

describe('who has to approve a change of lineage, by the rules that are shipped', () => {
  it.each<[string, Kind, ChangeReport, string[], { hasClosedPeriods?: boolean }?]>([
    ['nothing changes', 'remap', report(), []],
    ['a few documents without money', 'remap', report({ ...changed(3), documents: documents(3) }), []],
    ['a few activities that nobody sees', 'remap', report(changed(3)), []],
    ['money', 'remap', report({ ...changed(1), documents: documents(1), money: [money('0.01')] }), ['changed-money']],
    [
      'money without a rate',
      'remap',
      report({ ...changed(1), money: [money('1', { currency: WITHOUT_RATE })] }),
      ['changed-money'],
    ],
    [
      'a closed period',
      'remap',
      report({ ...changed(1), documents: documents(1) }),
      ['changed-closed-period'],
      { hasClosedPeriods: true },
    ],
    ['499 activities', 'remap', report(changed(499)), []],
    ['500 activities', 'remap', report(changed(500)), ['many-activities']],
    ['a sample alone is told', 'remap', report(changed(400, 100)), ['changed-money']],
    [
      'many documents and much money',
      'remap',
      report({ ...changed(300), documents: documents(300), money: [money('150000.00', { documents: 300 })] }),
      ['large-amount', 'many-documents', 'changed-money'],
    ],
    ['a rebuild that changes nothing', 'rebuild', report({ activities: null, foreseen: null }), []],
    [
      'a rebuild that changes a row',
      'rebuild',
      report({
        activities: null,
        foreseen: null,
        tables: [{ table: 'milestone', added: 0, changed: 1, removed: 0, samples: [] }],
      }),
      ['rebuild'],
    ],
    ['a payment, which is not sent by it', 'remap', report({ ...changed(1), documents: documents(1, 'payment') }), []],
  ])('%s', (_name, kind, changes, expected, { hasClosedPeriods = false } = {}) => {
    const { rules } = shippedFourEyes();
    const subject = subjectOfChange(kind, changes, { toMinor, hasClosedPeriods });
    const needed = neededApproval(rulesFor(rules, rules, kind), subject);
    expect(needed?.rules.map(({ name }) => name) ?? []).toEqual(expected);
    expect(needed?.isHard ?? false).toBe(false);
  });

  it('counts a document once, however it is told of it', () => {
    const subject = subjectOfChange(
      'remap',
      report({ ...changed(2), documents: documents(2), money: [money('5.00', { documents: 1 })] }),
      {
        toMinor,
        hasClosedPeriods: false,
      },
    );
    expect(subject.parts).toMatchObject([
      { legalEntity: 'DE01', objectType: 'invoice', count: 2, reportingMinor: 500n },
    ]);
  });
});

describe('a rule for part of the documents', () => {
  type When = Parameters<typeof neededApproval>[0][number]['when'];
  const asks = (when: Partial<When>, changes: ChangeReport) => {
    const everything: When = {
      fromMinor: null,
      fromCount: null,
      legalEntities: null,
      integrations: null,
      objectTypes: null,
      actions: ['remap'],
    };
    const rule = {
      name: 'x',
      title: 'x',
      when: { ...everything, ...when },
      people: 2,
      role: null,
      excludesTouchers: false,
    };
    return neededApproval([rule], subjectOfChange('remap', changes, { toMinor, hasClosedPeriods: false })) !== null;
  };
  const told = report({ ...changed(3), documents: documents(3), money: [money('5.00')] });
  const sample = report({ ...changed(400, 100), documents: documents(3) });

  it.each<[string, Partial<When>, ChangeReport, boolean]>([
    ['its entity', { legalEntities: ['DE01'] }, told, true],
    ['another entity', { legalEntities: ['US01'] }, told, false],
    ['another kind', { objectTypes: ['payment'] }, told, false],
    ['some integration, of which nothing tells', { integrations: ['billing-to-erp'] }, told, true],
    ['another entity, of a sample', { legalEntities: ['US01'] }, sample, true],
    ['another kind, of a sample', { objectTypes: ['payment'] }, sample, true],
    ['money of another entity, of a sample', { legalEntities: ['US01'], fromMinor: 10_000n }, sample, true],
    ['an integration, of a sample', { integrations: ['billing-to-erp'] }, sample, true],
    ['an entity, where no document changes', { legalEntities: ['US01'] }, report(changed(3)), false],
  ])('for %s', (_name, when, changes, expected) => {
    expect(asks(when, changes)).toBe(expected);
  });
});

describe('a definition that says nothing of changes of lineage', () => {
  const { rules } = shippedFourEyes();
  const own = rules.filter(({ when }) => when.actions === null);
  const names = (action: 'remap' | 'rebuild' | 'resend', mine = own) =>
    rulesFor(mine, rules, action).map(({ name }) => name);

  it('has the shipped rules for them beside its own', () => {
    expect(names('remap')).toEqual(expect.arrayContaining(['changed-money', 'many-activities', 'large-amount']));
    expect(names('rebuild')).toContain('rebuild');
    expect(names('resend')).toEqual(own.map(({ name }) => name));
  });

  it('counts alone once it names one', () => {
    const lenient = { ...own[0]!, name: 'mine', when: { ...own[0]!.when, actions: ['remap' as const] } };
    expect(names('remap', [lenient])).toEqual(['mine']);
  });
});

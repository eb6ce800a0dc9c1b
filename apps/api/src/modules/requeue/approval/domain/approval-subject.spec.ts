import { describe, expect, it } from '@jest/globals';
import { hasUnknownMoney, reportingOnce, subjectOf } from './approval-subject.js';

type Item = Parameters<typeof subjectOf>[0][number];

const item = (objectId: string, over: Partial<Item> = {}): Item => ({
  objectId,
  legalEntity: 'DE01',
  integration: 'billing-to-ledger',
  objectType: 'invoice',
  amount: '1.00',
  reportingMinor: '100',
  isMoneyUnknown: false,
  ...over,
});

describe('what rules look at', () => {
  it('is one part of documents that are alike', () => {
    expect(subjectOf([item('a'), item('b')]).parts).toMatchObject([
      { objectId: null, count: 2, reportingMinor: 200n, movesMoney: false },
    ]);
  });

  it('does not depend on which exception of a document is named first', () => {
    const of = { objectId: 'o' };
    const little = item('a', { ...of, integration: 'to-crm', reportingMinor: '0' });
    const all = item('b', { ...of, reportingMinor: '500' });
    for (const items of [
      [little, all],
      [all, little],
    ]) {
      const { parts } = subjectOf(items);
      expect(parts.find(({ integration }) => integration === 'billing-to-ledger')).toMatchObject({
        objectId: 'o',
        reportingMinor: 500n,
      });
    }
  });

  it('moves money where the document does, or what is sent about it', () => {
    const movesMoney = (one: Item) => subjectOf([one]).parts.map((part) => part.movesMoney);
    expect(movesMoney(item('a'))).toEqual([false]);
    expect(movesMoney(item('a', { movesMoney: true }))).toEqual([true]);
    for (const objectType of ['payment', 'payment-batch', 'refund'])
      expect(movesMoney(item('a', { objectType }))).toEqual([true]);
  });
});

it('shows a batch and its payments once, and a document with the most that is told of it', () => {
  const held = { moneyPartId: 'batch', moneyWholeId: 'batch' };
  const batch = { ...item('batch', { reportingMinor: '25000' }), ...held };
  const payments = ['p1', 'p2'].map((id) => ({ ...item(id, { reportingMinor: '12500' }), ...held }));
  expect(reportingOnce([batch, ...payments])).toBe(25_000n);
  expect(reportingOnce([...payments, item('a', { reportingMinor: '100' }), item('a', { reportingMinor: '300' })])).toBe(
    25_300n,
  );
  expect(reportingOnce([item('a', { reportingMinor: null })])).toBe(0n);
});

it.each<[string, Partial<Item>, boolean]>([
  ['money that is told', {}, false],
  ['money without a rate', { reportingMinor: null }, true],
  ['no money', { amount: null, reportingMinor: null }, false],
  ['a payment of which nobody told how much', { objectType: 'payment', amount: null, reportingMinor: null }, true],
  ['something that nobody can read', { objectType: 'file', amount: null, isMoneyUnknown: true }, true],
])('money is unknown: %s', (_name, over, isUnknown) => {
  expect(hasUnknownMoney(item('a', over))).toBe(isUnknown);
});

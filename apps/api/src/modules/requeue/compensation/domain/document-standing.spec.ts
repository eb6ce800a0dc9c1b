import { describe, expect, it } from '@jest/globals';
import { isReleased, standingActivities, standingOf, type DocumentAct } from './document-standing.js';

const on = (day: number) => new Date(Date.UTC(2026, 8, day));
const acts = (...said: [string, number][]): DocumentAct[] => said.map(([type, day]) => ({ type, occurredAt: on(day) }));
const SEEN = on(10);
const NOTHING = { undone: null, newer: null, executed: null };

describe('where a document stands', () => {
  it.each<[string, string, DocumentAct[], Partial<typeof NOTHING> | Record<string, string>]>([
    ['nothing told', 'invoice', [], {}],
    [
      'reversed, before or after the problem was told',
      'invoice',
      acts(['invoice.reversed', 9]),
      { undone: 'reversed' },
    ],
    ['cancelled', 'sales-order', acts(['sales-order.cancelled', 12]), { undone: 'cancelled' }],
    ['changed after the problem was told', 'invoice', acts(['invoice.changed', 11]), { newer: 'changed' }],
    ['changed before the problem was told', 'invoice', acts(['invoice.changed', 9]), {}],
    ['replaced at any time', 'invoice', acts(['invoice.superseded', 2]), { newer: 'superseded' }],
    ['an order to pay that only went out', 'payment', acts(['payment.sent', 9]), {}],
    ['an order to pay that the bank executed', 'payment', acts(['payment.executed', 9]), { executed: 'executed' }],
    ['a batch that the bank booked', 'payment-batch', acts(['payment-batch.booked', 9]), { executed: 'booked' }],
    ['one that came back', 'payment', acts(['payment.executed', 9], ['payment.returned', 10]), { undone: 'returned' }],
    [
      'one that came back and was executed anew',
      'payment',
      acts(['payment.returned', 10], ['payment.executed', 11]),
      { executed: 'executed' },
    ],
    [
      'one that the bank refused',
      'payment',
      acts(['payment.sent', 9], ['payment.rejected', 10]),
      { undone: 'rejected' },
    ],
    ['one that was sent again after that', 'payment', acts(['payment.rejected', 10], ['payment.sent', 11]), {}],
    [
      'one that was refused again after that',
      'payment',
      acts(['payment.sent', 9], ['payment.rejected', 12]),
      { undone: 'rejected' },
    ],
    ['an invoice that is paid is with no bank', 'invoice', acts(['invoice.paid', 9]), {}],
  ])('%s', (_name, type, said, expected) =>
    expect(standingOf({ type }, said, { seenAt: SEEN })).toEqual({ ...NOTHING, ...expected }),
  );

  it.each<[string, string, string | null]>([
    ['a payment', 'payment', 'booked'],
    ['an invoice', 'invoice', null],
  ])('an entry of the bank says of %s what became of it', (_name, type, executed) =>
    expect(standingOf({ type }, [], { seenAt: SEEN, following: [{ type: 'bank-entry' }] }).executed).toBe(executed),
  );
});

describe('whether what follows a document holds it', () => {
  it.each<[string, string, DocumentAct[], boolean]>([
    ['a payment that was applied', 'payment', acts(['payment.applied', 3]), false],
    ['one that was taken off it', 'payment', acts(['payment.applied', 3], ['payment.application-reversed', 4]), true],
    ['one that was applied again', 'payment', acts(['payment.application-reversed', 4], ['payment.applied', 5]), false],
    ['one that was returned', 'payment', acts(['payment.executed', 3], ['payment.returned', 4]), true],
    ['a credit memo', 'credit-memo', [], false],
    ['a credit memo that was reversed', 'credit-memo', acts(['credit-memo.reversed', 4]), true],
  ])('%s', (_name, type, said, released) => expect(isReleased(type, said)).toBe(released));
});

it('asks of an invoice nothing that only payments tell', () => {
  expect(standingActivities('invoice')).not.toContain('invoice.executed');
  expect(standingActivities('payment')).toEqual(
    expect.arrayContaining(['payment.executed', 'payment.cancelled', 'payment.returned', 'payment.applied']),
  );
});

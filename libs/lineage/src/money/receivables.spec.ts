import { describe, expect, it } from '@jest/globals';
import { money, sumMoney } from '@throughline/canonical';
import fc from 'fast-check';
import { type LinkDraft, type NodeDraft, moneyLinks, moneyNodes } from '../testing/money-builder.js';
import { balanceMoney } from './money-balances.js';
import { tolerancesOf } from './money-tolerance.js';
import {
  type Confidence,
  type OpenInvoice,
  type PaymentHabit,
  expectReceipt,
  owedOf,
  paymentHabit,
  receivableLines,
} from './receivables.js';

const TODAY = '2026-10-01';

const invoice = (draft: Partial<OpenInvoice> = {}): OpenInvoice => ({
  objectId: 'i',
  key: 'I',
  legalEntity: 'DE01',
  region: 'DE',
  counterparty: 'Acme',
  open: money('1000.00', 'EUR'),
  dueOn: '2026-10-10',
  openExceptions: 0,
  isDisputed: false,
  reopenedBy: [],
  ...draft,
});

const REGULAR: PaymentHabit = { payments: 20, medianDays: 4, spreadDays: 2 };

describe('what a customer still owes of an invoice', () => {
  const INVOICE = 'invoice I';
  const paid = (amount: string): LinkDraft => [INVOICE, 'settles', 'payment P', amount];
  // Of 1 000.00 at most 5.00 may be missing.
  const toleranceOf = tolerancesOf([{ legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: null }]);

  it.each<{ name: string; invoice?: NodeDraft; objects?: Record<string, NodeDraft>; links: LinkDraft[]; owed: string }>(
    [
      { name: 'all of it, as long as nothing came', links: [], owed: '1000.00' },
      { name: 'what a short payment left', links: [paid('950.00 EUR')], owed: '50.00' },
      { name: 'nothing, when the difference is within the tolerance', links: [paid('995.00 EUR')], owed: '0.00' },
      { name: 'a cent more than the tolerance', links: [paid('994.99 EUR')], owed: '5.01' },
      {
        name: 'what a short payment and a credit memo left',
        objects: { 'credit-memo C': { amount: '30.00 EUR' } },
        links: [paid('950.00 EUR'), [INVOICE, 'credits', 'credit-memo C', '30.00 EUR']],
        owed: '20.00',
      },
      {
        name: 'nothing, when the rest was paid later',
        objects: { 'payment P2': { amount: '50.00 EUR' } },
        links: [paid('950.00 EUR'), [INVOICE, 'settles', 'payment P2', '50.00 EUR']],
        owed: '0.00',
      },
      {
        name: 'nothing, when the rest was written off',
        links: [paid('950.00 EUR'), [INVOICE, 'writes-off', 'payment P', '50.00 EUR']],
        owed: '0.00',
      },
      {
        name: 'nothing, when it was reversed whole',
        objects: { 'invoice R': { amount: '1000.00 EUR' } },
        links: [[INVOICE, 'reverses', 'invoice R', '1000.00 EUR']],
        owed: '0.00',
      },
      {
        name: 'nothing, when its source says that it is settled: the rest is a break',
        invoice: { isSettled: true },
        links: [paid('950.00 EUR')],
        owed: '0.00',
      },
      {
        name: 'all of it again, when the payment came back',
        objects: { 'return R': { amount: '1000.00 EUR' } },
        links: [paid('1000.00 EUR'), ['payment P', 'returns', 'return R', '1000.00 EUR']],
        owed: '1000.00',
      },
    ],
  )('$name', ({ invoice: draft, objects, links, owed }) => {
    const came = links.find(([, qualifier]) => qualifier === 'settles')?.[3];
    const nodes = moneyNodes({
      [INVOICE]: { amount: '1000.00 EUR', entity: 'DE01', direction: 'inflow', ...draft },
      'payment P': came === undefined ? {} : { amount: came },
      ...objects,
    });
    expect(owedOf(balanceMoney(nodes, moneyLinks(links), toleranceOf, [INVOICE]))).toEqual(money(owed, 'EUR'));
  });

  it.each<[name: string, nodes: Record<string, NodeDraft>, links: LinkDraft[]]>([
    ['its amount is not known', { [INVOICE]: {} }, []],
    [
      'a payment of several does not say how much is for it',
      {
        [INVOICE]: { amount: '10.00 EUR' },
        'invoice J': { amount: '10.00 EUR' },
        'payment P': { amount: '15.00 EUR' },
      },
      [
        [INVOICE, 'settles', 'payment P'],
        ['invoice J', 'settles', 'payment P'],
      ],
    ],
  ])('cannot be known when %s', (_name, nodes, links) => {
    expect(owedOf(balanceMoney(moneyNodes(nodes), moneyLinks(links), toleranceOf, [INVOICE]))).toBeNull();
  });
});

describe('how a customer pays', () => {
  it.each<[name: string, delays: number[], habit: PaymentHabit | null]>([
    ['nothing seen', [], null],
    ['one payment', [3], { payments: 1, medianDays: 3, spreadDays: 0 }],
    // sorted −2 0 4 5 30: median the third, quartiles the second and fourth
    [
      'the median is not moved by one very late payment',
      [30, 0, 5, -2, 4],
      { payments: 5, medianDays: 4, spreadDays: 5 },
    ],
    ['early payers', [-3, -3, -2, -4], { payments: 4, medianDays: -3, spreadDays: 1 }],
  ])('%s', (_name, delays, habit) => {
    expect(paymentHabit(delays)).toEqual(habit);
  });
});

describe('when the money of an invoice is expected', () => {
  it.each<
    [
      name: string,
      draft: Partial<OpenInvoice>,
      habit: PaymentHabit | null,
      expectedOn: string | null,
      Confidence,
      string[],
    ]
  >([
    ['due date and usual delay', {}, REGULAR, '2026-10-14', 'high', []],
    ['an early payer before the due date', {}, { ...REGULAR, medianDays: -3 }, '2026-10-07', 'high', []],
    ['few payments', {}, { ...REGULAR, payments: 5 }, '2026-10-14', 'medium', []],
    ['too few payments', {}, { ...REGULAR, payments: 3 }, '2026-10-14', 'low', []],
    ['an irregular customer', {}, { ...REGULAR, spreadDays: 9 }, '2026-10-14', 'medium', []],
    ['a very irregular customer', {}, { ...REGULAR, spreadDays: 16 }, '2026-10-14', 'low', []],
    ['a new customer: the due date itself', {}, null, '2026-10-10', 'low', ['no-history']],
    ['overdue, but within the habit', { dueOn: '2026-09-29' }, REGULAR, '2026-10-03', 'high', ['overdue']],
    // due 20 September, usual 24, spread 2: later than 26
    [
      'later than ever: today at the earliest',
      { dueOn: '2026-09-20' },
      REGULAR,
      TODAY,
      'low',
      ['overdue', 'beyond-habit'],
    ],
    [
      'overdue, of a new customer: there is no habit to be beyond',
      { dueOn: '2026-09-20' },
      null,
      TODAY,
      'low',
      ['overdue', 'no-history'],
    ],
    ['an open exception', { openExceptions: 1 }, REGULAR, '2026-10-14', 'low', ['open-exception']],
    ['a dispute', { isDisputed: true }, REGULAR, '2026-10-14', 'low', ['disputed']],
    ['no due date: no day', { dueOn: null }, REGULAR, null, 'low', ['no-due-date']],
    ['over the end of a month', { dueOn: '2026-10-29' }, REGULAR, '2026-11-02', 'high', []],
  ])('%s', (_name, draft, habit, expectedOn, confidence, flags) => {
    expect(expectReceipt(invoice(draft), habit, TODAY)).toMatchObject({ expectedOn, confidence, flags });
  });
});

describe('lines of the projection', () => {
  it('add up what is expected of one entity, currency and day, and keep what has no day for last', () => {
    const lines = receivableLines([
      expectReceipt(invoice({ objectId: 'a', dueOn: null }), REGULAR, TODAY),
      expectReceipt(invoice({ objectId: 'b', openExceptions: 2 }), REGULAR, TODAY),
      expectReceipt(invoice({ objectId: 'c', open: money('250.50', 'EUR') }), REGULAR, TODAY),
      expectReceipt(invoice({ objectId: 'd', open: money('7.00', 'USD') }), REGULAR, TODAY),
    ]);
    expect(
      lines.map(({ currency, expectedOn, open, byConfidence, flags, receipts }) => [
        expectedOn,
        currency,
        open.amount,
        byConfidence.high.amount,
        byConfidence.low.amount,
        flags.map(({ flag, invoices }) => `${flag} ${invoices}`),
        receipts.map((receipt) => receipt.invoice.objectId).join(''),
      ]),
    ).toEqual([
      ['2026-10-14', 'EUR', '1250.50', '250.50', '1000.00', ['open-exception 1'], 'bc'],
      ['2026-10-14', 'USD', '7.00', '7.00', '0.00', [], 'd'],
      [null, 'EUR', '1000.00', '0.00', '1000.00', ['no-due-date 1'], 'a'],
    ]);
  });

  it('lose nothing, whatever the order', () => {
    const drafts = fc.array(
      fc.record({
        cents: fc.integer({ min: 0, max: 10 ** 8 }),
        day: fc.integer({ min: 1, max: 28 }),
        entity: fc.constantFrom('DE01', 'US01', null),
        openExceptions: fc.nat({ max: 2 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(drafts, (all) => {
        const receipts = all.map(({ cents, day, entity, openExceptions }, index) => {
          const open = money((cents / 100).toFixed(2), 'EUR');
          const dueOn = `2026-10-${String(day).padStart(2, '0')}`;
          const draft = { objectId: String(index), open, dueOn, legalEntity: entity, openExceptions };
          return expectReceipt(invoice(draft), REGULAR, TODAY);
        });
        const lines = receivableLines(receipts);
        const whole = sumMoney(
          receipts.map((receipt) => receipt.invoice.open!),
          'EUR',
        );
        expect(
          sumMoney(
            lines.map(({ open }) => open),
            'EUR',
          ),
        ).toEqual(whole);
        expect(
          sumMoney(
            lines.flatMap(({ byConfidence }) => Object.values(byConfidence)),
            'EUR',
          ),
        ).toEqual(whole);
        expect(receivableLines(receipts.toReversed())).toEqual(lines);
      }),
    );
  });
});

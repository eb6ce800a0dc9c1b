import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder, INTEGRATION, keyOf } from '../../order-signals.js';
import type { Story } from '../../story.js';
import { runNamed } from '../../wire-forms.js';
import { deliveryOf, invoiceOf, orderInErp } from './documents.js';
import { billedMilestones, linksOfInvoice, linksUntilOrder, pendingFrom } from './expectations.js';
import { type Failure, failedRun } from '../../failed-run.js';
import { deliveryBilled, invoiceForecast } from './liquidity-signals.js';
import { DELIVERY_DAYS, DUE_DAYS, WHEN, delivered, sold } from './long-steps.js';
import { type Step, HOUR, MINUTE, dayAfter, saleOf, tell } from './telling.js';

/** The billing run took the currency of the customer's other contract: a draft that may not be posted. */
function billedInOtherCurrency(order: StoryOrder): Failure {
  const currency = order.currency === 'USD' ? 'EUR' : 'USD';
  const amount = { amount: order.amount, currency };
  return {
    activityType: 'invoice.posting-failed',
    service: 'sap-s4hana',
    integration: INTEGRATION.billing,
    objects: [invoiceOf(order, { amount }), deliveryOf(order), orderInErp(order)],
    links: [
      { from: 1, to: 0, qualifier: 'bills' },
      { from: 2, to: 0, qualifier: 'bills', amount },
    ],
    problem: {
      code: 'mapping-and-master-data.currency-mismatch',
      discriminators: { orderCurrency: order.currency, invoiceCurrency: currency },
      message: `The order is in ${order.currency}, its invoice in ${currency}`,
      field: '/documentCurrency',
      payload: { billingDocument: keyOf.invoice(order), documentCurrency: currency },
      payloadVersion: 1,
    },
  };
}

const misbilled = (order: StoryOrder): Step[] => [
  ...sold(order),
  ...delivered(order),
  [
    WHEN.billed,
    (at) => failedRun(at, { ...billedInOtherCurrency(order), run: runNamed(`billing of ${order.number}`) }),
  ],
];

export const currencyMismatchJourney: Journey = {
  name: 'order-to-cash/currency-mismatch',
  share: 2,
  play: (number, startsAt) => tell(startsAt, misbilled(saleOf(number))),
};

export const currencyMendedJourney: Journey = {
  name: 'order-to-cash/currency-mismatch-mended',
  share: 3,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [
      ...misbilled(order),
      [WHEN.billed + HOUR, (at) => deliveryBilled(order, at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS))],
      [
        WHEN.billed + HOUR + 6 * MINUTE,
        (at) => invoiceForecast(order, at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS).slice(0, 7)),
      ],
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [mismatched, mended] = [saleOf('15015'), saleOf('15018')];

const problemOf = (order: StoryOrder, clearedAt: string | null) => ({
  subject: `invoice ${keyOf.invoice(order)}`,
  hop: 's4hana-billing',
  signature: 'mapping-and-master-data.currency-mismatch|invoiceCurrency=USD|orderCurrency=EUR',
  occurrences: 1,
  lastOccurredAt: '2026-09-03T12:00:02.000Z',
  clearedAt,
});

/** A draft in dollars for an order in euros: nobody can say what of the order it bills, and the page says just that. */
export const currencyMismatch: Story = {
  name: 'an invoice in another currency than its order',
  signals: signalsOf(currencyMismatchJourney, mismatched.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15015': {
        progress: 'running',
        members: ['contract C-15015', 'delivery 8015015', 'invoice 9015015', 'sales-order SO-15015'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...billedMilestones(mismatched),
          // Thursday 18:00 in Berlin, the day of the goods issue.
          'invoice-posted 9015015': ['pending', '2026-09-03T16:00:00.000Z'],
          'forecast-replaced-by-invoice 9015015': 'pending',
          ...pendingFrom('payment-received'),
        },
      },
    },
    problems: [problemOf(mismatched, null)],
  },
  lineage: [
    ...linksUntilOrder(mismatched, '2026-09'),
    'sales-order SO-15015 ─delivers→ delivery 8015015',
    'delivery 8015015 ─bills→ invoice 9015015',
    'sales-order SO-15015 ─bills 48200.00 USD→ invoice 9015015',
  ],
  money: {
    'sales-order SO-15015': ['in 48200.00 EUR, balanced', 'out 0.00 EUR, no-rate', 'out 48200.00 USD, no-rate'],
    'invoice 9015015': ['in 48200.00 USD, balanced', 'out 0.00 USD, open 48200.00'],
  },
  states: [
    { at: '2026-09-03T12:30:00.000Z', of: { 'order-to-cash C-15015': 'BLOCKED' } },
    { at: '2026-09-04T12:30:00.000Z', of: { 'order-to-cash C-15015': 'BLOCKED' } },
  ],
};

/** The draft is put right and posted under its own number, still on the day of the goods issue. */
export const currencyMismatchMended: Story = {
  name: 'an invoice in another currency than its order, put right',
  signals: signalsOf(currencyMendedJourney, mended.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15018': {
        progress: 'running',
        members: ['contract C-15018', 'delivery 8015018', 'invoice 9015018', 'sales-order SO-15018'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...billedMilestones(mended),
          'invoice-posted 9015018': ['2026-09-03T13:00:00.000Z', '2026-09-03T16:00:00.000Z'],
          'forecast-replaced-by-invoice 9015018': ['2026-09-03T13:06:00.000Z', '2026-09-03T13:10:00.000Z'],
          // The end of the due date, 17 September in Berlin.
          'payment-received': ['pending', '2026-09-17T22:00:00.000Z'],
          ...pendingFrom('cash-position-updated'),
        },
      },
    },
    problems: [problemOf(mended, '2026-09-03T13:00:00.000Z')],
  },
  lineage: [...linksUntilOrder(mended, '2026-09'), ...linksOfInvoice(mended, '2026-09')],
  money: { 'invoice 9015018': ['in 48200.00 EUR, balanced', 'out 0.00 EUR, open 48200.00'] },
  states: [{ at: '2026-09-04T12:30:00.000Z', of: { 'order-to-cash C-15018': 'WAITING' } }],
};

import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  APPLIED,
  BY,
  type Deal,
  PAID,
  STORY_START,
  cleared,
  documentsOf,
  entityOf,
  invoiced,
  linksOfReceipt,
  linksUntilInvoice,
  paidOnce,
  receiptOf,
  received,
  untilInvoice,
} from './deal.js';
import { DAY, HOUR, Telling } from './telling.js';

const SHORT = { invoice: '1000.00', paid: '950.00', rest: '50.00' };

type Ending = 'open' | 'rest-paid' | 'written-off' | 'closed-without-a-reason';

/** 950.00 of 1 000.00 come in; what happens to the rest is the ending, a day later. */
function shortPayment(code: string, share: number, ending: Ending): Journey {
  return {
    name: `money/short-payment-${ending}`,
    share,
    play(number, startsAt) {
      const { legalEntity, currency } = entityOf(number, ['DE01', 'US01']);
      const amount = (text: string) => `${text} ${currency}`;
      const deal: Deal = {
        number: `${code}${number}`,
        legalEntity,
        amount: amount(SHORT.invoice),
        customer: 'Nordsee Fischkonserven GmbH',
      };
      const documents = documentsOf(deal);
      const { invoice } = documents;
      const first = receiptOf(deal, amount(SHORT.paid));
      const telling = received(invoiced(new Telling(startsAt), documents), PAID, first).says(APPLIED, {
        system: 'sap-s4hana',
        integration: BY.application,
        what: 'payment.applied',
        to: first.payment,
        links: [[invoice, 'settles', first.payment, amount(SHORT.paid)]],
      });
      const closed = { ...invoice, attributes: { isSettled: 'true' } };
      if (ending === 'rest-paid') {
        const second = receiptOf(deal, amount(SHORT.rest), { suffix: '-2' });
        received(telling, PAID + DAY, second).says(APPLIED + DAY, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: second.payment,
          links: [[invoice, 'settles', second.payment, amount(SHORT.rest)]],
        });
      }
      if (ending === 'written-off') {
        telling.says(APPLIED + DAY, {
          system: 'sap-s4hana',
          what: 'invoice.written-off',
          to: closed,
          links: [[closed, 'writes-off', first.payment, amount(SHORT.rest)]],
        });
      }
      if (ending === 'closed-without-a-reason') {
        telling.says(APPLIED + DAY, { system: 'sap-s4hana', what: 'invoice.closed', to: closed });
      }
      return telling.signals();
    },
  };
}

export const shortPaymentOpen = shortPayment('MSO', 10, 'open');
export const shortPaymentRestPaid = shortPayment('MSP', 5, 'rest-paid');
export const shortPaymentWrittenOff = shortPayment('MSW', 5, 'written-off');
export const shortPaymentClosed = shortPayment('MSC', 2, 'closed-without-a-reason');

/** 950.00 and 50.00 on a day each. */
const twoPayments = {
  ...paidOnce('MSP0'),
  members: [
    'bank-entry ENTRY-MSP0',
    'bank-entry ENTRY-MSP0-2',
    'contract C-MSP0',
    'invoice 90MSP0',
    'payment PAY-MSP0',
    'payment PAY-MSP0-2',
    'sales-order SO-MSP0',
  ],
  hubs: ['cash-position 2026-10-01/ENTRY-MSP0', 'cash-position 2026-10-02/ENTRY-MSP0-2'],
  milestones: {
    ...untilInvoice('MSP0'),
    ...cleared('MSP0'),
    'payment-received PAY-MSP0-2': '2026-10-02T08:00:00.000Z',
    'cash-position-updated ENTRY-MSP0-2': '2026-10-02T08:10:00.000Z',
    // Friday 10:00 in Berlin and four hours.
    'payment-applied PAY-MSP0-2': ['2026-10-02T09:00:00.000Z', '2026-10-02T12:00:00.000Z'] as [string, string],
  },
};

const linksOfShort = (number: string) => [
  ...linksUntilInvoice(number),
  `invoice 90${number} ─settles 950.00 EUR→ payment PAY-${number}`,
  ...linksOfReceipt(number, '950.00 EUR'),
];

export const shortPayments: readonly Story[] = [
  {
    name: 'a short payment',
    signals: signalsOf(shortPaymentOpen, '0', STORY_START),
    expected: { transactions: { 'order-to-cash C-MSO0': paidOnce('MSO0') }, problems: [] },
    lineage: linksOfShort('MSO0'),
    // 1 000.00 - 950.00: more may come, so it is open and no break.
    money: { 'invoice 90MSO0': ['in 1000.00 EUR, balanced', 'out 950.00 EUR, open 50.00'] },
  },
  {
    name: 'a short payment whose rest comes later',
    signals: signalsOf(shortPaymentRestPaid, '0', STORY_START),
    expected: { transactions: { 'order-to-cash C-MSP0': twoPayments }, problems: [] },
    lineage: [
      ...linksOfShort('MSP0'),
      'invoice 90MSP0 ─settles 50.00 EUR→ payment PAY-MSP0-2',
      ...linksOfReceipt('MSP0-2', '50.00 EUR', '2026-10-02'),
    ],
    // 950.00 + 50.00 = 1 000.00
    money: {},
  },
  {
    name: 'a short payment whose rest is written off',
    signals: signalsOf(shortPaymentWrittenOff, '0', STORY_START),
    expected: { transactions: { 'order-to-cash C-MSW0': paidOnce('MSW0') }, problems: [] },
    lineage: [...linksOfShort('MSW0'), 'invoice 90MSW0 ─writes-off 50.00 EUR→ payment PAY-MSW0'],
    // 950.00 + 50.00 = 1 000.00
    money: { 'invoice 90MSW0': ['in 1000.00 EUR, balanced', 'out 950.00 EUR + write-off 50.00, balanced'] },
  },
  {
    name: 'a short payment whose invoice is closed without a reason',
    signals: signalsOf(shortPaymentClosed, '0', STORY_START),
    expected: { transactions: { 'order-to-cash C-MSC0': paidOnce('MSC0') }, problems: [] },
    lineage: linksOfShort('MSC0'),
    // The ERP says that nothing more is to come: the 50.00 are gone, and it is the invoice that they are missing at.
    money: { 'invoice 90MSC0': ['in 1000.00 EUR, balanced', 'out 950.00 EUR, short 50.00', 'BREAK 50.00'] },
  },
];

/** Each entity closes an invoice that was paid a little short: whether that is let go is its own rule. */
export const withinTolerance: Journey = {
  name: 'money/tolerance',
  share: 10,
  play(number, startsAt) {
    const told = CLEARED_SHORT.map(({ code, legalEntity, currency, paid }) => {
      const deal = {
        number: `${code}${number}`,
        legalEntity,
        amount: `1000.00 ${currency}`,
        customer: 'Werkzeughandel Mitte KG',
      };
      const documents = documentsOf(deal);
      const receipt = receiptOf(deal, `${paid} ${currency}`);
      const closed = { ...documents.invoice, attributes: { isSettled: 'true' } };
      return received(invoiced(new Telling(startsAt), documents), PAID, receipt)
        .says(APPLIED, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: receipt.payment,
          links: [[documents.invoice, 'settles', receipt.payment, `${paid} ${currency}`]],
        })
        .says(APPLIED + HOUR, { system: 'sap-s4hana', what: 'invoice.closed', to: closed })
        .signals();
    });
    return told.flat().sort((left, right) => left.at - right.at);
  },
};

const CLEARED_SHORT = [
  { code: 'MTA', legalEntity: 'DE01', currency: 'EUR', paid: '995.00' },
  { code: 'MTB', legalEntity: 'DE01', currency: 'EUR', paid: '994.99' },
  { code: 'MTC', legalEntity: 'US01', currency: 'USD', paid: '995.00' },
] as const;

export const tolerancePerEntity: Story = {
  name: 'a tolerance per legal entity',
  signals: signalsOf(withinTolerance, '0', STORY_START),
  expected: {
    transactions: {
      'order-to-cash C-MTA0': paidOnce('MTA0'),
      'order-to-cash C-MTB0': paidOnce('MTB0'),
      // Thursday 08:00 UTC is 04:00 in New York: four hours from the opening at 09:00 are 13:00 = 17:00 UTC.
      'order-to-cash C-MTC0': paidOnce('MTC0', '2026-10-01T17:00:00.000Z'),
    },
    problems: [],
  },
  lineage: CLEARED_SHORT.flatMap(({ code, currency, paid }) => [
    ...linksUntilInvoice(`${code}0`),
    `invoice 90${code}0 ─settles ${paid} ${currency}→ payment PAY-${code}0`,
    ...linksOfReceipt(`${code}0`, `${paid} ${currency}`),
  ]),
  // DE01 lets go what is at most 5.00 and at most half a percent: of 1 000.00 that is 5.00 too. US01 lets nothing go.
  tolerances: [{ legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: 50 }],
  money: {
    'invoice 90MTA0': ['in 1000.00 EUR, balanced', 'out 995.00 EUR, within-tolerance 5.00'],
    'invoice 90MTB0': ['in 1000.00 EUR, balanced', 'out 994.99 EUR, short 5.01', 'BREAK 5.01'],
    'invoice 90MTC0': ['in 1000.00 USD, balanced', 'out 995.00 USD, short 5.00', 'BREAK 5.00'],
  },
};

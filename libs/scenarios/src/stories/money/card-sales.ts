import type { FinanceEventObject } from '@throughline/canonical';
import type { TimedSignal } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import {
  APPLIED,
  BY,
  type Deal,
  PAID,
  documentOf,
  documentsOf,
  invoiced,
  linksUntilInvoice,
  untilInvoice,
} from './deal.js';
import { DAY, HOUR, MINUTE, Telling } from './telling.js';

/** A sale that is paid by card: 2.9 % and 0.30 are the processor's. */
export type Sale = { letter: 'A' | 'B'; amount: string; net: string; fee: string };

// 100.00 × 2.9 % + 0.30 = 3.20; 50.00 × 2.9 % + 0.30 = 1.75; 200.00 × 2.9 % + 0.30 = 6.10
export const [SMALL, SMALLER, LARGE]: [Sale, Sale, Sale] = [
  { letter: 'A', amount: '100.00', net: '96.80', fee: '3.20' },
  { letter: 'B', amount: '50.00', net: '48.25', fee: '1.75' },
  { letter: 'B', amount: '200.00', net: '193.90', fee: '6.10' },
];

export const SHOP = { legalEntity: 'US01', customer: 'Card customers' } as const;
export const usd = (amount: string) => `${amount} USD`;

export function cardPayment(number: string, { letter, amount }: Sale): FinanceEventObject {
  return documentOf(
    SHOP,
    'payment',
    { system: 'stripe', kind: 'charge-id', value: `ch_${number}${letter}` },
    usd(amount),
  );
}

/** Sold and paid by card on the fourth day; the ERP applies it an hour later. */
export function sold(startsAt: number, number: string, sale: Sale): TimedSignal[] {
  const deal: Deal = { ...SHOP, number: `${number}${sale.letter}`, amount: usd(sale.amount) };
  const documents = documentsOf(deal);
  const payment = cardPayment(number, sale);
  return invoiced(new Telling(startsAt), documents)
    .says(PAID, { system: 'stripe', what: 'payment.received', to: payment })
    .says(APPLIED, {
      system: 'sap-s4hana',
      integration: BY.application,
      what: 'payment.applied',
      to: payment,
      links: [[documents.invoice, 'settles', payment, usd(sale.amount)]],
    })
    .signals();
}

type Payout = { number: string; sales: readonly Sale[]; amount: string; booked: string };

/** Paid out on the fifth day, booked by the bank on the eighth, in the position ten minutes later. */
export function paidOut(
  telling: Telling,
  { number, sales, amount, booked }: Payout,
  nets: readonly FinanceEventObject[],
): Telling {
  const payout = {
    ...documentOf(SHOP, 'settlement', { system: 'stripe', kind: 'payout-id', value: `po_${number}` }, usd(amount)),
    attributes: { isSettled: 'true' },
  };
  const account = 'US01-STRIPE';
  const entry = documentOf(
    SHOP,
    'bank-entry',
    { system: 'kyriba', kind: 'entry-reference', scope: account, value: `ENTRY-${number}` },
    usd(booked),
  );
  const position: FinanceEventObject = {
    type: 'cash-position',
    keys: [{ system: 'kyriba', kind: 'cash-position', scope: account, value: `POS-${number}` }],
  };
  return telling
    .says(4 * DAY + HOUR, {
      system: 'stripe',
      what: 'settlement.paid',
      to: payout,
      links: [
        ...sales.flatMap((sale) => {
          const payment = cardPayment(number, sale);
          return [
            [payment, 'settles', payout, usd(sale.net)] as const,
            [payment, 'charges', payout, usd(sale.fee)] as const,
          ];
        }),
        ...nets.map((one) => [one, 'nets', payout, `${one.amount?.amount} USD`] as const),
      ],
    })
    .says(7 * DAY + HOUR, {
      system: 'kyriba',
      what: 'bank-entry.booked',
      to: entry,
      links: [[payout, 'books', entry, usd(booked)]],
    })
    .says(7 * DAY + HOUR + 10 * MINUTE, {
      system: 'kyriba',
      integration: BY.positions,
      what: 'cash-position.updated',
      to: position,
      links: [[entry, 'gathers', position, usd(booked)]],
    });
}

/** A sale that is in a payout; applied within four hours from 09:00 in New York on Thursday, which is 13:00 = 17:00 UTC. */
export const inPayout = (number: string, letter: Sale['letter']): TransactionSummary => ({
  progress: 'completed',
  members: [
    `bank-entry ENTRY-${number}`,
    `contract C-${number}${letter}`,
    `invoice 90${number}${letter}`,
    `payment ch_${number}${letter}`,
    `sales-order SO-${number}${letter}`,
    `settlement po_${number}`,
  ],
  hubs: [`cash-position POS-${number}`],
  milestones: {
    ...untilInvoice(`${number}${letter}`),
    [`payment-received ch_${number}${letter}`]: '2026-10-01T08:00:00.000Z',
    [`cash-position-updated ENTRY-${number}`]: '2026-10-05T08:10:00.000Z',
    [`payment-applied ch_${number}${letter}`]: ['2026-10-01T09:00:00.000Z', '2026-10-01T17:00:00.000Z'],
  },
});

/** All links of sales and their payout. */
export const linksOfPayout = (number: string, sales: readonly Sale[], booked: string) => [
  ...sales.flatMap(({ letter, amount, net, fee }) => [
    ...linksUntilInvoice(`${number}${letter}`),
    `invoice 90${number}${letter} ─settles ${amount} USD→ payment ch_${number}${letter}`,
    `payment ch_${number}${letter} ─settles ${net} USD→ settlement po_${number}`,
    `payment ch_${number}${letter} ─charges ${fee} USD→ settlement po_${number}`,
  ]),
  `settlement po_${number} ─books ${booked} USD→ bank-entry ENTRY-${number}`,
  `bank-entry ENTRY-${number} ─gathers ${booked} USD→ cash-position POS-${number}`,
];

import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  APPLIED,
  BY,
  type Deal,
  PAID,
  STORY_START,
  documentOf,
  documentsOf,
  invoiced,
  linksOfReceipt,
  linksUntilInvoice,
  paidOnce,
  receiptOf,
  received,
  untilInvoice,
} from './deal.js';
import { DAY, Telling } from './telling.js';

/**
 * A collection of 970.00 with 30.00 of discount is applied, and comes back from the bank a day later. `paidAgain`: the customer
 * transfers 1 000.00 on the eighth day.
 */
function returned(name: string, code: string, share: number, paidAgain: boolean): Journey {
  return {
    name: `money/${name}`,
    share,
    play(number, startsAt) {
      const deal: Deal = {
        number: `${code}${number}`,
        legalEntity: 'DE01',
        amount: '1000.00 EUR',
        customer: 'Gebrueder Lorenz OHG',
      };
      const documents = documentsOf(deal);
      const { invoice } = documents;
      const { payment, entry } = receiptOf(deal, '970.00 EUR');
      const back = documentOf(
        deal,
        'return',
        { system: 'kyriba', kind: 'return-reference', value: `RET-${deal.number}` },
        '970.00 EUR',
        'outflow',
      );
      const backEntry = { ...receiptOf(deal, '970.00 EUR', { suffix: '-R' }).entry, direction: 'outflow' as const };
      const telling = received(invoiced(new Telling(startsAt), documents), PAID, { payment, entry })
        .says(APPLIED, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: payment,
          links: [
            [invoice, 'settles', payment, '970.00 EUR'],
            [invoice, 'discounts', payment, '30.00 EUR'],
          ],
        })
        .says(PAID + DAY, {
          system: 'kyriba',
          what: 'payment.returned',
          to: payment,
          links: [
            [payment, 'returns', back, '970.00 EUR'],
            [back, 'books', backEntry, '970.00 EUR'],
          ],
        })
        .fails(PAID + DAY, {
          system: 'kyriba',
          integration: BY.credits,
          what: 'payment.failed',
          to: payment,
          problem: {
            code: 'cash-and-payment.returned',
            discriminators: { reason: 'AM04' },
            message: 'The bank of the customer returned the collection: insufficient funds',
          },
        });
      if (!paidAgain) return telling.signals();
      const second = receiptOf(deal, '1000.00 EUR', { suffix: '-2' });
      return received(telling, PAID + 4 * DAY, second)
        .says(APPLIED + 4 * DAY, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: second.payment,
          links: [[invoice, 'settles', second.payment, '1000.00 EUR']],
        })
        .signals();
    },
  };
}

export const returnedPayment = returned('return-after-application', 'MRA', 5, false);
export const returnedAndPaidAgain = returned('return-and-paid-again', 'MRP', 5, true);

const returnProblem = (number: string) => ({
  subject: `payment PAY-${number}`,
  hop: BY.credits,
  signature: problemSignature('cash-and-payment.returned', { reason: 'AM04' }),
  occurrences: 1,
  lastOccurredAt: '2026-10-02T08:00:00.000Z',
  clearedAt: null,
});

const linksOfReturn = (number: string) => [
  ...linksUntilInvoice(number),
  `invoice 90${number} ─settles 970.00 EUR→ payment PAY-${number}`,
  `invoice 90${number} ─discounts 30.00 EUR→ payment PAY-${number}`,
  ...linksOfReceipt(number, '970.00 EUR'),
  `payment PAY-${number} ─returns 970.00 EUR→ return RET-${number}`,
  `return RET-${number} ─books 970.00 EUR→ bank-entry ENTRY-${number}-R`,
];

/** What the return undid: the position of Thursday had the money all the same. */
const undone = (number: string) => ({
  ...untilInvoice(number),
  [`payment-received PAY-${number}`]: 'pending',
  [`cash-position-updated ENTRY-${number}`]: '2026-10-01T08:10:00.000Z',
  [`payment-applied PAY-${number}`]: 'pending',
});

export const returns: readonly Story[] = [
  {
    name: 'a return after application',
    signals: signalsOf(returnedPayment, '0', STORY_START),
    expected: {
      transactions: {
        'order-to-cash C-MRA0': {
          ...paidOnce('MRA0'),
          progress: 'running',
          members: [...paidOnce('MRA0').members.slice(0, 4), 'return RET-MRA0', 'sales-order SO-MRA0'],
          milestones: undone('MRA0'),
        },
      },
      problems: [returnProblem('MRA0')],
    },
    lineage: linksOfReturn('MRA0'),
    // 970.00 came and went, and with it the discount: all of the 1 000.00 is open again.
    money: { 'invoice 90MRA0': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'] },
    states: [{ at: '2026-10-02T09:00:00.000Z', of: { 'order-to-cash C-MRA0': 'BLOCKED' } }],
  },
  {
    name: 'a return after application that is paid again',
    signals: signalsOf(returnedAndPaidAgain, '0', STORY_START),
    expected: {
      transactions: {
        'order-to-cash C-MRP0': {
          // The second payment took the place of the first, which nobody waits for any more.
          progress: 'completed',
          members: [
            'bank-entry ENTRY-MRP0',
            'bank-entry ENTRY-MRP0-2',
            'contract C-MRP0',
            'invoice 90MRP0',
            'payment PAY-MRP0',
            'payment PAY-MRP0-2',
            'return RET-MRP0',
            'sales-order SO-MRP0',
          ],
          hubs: ['cash-position 2026-10-01/ENTRY-MRP0', 'cash-position 2026-10-05/ENTRY-MRP0-2'],
          milestones: {
            ...untilInvoice('MRP0'),
            'cash-position-updated ENTRY-MRP0': '2026-10-01T08:10:00.000Z',
            // The second payment stands in for the first, whose steps nobody waits for any more.
            'payment-received PAY-MRP0-2': '2026-10-05T08:00:00.000Z',
            'cash-position-updated ENTRY-MRP0-2': '2026-10-05T08:10:00.000Z',
            // Monday 10:00 in Berlin and four hours.
            'payment-applied PAY-MRP0-2': ['2026-10-05T09:00:00.000Z', '2026-10-05T12:00:00.000Z'],
          },
        },
      },
      problems: [returnProblem('MRP0')],
    },
    lineage: [
      ...linksOfReturn('MRP0'),
      'invoice 90MRP0 ─settles 1000.00 EUR→ payment PAY-MRP0-2',
      ...linksOfReceipt('MRP0-2', '1000.00 EUR', '2026-10-05'),
    ],
    // 970.00 - 970.00 + 1 000.00 = 1 000.00
    money: {},
  },
];

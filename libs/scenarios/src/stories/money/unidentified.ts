import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  BY,
  type Deal,
  PAID,
  STORY_START,
  documentsOf,
  invoiced,
  linksOfReceipt,
  linksUntilInvoice,
  paidOnce,
  receiptOf,
  received,
  untilInvoice,
} from './deal.js';
import { DAY, HOUR, MINUTE, Telling } from './telling.js';

/** 1 000.00 come in without a word of what they are for; a person finds the invoice a day later, or nobody does. */
function unidentified(name: string, code: string, share: number, isFound: boolean): Journey {
  return {
    name: `money/${name}`,
    share,
    play(number, startsAt) {
      const telling = new Telling(startsAt);
      const deal: Deal = {
        number: `${code}${number}`,
        legalEntity: 'DE01',
        amount: '1000.00 EUR',
        customer: 'Druckerei Falk & Soehne',
      };
      const documents = documentsOf(deal);
      const invoice = { ...documents.invoice, attributes: { dueDate: telling.dayAfter(30 * DAY) } };
      // Nothing but the name of an unknown sender.
      const { payment, entry } = receiptOf({ ...deal, customer: 'R. Falk' }, '1000.00 EUR');
      received(invoiced(telling, { ...documents, invoice }), PAID, { payment, entry }).fails(PAID + 20 * MINUTE, {
        system: 'sap-s4hana',
        integration: BY.application,
        what: 'payment.application-refused',
        to: payment,
        problem: {
          code: 'cash-and-payment.unidentified-receipt',
          discriminators: { bankAccount: 'DE01-OPERATING' },
          message: 'No open item and no customer is known for this receipt',
        },
      });
      if (isFound) {
        telling.says(PAID + DAY + HOUR, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: payment,
          links: [[invoice, 'settles', payment, '1000.00 EUR']],
        });
      }
      return telling.signals();
    },
  };
}

export const unidentifiedReceipt = unidentified('unidentified-receipt', 'MUR', 8, false);
export const identifiedLater = unidentified('unidentified-receipt-found', 'MUF', 8, true);

const unidentifiedProblem = (number: string, clearedAt: string | null) => ({
  subject: `payment PAY-${number}`,
  hop: BY.application,
  signature: problemSignature('cash-and-payment.unidentified-receipt', { bankAccount: 'DE01-OPERATING' }),
  occurrences: 1,
  lastOccurredAt: '2026-10-01T08:20:00.000Z',
  clearedAt,
});

// 28 September and 30 days: the end of 28 October in Berlin, which has winter time again since the 25th.
const DUE = '2026-10-28T23:00:00.000Z';

export const unidentifiedReceipts: readonly Story[] = [
  {
    name: 'an unidentified receipt',
    signals: signalsOf(unidentifiedReceipt, '0', STORY_START),
    expected: {
      transactions: {
        'order-to-cash C-MUR0': {
          progress: 'running',
          members: ['contract C-MUR0', 'invoice 90MUR0', 'sales-order SO-MUR0'],
          hubs: [],
          milestones: {
            ...untilInvoice('MUR0'),
            'payment-received': ['pending', DUE],
            'cash-position-updated': 'pending',
            'payment-applied': 'pending',
          },
        },
      },
      problems: [unidentifiedProblem('MUR0', null)],
    },
    lineage: [...linksUntilInvoice('MUR0'), ...linksOfReceipt('MUR0', '1000.00 EUR')],
    // The money is there and the invoice looks unpaid.
    money: {
      'invoice 90MUR0': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
      'payment PAY-MUR0': ['in 0.00 EUR, unapplied 1000.00', 'out 1000.00 EUR, balanced'],
    },
    // The invoice is not touched by what is wrong with a receipt that nobody joined to it.
    states: [{ at: '2026-10-02T09:00:00.000Z', of: { 'order-to-cash C-MUR0': 'WAITING' } }],
    pending: [{ line: 'the receipt is likely to be for the only open item of its amount', needs: 'prediction' }],
  },
  {
    name: 'an unidentified receipt whose invoice is found',
    signals: signalsOf(identifiedLater, '0', STORY_START),
    expected: {
      transactions: {
        'order-to-cash C-MUF0': {
          ...paidOnce('MUF0'),
          milestones: {
            ...untilInvoice('MUF0'),
            'payment-received PAY-MUF0': ['2026-10-01T08:00:00.000Z', DUE],
            'cash-position-updated ENTRY-MUF0': '2026-10-01T08:10:00.000Z',
            // Due on Thursday by 12:00 UTC; the search took until Friday.
            'payment-applied PAY-MUF0': ['2026-10-02T09:00:00.000Z', '2026-10-01T12:00:00.000Z'],
          },
        },
      },
      problems: [unidentifiedProblem('MUF0', '2026-10-02T09:00:00.000Z')],
    },
    lineage: [
      ...linksUntilInvoice('MUF0'),
      'invoice 90MUF0 ─settles 1000.00 EUR→ payment PAY-MUF0',
      ...linksOfReceipt('MUF0', '1000.00 EUR'),
    ],
    money: {},
  },
];

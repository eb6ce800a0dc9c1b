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
} from './deal.js';
import { DAY, MINUTE, Telling } from './telling.js';

/** 1 100.00 come in for 1 000.00; the rest goes back on the eighth day, or stays. */
function overpayment(name: string, code: string, share: number, isRefunded: boolean): Journey {
  return {
    name: `money/${name}`,
    share,
    play(number, startsAt) {
      const deal: Deal = {
        number: `${code}${number}`,
        legalEntity: 'DE01',
        amount: '1000.00 EUR',
        customer: 'Moebelhaus Sander GmbH',
      };
      const documents = documentsOf(deal);
      const receipt = receiptOf(deal, '1100.00 EUR');
      const telling = received(invoiced(new Telling(startsAt), documents), PAID, receipt)
        // Automatic clearing finds no open item of this amount.
        .fails(PAID + 30 * MINUTE, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.application-refused',
          to: receipt.payment,
          problem: {
            code: 'cash-and-payment.over-payment',
            message: 'The receipt is 100.00 EUR more than the open item that it names',
          },
        })
        .says(APPLIED, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: receipt.payment,
          links: [[documents.invoice, 'settles', receipt.payment, '1000.00 EUR']],
        });
      if (!isRefunded) return telling.signals();
      const refund = documentOf(
        deal,
        'refund',
        { system: 'sap-s4hana', kind: 'refund-document', scope: 'DE01/2026', value: `RF-${deal.number}` },
        '100.00 EUR',
        'outflow',
      );
      const entry = { ...receiptOf(deal, '100.00 EUR', { suffix: '-R' }).entry, direction: 'outflow' as const };
      return telling
        .says(PAID + 4 * DAY, {
          system: 'sap-s4hana',
          what: 'refund.issued',
          to: refund,
          links: [[receipt.payment, 'refunds', refund, '100.00 EUR']],
        })
        .says(APPLIED + 4 * DAY, {
          system: 'kyriba',
          what: 'bank-entry.booked',
          to: entry,
          links: [[refund, 'books', entry, '100.00 EUR']],
        })
        .signals();
    },
  };
}

export const overpaid = overpayment('over-payment', 'MOV', 8, false);
export const overpaidAndRefunded = overpayment('over-payment-refunded', 'MOR', 5, true);

const overpaymentStory = (name: string, number: string, journey: Journey, more: Pick<Story, 'lineage' | 'money'>) => ({
  name,
  signals: signalsOf(journey, '0', STORY_START),
  expected: {
    transactions: {
      [`order-to-cash C-${number}`]: paidOnce(number),
    },
    problems: [
      {
        subject: `payment PAY-${number}`,
        hop: BY.application,
        signature: 'cash-and-payment.over-payment',
        occurrences: 1,
        lastOccurredAt: '2026-10-01T08:30:00.000Z',
        // A person applied it all the same.
        clearedAt: '2026-10-01T09:00:00.000Z',
      },
    ],
  },
  lineage: [
    ...linksUntilInvoice(number),
    `invoice 90${number} ─settles 1000.00 EUR→ payment PAY-${number}`,
    ...linksOfReceipt(number, '1100.00 EUR'),
    ...(more.lineage ?? []),
  ],
  ...(more.money !== undefined && { money: more.money }),
});

export const overpayments: readonly Story[] = [
  // 1 100.00 - 1 000.00: the customer's money, for which there is no document.
  overpaymentStory('an over payment', 'MOV0', overpaid, {
    money: { 'payment PAY-MOV0': ['in 1000.00 EUR, unapplied 100.00', 'out 1100.00 EUR, balanced'] },
  }),
  // 1 100.00 - 100.00 = 1 000.00: what goes back is first what was not applied.
  overpaymentStory('an over payment that is refunded', 'MOR0', overpaidAndRefunded, {
    lineage: [
      'payment PAY-MOR0 ─refunds 100.00 EUR→ refund RF-MOR0',
      'refund RF-MOR0 ─books 100.00 EUR→ bank-entry ENTRY-MOR0-R',
    ],
    money: {},
  }),
];

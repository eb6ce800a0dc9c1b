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
import { DAY, HOUR, Telling } from './telling.js';

/** A partner owes 1 000.00 and is owed 600.00: the two are netted on the third day, and 400.00 change hands on the fourth. */
export const netting: Journey = {
  name: 'money/netting',
  share: 10,
  play(number, startsAt) {
    const deal: Deal = {
      number: `MNE${number}`,
      legalEntity: 'DE01',
      amount: '1000.00 EUR',
      customer: 'Verbund Stahlhandel GmbH',
    };
    const documents = documentsOf(deal);
    const owed = documentOf(
      deal,
      'supplier-invoice',
      { system: 'sap-s4hana', kind: 'supplier-invoice', scope: 'VERBUND', value: `VS-${deal.number}` },
      '600.00 EUR',
      'outflow',
    );
    const settlement = documentOf(
      deal,
      'settlement',
      { system: 'sap-s4hana', kind: 'clearing-document', scope: 'DE01/2026', value: `NET-${deal.number}` },
      '400.00 EUR',
    );
    const receipt = receiptOf(deal, '400.00 EUR');
    const telling = invoiced(new Telling(startsAt), documents)
      .says(DAY, { system: 'sap-s4hana', what: 'supplier-invoice.posted', to: owed })
      .says(2 * DAY, {
        system: 'sap-s4hana',
        what: 'settlement.posted',
        to: settlement,
        links: [
          [documents.invoice, 'nets', settlement, '1000.00 EUR'],
          [owed, 'nets', settlement, '600.00 EUR'],
        ],
      });
    return received(telling, PAID, receipt)
      .says(APPLIED, {
        system: 'sap-s4hana',
        integration: BY.application,
        what: 'payment.applied',
        to: receipt.payment,
        links: [[settlement, 'settles', receipt.payment, '400.00 EUR']],
      })
      .signals();
  },
};

export const nettedAgainstPayable: Story = {
  name: 'receivables netted against payables',
  signals: signalsOf(netting, '0', STORY_START),
  expected: {
    transactions: {
      'order-to-cash C-MNE0': {
        ...paidOnce('MNE0'),
        members: [
          'bank-entry ENTRY-MNE0',
          'contract C-MNE0',
          'invoice 90MNE0',
          'payment PAY-MNE0',
          'sales-order SO-MNE0',
          'settlement NET-MNE0',
        ],
      },
    },
    problems: [],
  },
  lineage: [
    ...linksUntilInvoice('MNE0'),
    'invoice 90MNE0 ─nets 1000.00 EUR→ settlement NET-MNE0',
    'supplier-invoice VS-MNE0 ─nets 600.00 EUR→ settlement NET-MNE0',
    'settlement NET-MNE0 ─settles 400.00 EUR→ payment PAY-MNE0',
    ...linksOfReceipt('MNE0', '400.00 EUR'),
  ],
  // 1 000.00 owed to us less 600.00 owed by us = 400.00, which came in.
  money: {},
};

/** DE01 sells to US01, which books the same document on the fourth day: for 990.00, and corrects that a day later or never. */
function intercompany(name: string, code: string, share: number, booked: string, correctedTo?: string): Journey {
  return {
    name: `money/intercompany-${name}`,
    share,
    play(number, startsAt) {
      const deal: Deal = {
        number: `${code}${number}`,
        legalEntity: 'DE01',
        amount: '1000.00 EUR',
        customer: 'Throughline Industries US Inc.',
      };
      const documents = documentsOf(deal);
      const bill = (amount: string) =>
        documentOf(
          { legalEntity: 'US01', customer: 'Throughline Industries GmbH' },
          'supplier-invoice',
          { system: 'netsuite', kind: 'vendor-bill', scope: 'DE01', value: `VB-${deal.number}` },
          amount,
          'outflow',
        );
      const first = bill(`${booked} EUR`);
      const telling = invoiced(new Telling(startsAt), documents).says(PAID, {
        system: 'netsuite',
        integration: 's4hana-invoices-to-netsuite',
        what: 'supplier-invoice.posted',
        to: first,
        links: [[documents.invoice, 'mirrors', first]],
      });
      if (correctedTo !== undefined) {
        telling.says(PAID + DAY + HOUR, {
          system: 'netsuite',
          what: 'supplier-invoice.corrected',
          to: bill(`${correctedTo} EUR`),
        });
      }
      return telling.signals();
    },
  };
}

export const intercompanyAgreed = intercompany('agreed', 'MIA', 20, '1000.00');
export const intercompanyDiffers = intercompany('differs', 'MID', 3, '990.00');
export const intercompanyCorrected = intercompany('corrected', 'MIC', 3, '990.00', '1000.00');

const notYetPaid = (number: string) => ({
  progress: 'running',
  members: [`contract C-${number}`, `invoice 90${number}`, `sales-order SO-${number}`],
  hubs: [],
  milestones: {
    ...untilInvoice(number),
    'payment-received': 'pending',
    'cash-position-updated': 'pending',
    'payment-applied': 'pending',
  },
});

/** Of both documents all is open. */
const openPair = (number: string, pair: readonly string[], bill = '1000.00') => ({
  [`invoice 90${number}`]: ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
  [`supplier-invoice VB-${number}`]: [`out 0.00 EUR, open ${bill}`, ...pair],
});

const pairStory = (
  name: string,
  number: string,
  journey: Journey,
  money: Record<string, readonly string[]>,
): Story => ({
  name,
  signals: signalsOf(journey, '0', STORY_START),
  expected: { transactions: { [`order-to-cash C-${number}`]: notYetPaid(number) }, problems: [] },
  lineage: [...linksUntilInvoice(number), `invoice 90${number} ─mirrors→ supplier-invoice VB-${number}`],
  money,
});

export const intercompanyPairs: readonly Story[] = [
  pairStory(
    'an intercompany pair that agrees',
    'MIA0',
    intercompanyAgreed,
    openPair('MIA0', ['pair 1000.00 EUR, balanced']),
  ),
  // 990.00 - 1 000.00: the break stands at the document of the side that followed.
  pairStory(
    'an intercompany pair that differs',
    'MID0',
    intercompanyDiffers,
    openPair('MID0', ['pair 1000.00 EUR, differs -10.00', 'BREAK 10.00'], '990.00'),
  ),
  pairStory(
    'an intercompany pair that is corrected',
    'MIC0',
    intercompanyCorrected,
    openPair('MIC0', ['pair 1000.00 EUR, balanced']),
  ),
];

import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { STORY_START, documentOf } from '../money/deal.js';
import { DAY, HOUR, Telling } from '../money/telling.js';

type Course = 'whole' | 'over-billed' | 'not-paid';

/** Ordered on Monday, received on Tuesday, billed on Wednesday for Sunday, paid on Friday, booked on Monday. */
function procurement(code: string, share: number, course: Course): Journey {
  return {
    name: `patterns/procurement-${course}`,
    share,
    play(number, startsAt) {
      const value = `${code}${number}`;
      const supplier = { legalEntity: 'DE01', customer: 'Kugellager Franken GmbH' } as const;
      const billed = course === 'over-billed' ? '5200.00 EUR' : '5000.00 EUR';
      const telling = new Telling(startsAt);
      const order = documentOf(
        supplier,
        'purchase-order',
        { system: 'sap-s4hana', kind: 'purchase-order', value: `PO-${value}` },
        '5000.00 EUR',
        'outflow',
      );
      // Goods are counted, not valued.
      const receipt = {
        type: 'goods-receipt' as const,
        keys: [
          { system: 'sap-s4hana', kind: 'material-document', scope: '2026', value: `GR-${value}` },
        ] as typeof order.keys,
        legalEntity: 'DE01',
      };
      const bill = {
        ...documentOf(
          supplier,
          'supplier-invoice',
          { system: 'sap-s4hana', kind: 'supplier-invoice', scope: 'FRANKEN', value: `SI-${value}` },
          billed,
          'outflow',
        ),
        attributes: { dueDate: telling.dayAfter(6 * DAY) },
      };
      const links = [
        [receipt, 'bills', bill],
        [order, 'bills', bill, billed],
      ] as const;
      telling
        .says(0, {
          system: 'sap-s4hana',
          integration: 'procurement-approval',
          what: 'purchase-order.approved',
          to: order,
        })
        .says(DAY, {
          system: 'sap-s4hana',
          integration: 'goods-receipt-to-erp',
          what: 'goods-receipt.posted',
          to: receipt,
          links: [[order, 'receives', receipt]],
        });
      if (course === 'over-billed') {
        return telling
          .fails(2 * DAY, {
            system: 'sap-s4hana',
            integration: 'supplier-invoice-to-erp',
            what: 'supplier-invoice.blocked',
            to: bill,
            links,
            problem: {
              code: 'data-quality.price-mismatch',
              discriminators: { reason: 'PRICE' },
              message: 'The invoice is 200.00 EUR more than the order and its receipt',
            },
          })
          .signals();
      }
      telling.says(2 * DAY, {
        system: 'sap-s4hana',
        integration: 'supplier-invoice-to-erp',
        what: 'supplier-invoice.posted',
        to: bill,
        links,
      });
      if (course === 'not-paid') return telling.signals();
      const payment = documentOf(
        supplier,
        'payment',
        { system: 'kyriba', kind: 'payment-reference', value: `OUT-${value}` },
        '5000.00 EUR',
        'outflow',
      );
      const entry = documentOf(
        supplier,
        'bank-entry',
        { system: 'kyriba', kind: 'entry-reference', scope: 'DE01-OPERATING', value: `ENTRY-${value}` },
        '5000.00 EUR',
        'outflow',
      );
      return telling
        .says(4 * DAY, {
          system: 'kyriba',
          integration: 'payment-run',
          what: 'payment.sent',
          to: payment,
          links: [[bill, 'settles', payment, '5000.00 EUR']],
        })
        .says(7 * DAY + HOUR, {
          system: 'kyriba',
          what: 'bank-entry.booked',
          to: entry,
          links: [[payment, 'books', entry, '5000.00 EUR']],
        })
        .signals();
    },
  };
}

const [whole, overBilled, unpaid] = [
  procurement('PRW', 25, 'whole'),
  procurement('PRO', 4, 'over-billed'),
  procurement('PRU', 2, 'not-paid'),
];

const milestones = (number: string, postedAt: string, sent: [string, string] | string) =>
  ({
    'order-approved': '2026-09-28T07:00:00.000Z',
    [`goods-received GR-${number}`]: '2026-09-29T07:00:00.000Z',
    [`supplier-invoice-posted SI-${number}`]: postedAt,
    [`payment-sent SI-${number}`]: sent,
  }) satisfies TransactionSummary['milestones'];

const members = (number: string) => [`goods-receipt GR-${number}`, `purchase-order PO-${number}`];

const links = (number: string, billed: string) => [
  `purchase-order PO-${number} ─receives→ goods-receipt GR-${number}`,
  `goods-receipt GR-${number} ─bills→ supplier-invoice SI-${number}`,
  `purchase-order PO-${number} ─bills ${billed} EUR→ supplier-invoice SI-${number}`,
];

// Sunday 4 October until midnight in Berlin.
const PAYMENT_DUE = '2026-10-04T22:00:00.000Z';

export const PROCUREMENT_JOURNEYS: readonly Journey[] = [whole, overBilled, unpaid];

export const PROCUREMENT_STORIES: readonly Story[] = [
  {
    name: 'a purchase is ordered, received, billed and paid',
    signals: signalsOf(whole, '0', STORY_START),
    expected: {
      transactions: {
        'procure-to-pay PO-PRW0': {
          progress: 'completed',
          members: [
            'bank-entry ENTRY-PRW0',
            members('PRW0')[0]!,
            'payment OUT-PRW0',
            members('PRW0')[1]!,
            'supplier-invoice SI-PRW0',
          ],
          hubs: [],
          milestones: milestones('PRW0', '2026-09-30T07:00:00.000Z', ['2026-10-02T07:00:00.000Z', PAYMENT_DUE]),
        },
      },
      problems: [],
    },
    lineage: [
      ...links('PRW0', '5000.00'),
      'supplier-invoice SI-PRW0 ─settles 5000.00 EUR→ payment OUT-PRW0',
      'payment OUT-PRW0 ─books 5000.00 EUR→ bank-entry ENTRY-PRW0',
    ],
    // 5 000.00 all the way; the receipt of goods without an amount is no station of it.
    money: {},
  },
  {
    name: 'a purchase that is billed for more than it was ordered for',
    signals: signalsOf(overBilled, '0', STORY_START),
    expected: {
      transactions: {
        'procure-to-pay PO-PRO0': {
          progress: 'running',
          members: [...members('PRO0'), 'supplier-invoice SI-PRO0'],
          hubs: [],
          milestones: milestones('PRO0', 'pending', ['pending', PAYMENT_DUE]),
        },
      },
      problems: [
        {
          subject: 'supplier-invoice SI-PRO0',
          hop: 'supplier-invoice-to-erp',
          signature: problemSignature('data-quality.price-mismatch', { reason: 'PRICE' }),
          occurrences: 1,
          lastOccurredAt: '2026-09-30T07:00:00.000Z',
          clearedAt: null,
        },
      ],
    },
    lineage: links('PRO0', '5200.00'),
    money: {
      // 5 200.00 of 5 000.00: the break stands at the order.
      'purchase-order PO-PRO0': ['out 5200.00 EUR, over -200.00', 'BREAK 200.00'],
      'supplier-invoice SI-PRO0': ['in 5200.00 EUR, balanced', 'out 0.00 EUR, open 5200.00'],
    },
    states: [{ at: '2026-10-01T08:00:00.000Z', of: { 'procure-to-pay PO-PRO0': 'BLOCKED' } }],
  },
  {
    name: 'a purchase that is not paid when it is due',
    signals: signalsOf(unpaid, '0', STORY_START),
    expected: {
      transactions: {
        'procure-to-pay PO-PRU0': {
          progress: 'running',
          members: [...members('PRU0'), 'supplier-invoice SI-PRU0'],
          hubs: [],
          milestones: milestones('PRU0', '2026-09-30T07:00:00.000Z', ['pending', PAYMENT_DUE]),
        },
      },
      problems: [],
    },
    money: { 'supplier-invoice SI-PRU0': ['in 5000.00 EUR, balanced', 'out 0.00 EUR, open 5000.00'] },
    // From Wednesday 07:00 to Sunday 22:00 UTC there are 111 h, of which a fifth is 22 h 12 min: at risk from Saturday 23:48 on.
    states: [
      { at: '2026-10-03T23:00:00.000Z', of: { 'procure-to-pay PO-PRU0': 'RUNNING' } },
      { at: '2026-10-04T00:00:00.000Z', of: { 'procure-to-pay PO-PRU0': 'AT_RISK' } },
      { at: '2026-10-04T22:30:00.000Z', of: { 'procure-to-pay PO-PRU0': 'LATE' } },
    ],
  },
];

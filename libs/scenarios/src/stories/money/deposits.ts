import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  BY,
  type Deal,
  PAID,
  STORY_START,
  cleared,
  documentsOf,
  linksOfReceipt,
  ordered,
  receiptOf,
  received,
} from './deal.js';
import { DAY, HOUR, Telling } from './telling.js';

type Ending = 'not-yet-billed' | 'applied' | 'not-applied';

/**
 * A customer pays 3 000.00 of 10 000.00 with its order, on the fourth day. The order is billed in full on the fifth at 14:00 UTC,
 * and 7 000.00 are paid on the seventh at 08:00.
 */
function deposit(code: string, share: number, ending: Ending): Journey {
  return {
    name: `money/deposit-${ending}`,
    share,
    play(number, startsAt) {
      const deal: Deal = {
        number: `${code}${number}`,
        legalEntity: 'DE01',
        amount: '10000.00 EUR',
        customer: 'Schiffswerft Rostock AG',
      };
      const documents = documentsOf(deal);
      const { order, invoice } = documents;
      const down = receiptOf(deal, '3000.00 EUR', { suffix: '-D' });
      const telling = received(ordered(new Telling(startsAt), documents), PAID, down).says(PAID + HOUR, {
        system: 'sap-s4hana',
        integration: BY.application,
        what: 'payment.applied',
        to: down.payment,
        links: [[order, 'prepays', down.payment, '3000.00 EUR']],
      });
      if (ending === 'not-yet-billed') return telling.signals();
      telling.says(4 * DAY + 7 * HOUR, {
        system: 'sap-s4hana',
        integration: BY.billing,
        what: 'invoice.posted',
        to: invoice,
        links: [[order, 'bills', invoice]],
      });
      if (ending === 'applied') {
        telling.says(4 * DAY + 8 * HOUR, {
          system: 'sap-s4hana',
          what: 'payment.deposit-cleared',
          to: down.payment,
          links: [[invoice, 'settles', down.payment, '3000.00 EUR']],
        });
      }
      const rest = receiptOf(deal, '7000.00 EUR', { suffix: '-F' });
      return received(telling, 7 * DAY + HOUR, rest)
        .says(7 * DAY + 2 * HOUR, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: rest.payment,
          links: [[invoice, 'settles', rest.payment, '7000.00 EUR']],
        })
        .signals();
    },
  };
}

export const depositHeld = deposit('MDH', 5, 'not-yet-billed');
export const depositApplied = deposit('MDA', 10, 'applied');
export const depositForgotten = deposit('MDF', 2, 'not-applied');

const started = (number: string) => ({
  'contract-approved': '2026-09-28T07:00:00.000Z',
  [`order-accepted SO-${number}`]: '2026-09-28T07:05:00.000Z',
  ...cleared(`${number}-D`),
});

const billedAndPaid = (number: string) => ({
  progress: 'completed',
  members: [
    `bank-entry ENTRY-${number}-D`,
    `bank-entry ENTRY-${number}-F`,
    `contract C-${number}`,
    `invoice 90${number}`,
    `payment PAY-${number}-D`,
    `payment PAY-${number}-F`,
    `sales-order SO-${number}`,
  ],
  hubs: [`cash-position 2026-10-01/ENTRY-${number}-D`, `cash-position 2026-10-05/ENTRY-${number}-F`],
  milestones: {
    ...started(number),
    // Friday 2 October: 28 September and four days.
    [`invoice-posted 90${number}`]: '2026-10-02T14:00:00.000Z',
    [`payment-received PAY-${number}-F`]: '2026-10-05T08:00:00.000Z',
    [`cash-position-updated ENTRY-${number}-F`]: '2026-10-05T08:10:00.000Z',
    // Monday 10:00 in Berlin and four hours.
    [`payment-applied PAY-${number}-F`]: ['2026-10-05T09:00:00.000Z', '2026-10-05T12:00:00.000Z'] as [string, string],
  },
});

const linksOfDeposit = (number: string) => [
  `contract C-${number} ─fulfils→ sales-order SO-${number}`,
  `sales-order SO-${number} ─prepays 3000.00 EUR→ payment PAY-${number}-D`,
  ...linksOfReceipt(`${number}-D`, '3000.00 EUR'),
];

const linksOfInvoice = (number: string) => [
  `sales-order SO-${number} ─bills→ invoice 90${number}`,
  `invoice 90${number} ─settles 7000.00 EUR→ payment PAY-${number}-F`,
  ...linksOfReceipt(`${number}-F`, '7000.00 EUR', '2026-10-05'),
];

export const deposits: readonly Story[] = [
  {
    name: 'a deposit before anything is billed',
    signals: signalsOf(depositHeld, '0', STORY_START),
    expected: {
      transactions: {
        'order-to-cash C-MDH0': {
          progress: 'running',
          members: ['bank-entry ENTRY-MDH0-D', 'contract C-MDH0', 'payment PAY-MDH0-D', 'sales-order SO-MDH0'],
          hubs: ['cash-position 2026-10-01/ENTRY-MDH0-D'],
          milestones: { ...started('MDH0'), 'invoice-posted': 'pending' },
        },
      },
      problems: [],
    },
    lineage: linksOfDeposit('MDH0'),
    // 10 000.00 - 3 000.00 are neither billed nor paid.
    money: { 'sales-order SO-MDH0': ['in 10000.00 EUR, balanced', 'out 3000.00 EUR, open 7000.00'] },
  },
  {
    name: 'a deposit that is applied to the invoice',
    signals: signalsOf(depositApplied, '0', STORY_START),
    expected: { transactions: { 'order-to-cash C-MDA0': billedAndPaid('MDA0') }, problems: [] },
    lineage: [
      ...linksOfDeposit('MDA0'),
      ...linksOfInvoice('MDA0'),
      'invoice 90MDA0 ─settles 3000.00 EUR→ payment PAY-MDA0-D',
    ],
    // 3 000.00 + 7 000.00 = 10 000.00, and the order has passed on 10 000.00, not 13 000.00.
    money: {},
  },
  {
    name: 'a deposit that is forgotten when the order is billed',
    signals: signalsOf(depositForgotten, '0', STORY_START),
    expected: { transactions: { 'order-to-cash C-MDF0': billedAndPaid('MDF0') }, problems: [] },
    lineage: [...linksOfDeposit('MDF0'), ...linksOfInvoice('MDF0')],
    money: {
      // 3 000.00 prepaid + 10 000.00 billed of 10 000.00: the deposit still hangs on the order, and that is the break.
      'sales-order SO-MDF0': ['in 10000.00 EUR, balanced', 'out 13000.00 EUR, over -3000.00', 'BREAK 3000.00'],
      // 10 000.00 - 7 000.00: the customer thinks that it has paid.
      'invoice 90MDF0': ['in 10000.00 EUR, balanced', 'out 7000.00 EUR, open 3000.00'],
    },
  },
];

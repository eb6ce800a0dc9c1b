import { signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { amended, amendmentNotCarried, creditedAndPaid, twoAccounts } from './change-journeys.js';
import {
  DAYS_END,
  WON_AT,
  earnedItem,
  linksOfItem,
  linksOfSale,
  notYetAtTheBank,
  opportunityIdOf,
  soldDeal,
  statesOf,
} from './expected.js';

/** 200.00 are credited and 1000.00 paid: together the 1200.00 of the invoice. */
export const creditedInvoice: Story = {
  name: 'an invoice of which a part is credited and the rest paid',
  signals: signalsOf(creditedAndPaid, '21044', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21044')}`]: soldDeal('21044', [1]),
      'subscription-billing A-S21044/1': {
        ...earnedItem('21044'),
        members: ['credit-memo CM21044-1', ...earnedItem('21044').members].sort(),
      },
    },
    problems: [],
  },
  lineage: [
    ...linksOfSale('21044', '1200.00'),
    ...linksOfItem('21044', 1, '1200.00', { paid: '1000.00' }),
    'invoice INV21044-1 ─credits→ credit-memo CM21044-1',
  ],
  money: { 'payment P-21044-1': notYetAtTheBank('1000.00') },
};

/** The item that the amendment of 16 July added: billed on the 17th, paid by 16 August, earned in July too. */
const addedItem = (number: string): TransactionSummary => ({
  progress: 'completed',
  members: [
    `billing-schedule A-S${number}/2`,
    `invoice INV${number}-2`,
    `journal-entry 63${number}02`,
    `journal-entry 64${number}02`,
    `payment P-${number}-2`,
    `revenue-schedule RS-${number}-2`,
  ],
  hubs: [],
  milestones: {
    'item-scheduled': '2026-07-16T08:00:00.000Z',
    'item-billed': ['2026-07-17T10:00:00.000Z', '2026-07-17T22:00:00.000Z'],
    [`invoice-issued INV${number}-2`]: '2026-07-17T10:05:00.000Z',
    [`invoice-posted INV${number}-2`]: ['2026-07-17T10:20:00.000Z', '2026-07-17T11:00:00.000Z'],
    [`revenue-deferred INV${number}-2`]: ['2026-07-17T10:30:00.000Z', '2026-07-17T11:00:00.000Z'],
    [`revenue-schedule-created INV${number}-2`]: ['2026-07-17T12:00:00.000Z', '2026-07-17T14:20:00.000Z'],
    [`payment-settled INV${number}-2`]: ['2026-07-31T10:00:00.000Z', '2026-08-16T22:00:00.000Z'],
    [`status-in-crm INV${number}-2`]: ['2026-07-31T10:20:00.000Z', '2026-07-31T10:30:00.000Z'],
    [`revenue-recognised RS-${number}-2`]: ['2026-08-03T12:00:00.000Z', '2026-08-03T22:00:00.000Z'],
  },
});

const linksOfAmended = (number: string) => [
  ...linksOfSale(number, '1200.00'),
  ...linksOfItem(number, 1, '1200.00'),
  ...linksOfItem(number, 2, '300.00'),
  // 1200.00 + 300.00 = 1500.00 of the subscription, planned in two items.
  `booking BK-${number}-A ─fulfils 300.00 EUR→ subscription A-S${number}`,
];

const moneyOfAmended = (number: string) => ({
  [`payment P-${number}-1`]: notYetAtTheBank('1200.00'),
  [`payment P-${number}-2`]: notYetAtTheBank('300.00'),
});

/** Half-way through the month seats are added; revenue follows within four hours of 08:00 = 12:00. */
export const amendedContract: Story = {
  name: 'a contract that is amended half-way',
  signals: signalsOf(amended, '21032', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21032')}`]: soldDeal('21032', [1, 2]),
      'subscription-billing A-S21032/1': earnedItem('21032', {
        more: {
          'amendment-received': '2026-07-16T08:00:00.000Z',
          'revenue-schedule-amended': ['2026-07-16T11:00:00.000Z', '2026-07-16T12:00:00.000Z'],
        },
      }),
      'subscription-billing A-S21032/2': addedItem('21032'),
    },
    problems: [],
  },
  lineage: linksOfAmended('21032'),
  money: moneyOfAmended('21032'),
};

/** The amendment is billed but never reaches the revenue schedule: nothing threw, and July is closed on the old terms. */
export const amendmentLost: Story = {
  name: 'an amendment that is not carried into the revenue schedule',
  signals: signalsOf(amendmentNotCarried, '21028', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21028')}`]: soldDeal('21028', [1, 2]),
      'subscription-billing A-S21028/1': {
        ...earnedItem('21028', {
          more: {
            'amendment-received': '2026-07-16T08:00:00.000Z',
            'revenue-schedule-amended': ['pending', '2026-07-16T12:00:00.000Z'],
          },
        }),
        progress: 'running',
      },
      'subscription-billing A-S21028/2': addedItem('21028'),
    },
    problems: [],
  },
  lineage: linksOfAmended('21028'),
  money: moneyOfAmended('21028'),
  states: [
    // A fifth of four hours are 48 minutes: from 11:12 on.
    statesOf('21028', '2026-07-16T11:10:00.000Z', 'RUNNING', 'COMPLETED'),
    statesOf('21028', '2026-07-16T11:15:00.000Z', 'AT_RISK', 'COMPLETED'),
    statesOf('21028', '2026-07-16T12:01:00.000Z', 'LATE', 'COMPLETED'),
  ],
};

const [first, second] = ['2100500', '2100504'];

/** One customer of two accounts: the alias that joins them comes two days late, both sales and their cash are whole. */
export const oneCustomerTwoAccounts: Story = {
  name: 'two accounts of one customer',
  signals: signalsOf(twoAccounts, '21005', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf(first)}`]: soldDeal(first, [1]),
      [`quote-to-cash ${opportunityIdOf(second)}`]: {
        ...soldDeal(second, [1]),
        // Won an hour later. Resolved two days late, after the subscription was active: its clock starts then, too late to matter.
        milestones: {
          'deal-won': '2026-07-01T09:00:00.000Z',
          'customer-resolved': ['2026-07-03T08:00:00.000Z', '2026-07-01T09:15:00.000Z'],
          [`subscription-active A-S${second}`]: ['2026-07-01T09:10:00.000Z', '2026-07-03T08:15:00.000Z'],
          [`billing-schedule-created A-S${second}`]: ['2026-07-01T09:40:00.000Z', '2026-07-01T10:10:00.000Z'],
        },
      },
      [`subscription-billing A-S${first}/1`]: earnedItem(first),
      [`subscription-billing A-S${second}/1`]: {
        ...earnedItem(second),
        // Everything an hour later; 31 July, Monday 3 August and the end of 1 July are the same.
        milestones: {
          'item-scheduled': '2026-07-01T09:40:00.000Z',
          'item-billed': ['2026-07-01T11:00:00.000Z', DAYS_END.DE01.billing],
          [`invoice-issued INV${second}-1`]: '2026-07-01T11:05:00.000Z',
          [`invoice-posted INV${second}-1`]: ['2026-07-01T11:20:00.000Z', '2026-07-01T12:00:00.000Z'],
          [`revenue-deferred INV${second}-1`]: ['2026-07-01T11:30:00.000Z', '2026-07-01T12:00:00.000Z'],
          [`revenue-schedule-created INV${second}-1`]: ['2026-07-01T13:00:00.000Z', '2026-07-01T15:20:00.000Z'],
          [`payment-settled INV${second}-1`]: ['2026-07-15T11:00:00.000Z', DAYS_END.DE01.payment],
          [`status-in-crm INV${second}-1`]: ['2026-07-15T11:20:00.000Z', '2026-07-15T11:30:00.000Z'],
          [`revenue-recognised RS-${second}-1`]: ['2026-08-03T12:00:00.000Z', DAYS_END.DE01.close],
        },
      },
    },
    problems: [],
  },
  lineage: [
    ...linksOfSale(first, '1200.00'),
    ...linksOfItem(first, 1, '1200.00'),
    // Placed by the customer of the first: the same one.
    ...[...linksOfSale(second, '800.00'), ...linksOfItem(second, 1, '800.00')].map((line) =>
      line.replace(`customer M-${second} `, `customer M-${first} `),
    ),
  ],
  money: { [`payment P-${first}-1`]: notYetAtTheBank('1200.00'), [`payment P-${second}-1`]: notYetAtTheBank('800.00') },
};

import { signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { signalsUntil } from '../../telling.js';
import { contractOfTwoEntities } from './contract-journeys.js';

/**
 * Monday 09:30 in Berlin. Contracts whose digits add up to a multiple of three are of DE01 (two items, to be billed on Tuesday,
 * 25 August, and Tuesday, 22 September) and SG01 (one item, Tuesday, 1 September), in EUR.
 */
export const START = '2026-08-24T07:30:00Z';

/** A milestone in time or late, or still to come: when it was reached and when it is due. */
type Times = [reachedAt: string, dueAt: string];

/** What is reached before anything is billed in the usual course, and when it was due. */
export const untilPlanned = (number: string): Record<string, string | Times> => ({
  // Start + 30 min; the approvals of 07:35 and 07:50 are context and no milestones.
  'contract-approved': '2026-08-24T08:00:00.000Z',
  // Start + 38 min; due 15 min after 08:00.
  'attributes-validated': ['2026-08-24T08:08:00.000Z', '2026-08-24T08:15:00.000Z'],
  // 17 and 19 min after the validation; the plans 5 min after each; all due an hour after 08:08.
  [`order-created GO-${number}-1`]: ['2026-08-24T08:25:00.000Z', '2026-08-24T09:08:00.000Z'],
  [`order-created GO-${number}-2`]: ['2026-08-24T08:27:00.000Z', '2026-08-24T09:08:00.000Z'],
  [`billing-schedule-created 47${number}1/10`]: ['2026-08-24T08:30:00.000Z', '2026-08-24T09:08:00.000Z'],
  [`billing-schedule-created 47${number}1/20`]: ['2026-08-24T08:30:00.000Z', '2026-08-24T09:08:00.000Z'],
  [`billing-schedule-created 47${number}2/10`]: ['2026-08-24T08:32:00.000Z', '2026-08-24T09:08:00.000Z'],
});

/** 18:00 in Berlin, in summer time, is 16:00 in UTC; the invoice is posted at 08:00, its evidence is due a day later. */
export const firstItemBilled = (number: string): Record<string, Times> => ({
  [`invoice-posted 47${number}1/10`]: ['2026-08-25T08:00:00.000Z', '2026-08-25T16:00:00.000Z'],
});
export const firstItemEvidenced = (number: string): Record<string, Times> => ({
  [`evidence-captured 95${number}11`]: ['2026-08-25T13:00:00.000Z', '2026-08-26T08:00:00.000Z'],
});
/** 18:00 in Singapore is 10:00 in UTC. */
export const otherItem = (number: string): Record<string, Times> => ({
  [`invoice-posted 47${number}2/10`]: ['2026-09-01T08:00:00.000Z', '2026-09-01T10:00:00.000Z'],
  [`evidence-captured 95${number}21`]: ['2026-09-01T13:00:00.000Z', '2026-09-02T08:00:00.000Z'],
});
export const laterItem = (number: string): Record<string, Times> => ({
  [`invoice-posted 47${number}1/20`]: ['2026-09-22T08:00:00.000Z', '2026-09-22T16:00:00.000Z'],
  [`evidence-captured 95${number}12`]: ['2026-09-22T13:00:00.000Z', '2026-09-23T08:00:00.000Z'],
});

/** Members of a contract of which these items have been billed ("11" = the first item of the first order). */
export const membersOf = (number: string, billed: readonly string[]): string[] => [
  `billing-schedule 47${number}1/10`,
  `billing-schedule 47${number}1/20`,
  `billing-schedule 47${number}2/10`,
  `contract GC-${number}`,
  ...billed.map((place) => `invoice 95${number}${place}`),
  `sales-order GO-${number}-1`,
  `sales-order GO-${number}-2`,
];

/** Everything of a contract reached in the usual course. */
export const completed = (number: string): TransactionSummary => ({
  progress: 'completed',
  members: membersOf(number, ['11', '12', '21']),
  hubs: [],
  milestones: {
    ...untilPlanned(number),
    ...firstItemBilled(number),
    ...firstItemEvidenced(number),
    ...otherItem(number),
    ...laterItem(number),
  },
});

const evidenceOf = (invoice: string): string[] =>
  ['TAX-DETERMINATION', 'BILLING-APPROVAL'].map(
    (control) => `control-evidence ${control}/${invoice} ─evidenced-by→ invoice ${invoice}`,
  );

const itemLinks = (order: string, item: string, invoice: string): string[] => [
  `sales-order ${order} ─plans 30000.00 EUR→ billing-schedule ${item}`,
  `billing-schedule ${item} ─bills 30000.00 EUR→ invoice ${invoice}`,
  // The invoice refers to the order as well: the same money, told twice.
  `sales-order ${order} ─bills 30000.00 EUR→ invoice ${invoice}`,
  ...evidenceOf(invoice),
];

const openInvoice = ['in 30000.00 EUR, balanced', 'out 0.00 EUR, open 30000.00'];

/** A contract of two entities goes well: three invoices on their days, the evidence of two controls of each, approvals beside. */
export const globalHappyPath: Story = {
  name: 'a contract of two entities with tax, a billing plan and the evidence of its controls',
  signals: signalsOf(contractOfTwoEntities, '30300', START),
  expected: { transactions: { 'global-order-to-cash GC-30300': completed('30300') }, problems: [] },
  lineage: [
    'person 005-T-WEBER ─requested-by→ contract GC-30300',
    'approval APR-30300-legal-counsel ─approved-by→ contract GC-30300',
    'person a.keller ─granted-by→ approval APR-30300-legal-counsel',
    'approval APR-30300-finance-director ─approved-by→ contract GC-30300',
    'person m.lindqvist ─granted-by→ approval APR-30300-finance-director',
    'customer ACC-Nordsee Turbinen AG ─placed-by→ contract GC-30300',
    'tax-determination TAX-30300-1 ─taxed-by→ contract GC-30300',
    'tax-determination TAX-30300-2 ─taxed-by→ contract GC-30300',
    'contract GC-30300 ─fulfils 60000.00 EUR→ sales-order GO-30300-1',
    'contract GC-30300 ─fulfils 30000.00 EUR→ sales-order GO-30300-2',
    ...itemLinks('GO-30300-1', '47303001/10', '953030011'),
    ...itemLinks('GO-30300-1', '47303001/20', '953030012'),
    ...itemLinks('GO-30300-2', '47303002/10', '953030021'),
  ],
  // 60 000 + 30 000 = 90 000 of the contract; 2 × 30 000 = 60 000 of the first order: all is in three open invoices.
  money: {
    'invoice 953030011': openInvoice,
    'invoice 953030012': openInvoice,
    'invoice 953030021': openInvoice,
  },
  states: [{ at: '2026-09-23T12:00:00.000Z', of: { 'global-order-to-cash GC-30300': 'COMPLETED' } }],
};

/** The same until two of the three items are billed: the third has its day three weeks later. */
export const waitingForBillingDate: Story = {
  name: 'a billing plan of which an item has not come to its day',
  signals: signalsUntil(contractOfTwoEntities, '30303', START, '2026-09-02T00:00:00Z'),
  expected: {
    transactions: {
      'global-order-to-cash GC-30303': {
        progress: 'running',
        members: membersOf('30303', ['11', '21']),
        hubs: [],
        milestones: {
          ...untilPlanned('30303'),
          ...firstItemBilled('30303'),
          ...firstItemEvidenced('30303'),
          ...otherItem('30303'),
          'invoice-posted 47303031/20': ['pending', '2026-09-22T16:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
  money: {
    'invoice 953030311': openInvoice,
    'invoice 953030321': openInvoice,
    'billing-schedule 47303031/20': ['in 30000.00 EUR, balanced', 'out 0.00 EUR, open 30000.00'],
  },
  states: [
    { at: '2026-09-21T12:00:00.000Z', of: { 'global-order-to-cash GC-30303': 'RUNNING' } },
    // Its day has 18 hours until 18:00 in Berlin: less than a fifth, 3 h 36 min, is left from 14:24, 12:24 in UTC.
    { at: '2026-09-22T12:23:00.000Z', of: { 'global-order-to-cash GC-30303': 'RUNNING' } },
    { at: '2026-09-22T12:25:00.000Z', of: { 'global-order-to-cash GC-30303': 'AT_RISK' } },
    { at: '2026-09-22T16:01:00.000Z', of: { 'global-order-to-cash GC-30303': 'LATE' } },
  ],
};

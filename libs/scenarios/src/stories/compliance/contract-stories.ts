import { signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import { signalsUntil } from '../../telling.js';
import { contractOfTwoEntities } from './contract-journeys.js';
import {
  START,
  completed,
  firstItemBilled,
  firstItemEvidenced,
  laterItem,
  membersOf,
  otherItem,
  untilPlanned,
} from './contract-story.js';

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

/** The same of entities on the other side of the ocean: the same instants, and later in the day at each of them. */
export const acrossTheOcean: Story = {
  name: 'a contract of entities in the United States and Brazil',
  signals: signalsOf(contractOfTwoEntities, '30301', START),
  expected: {
    transactions: {
      'global-order-to-cash GC-30301': {
        ...completed('30301'),
        milestones: {
          ...untilPlanned('30301'),
          ...firstItemEvidenced('30301'),
          ...otherItem('30301'),
          ...laterItem('30301'),
          // 18:00 in New York, in summer time, is 22:00 in UTC, and in São Paulo 21:00.
          'invoice-posted 47303011/10': ['2026-08-25T08:00:00.000Z', '2026-08-25T22:00:00.000Z'],
          'invoice-posted 47303012/10': ['2026-09-01T08:00:00.000Z', '2026-09-01T21:00:00.000Z'],
          'invoice-posted 47303011/20': ['2026-09-22T08:00:00.000Z', '2026-09-22T22:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
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

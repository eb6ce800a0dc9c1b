import { signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { salesforceAlone } from './crm-journeys.js';
import { WON_AT, linksOfSale, opportunityIdOf, soldDeal } from './expected.js';
import { silentAfterProvisioning, silentUntilTheNextDay } from './fault-journeys.js';

const provisioned = (number: string): TransactionSummary => ({
  ...soldDeal(number, []),
  progress: 'running',
  milestones: {
    ...soldDeal(number, []).milestones,
    // Active at 08:10 and an hour.
    [`billing-schedule-created A-S${number}`]: ['pending', '2026-07-01T09:10:00.000Z'],
  },
});

const silent = `quote-to-cash ${opportunityIdOf('21004')}`;

/** The subscription is active, and the next step never comes: overdue, though nothing threw. */
export const silentFailure: Story = {
  name: 'a subscription that is provisioned and never scheduled',
  signals: signalsOf(silentAfterProvisioning, '21004', WON_AT),
  expected: { transactions: { [silent]: provisioned('21004') }, problems: [] },
  lineage: linksOfSale('21004', '1200.00'),
  money: {},
  states: [
    // Of an hour less than a fifth is left in the last twelve minutes, from 08:58 on.
    { at: '2026-07-01T08:57:00.000Z', of: { [silent]: 'RUNNING' } },
    { at: '2026-07-01T08:59:00.000Z', of: { [silent]: 'AT_RISK' } },
    { at: '2026-07-01T09:11:00.000Z', of: { [silent]: 'LATE' } },
  ],
};

const restarted = `quote-to-cash ${opportunityIdOf('21008')}`;
const unbilled = 'subscription-billing A-S21008/1';

/** The job is started again the next morning: the sale is complete, too late, and its item was to be billed the day before. */
export const silentFailureMended: Story = {
  name: 'a billing schedule that comes a day late',
  signals: signalsOf(silentUntilTheNextDay, '21008', WON_AT),
  expected: {
    transactions: {
      [restarted]: soldDeal('21008', [1], {
        'billing-schedule-created A-S21008': ['2026-07-02T08:00:00.000Z', '2026-07-01T09:10:00.000Z'],
      }),
      [unbilled]: {
        progress: 'running',
        members: ['billing-schedule A-S21008/1'],
        hubs: [],
        milestones: {
          'item-scheduled': '2026-07-02T08:00:00.000Z',
          // On 1 July, which ended in Berlin before the item was there.
          'item-billed': ['pending', '2026-07-01T22:00:00.000Z'],
          'invoice-posted': 'pending',
          'revenue-deferred': 'pending',
          'revenue-schedule-created': 'pending',
          'payment-settled': 'pending',
          'status-in-crm': 'pending',
          'revenue-recognised': 'pending',
        },
      },
    },
    problems: [],
  },
  states: [{ at: '2026-07-02T09:00:00.000Z', of: { [restarted]: 'COMPLETED', [unbilled]: 'LATE' } }],
};

const crmAlone = `quote-to-cash ${opportunityIdOf('21012')}`;
const [account, cpqQuote] = ['customer 001000000021012AAA', 'quote a0q000000021012AAA'];
const [contract, subscription] = ['contract C-21012', 'subscription a0s000000021012AAA'];

/** All of it in Salesforce's own change events; whoever should have read them did not, and nothing threw. */
export const salesforceOnly: Story = {
  name: 'a deal that only Salesforce tells of',
  signals: signalsOf(salesforceAlone, '21012', WON_AT),
  expected: {
    transactions: {
      [crmAlone]: {
        progress: 'running',
        members: [contract, `opportunity ${opportunityIdOf('21012')}`, cpqQuote, subscription],
        hubs: [],
        milestones: {
          'deal-won': '2026-07-01T08:01:00.000Z',
          // Won at 08:01 and a quarter of an hour.
          'customer-resolved': ['pending', '2026-07-01T08:16:00.000Z'],
          // Nobody resolved the customer, so no clock ran for it.
          'subscription-active a0s000000021012AAA': '2026-07-01T09:00:00.000Z',
          'billing-schedule-created a0s000000021012AAA': ['pending', '2026-07-01T10:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
  lineage: [
    `${account} ─placed-by→ opportunity ${opportunityIdOf('21012')}`,
    `${account} ─placed-by→ ${cpqQuote}`,
    `${account} ─placed-by→ ${contract}`,
    `${account} ─placed-by→ ${subscription}`,
    `opportunity ${opportunityIdOf('21012')} ─offers→ ${cpqQuote}`,
    `opportunity ${opportunityIdOf('21012')} ─formalises→ ${contract}`,
    `${cpqQuote} ─formalises→ ${contract}`,
    `${contract} ─fulfils→ ${subscription}`,
  ],
  states: [
    // A fifth of a quarter of an hour are three minutes.
    { at: '2026-07-01T08:12:00.000Z', of: { [crmAlone]: 'RUNNING' } },
    { at: '2026-07-01T08:14:00.000Z', of: { [crmAlone]: 'AT_RISK' } },
    { at: '2026-07-01T08:17:00.000Z', of: { [crmAlone]: 'LATE' } },
  ],
};

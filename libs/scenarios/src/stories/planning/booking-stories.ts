import { type Journey, signalsOf } from '../../journey.js';
import type { ProblemSummary, TransactionSummary } from '../../lineage-summary.js';
import type { Story, StoryState } from '../../story.js';
import { bookedToPlan, waitingForErp } from './booking-journeys.js';

/** Monday, 27 April; the invoice is posted on Tuesday, the revenue is of April. */
export const BOOKED_AT = '2026-04-27T09:00:00Z';

type Times = [reachedAt: string, dueAt: string];
type Milestones = Record<string, string | Times>;

/** Booked at 09:00, accepted within a quarter of an hour, billed on the next morning. */
export const untilBilled = (number: string): Milestones => ({
  'deal-booked': '2026-04-27T09:00:00.000Z',
  [`order-accepted BO-${number}`]: ['2026-04-27T09:09:00.000Z', '2026-04-27T09:15:00.000Z'],
  [`invoice-posted 97${number}`]: '2026-04-28T08:00:00.000Z',
});

/** Recognised at 08:30: the load of it is due at 12:30, and the package of the close at the end of business day 2. */
export const recognised = (number: string, loadedAt: string, close: Times): Milestones => ({
  ...untilBilled(number),
  [`revenue-recognised 19${number}`]: '2026-04-28T08:30:00.000Z',
  [`actuals-published 19${number}`]: [loadedAt, '2026-04-28T12:30:00.000Z'],
  [`actuals-published-for-close 19${number}`]: close,
});

/**
 * Friday, 1 May, is no business day in the euro area, Brazil and Singapore, but one in the United States: business day 2 ends on
 * Tuesday, 5 May, at midnight in Berlin (22:00 in UTC) and in Singapore (16:00).
 */
export const DE_CLOSE = '2026-05-05T22:00:00.000Z';
export const SG_CLOSE = '2026-05-05T16:00:00.000Z';

export const membersOf = (number: string): string[] => [
  `booking BK-${number}`,
  `invoice 97${number}`,
  `journal-entry 19${number}`,
  `sales-order BO-${number}`,
];

export function bookingStory(
  name: string,
  journey: Journey,
  number: string,
  transaction: TransactionSummary,
  problems: ProblemSummary[],
  states: readonly [at: string, state: StoryState][],
): Story {
  const transactionName = `bookings-to-plan BK-${number}`;
  return {
    name,
    signals: signalsOf(journey, number, BOOKED_AT),
    expected: { transactions: { [transactionName]: transaction }, problems },
    states: states.map(([at, state]) => ({ at, of: { [transactionName]: state } })),
  };
}

const happyPath: Story = {
  ...bookingStory(
    'a booking that is accepted, billed, recognised and published to planning',
    bookedToPlan,
    '40004',
    {
      progress: 'completed',
      members: membersOf('40004'),
      hubs: ['actuals-batch ACT-40004', 'actuals-batch CLOSE-40004', 'forecast-version FC-40004', 'report MGMT-40004'],
      // The package of the close comes on business day 1, Monday, 4 May.
      milestones: recognised('40004', '2026-04-28T12:05:00.000Z', ['2026-05-04T15:00:00.000Z', DE_CLOSE]),
    },
    [],
    [['2026-05-06T00:00:00.000Z', 'COMPLETED']],
  ),
  lineage: [
    'opportunity OPP-40004 ─books→ booking BK-40004',
    'customer ACC-Walzwerk Lausitz GmbH ─placed-by→ booking BK-40004',
    'booking BK-40004 ─fulfils 48000.00 EUR→ sales-order BO-40004',
    'sales-order BO-40004 ─bills 48000.00 EUR→ invoice 9740004',
    'invoice 9740004 ─posts 48000.00 EUR→ journal-entry 1940004',
    'accounting-period DE01/0L/2026-04 ─posted-in→ journal-entry 1940004',
    'cost-center 4100 ─charged-to→ journal-entry 1940004',
    'journal-entry 1940004 ─gathers 48000.00 EUR→ actuals-batch ACT-40004',
    'journal-entry 1940004 ─gathers 48000.00 EUR→ actuals-batch CLOSE-40004',
    'actuals-batch ACT-40004 ─feeds→ forecast-version FC-40004',
    'actuals-batch CLOSE-40004 ─feeds→ forecast-version FC-40004',
    'forecast-version FC-40004 ─feeds→ report MGMT-40004',
  ],
  // Booked, ordered and billed for 48 000: the invoice waits for its payment, everything else has gone on.
  money: { 'invoice 9740004': ['in 48000.00 EUR, balanced', 'out 0.00 EUR, open 48000.00'] },
  pending: [
    { line: 'bookings against invoices against recognised revenue, and totals per dimension', needs: 'reconciliation' },
    {
      line: 'invoices that are not reflected in planning, and forecast versions without actuals',
      needs: 'completeness',
    },
    { line: 'lag of actuals by region and business unit', needs: 'freshness' },
  ],
};

const stillToCome: Milestones = {
  'invoice-posted': 'pending',
  'revenue-recognised': 'pending',
  'actuals-published': 'pending',
};

const waiting = (number: string, acceptedAt: string): TransactionSummary => ({
  progress: 'running',
  members: [`booking BK-${number}`, `sales-order BO-${number}`],
  hubs: [],
  milestones: {
    'deal-booked': '2026-04-27T09:00:00.000Z',
    [`order-accepted BO-${number}`]: [acceptedAt, '2026-04-27T09:15:00.000Z'],
    ...stillToCome,
  },
});

const neverAccepted = bookingStory(
  'a booking of which the ERP says nothing',
  waitingForErp,
  '41001',
  waiting('41001', 'pending'),
  [],
  [
    ['2026-04-27T09:11:00.000Z', 'RUNNING'],
    // Of 15 minutes less than a fifth, 3 minutes, is left from 09:12 on.
    ['2026-04-27T09:13:00.000Z', 'AT_RISK'],
    ['2026-04-27T09:16:00.000Z', 'LATE'],
  ],
);

const acceptedLate = bookingStory(
  'a booking that the ERP accepts after two hours',
  waitingForErp,
  '41003',
  waiting('41003', '2026-04-27T11:00:00.000Z'),
  [],
  [['2026-04-27T12:00:00.000Z', 'RUNNING']],
);

/** A booking on its way into the plan, and what can go wrong with it. */
export const BOOKING_STORIES: readonly Story[] = [happyPath, neverAccepted, acceptedLate];

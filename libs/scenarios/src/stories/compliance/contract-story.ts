import { type Journey, signalsOf } from '../../journey.js';
import type { ProblemSummary, TransactionSummary } from '../../lineage-summary.js';
import type { Story, StoryState } from '../../story.js';

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

/** Every item of a contract, as `membersOf` names them. */
export const ALL_BILLED = ['11', '12', '21'];

/** Everything of a contract reached in the usual course. */
export const completed = (number: string): TransactionSummary => ({
  progress: 'completed',
  members: membersOf(number, ALL_BILLED),
  hubs: [],
  milestones: {
    ...untilPlanned(number),
    ...firstItemBilled(number),
    ...firstItemEvidenced(number),
    ...otherItem(number),
    ...laterItem(number),
  },
});

/** One contract's story: the name of its transaction is made of the number. */
export function contractStory(
  name: string,
  journey: Journey,
  number: string,
  transaction: Omit<TransactionSummary, 'hubs'>,
  problems: ProblemSummary[],
  states: readonly [at: string, state: StoryState][],
): Story {
  const transactionName = `global-order-to-cash GC-${number}`;
  return {
    name,
    signals: signalsOf(journey, number, START),
    expected: { transactions: { [transactionName]: { ...transaction, hubs: [] } }, problems },
    states: states.map(([at, state]) => ({ at, of: { [transactionName]: state } })),
  };
}

import { describe, expect, it } from '@jest/globals';
import { calendarsOf, loadMasterDataRules, loadWorkflows, projectAll } from '@throughline/lineage';
import fc from 'fast-check';
import { drawFindings, drawMoney } from '../../draw-lineage.js';
import type { Journey } from '../../journey.js';
import { summarizeLineage } from '../../lineage-summary.js';
import { mapAllSignals } from '../../scenario-signal.js';
import { STORY_ENTITIES } from '../../story.js';
import { amended, creditedAndPaid, twoAccounts } from './change-journeys.js';
import { dealToRecurringBilling } from './deal-journeys.js';
import { billingReplayed, lateInTheEnd, notInAccountingMended } from './fault-journeys.js';

const WORKFLOWS = loadWorkflows();
const CALENDAR_OF = calendarsOf(STORY_ENTITIES);
const RULES = loadMasterDataRules();

/** From midnight before a leap year on: every entity, day of the week, end of month and hour. */
const anyStart = fc.date({
  min: new Date('2027-12-31T00:00:00Z'),
  max: new Date('2028-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const anyNumber = fc.integer({ min: 1_000_000, max: 9_999_999 }).map(String);

async function tellingOf(journey: Journey, number: string, startsAt: Date) {
  const signals = journey.play(number, startsAt.getTime()).map(({ signal }) => signal);
  const activities = await mapAllSignals(signals);
  const projection = projectAll(activities, WORKFLOWS, CALENDAR_OF, RULES);
  const transactions = Object.values(summarizeLineage(projection).transactions);
  const late = transactions.flatMap(({ milestones }) =>
    Object.entries(milestones).filter(([, times]) => Array.isArray(times) && times[0] > times[1]),
  );
  return {
    late: late.map(([name]) => name.split(' ')[0]).sort(),
    unfinished: transactions.filter(({ progress }) => progress !== 'completed').length,
    // The start is of any year, the receipt is not.
    findings: drawFindings(projection).filter((finding) => !finding.startsWith('implausible-time')),
    // What is paid is not yet at the bank; nothing else is open.
    money: Object.keys(drawMoney(projection, activities)).filter((name) => !name.startsWith('payment ')),
  };
}

const LATE_IN: readonly (readonly [Journey, readonly string[]])[] = [
  [dealToRecurringBilling, []],
  [creditedAndPaid, []],
  [amended, []],
  [billingReplayed, []],
  [notInAccountingMended, ['invoice-posted', 'revenue-deferred']],
  [lateInTheEnd, ['payment-settled', 'revenue-recognised']],
  [twoAccounts, ['customer-resolved']],
];

describe.each(LATE_IN.map(([journey, late]) => [journey.name, journey, late] as const))(
  '%s, wherever and whenever it is told',
  (_name, journey, late) => {
    it('is complete in the end, with its money, and late in what it is about alone', () =>
      fc.assert(
        fc.asyncProperty(anyNumber, anyStart, async (number, startsAt) => {
          const whole = { late, unfinished: 0, findings: [], money: [] };
          expect(await tellingOf(journey, number, startsAt)).toEqual(whole);
        }),
        { numRuns: 8 },
      ));
  },
);

import { expect } from '@jest/globals';
import { calendarsOf, loadMasterDataRules, loadWorkflows } from '@throughline/lineage';
import { STORY_ENTITIES } from '../../story.js';
import { randomHistory } from '../random-history.js';
import type { GrowthCount, ProjectionTerms } from './growing-lineage.js';
import { grownOutcome, outcomeOf, permutedOutcome } from './permute-history.js';

/** The shipped workflows and rules, with the calendars of the stories' entities. */
export const HISTORY_TERMS: ProjectionTerms = {
  workflows: loadWorkflows(),
  calendarOf: calendarsOf(STORY_ENTITIES),
  rules: loadMasterDataRules(),
};

/**
 * Holds histories of the seeds against themselves: in another order with repetitions, and batch by batch. Answers how the batches
 * were added, so that a caller sees that it was not by reading everything each time.
 */
export function expectPermutable(firstSeed: number, histories: number): GrowthCount {
  const total: GrowthCount = { added: 0, whole: 0 };
  for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
    const history = randomHistory(HISTORY_TERMS.workflows, seed);
    const expected = outcomeOf(history, HISTORY_TERMS);
    expectSame(seed, 'in another order', permutedOutcome(history, HISTORY_TERMS), expected);
    const { grown, count } = grownOutcome(history, HISTORY_TERMS);
    const { aliases, objects, links } = expected;
    expectSame(seed, 'batch by batch', grown, { aliases, objects, links });
    total.added += count.added;
    total.whole += count.whole;
  }
  return total;
}

/** As texts first: thousands of large values are compared, nearly all of them equal. */
function expectSame(seed: number, way: string, outcome: unknown, expected: unknown): void {
  if (JSON.stringify(outcome) === JSON.stringify(expected)) return;
  expect({ seed, way, outcome }).toEqual({ seed, way, outcome: expected });
}

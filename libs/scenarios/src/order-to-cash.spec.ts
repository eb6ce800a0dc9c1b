import { describe, expect, it } from '@jest/globals';
import { calendarsOf, loadWorkflows, projectAll } from '@throughline/lineage';
import { inDisorder, seededNumbers } from './disorder.js';
import { summarizeLineage } from './lineage-summary.js';
import { type ScenarioSignal, mapSignals } from './scenario-signal.js';
import { ORDER_TO_CASH_STORIES } from './stories/all-stories.js';
import { STORY_ENTITIES } from './story.js';

const workflows = loadWorkflows();
const calendarOf = calendarsOf(STORY_ENTITIES);
const project = (signals: readonly ScenarioSignal[]) => projectAll(mapSignals(signals), workflows, calendarOf);

describe.each(ORDER_TO_CASH_STORIES.map((story) => [story.name, story] as const))('%s', (_name, story) => {
  it('gives the lineage worked out by hand', () => {
    const { transactions, problems } = summarizeLineage(project(story.signals));
    expect({ transactions, problems }).toEqual(story.expected);
  });

  it('gives the same lineage in any order with any repetition', () => {
    const expected = project(story.signals);
    for (let seed = 1; seed <= 20; seed += 1) {
      expect({ seed, projection: project(inDisorder(story.signals, seededNumbers(seed))) }).toEqual({
        seed,
        projection: expected,
      });
    }
  });
});

describe('all stories at once', () => {
  it('do not touch one another', () => {
    const together = summarizeLineage(project(ORDER_TO_CASH_STORIES.flatMap((story) => story.signals)));
    expect(together.transactions).toEqual(
      Object.assign({}, ...ORDER_TO_CASH_STORIES.map((story) => story.expected.transactions)),
    );
    expect(together.problems).toEqual(ORDER_TO_CASH_STORIES.flatMap((story) => story.expected.problems));
  });
});

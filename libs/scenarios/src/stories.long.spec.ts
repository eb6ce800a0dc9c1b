import { describe, expect, it } from '@jest/globals';
import { calendarsOf, loadWorkflows, projectAll } from '@throughline/lineage';
import { inDisorder, seededNumbers } from './disorder.js';
import { mapAllSignals } from './scenario-signal.js';
import { ALL_STORIES } from './stories/all-stories.js';
import { STORY_ENTITIES } from './story.js';

const ORDERS_PER_STORY = 1_000;
/** Of a story of batches, which names thousands of objects in few activities. */
const ORDERS_OF_BATCHES = 50;
const MANY_OBJECTS = 1_500;

describe('a thousand orders of arrival', () => {
  const workflows = loadWorkflows();
  const calendarOf = calendarsOf(STORY_ENTITIES);

  it.each(ALL_STORIES.map((story) => [story.name, story] as const))('%s', async (_name, story) => {
    const activities = await mapAllSignals(story.signals);
    const expected = projectAll(activities, workflows, calendarOf);
    const objects = activities.reduce((sum, activity) => sum + activity.objects.length, 0);
    const orders = objects > MANY_OBJECTS ? ORDERS_OF_BATCHES : ORDERS_PER_STORY;
    for (let seed = 1; seed <= orders; seed += 1) {
      expect({
        seed,
        projection: projectAll(inDisorder(activities, seededNumbers(seed)), workflows, calendarOf),
      }).toEqual({
        seed,
        projection: expected,
      });
    }
  });
});

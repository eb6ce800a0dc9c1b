import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storyObject, tell } from '../../testing/story-facts.js';
import { LifeStory } from './testing/life-story.js';

let story: LifeStory;

beforeAll(async () => {
  story = await LifeStory.start();
});

afterAll(async () => {
  await story.api.close();
});

const CLOSED_AT = 30;
const THREE_DAYS = 3 * 24 * 60;

const putRight = (id: string) => story.change(id, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });

describe('what was said to be put right', () => {
  it('is open again after three days where the facts still show it, and says so', async () => {
    const [source, other, copy, mended, accepted] = [
      await story.fail('G-1'),
      await story.fail('G-2'),
      await story.fail('G-3'),
      await story.fail('G-4'),
      await story.fail('G-5'),
    ];
    await story.change(copy, { act: 'MARK_DUPLICATE', duplicateOf: other });
    for (const id of [source, other, mended]) await putRight(id);
    await story.accept(accepted);
    const { database, tenantId } = story.api.test;
    for (const key of ['G-2', 'G-4']) {
      await tell(database, tenantId, (facts) => facts.problem(storyObject('sales-order', key), { clearedAt: 29 }));
      await story.reconcile(storyObject('sales-order', key));
    }
    await story.look(CLOSED_AT + THREE_DAYS - 1);
    expect(await story.show(source)).toMatchObject({ state: 'RESOLVED' });
    await story.look(CLOSED_AT + THREE_DAYS);
    const shown = await story.show(source);
    expect(shown).toMatchObject({ state: 'OPEN', resolution: null });
    expect(shown.events.at(-1)).toMatchObject({ kind: 'reopened', details: { why: 'still-there' } });
    // a duplicate of what is solved hides nothing any more
    expect(await story.show(copy)).toMatchObject({ state: 'OPEN', duplicateOf: null });
    expect(await story.show(mended)).toMatchObject({ state: 'RESOLVED', resolution: 'SOURCE_FIXED' });
    expect(await story.show(accepted)).toMatchObject({ state: 'ACCEPTED' });
  });

  it('stays closed where it was closed long ago, as what was closed before anybody looked', async () => {
    const long = await story.fail('G-6');
    await putRight(long);
    await story.look(CLOSED_AT + THREE_DAYS * 11);
    expect(await story.show(long)).toMatchObject({ state: 'RESOLVED', resolution: 'SOURCE_FIXED' });
  });
});

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

/** An exception of an order in a transaction, which shows when the step was overcome. */
async function fail(key: string): Promise<string> {
  const id = await story.fail(key);
  await tell(story.api.test.database, story.api.test.tenantId, async (facts) => {
    await facts.transaction([storyObject('sales-order', key)]);
  });
  return id;
}

const putRight = (id: string) => story.change(id, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });

describe('what was said to be put right', () => {
  it('is open again after three days where the facts still show it, and says so', async () => {
    const [source, other, copy, mended, accepted] = [
      await fail('G-1'),
      await fail('G-2'),
      await fail('G-3'),
      await fail('G-4'),
      await fail('G-5'),
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

  it('stays closed where nothing could ever show that it was put right, until it fails again', async () => {
    story.turnTo(CLOSED_AT);
    const nowhere = await story.fail('G-10');
    const unproven = await fail('G-11');
    await story.api.test.database.withTenant(story.api.test.tenantId, (tx) =>
      tx.query(
        `update problem set integration = 'told-by-nothing' where tenant_id = $1
         and object_id = (select object_id from exception where tenant_id = $1 and exception_id = $2)`,
        [tx.tenantId, unproven],
      ),
    );
    await story.reconcile(storyObject('sales-order', 'G-11'));
    const copy = await story.fail('G-12');
    await story.change(copy, { act: 'MARK_DUPLICATE', duplicateOf: nowhere });
    for (const id of [nowhere, unproven]) await putRight(id);
    await story.look(CLOSED_AT + THREE_DAYS);
    expect([await story.show(nowhere), await story.show(unproven), await story.show(copy)]).toMatchObject([
      { state: 'RESOLVED', resolution: 'SOURCE_FIXED' },
      { state: 'RESOLVED', resolution: 'SOURCE_FIXED' },
      { state: 'DUPLICATE' },
    ]);
    const again = CLOSED_AT + THREE_DAYS + 1;
    story.turnTo(again + 1);
    await story.fail('G-10', '500.00', { last: again, occurrences: 2 });
    expect(await story.show(nowhere)).toMatchObject({ state: 'OPEN' });
  });

  it('is looked for behind a duplicate of a duplicate too', async () => {
    const [first, second, last] = [await fail('G-7'), await fail('G-8'), await fail('G-9')];
    await story.change(first, { act: 'MARK_DUPLICATE', duplicateOf: second });
    await story.change(second, { act: 'MARK_DUPLICATE', duplicateOf: last });
    story.turnTo(CLOSED_AT);
    await putRight(last);
    await story.look(CLOSED_AT + THREE_DAYS);
    expect([await story.show(first), await story.show(second)]).toMatchObject([{ state: 'OPEN' }, { state: 'OPEN' }]);
  });

  it('stays closed where it was closed long ago, as what was closed before anybody looked', async () => {
    const long = await fail('G-6');
    await putRight(long);
    await story.look(CLOSED_AT + THREE_DAYS * 11);
    expect(await story.show(long)).toMatchObject({ state: 'RESOLVED', resolution: 'SOURCE_FIXED' });
  });
});

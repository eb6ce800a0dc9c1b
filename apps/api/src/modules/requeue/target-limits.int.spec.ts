import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HOP } from '../../testing/story-facts.js';
import { saveSettings, SHIPPED_SETTINGS } from './sending-settings/sending-settings.repository.js';
import { holdTargets } from './target-load.repository.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

let target: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
  await story.failedOrders(9);
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const limited = (limits: { ratePerSecond: number; maxInFlight: number }) =>
  story.database.withTenant(story.db.tenantId, (tx) =>
    saveSettings(tx, HOP, { ...SHIPPED_SETTINGS, canary: 0, ramp: 0, ...limits, version: 1 }),
  );
/** As many requests as there are orders, each within its own limits. */
const requestedOneByOne = async () => {
  for (const { id } of await story.exceptions()) await story.request([id]);
};
const released = async () => (await story.attempts()).filter(({ releasedAt }) => releasedAt !== null);
const seconds = (count: number) => (story.now = new Date(story.now.getTime() + count * 1_000));

describe('the limits of a target', () => {
  it('hold for all requests together: what is in flight', async () => {
    await limited({ ratePerSecond: 100, maxInFlight: 3 });
    await requestedOneByOne();
    expect(await released()).toHaveLength(3);
    seconds(5);
    await story.turn();
    expect(await released()).toHaveLength(3);
    const [first] = await released();
    await story.sendAttempt(first!.attemptId, target);
    await story.turn();
    expect(await released()).toHaveLength(4);
  });

  it('are not used up by what rests after a refusal: it takes no place from others', async () => {
    await limited({ ratePerSecond: 100, maxInFlight: 3 });
    await requestedOneByOne();
    target.answer = (response) => response.writeHead(429, { 'retry-after': '3600' }).end();
    for (const { attemptId } of await released()) await story.sendAttempt(attemptId, target);
    seconds(5);
    await story.turn();
    expect(await released()).toHaveLength(6);
  });

  it('hold for all requests together: how many a second', async () => {
    await limited({ ratePerSecond: 4, maxInFlight: 100 });
    await requestedOneByOne();
    expect(await released()).toHaveLength(4);
    seconds(2);
    await story.turn();
    expect(await released()).toHaveLength(8);
  });

  it('are kept where two release at once: one leaves the target to the other, and nobody waits', async () => {
    await limited({ ratePerSecond: 100, maxInFlight: 3 });
    await story.database.withTenant(story.db.tenantId, async (tx) => {
      expect(await holdTargets(tx, [HOP])).toEqual([HOP]);
      await requestedOneByOne();
      expect(await released()).toEqual([]);
    });
    await story.turn();
    expect(await released()).toHaveLength(3);
  });
});

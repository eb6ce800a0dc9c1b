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

  it.each<[string, boolean]>([
    ['the more urgent run goes before an older one', true],
    ['of equals the older run goes first', false],
  ])('are shared so that %s', async (_name, isUrgent) => {
    await limited({ ratePerSecond: 100, maxInFlight: 3 });
    const ids = (await story.exceptions()).map(({ id }) => id);
    const late = ids.slice(6);
    const dueAt = new Date(Date.UTC(2026, 9, 1));
    const due = `update exception set stated_band = 'P2', next_due_at = $2 where tenant_id = $1 and exception_id = any($3::uuid[])`;
    await story.database.withTenant(story.db.tenantId, async (tx) => {
      await tx.query(due, [tx.tenantId, dueAt, ids]);
      if (isUrgent) await tx.query(due, [tx.tenantId, new Date(dueAt.getTime() - 3_600_000), late]);
    });
    await story.request(ids.slice(0, 6));
    const first = await released();
    expect(first).toHaveLength(3);
    seconds(1);
    await story.request(late);
    for (const { attemptId } of first.slice(0, 2)) await story.sendAttempt(attemptId, target);
    seconds(1);
    await story.turn();
    const next = (await released()).filter(({ attemptId }) => !first.some((one) => one.attemptId === attemptId));
    expect(next).toHaveLength(2);
    expect(next.every(({ exceptionId }) => late.includes(exceptionId))).toBe(isUrgent);
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

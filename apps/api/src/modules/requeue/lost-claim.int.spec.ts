import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { storyObject } from '../../testing/story-facts.js';
import { listPlanItems } from './plans/plan-item.repository.js';
import { RequeueStory } from './testing/requeue-story.js';
import { requestRequeue, type RequeueOutcome } from './usecases/request-requeue.js';

let story: RequeueStory;
let first: string;
let second: string;
let other: string;

/** Two exceptions of one document at one integration: who asks for one locks nothing that who asks for the other needs. */
beforeEach(async () => {
  story = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  await story.facts((facts) => facts.problem(story.order, { sellingUnit: 'DE02-KIEL' }));
  await story.project('exceptions');
  [first, second] = (await story.exceptions()).map(({ id }) => id) as [string, string];
  const another = storyObject('sales-order', 'O-2');
  await story.failedOrder(another);
  other = (await story.exceptions()).find(({ objectId }) => objectId === another.objectId)!.id;
});

afterEach(async () => {
  await story.db.close();
});

async function waitingLocks(): Promise<number> {
  const rows = await story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`,
    ),
  );
  return rows.length;
}

/** Somebody has asked for `first`, and that is not committed while somebody else asks. */
async function beside(loses: readonly string[], ends: 'commit' | 'rollback'): Promise<RequeueOutcome> {
  let claimed: () => void = () => undefined;
  let goOn: () => void = () => undefined;
  const isClaimed = new Promise<void>((resolve) => (claimed = resolve));
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
  const winner = story.database.withTenant(story.db.tenantId, async (tx) => {
    const outcome = await requestRequeue(tx, {
      ...{ viewer: story.viewer(), exceptionIds: [first], reason: 'mapping added', now: story.now },
      ...{ secretKey: story.secretKey, traceId: undefined },
    });
    claimed();
    await mayGoOn;
    if (ends === 'rollback') throw new Error('killed');
    return outcome;
  });
  await isClaimed;
  const loser = story.request(loses);
  while ((await waitingLocks()) === 0) await pause(10);
  goOn();
  if (ends === 'commit') expect(await winner).toMatchObject({ kind: 'accepted' });
  else await expect(winner).rejects.toThrow('killed');
  return loser;
}

describe('a claim that somebody else takes at the same moment', () => {
  it('is lost with its reason, and the rest of the selection goes without it', async () => {
    const outcome = await beside([second, other], 'commit');
    expect(outcome).toMatchObject({
      kind: 'accepted',
      exceptionIds: [other],
      plan: {
        items: [
          { exceptionId: second, willSend: false, code: 'ALREADY_REQUEUED', reason: expect.stringContaining('just') },
          { exceptionId: other, willSend: true },
        ],
      },
    });
    const attempts = await story.attempts();
    expect(attempts.map(({ exceptionId }) => exceptionId).sort()).toEqual([first, other].sort());
    expect(await story.count('requeue_claim')).toBe(2);
    // it is kept with the request that went without it
    const requestId = outcome.kind === 'accepted' ? outcome.requestId : '';
    const left = await story.database.withTenant(story.db.tenantId, (tx) =>
      listPlanItems(tx, requestId, 'left-out', { first: 10, after: null }),
    );
    expect(left).toMatchObject([{ exceptionId: second, code: 'ALREADY_REQUEUED', hasFallenOut: true }]);
    expect(attempts.some((one) => one.requestId === requestId && one.exceptionId === second)).toBe(false);
  });

  it('leaves no request behind where nothing else is asked for', async () => {
    expect(await beside([second], 'commit')).toMatchObject({ kind: 'failure', code: 'ALREADY_REQUEUED' });
    expect([await story.count('requeue_request'), await story.count('requeue_attempt')]).toEqual([1, 1]);
    const states = new Map((await story.exceptions()).map(({ id, state }) => [id, state]));
    expect(states.get(second)).toBe('OPEN');
  });

  it('is got after all where that other one is not committed', async () => {
    expect(await beside([second], 'rollback')).toMatchObject({ kind: 'accepted', exceptionIds: [second] });
    expect(await story.attempts()).toMatchObject([{ exceptionId: second }]);
    expect(await story.count('requeue_claim')).toBe(1);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutboundResult } from '../../outbound/index.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';
import { noteReaches } from './usecases/guard-target.js';

const ORDERS = 8;
const LIMITS = { canary: 0, canaryProof: 'ACKNOWLEDGED', ramp: 0, ratePerSecond: 50, maxInFlight: 50 } as const;

let target: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const states = async () =>
  (await story.attempts()).reduce<Record<string, number>>(
    (all, { state }) => ({ ...all, [state]: (all[state] ?? 0) + 1 }),
    {},
  );

describe('what goes out together', () => {
  const requested = async (): Promise<string[]> => {
    await story.failedOrders(ORDERS);
    await story.request(undefined, { limits: LIMITS });
    return (await story.attempts()).map(({ attemptId }) => attemptId);
  };

  it('is sent once, each with its own outcome', async () => {
    const ids = await requested();
    let answered = 0;
    target.answer = (response) => {
      answered += 1;
      if (answered === 1) response.destroy();
      else response.writeHead([202, 503, 422][answered % 3] ?? 202).end();
    };
    await story.sendTogether(ids, target);
    await story.sendTogether(ids, target);
    // whatever was answered "later", and whatever was not answered, has a job of its own
    expect(target.received).toHaveLength(ORDERS);
    expect(await states()).toEqual({ UNKNOWN: 1, ACKNOWLEDGED: 2, REFUSED: 3, QUEUED: 2 });
    expect(await story.count('requeue_claim')).toBe(ORDERS - 3);
    expect(await story.count('audit_record', `action = 'requeue.outcome-recorded'`)).toBe(ORDERS);
    expect(await story.count('requeue_attempt', 'transmissions = 1')).toBe(ORDERS);
    expect(await story.count('requeue_attempt', `sent_content_type = 'application/json'`)).toBe(ORDERS);
  });

  it('does not wait with what is answered for what is not', async () => {
    const ids = await requested();
    let hanging: (() => void) | undefined;
    target.answer = (response) => {
      if (hanging === undefined) hanging = () => response.writeHead(202).end();
      else response.writeHead(202).end();
    };
    const sending = story.sendTogether(ids, target, { timeoutMs: 20_000 });
    while ((await states())['ACKNOWLEDGED'] !== ORDERS - 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await states()).toEqual({ ACKNOWLEDGED: ORDERS - 1, SENDING: 1 });
    hanging?.();
    await sending;
    expect(await states()).toEqual({ ACKNOWLEDGED: ORDERS });
  });

  it('goes without what the facts show to be over since it was asked for, also where nobody heard of that', async () => {
    const orders = await story.failedOrders(ORDERS);
    await story.request(undefined, { limits: LIMITS });
    await story.facts((facts) => facts.problem(orders[0]!, { clearedAt: 20 }));
    const ids = (await story.attempts()).map(({ attemptId }) => attemptId);
    await story.sendTogether(ids, target);
    expect(target.received).toHaveLength(ORDERS - 1);
    expect(await states()).toEqual({ ACKNOWLEDGED: ORDERS - 1, REFUSED: 1 });
    const over = (await story.exceptions()).filter(({ state }) => state === 'RESOLVED');
    expect(over.map(({ objectId }) => objectId)).toEqual([orders[0]!.objectId]);
    expect(await story.count('requeue_claim')).toBe(ORDERS - 1);
  });

  it('stays where it is when its request is paused, and ends when that is cancelled', async () => {
    const ids = await requested();
    const { requestId } = (await story.attempts())[0]!;
    await story.steer(requestId, 'pause');
    await story.sendTogether(ids, target);
    expect(target.received).toEqual([]);
    await story.steer(requestId, 'cancel');
    await story.sendTogether(ids, target);
    expect(target.received).toEqual([]);
    expect(await states()).toEqual({ CANCELLED: ORDERS });
  });
});

describe('whether targets were reached', () => {
  it('is noted by many at once, of several targets in any order', async () => {
    const lost: OutboundResult = { kind: 'unknown', reason: 'no answer' };
    const seen = ['a', 'b', 'c'].map((integration) => ({ integration, result: lost }));
    const note = (all: typeof seen) =>
      story.database.withTenant(story.db.tenantId, (tx) => noteReaches(tx, all, story.now));
    const rounds = Array.from({ length: 24 }, (_, round) => [...seen.slice(round % 3), ...seen.slice(0, round % 3)]);
    await Promise.all(rounds.map(note));
    expect(await story.count('requeue_breaker', `failures = ${rounds.length}`)).toBe(3);
  });
});

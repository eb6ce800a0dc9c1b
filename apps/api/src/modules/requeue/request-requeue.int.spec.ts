import { afterEach, describe, expect, it } from '@jest/globals';
import { Database, DatabaseUnavailable } from '@throughline/persistence';
import { connected } from '@throughline/persistence/testing';
import { storyObject } from '../../testing/story-facts.js';
import { listPlanItems } from './plans/plan-item.repository.js';
import { RequeueStory } from './testing/requeue-story.js';
import { planRequeueOf } from './usecases/read-plan.js';
import type { RequeueOutcome } from './usecases/request-requeue.js';

const target = { url: 'http://127.0.0.1:9/requeue' };

let story: RequeueStory;

afterEach(async () => {
  await story.db.close();
});

const leftOut = async (outcome: RequeueOutcome) => {
  const requestId = outcome.kind === 'accepted' ? outcome.requestId : '';
  const page = { first: 10, after: null };
  return story.database.withTenant(story.db.tenantId, (tx) => listPlanItems(tx, requestId, 'left-out', page));
};

const jobs = async () =>
  connected(story.db.ownerUrl, async (client) => {
    const found = await client.query<{ task: string; key: string }>(
      `select task_identifier as task, key from graphile_worker.jobs where task_identifier = 'requeue.send'`,
    );
    return found.rows;
  });

/** Fifty have a connection at a time; who waits for one too long is told so, and asks again. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
    }
  }
}

describe('requestRequeue', () => {
  it('makes request, attempt, claim, state, timeline, evidence and job together', async () => {
    story = await RequeueStory.begin(target);
    const outcome = await story.request();
    expect(outcome).toMatchObject({ kind: 'accepted', plan: { items: [{ willSend: true, objectKey: 'O-100234' }] } });
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
    expect(await story.attempts()).toMatchObject([{ attempt: 1, state: 'QUEUED', transmissions: 0 }]);
    expect(await story.count('requeue_claim')).toBe(1);
    expect(await story.timeline()).toEqual(['opened', 'requeue-requested']);
    expect(await story.count('audit_record', `action in ('requeue.requested', 'exception.requeue-requested')`)).toBe(2);
    expect(await jobs()).toHaveLength(1);
  });

  it('lets one of two hundred win', async () => {
    story = await RequeueStory.begin(target);
    const [exception] = await story.exceptions();
    const many = await Database.open({ url: story.db.appUrl, poolSize: 50, applicationName: 'two hundred' });
    try {
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, () => untilAnswered(() => story.request([exception!.id], { database: many }))),
      );
      expect(outcomes.filter((one) => one.kind === 'accepted')).toHaveLength(1);
      const failures = outcomes.filter((one) => one.kind === 'failure');
      expect(failures).toHaveLength(199);
      expect(new Set(failures.map((one) => one.code))).toEqual(new Set(['ALREADY_REQUEUED']));
    } finally {
      await many.close();
    }
    expect(await story.attempts()).toHaveLength(1);
    expect(await jobs()).toHaveLength(1);
    expect(await story.count('requeue_request')).toBe(1);
    expect(await story.count('requeue_claim')).toBe(1);
    expect(await story.count('audit_record', `action = 'exception.requeue-requested'`)).toBe(1);
  }, 120_000);

  it('leaves nothing behind when the transaction rolls back', async () => {
    story = await RequeueStory.begin(target);
    const [exception] = await story.exceptions();
    const before = await story.count('audit_record');
    const failing = story.database.withTenant(story.db.tenantId, async (tx) => {
      const { requestRequeue } = await import('./usecases/request-requeue.js');
      await requestRequeue(tx, {
        viewer: story.viewer(),
        exceptionIds: [exception!.id],
        reason: 'x',
        now: story.now,
        secretKey: story.secretKey,
        traceId: undefined,
      });
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
    for (const table of ['requeue_request', 'requeue_attempt', 'requeue_claim']) {
      expect([table, await story.count(table)]).toEqual([table, 0]);
    }
    expect(await story.count('audit_record')).toBe(before);
  });

  it('sends what can be sent of a selection and says why the rest is left out', async () => {
    story = await RequeueStory.begin(target);
    const others = ['O-2', 'O-3'].map((key) => storyObject('sales-order', key));
    for (const other of others) {
      await story.failedOrder(other);
    }
    const [first, ...rest] = await story.exceptions();
    await story.request([first!.id]);
    const outcome = await story.request([first!.id, ...rest.map((one) => one.id)]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      exceptionIds: rest.map((one) => one.id),
      plan: { items: [{ willSend: false, code: 'ALREADY_REQUEUED' }, { willSend: true }, { willSend: true }] },
    });
    expect(await story.count('requeue_attempt')).toBe(3);
    // each thing asked for has an outcome in its run
    expect(await leftOut(outcome)).toMatchObject([
      { exceptionId: first!.id, code: 'ALREADY_REQUEUED', hasFallenOut: false, reason: expect.any(String) },
    ]);
  });

  it('asks for nothing where the plan is another one than the one that was seen', async () => {
    story = await RequeueStory.begin(target);
    await story.failedOrder(storyObject('sales-order', 'O-2'));
    const ids = (await story.exceptions()).map(({ id }) => id);
    const seen = await story.database.withTenant(story.db.tenantId, (tx) =>
      planRequeueOf(tx, ids, story.secretKey, {}, story.now),
    );
    await story.request([ids[0]!]);
    const changed = await story.request(ids, { expectedHash: seen.hash });
    expect(changed).toMatchObject({
      kind: 'changed',
      plan: { items: [{ willSend: false, code: 'ALREADY_REQUEUED' }, { willSend: true }] },
    });
    expect(await story.count('requeue_request')).toBe(1);
    const again = changed.kind === 'changed' ? changed.plan.hash : '';
    expect(await story.request(ids, { expectedHash: again })).toMatchObject({ kind: 'accepted' });
  });

  it('sends one object once through one integration, whatever is wrong with it', async () => {
    story = await RequeueStory.begin(target);
    await story.facts((facts) => facts.problem(story.order, { sellingUnit: 'DE01-KIEL', first: 2 }));
    await story.project('exceptions');
    const outcome = await story.request();
    expect(outcome).toMatchObject({
      kind: 'accepted',
      plan: { items: [{ willSend: true }, { willSend: false, code: 'OBJECT_IN_SELECTION' }] },
    });
    const [, second] = await story.exceptions();
    expect(await story.request([second!.id])).toMatchObject({ kind: 'failure', code: 'ALREADY_REQUEUED' });
  });

  it('refuses where nothing takes requeues', async () => {
    story = await RequeueStory.begin(null);
    expect(await story.request()).toMatchObject({ kind: 'failure', code: 'NO_REQUEUE_TARGET' });
    expect(await story.count('requeue_request')).toBe(0);
  });

  it('does not know an exception of nobody', async () => {
    story = await RequeueStory.begin(target);
    await expect(story.request(['00000000-0000-4000-8000-000000000000'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('plans without changing anything', async () => {
    story = await RequeueStory.begin(target);
    const [exception] = await story.exceptions();
    const { items } = await story.database.withTenant(
      story.db.tenantId,
      (tx) => planRequeueOf(tx, [exception!.id], story.secretKey, {}, story.now),
      {
        readOnly: true,
      },
    );
    expect(items).toMatchObject([{ willSend: true, reason: null }]);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
  });
});

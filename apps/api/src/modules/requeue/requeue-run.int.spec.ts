import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@throughline/persistence';
import { connected } from '@throughline/persistence/testing';
import { at, type StoryObject } from '../../testing/story-facts.js';
import { RequeueStory, type AttemptView } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

const ORDERS = 12;
const LIMITS = {
  canary: 3,
  canaryProof: 'ACKNOWLEDGED',
  ramp: 0,
  ratePerSecond: 20,
  maxInFlight: 4,
  stopPercent: 40,
  stopMinimum: 4,
} as const;

let target: RequeueTarget;
let story: RequeueStory;
let orders: StoryObject[];

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
  orders = await story.failedOrders(ORDERS);
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const requested = async (limits: Parameters<RequeueStory['request']>[1] = { limits: LIMITS }): Promise<string> => {
  const outcome = await story.request(undefined, limits);
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.requestId;
};
const released = async () => (await story.attempts()).filter(({ releasedAt }) => releasedAt !== null);
const inState = async (state: string) => (await story.attempts()).filter((one) => one.state === state);
const waitingJobs = (one: AttemptView) => one.state === 'QUEUED' && one.releasedAt !== null;
/** Carries everything that is released to its target, as the jobs would. */
const sendReleased = async () => {
  for (const one of (await story.attempts()).filter(waitingJobs)) await story.sendAttempt(one.attemptId, target);
};
const seconds = (count: number) => (story.now = new Date(story.now.getTime() + count * 1_000));
const jobs = () =>
  connected(story.db.ownerUrl, async (client) => {
    const found = await client.query<{ key: string }>(
      `select key from graphile_worker.jobs where task_identifier = 'requeue.send'`,
    );
    return found.rows.map(({ key }) => key.split(':').at(-1)!).sort();
  });

describe('a run', () => {
  it('sends the canary, then the rest in its limits, and is finished', async () => {
    await requested();
    expect(await released()).toHaveLength(3);
    await story.turn();
    expect(await released()).toHaveLength(3);
    await sendReleased();
    seconds(2);
    await story.turn();
    expect(await released()).toHaveLength(7);
    await story.turn();
    expect(await released()).toHaveLength(7);
    for (let round = 0; round < 4; round += 1) {
      await sendReleased();
      seconds(2);
      await story.turn();
    }
    expect(await inState('ACKNOWLEDGED')).toHaveLength(ORDERS);
    expect(target.received).toHaveLength(ORDERS);
    expect(await story.requestStates()).toEqual(['FINISHED']);
    expect(await story.count('audit_record', `action = 'requeue.finished'`)).toBe(1);
  });

  it('waits for the outcome of the canary where that is asked', async () => {
    await requested({ limits: { ...LIMITS, canaryProof: 'VERIFIED' } });
    await sendReleased();
    seconds(5);
    await story.turn();
    expect(await released()).toHaveLength(3);
    const first = new Set((await released()).map(({ exceptionId }) => exceptionId));
    const objects = (await story.exceptions()).filter(({ id }) => first.has(id)).map(({ objectId }) => objectId);
    await story.accepted(
      orders.filter(({ objectId }) => objects.includes(objectId)),
      31,
    );
    await story.turn();
    expect(await released()).toHaveLength(7);
  });

  it('stops when one of the canary is refused, and begins with a canary again when it is told to go on', async () => {
    const requestId = await requested();
    target.answer = (response) => response.writeHead(422).end('no');
    await sendReleased();
    seconds(2);
    await story.turn();
    expect(await story.requestStates()).toEqual(['STOPPED']);
    expect(await released()).toHaveLength(3);
    target.answer = (response) => response.writeHead(202).end();
    expect(await story.steer(requestId, 'resume')).toMatchObject({ kind: 'steered' });
    seconds(2);
    await story.turn();
    expect(await released()).toHaveLength(6);
  });

  it('is the same by however many workers, at once and again', async () => {
    await requested({ limits: { ...LIMITS, canary: 0, ratePerSecond: 5, maxInFlight: 3 } });
    const many = await Database.open({ url: story.db.appUrl, poolSize: 8, applicationName: 'many' });
    try {
      for (let round = 0; round < 3; round += 1) {
        await Promise.all(Array.from({ length: 8 }, () => story.turn(many)));
        const out = (await released()).filter((one) => one.state === 'QUEUED');
        expect(out.length).toBeLessThanOrEqual(3);
        expect(await jobs()).toEqual((await released()).map(({ attemptId }) => attemptId).sort());
        seconds(1);
      }
    } finally {
      await many.close();
    }
    expect(await released()).toHaveLength(3);
  });

  it.each([
    ['counted', /count\(\*\) filter/],
    ['released', /update requeue_attempt a set released_at/],
    ['handed over to the jobs', /enqueue|add_job/],
  ])('that is killed when it has %s leaves nothing half done', async (_step, statement) => {
    await requested();
    await sendReleased();
    seconds(2);
    await expect(story.turn(killedAfter(story.database, statement))).rejects.toThrow();
    expect(await released()).toHaveLength(3);
    await story.turn();
    expect(await released()).toHaveLength(7);
    expect(await jobs()).toEqual((await released()).map(({ attemptId }) => attemptId).sort());
  });

  it('leaves alone what somebody is just ending, and waits for nobody', async () => {
    await requested();
    await sendReleased();
    seconds(2);
    const [next] = (await story.attempts()).filter(({ releasedAt }) => releasedAt === null);
    await story.database.withTenant(story.db.tenantId, async (tx) => {
      await tx.query(`update requeue_attempt set state = 'REFUSED' where tenant_id = $1 and attempt_id = $2`, [
        tx.tenantId,
        next!.attemptId,
      ]);
      await story.turn();
    });
    expect(await released()).toHaveLength(7);
    expect((await released()).map(({ attemptId }) => attemptId)).not.toContain(next!.attemptId);
  });

  it('says of what it holds that it has not gone out', async () => {
    await requested();
    const held = (await story.attempts()).find(({ releasedAt }) => releasedAt === null);
    const [gone] = await released();
    expect(await story.request([held!.exceptionId])).toMatchObject({ kind: 'failure', code: 'OPEN_CLAIM' });
    expect(await story.request([gone!.exceptionId])).toMatchObject({ kind: 'failure', code: 'ALREADY_REQUEUED' });
  });

  it('puts the most urgent first', async () => {
    const [, , , , , urgent] = await story.exceptions();
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(
        `update exception set stated_band = case when exception_id = $2 then 'P1' else 'P2' end where tenant_id = $1`,
        [tx.tenantId, urgent!.id],
      ),
    );
    await requested({ limits: { ...LIMITS, canary: 0, maxInFlight: 1 } });
    expect(await released()).toMatchObject([{ exceptionId: urgent!.id }]);
  });

  it('pauses the sending to a target that is not reached, and tries again later', async () => {
    await requested({ limits: { ...LIMITS, canary: 0, maxInFlight: 12, ratePerSecond: 60 } });
    await target.stop();
    await sendReleased();
    const [breaker] = await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query<{ trips: number; until: Date }>(
        `select trips, paused_until as until from requeue_breaker where tenant_id = $1`,
        [tx.tenantId],
      ),
    );
    expect(breaker).toEqual({ trips: 1, until: new Date(story.now.getTime() + 15_000) });
    expect((await story.attempts()).filter(({ transmissions }) => transmissions > 0)).toHaveLength(5);
    expect(await story.count('audit_record', `action = 'requeue.target-paused'`)).toBe(1);
    target = await RequeueTarget.start();
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update integration set requeue_url = $2 where tenant_id = $1`, [tx.tenantId, target.url]),
    );
    seconds(16);
    await sendReleased();
    expect(await story.count('requeue_breaker', `failures = 0 and paused_until is null`)).toBe(1);
    expect(await story.count('audit_record', `action = 'requeue.target-reached-again'`)).toBe(1);
    expect(target.received.length).toBe((await released()).length);
  });
});

describe('steering', () => {
  it('holds back at once what has a job already, and lets it go out again later', async () => {
    const requestId = await requested();
    expect(await story.steer(requestId, 'pause')).toMatchObject({ kind: 'steered' });
    await sendReleased();
    await story.turn();
    expect(target.received).toEqual([]);
    expect(await released()).toEqual([]);
    expect(await story.steer(requestId, 'pause')).toMatchObject({ kind: 'failure', code: 'NOT_POSSIBLE_NOW' });
    await story.steer(requestId, 'resume');
    await story.turn();
    await sendReleased();
    expect(target.received).toHaveLength(3);
    expect(await story.count('audit_record', `action in ('requeue.paused', 'requeue.resumed')`)).toBe(2);
  });

  it('pause against release: nothing is released once it is paused', async () => {
    const requestId = await requested({ limits: { ...LIMITS, canary: 0, ratePerSecond: 500, maxInFlight: 100 } });
    const many = await Database.open({ url: story.db.appUrl, poolSize: 9, applicationName: 'pausing' });
    try {
      const turns = Array.from({ length: 6 }, async (_, index) => {
        await pause(index * 3);
        await story.turn(many);
      });
      await pause(5);
      await story.steer(requestId, 'pause', many);
      const after = (await released()).length;
      await Promise.all(turns);
      expect(await released()).toHaveLength(after);
    } finally {
      await many.close();
    }
  });

  it('cancel ends all that has not gone out, under its name, and the exceptions are back', async () => {
    const requestId = await requested();
    await sendReleased();
    expect(await story.steer(requestId, 'cancel')).toMatchObject({ kind: 'steered' });
    expect(await inState('CANCELLED')).toHaveLength(ORDERS - 3);
    expect(await inState('ACKNOWLEDGED')).toHaveLength(3);
    expect(await story.count('requeue_claim')).toBe(3);
    const states = (await story.exceptions()).map(({ state }) => state);
    expect([states.filter((one) => one === 'OPEN'), states.filter((one) => one === 'REQUEUED')]).toMatchObject({
      0: { length: ORDERS - 3 },
      1: { length: 3 },
    });
    expect(await story.timeline()).toContain('requeue-cancelled');
    await story.turn();
    expect(await story.requestStates()).toEqual(['CANCELLED']);
    expect(await story.request()).toMatchObject({ kind: 'accepted' });
  });

  it('cancel frees what it has not sent, and opens nothing that stands otherwise by now', async () => {
    const requestId = await requested();
    const held = (await story.attempts()).find(({ releasedAt }) => releasedAt === null);
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update exception set state = 'IN_PROGRESS' where tenant_id = $1 and exception_id = $2`, [
        tx.tenantId,
        held!.exceptionId,
      ]),
    );
    expect(await story.steer(requestId, 'cancel')).toMatchObject({ kind: 'steered' });
    expect(await inState('CANCELLED')).toHaveLength(ORDERS);
    expect(await story.count('requeue_claim')).toBe(0);
    expect((await story.exceptions()).find(({ id }) => id === held!.exceptionId)?.state).toBe('IN_PROGRESS');
    expect((await story.timeline()).filter((kind) => kind === 'requeue-cancelled')).toHaveLength(ORDERS);
  });

  it('cancel against sending: what is on its way comes to its end, and nothing goes out after it', async () => {
    const requestId = await requested();
    let arrived: () => void = () => undefined;
    let answer: () => void = () => undefined;
    const isOnItsWay = new Promise<void>((resolve) => (arrived = resolve));
    target.answer = (response) => {
      answer = () => response.writeHead(503).end();
      arrived();
    };
    const [first, second] = await released();
    const sending = story.sendAttempt(first!.attemptId, target, { timeoutMs: 20_000 });
    await isOnItsWay;
    await story.steer(requestId, 'cancel');
    answer();
    await sending;
    await story.sendAttempt(second!.attemptId, target);
    // "later" is not: its next job ends it
    expect(await inState('QUEUED')).toMatchObject([{ attemptId: first!.attemptId }]);
    await story.sendAttempt(first!.attemptId, target);
    expect(target.received).toHaveLength(1);
    expect(await inState('CANCELLED')).toHaveLength(ORDERS);
    expect(await story.count('requeue_claim')).toBe(0);
  });

  it('cancel leaves unknown what a worker was sending that was killed, and asks nobody again', async () => {
    const requestId = await requested();
    const [first] = await released();
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(
        `update requeue_attempt set state = 'SENDING', transmissions = 1, sent_at = $3 where tenant_id = $1 and attempt_id = $2`,
        [tx.tenantId, first!.attemptId, story.now],
      ),
    );
    await story.steer(requestId, 'cancel');
    await story.sendAttempt(first!.attemptId, target);
    expect(await inState('SENDING')).toHaveLength(1);
    seconds(31);
    await story.sendAttempt(first!.attemptId, target);
    await story.sendAttempt(first!.attemptId, target);
    expect(await inState('UNKNOWN')).toMatchObject([{ attemptId: first!.attemptId, mayHaveApplied: true }]);
    expect(target.received).toEqual([]);
    expect(await story.count('requeue_claim')).toBe(1);
  });

  it('says when it comes too late, and of what there is not', async () => {
    const requestId = await requested({ limits: { ...LIMITS, canary: 0, ratePerSecond: 500, maxInFlight: 100 } });
    await story.turn();
    await sendReleased();
    await story.turn();
    expect(await story.requestStates()).toEqual(['FINISHED']);
    expect(await story.steer(requestId, 'cancel')).toMatchObject({ kind: 'failure', code: 'NOT_POSSIBLE_NOW' });
    expect(await story.steer(story.db.tenantId, 'pause')).toMatchObject({ kind: 'failure', code: 'NOT_FOUND' });
  });
});

describe('what is due', () => {
  it('is measured from the first transmission on, however long it waited for that', async () => {
    await requested({ limits: { ...LIMITS, canary: 1 } });
    target.answer = (response) => response.writeHead(503).end();
    story.now = at(30 + 25 * 60);
    await sendReleased();
    expect(await inState('REFUSED')).toEqual([]);
    story.now = at(30 + 50 * 60);
    await sendReleased();
    expect(await inState('REFUSED')).toHaveLength(1);
  });
});

/** A database whose transactions are ended by the server after the first statement like this. */
function killedAfter(database: Database, statement: RegExp): Database {
  const withTenant: Database['withTenant'] = (tenantId, work) =>
    database.withTenant(tenantId, (tx) =>
      work({
        tenantId: tx.tenantId,
        manager: tx.manager,
        copyRows: (...args) => tx.copyRows(...args),
        notify: (...args) => tx.notify(...args),
        enqueue: (...args) => tx.enqueue(...args),
        enqueueAll: async (...args) => {
          await tx.enqueueAll(...args);
          if (statement.test('enqueue')) await tx.query('select pg_terminate_backend(pg_backend_pid())');
        },
        async query<R>(sql: string, params?: readonly unknown[]): Promise<R[]> {
          const rows = await tx.query<R>(sql, params);
          if (statement.test(sql)) await tx.query('select pg_terminate_backend(pg_backend_pid())');
          return rows;
        },
      }),
    );
  return new Proxy(database, {
    get: (original, name) => (name === 'withTenant' ? withTenant : Reflect.get(original, name, original)),
  });
}

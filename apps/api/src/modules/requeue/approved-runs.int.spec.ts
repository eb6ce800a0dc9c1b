import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import type { Viewer } from '../identity/index.js';
import type { ApprovalRow } from './approval/approval.repository.js';
import { createRequeueProofStage } from './requeue-proof-stage.js';
import { ApprovalStory, person } from './testing/approval-story.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';
import { steerRequeue } from './usecases/steer-requeue.js';

/** More than the canary that is shipped. */
const ORDERS = 7;
const CANARY = 5;

let target: RequeueTarget;
let base: RequeueStory;
let story: ApprovalStory;
let maker: Viewer;
let checker: Viewer;

beforeEach(async () => {
  target = await RequeueTarget.start();
  base = await RequeueStory.begin(target, false);
  story = new ApprovalStory(base);
  maker = await person(base, 'Ana', 'analyst');
  checker = await person(base, 'Dora', 'controller');
});

afterEach(async () => {
  await target.stop();
  await base.db.close();
});

const asked = async (): Promise<ApprovalRow> => {
  const ids: string[] = [];
  for (let index = 0; index < ORDERS; index += 1) ids.push(await story.failed(`O-${index}`, '150000.00'));
  return story.asked(maker, ids);
};
const hours = (count: number) => (base.now = new Date(base.now.getTime() + count * 3_600_000));
/** What the worker does by itself. */
const worked = async () => {
  await base.turn();
  await createRequeueProofStage({ database: base.database, clock: () => base.now }).run(base.db.tenantId);
};
const sendAll = async () => {
  for (const { attemptId } of await base.attempts()) await base.sendAttempt(attemptId, target);
};
const states = async () => [...new Set((await base.attempts()).map(({ state }) => state))];
const releases = async () => (await base.attempts()).flatMap(({ releasedAt }) => releasedAt ?? []);
const sendJobs = () =>
  connected(base.db.ownerUrl, async (client) => {
    const found = await client.query(`select 1 from graphile_worker.jobs where task_identifier = 'requeue.send'`);
    return found.rowCount;
  });

describe('a request that waits for approval', () => {
  it('is let alone by the stages, by stray jobs and by whoever steers', async () => {
    const request = await asked();
    hours(2);
    await worked();
    await sendAll();
    for (const steering of ['pause', 'resume', 'cancel'] as const) {
      expect(await base.steer(request.id, steering)).toMatchObject({ kind: 'failure', code: 'NOT_POSSIBLE_NOW' });
    }
    expect(await base.requestStates()).toEqual(['PENDING_APPROVAL']);
    expect([await states(), await releases(), await sendJobs()]).toEqual([['QUEUED'], [], 0]);
    expect(target.received).toEqual([]);
    expect(await base.count('requeue_claim')).toBe(ORDERS);
  });

  it('is withdrawn when its maker cancels it, and by nobody else', async () => {
    const request = await asked();
    const cancel = (viewer: Viewer) =>
      base.database.withTenant(base.db.tenantId, (tx) =>
        steerRequeue(tx, { viewer, now: base.now, traceId: undefined }, { requestId: request.id, steering: 'cancel' }),
      );
    expect(await cancel(checker)).toMatchObject({ code: 'NOT_POSSIBLE_NOW', message: 'Only Ana can withdraw it.' });
    expect(await cancel(maker)).toEqual({ kind: 'steered', requestId: request.id });
    expect(await base.requestStates()).toEqual(['WITHDRAWN']);
    expect([await states(), await base.count('requeue_claim')]).toEqual([['REFUSED'], 0]);
    expect(await base.count('exception', `state = 'PENDING_APPROVAL'`)).toBe(0);
    await sendAll();
    expect(target.received).toEqual([]);
  });

  it('goes out in its limits when it is approved, and all is due from then on', async () => {
    const request = await asked();
    hours(30);
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    expect(await releases()).toEqual(Array.from({ length: CANARY }, () => base.now));
    await worked();
    expect([await states(), await sendJobs()]).toEqual([['QUEUED'], CANARY]);
    await sendAll();
    expect(target.received).toHaveLength(CANARY);
    const due = new Date(base.now.getTime() + 3_600_000).toISOString();
    expect(await base.count('requeue_attempt', `verify_by = '${due}'`)).toBe(CANARY);
    await worked();
    expect(await base.count('stated_problem')).toBe(0);
  });

  it.each([
    ['rejected', (request: ApprovalRow) => story.reject(checker, request)],
    ['withdrawn', (request: ApprovalRow) => story.withdraw(maker, request)],
    ['expired', (request: ApprovalRow) => hours(72) && story.expire(request)],
  ])('and is %s leaves nothing to prove, to settle or to send', async (how, end) => {
    const request = await asked();
    await end(request);
    hours(200);
    await sendAll();
    await worked();
    expect([await states(), await releases(), target.received]).toEqual([['REFUSED'], [], []]);
    expect(await base.count('stated_problem')).toBe(0);
    expect(await base.count('requeue_claim')).toBe(0);
    expect(await base.requestStates()).toEqual([how.toUpperCase()]);
  });
});

describe('a payment', () => {
  it('whose execution date passed while its run held it is withdrawn, not sent', async () => {
    const treasurer = await person(base, 'Emil', 'treasurer');
    const id = await story.failed('P-1', '5.00', 'payment');
    await base.database.withTenant(base.db.tenantId, (tx) =>
      tx.query(
        `update business_object set attributes = '{"executionDate": "2026-09-30"}' where tenant_id = $1 and key = 'P-1'`,
        [tx.tenantId],
      ),
    );
    const request = await story.asked(maker, [id]);
    expect(await story.approve(treasurer, request)).toMatchObject({ kind: 'decided' });
    base.now = new Date('2026-10-01T06:00:00Z');
    await sendAll();
    expect(target.received).toEqual([]);
    expect(await base.attempts()).toMatchObject([{ state: 'REFUSED', transmissions: 0 }]);
    const again = await story.asked(maker, [id], { passedDates: true });
    expect(await story.approve(treasurer, again)).toMatchObject({ kind: 'decided' });
    await sendAll();
    expect(target.received).toHaveLength(1);
  });
});

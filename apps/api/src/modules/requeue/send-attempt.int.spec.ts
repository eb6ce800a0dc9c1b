import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { Webhook } from 'standardwebhooks';
import { at } from '../../testing/story-facts.js';
import { createRequeueForgottenStage } from './requeue-forgotten-stage.js';
import { RequeueStory, SECRET } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

let target: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  target = await RequeueTarget.start();
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

async function requested(isIdempotent = true): Promise<void> {
  story = await RequeueStory.begin(target, isIdempotent);
  await story.request();
}

const onlyAttempt = async () => (await story.attempts())[0]!;
/** The step is seen overcome, before it was even asked for. */
const overcomeBefore = async () => {
  await story.facts((facts) => facts.problem(story.order, { clearedAt: 20 }));
  await story.project('requeue');
};
const traceOf = async (attemptId: string) => {
  const [row] = await story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query<{ trace: string }>(
      `select split_part(traceparent, '-', 2) as trace from requeue_attempt where tenant_id = $1 and attempt_id = $2`,
      [tx.tenantId, attemptId],
    ),
  );
  return row!.trace;
};
const state = async () => (await onlyAttempt()).state;

describe('the sender', () => {
  it('posts a signed, idempotent request in the attempt’s trace', async () => {
    story = await RequeueStory.begin(target);
    story.now = new Date();
    await story.request();
    await story.send(target);
    const [{ headers, body }] = target.received as [RequeueTarget['received'][number]];
    const attempt = await onlyAttempt();
    expect(await story.count('requeue_attempt', `sent_content_type = '${headers['content-type']}'`)).toBe(1);
    expect(headers['webhook-id']).toBe(`msg_${attempt.attemptId}`);
    expect(headers['idempotency-key']).toBe(headers['webhook-id']);
    expect(headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(() => new Webhook(SECRET).verify(body, headers as Record<string, string>)).not.toThrow();
    expect(JSON.parse(body)).toMatchObject({
      requeueId: attempt.requestId,
      attempt: 1,
      integration: 'salesforce-contract-to-order',
      object: {
        type: 'sales-order',
        key: 'O-100234',
        aliases: [{ system: 'salesforce', kind: 'number', scope: '', value: 'O-100234' }],
      },
      payloadVersion: 1,
      reason: 'mapping added',
    });
    expect(body).toContain('12345678901234567890.10');
  });

  it.each([
    [202, 'ACKNOWLEDGED', 'REQUEUED', 1],
    [409, 'ACKNOWLEDGED', 'REQUEUED', 1],
    [400, 'REFUSED', 'OPEN', 0],
    [404, 'REFUSED', 'OPEN', 0],
    [429, 'QUEUED', 'REQUEUED', 1],
    [500, 'QUEUED', 'REQUEUED', 1],
    [503, 'QUEUED', 'REQUEUED', 1],
  ])('answer %d → attempt %s, exception %s', async (status, attemptState, exceptionState, claims) => {
    await requested();
    target.answer = (response) => response.writeHead(status).end('said so');
    await story.send(target);
    expect(await onlyAttempt()).toMatchObject({
      state: attemptState,
      httpStatus: status,
      answer: 'said so',
      transmissions: 1,
    });
    expect(await story.exceptions()).toMatchObject([{ state: exceptionState }]);
    expect(await story.count('requeue_claim')).toBe(claims);
    expect(await story.count('audit_record', `action = 'requeue.outcome-recorded'`)).toBe(1);
  });

  it('sends the same key and the same bytes again after "later"', async () => {
    await requested(false);
    target.answer = (response) => response.writeHead(429, { 'retry-after': '1' }).end();
    await story.send(target);
    target.answer = (response) => response.writeHead(202).end();
    await story.send(target);
    const [first, second] = target.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(await onlyAttempt()).toMatchObject({ state: 'ACKNOWLEDGED', transmissions: 2 });
  });

  it('does not send again what was acknowledged', async () => {
    await requested();
    await story.send(target);
    await story.send(target);
    expect(target.received).toHaveLength(1);
  });

  it.each([
    ['no answer in time', () => undefined],
    ['a reset after the request', (response: { destroy(): void }) => response.destroy()],
  ])('knows nothing after %s, and never sends it blindly', async (_name, answer) => {
    await requested(false);
    target.answer = answer as RequeueTarget['answer'];
    await story.send(target);
    expect(await onlyAttempt()).toMatchObject({ state: 'UNKNOWN', mayHaveApplied: true, httpStatus: null });
    story.now = at(59);
    await story.send(target);
    expect(target.received).toHaveLength(1);
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
    expect(await story.count('requeue_claim')).toBe(1);
    expect(await story.timeline()).toContain('requeue-unknown');
  });

  it('asks an idempotent target again with the same key after no answer', async () => {
    await requested(true);
    target.answer = (response) => response.destroy();
    await story.send(target);
    expect(await state()).toBe('UNKNOWN');
    target.answer = (response) => response.writeHead(409).end();
    await story.send(target);
    expect(await onlyAttempt()).toMatchObject({ state: 'ACKNOWLEDGED', transmissions: 2 });
    expect(target.received[1]?.headers['idempotency-key']).toBe(target.received[0]?.headers['idempotency-key']);
  });

  it('notes that telemetry tells nothing of it before it goes out again', async () => {
    await requested(true);
    target.answer = (response) => response.destroy();
    await story.send(target);
    expect(await story.timeline()).not.toContain('requeue-looked');
    await story.send(target);
    expect(target.received).toHaveLength(2);
    expect(await story.timeline()).toContain('requeue-looked');
    expect(await story.count('audit_record', `action = 'exception.requeue-looked'`)).toBe(1);
  });

  it.each<[string, 'SENDING' | 'UNKNOWN', 'id' | 'trace']>([
    ['after no answer, by its id', 'UNKNOWN', 'id'],
    ['after no answer, by its trace', 'UNKNOWN', 'trace'],
    ['when its worker died while sending it', 'SENDING', 'id'],
  ])('does not send again what telemetry tells of, %s', async (_name, left, by) => {
    await requested(true);
    target.answer = (response) => response.destroy();
    await story.send(target);
    const { requestId, attemptId } = await onlyAttempt();
    await connected(story.db.ownerUrl, (client) => client.query(`update requeue_attempt set state = '${left}'`));
    const traceId = await traceOf(attemptId);
    const names = by === 'id' ? { requeueId: requestId } : { traceId };
    await story.facts(async (facts) => {
      await facts.activity(story.order, { outcome: 'success', minute: 31, ...names });
    });
    story.now = at(32);
    await story.send(target);
    expect(target.received).toHaveLength(1);
    expect(await onlyAttempt()).toMatchObject({
      ...{ state: 'UNKNOWN', mayHaveApplied: true, transmissions: 1 },
      answer: 'telemetry tells of it: it is not sent again, and what became of it is seen there',
    });
    expect(await story.count('requeue_attempt', 'retry_at is null')).toBe(1);
    await story.accepted([story.order], 33);
    expect(await state()).toBe('VERIFIED');
  });

  it('asks no target again that keeps no keys any more, and lets its request end', async () => {
    await requested(true);
    target.answer = (response) => response.destroy();
    await story.send(target);
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query('update integration set requeue_is_idempotent = false where tenant_id = $1', [tx.tenantId]),
    );
    story.now = at(32);
    await story.send(target);
    await story.turn();
    expect(target.received).toHaveLength(1);
    expect(await onlyAttempt()).toMatchObject({ state: 'UNKNOWN' });
    expect(await story.requestStates()).toEqual(['FINISHED']);
  });

  it('asks no other target than the one it went to', async () => {
    await requested(true);
    target.answer = (response) => response.destroy();
    await story.send(target);
    const other = await RequeueTarget.start();
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query('update integration set requeue_url = $2, requeue_changed_at = $3 where tenant_id = $1', [
        tx.tenantId,
        other.url,
        at(31),
      ]),
    );
    story.now = at(32);
    await story.send(other);
    await other.stop();
    expect(other.received).toEqual([]);
    expect(await onlyAttempt()).toMatchObject({ state: 'UNKNOWN', mayHaveApplied: true, transmissions: 1 });
  });

  it('does not wait for a target that says "later" of what was overcome meanwhile', async () => {
    await requested();
    target.answer = (response) =>
      void overcomeBefore()
        .then(() => response.writeHead(503).end())
        .catch(() => response.destroy());
    await story.send(target, { timeoutMs: 5_000 });
    expect(await onlyAttempt()).toMatchObject({ state: 'REFUSED', httpStatus: 503 });
    expect(await story.count('requeue_attempt', 'retry_at is null')).toBe(1);
    await story.turn();
    expect(await story.requestStates()).toEqual(['FINISHED']);
  });

  it.each([
    [503, 'SENDING'],
    [400, 'SENDING'],
    [202, 'ACKNOWLEDGED'],
  ])('that is answered %d only after it went out again leaves it %s', async (status, left) => {
    await requested();
    const sentAgain = () =>
      story.database.withTenant(story.db.tenantId, (tx) =>
        tx.query('update requeue_attempt set transmissions = 2, may_have_applied = true where tenant_id = $1', [
          tx.tenantId,
        ]),
      );
    target.answer = (response) => void sentAgain().then(() => response.writeHead(status).end());
    await story.send(target, { timeoutMs: 5_000 });
    expect(await onlyAttempt()).toMatchObject({ state: left, transmissions: 2, mayHaveApplied: true });
    expect(await story.count('audit_record', `action = 'requeue.outcome-recorded'`)).toBe(1);
    expect(await story.count('requeue_claim')).toBe(1);
  });

  it('knows that nothing was sent when nobody listens', async () => {
    await requested(false);
    await target.stop();
    await story.send(target);
    expect(await onlyAttempt()).toMatchObject({ state: 'QUEUED', mayHaveApplied: false });
    target = await RequeueTarget.start();
  });

  it('refuses an address of the own network that nobody listed', async () => {
    await requested();
    await story.send(target, { allowedHosts: [] });
    expect(target.received).toEqual([]);
    expect(await state()).toBe('REFUSED');
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
  });
});

describe('what has lost its job', () => {
  const owner = (sql: string) => connected(story.db.ownerUrl, async (client) => (await client.query(sql)).rowCount);
  const jobs = () => owner(`select from graphile_worker.jobs where task_identifier = 'requeue.send'`);
  it.each([
    ['released', `state = 'QUEUED'`, 1],
    ['being sent', `state = 'SENDING', transmissions = 1, sent_at = released_at`, 1],
    ['unknown, and to be asked for again', `state = 'UNKNOWN', retry_at = released_at + interval '1 minute'`, 1],
    ['unknown', `state = 'UNKNOWN'`, 0],
    ['taken', `state = 'ACKNOWLEDGED'`, 0],
    ['held back', `released_at = null`, 0],
    ['to go out later', `retry_at = released_at + interval '1 hour'`, 0],
  ])('%s: gets one after a while, if it goes on', async (_name, change, expected) => {
    await requested();
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update requeue_attempt set ${change} where tenant_id = $1`, [tx.tenantId]),
    );
    await owner(
      `select graphile_worker.remove_job(key) from graphile_worker.jobs where task_identifier = 'requeue.send'`,
    );
    const stage = createRequeueForgottenStage({ database: story.database, clock: () => story.now });
    story.now = at(44);
    await stage.run(story.db.tenantId);
    expect(await jobs()).toBe(0);
    story.now = at(46);
    await stage.run(story.db.tenantId);
    expect(await jobs()).toBe(expected);
  });
});

describe('a sender that was killed while sending', () => {
  const killed = () =>
    story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update requeue_attempt set state = 'SENDING', transmissions = 1, sent_at = $2 where tenant_id = $1`, [
        tx.tenantId,
        story.now,
      ]),
    );

  it('is waited for as long as it could still be sending', async () => {
    await requested();
    await killed();
    await story.send(target);
    expect(target.received).toEqual([]);
    expect(await state()).toBe('SENDING');
  });

  it('leaves an unknown outcome, which an idempotent target settles', async () => {
    await requested(true);
    await killed();
    story.now = at(32);
    await story.send(target);
    expect(await onlyAttempt()).toMatchObject({ state: 'ACKNOWLEDGED', transmissions: 2, mayHaveApplied: true });
  });

  it('leaves an unknown outcome, which stays so with any other target', async () => {
    await requested(false);
    await killed();
    story.now = at(32);
    await story.send(target);
    expect(target.received).toEqual([]);
    expect(await onlyAttempt()).toMatchObject({ state: 'UNKNOWN', mayHaveApplied: true });
    expect(await story.count('requeue_claim')).toBe(1);
  });

  it('is not waited for when the step was overcome otherwise', async () => {
    await requested(true);
    await killed();
    await overcomeBefore();
    await story.turn();
    expect(await story.requestStates()).toEqual(['FINISHED']);
    story.now = at(32);
    await story.send(target);
    expect(target.received).toEqual([]);
    expect(await onlyAttempt()).toMatchObject({ state: 'UNKNOWN', finishedAt: at(30) });
  });
});

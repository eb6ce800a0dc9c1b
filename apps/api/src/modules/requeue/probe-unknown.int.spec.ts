import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createOutboundClient } from '../../outbound/index.js';
import { createRequeueProbeStage } from './requeue-probe-stage.js';
import { RequeueStory, SECRET } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';
import { askOutcome } from './usecases/ask-outcome.js';

let target: RequeueTarget;
let status: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  [target, status] = await Promise.all([RequeueTarget.start(), RequeueTarget.start()]);
});

afterEach(async () => {
  await Promise.all([target.stop(), status.stop(), story.db.close()]);
});

const says = (answer: string) => {
  status.answer = (response) => response.end(JSON.stringify({ status: answer }));
};
const change = (sql: string, ...params: unknown[]) =>
  story.database.withTenant(story.db.tenantId, (tx) => tx.query(sql, [tx.tenantId, ...params]));

/** Sent, and the connection was closed before an answer; the target keeps no keys and has a status call. */
async function unknown({ settings = {} }: { settings?: Record<string, string> } = {}): Promise<void> {
  story = await RequeueStory.begin(target, false);
  await change(
    'update integration set requeue_status_url = $2, requeue_settings = $3 where tenant_id = $1',
    `http://${status.host}/status/{idempotencyKey}`,
    JSON.stringify(settings),
  );
  await story.request();
  target.answer = (response) => response.destroy();
  await story.send(target);
  target.answer = (response) => response.writeHead(202).end();
  expect(await only()).toMatchObject({ state: 'UNKNOWN', transmissions: 1 });
}

const only = async () => (await story.attempts())[0]!;
const later = (seconds: number) => (story.now = new Date(story.now.getTime() + seconds * 1_000));

function probe(timeoutMs = 5_000): Promise<unknown> {
  return createRequeueProbeStage({
    database: story.database,
    client: createOutboundClient({ allowedHosts: [status.host], timeoutMs }),
    secretKey: story.secretKey,
    clock: () => story.now,
    random: () => 0.5,
  }).run(story.db.tenantId);
}

const kinds = async () => (await story.timeline()).filter((kind) => kind.startsWith('requeue-'));

describe('a status call', () => {
  it('that says applied settles it: taken, and still to be proved', async () => {
    await unknown();
    story.now = new Date();
    says('applied');
    await probe();
    expect(await only()).toMatchObject({
      state: 'ACKNOWLEDGED',
      transmissions: 1,
      answer: 'status call: answered "applied"',
    });
    const [{ method, path, headers, body }] = status.received as [RequeueTarget['received'][number]];
    expect({ method, path, body }).toEqual({
      method: 'GET',
      path: `/status/msg_${(await only()).attemptId}`,
      body: '',
    });
    expect(() => new Webhook(SECRET).verify('', headers as Record<string, string>)).not.toThrow();
    expect((await kinds()).slice(-2)).toEqual(['requeue-asked', 'requeue-acknowledged']);
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
    expect(await story.count('requeue_claim')).toBe(1);
    await probe();
    await story.send(target);
    expect([status.received.length, target.received.length]).toEqual([1, 1]);
  });

  it('that says not applied lets the same key and bytes go out again', async () => {
    await unknown();
    says('not-applied');
    later(31);
    await probe();
    expect(await only()).toMatchObject({ state: 'QUEUED', mayHaveApplied: false });
    await story.send(target);
    expect(await only()).toMatchObject({ state: 'ACKNOWLEDGED', transmissions: 2 });
    const [first, second] = target.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
  });

  it('that says not applied is not believed while the request may still be on its way', async () => {
    await unknown();
    says('not-applied');
    later(10);
    await probe();
    expect(await only()).toMatchObject({ state: 'UNKNOWN' });
    await story.send(target);
    later(19);
    await probe();
    expect(status.received).toHaveLength(1);
    later(1);
    await probe();
    expect(await only()).toMatchObject({ state: 'QUEUED' });
    expect(target.received).toHaveLength(1);
  });

  it('that was asked while it may have been on its way, and is slow to say not applied, lets nothing go out', async () => {
    await unknown();
    later(20);
    status.answer = (response) => {
      later(15);
      response.end('{"status":"not-applied"}');
    };
    await probe();
    expect(await only()).toMatchObject({ state: 'UNKNOWN' });
    await probe();
    expect(await only()).toMatchObject({ state: 'QUEUED' });
  });

  it.each<[string, RequeueTarget['answer']]>([
    ['not known', (response) => response.end('{"status":"unknown"}')],
    ['not found', (response) => response.writeHead(404).end()],
    ['nothing that can be read', (response) => response.end('<html></html>')],
    ['nothing', (response) => response.destroy()],
  ])('that says %s leaves it unknown, and is made again with back-off', async (_name, answer) => {
    await unknown();
    status.answer = answer;
    later(40);
    await probe();
    await probe();
    expect(status.received).toHaveLength(1);
    later(2);
    await probe();
    expect(status.received).toHaveLength(2);
    expect(await only()).toMatchObject({ state: 'UNKNOWN' });
    // told once, as long as it is the same
    expect((await kinds()).filter((kind) => kind === 'requeue-asked')).toHaveLength(1);
    expect(await story.count('audit_record', `action = 'exception.requeue-asked'`)).toBe(1);
    expect(target.received).toHaveLength(1);
  });

  it('that finds nothing means not applied where the target is declared to mean that', async () => {
    await unknown({ settings: { statusNotFound: 'not-applied' } });
    status.answer = (response) => response.writeHead(404).end();
    later(31);
    await probe();
    expect(await only()).toMatchObject({ state: 'QUEUED' });
  });

  it('that comes of another target than it went to lets nothing go out', async () => {
    await unknown();
    says('not-applied');
    later(10);
    await change('update integration set requeue_changed_at = $2 where tenant_id = $1', story.now);
    later(31);
    await probe();
    expect(status.received).toHaveLength(1);
    expect(await only()).toMatchObject({ state: 'UNKNOWN', mayHaveApplied: true });
  });

  it('says nothing about a transmission that went out meanwhile', async () => {
    await unknown();
    later(31);
    status.answer = (response) =>
      void change(
        `update requeue_attempt set state = 'SENDING', transmissions = 2, sent_at = $2 where tenant_id = $1`,
        story.now,
      ).then(() => response.end('{"status":"not-applied"}'));
    await probe();
    expect(await only()).toMatchObject({ state: 'SENDING', transmissions: 2 });
  });

  it('is not needed once telemetry told', async () => {
    await unknown();
    says('not-applied');
    await probe();
    await story.accepted([story.order], 31);
    expect(await only()).toMatchObject({ state: 'VERIFIED' });
    later(60);
    await probe();
    expect(status.received).toHaveLength(1);
    expect(await only()).toMatchObject({ state: 'VERIFIED' });
  });

  it('lets nothing go out of what was cancelled', async () => {
    await unknown();
    const { requestId } = await only();
    expect(await story.steer(requestId, 'cancel')).toMatchObject({ kind: 'steered' });
    says('not-applied');
    later(31);
    await probe();
    await story.send(target);
    expect(target.received).toHaveLength(1);
    expect(await only()).toMatchObject({ state: 'CANCELLED' });
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
  });

  it('keeps its request open, so that what goes out again can be held', async () => {
    await unknown();
    await story.turn();
    says('unknown');
    later(31);
    await probe();
    await story.turn();
    expect(await story.requestStates()).toEqual(['SENDING']);
    says('applied');
    later(31);
    await probe();
    await story.turn();
    expect(await story.requestStates()).toEqual(['FINISHED']);
  });

  it('that says not applied of a request that is over ends the attempt: it can be sent anew', async () => {
    await unknown();
    const point = (url: string | null) =>
      change('update integration set requeue_status_url = $2 where tenant_id = $1', url);
    await point(null);
    await story.turn();
    expect(await story.requestStates()).toEqual(['FINISHED']);
    await point(`http://${status.host}/status`);
    says('not-applied');
    later(31);
    await probe();
    await story.send(target);
    expect(await only()).toMatchObject({ state: 'REFUSED', mayHaveApplied: false, transmissions: 1 });
    expect((await only()).answer).toMatch(/can be sent anew/);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
    expect(await story.count('requeue_claim')).toBe(0);
    expect(target.received).toHaveLength(1);
  });

  it('is made by another worker when the one that made it died', async () => {
    await unknown();
    says('applied');
    await expect(
      createRequeueProbeStage({
        database: story.database,
        client: createOutboundClient({ allowedHosts: [status.host] }),
        secretKey: story.secretKey,
        clock: () => story.now,
        random: () => {
          throw new Error('killed');
        },
      }).run(story.db.tenantId),
    ).rejects.toThrow('killed');
    await probe();
    expect(status.received).toHaveLength(1);
    later(61);
    await probe();
    expect(await only()).toMatchObject({ state: 'ACKNOWLEDGED' });
  });
});

describe('asking now', () => {
  const askNow = async () =>
    story.database.withTenant(story.db.tenantId, async (tx) =>
      askOutcome(
        tx,
        { viewer: story.viewer(), now: story.now, traceId: undefined },
        (await story.attempts())[0]!.attemptId,
      ),
    );

  it('asks the target at once, and tells the answer even if it is the same', async () => {
    await unknown();
    says('unknown');
    later(40);
    await probe();
    expect(await askNow()).toBeNull();
    await probe();
    expect(status.received).toHaveLength(2);
    expect((await kinds()).filter((kind) => kind === 'requeue-asked')).toHaveLength(2);
    expect(await story.count('audit_record', `action = 'requeue.outcome-asked'`)).toBe(1);
  });

  it('is not possible where the target has no status call, or the outcome is known', async () => {
    await unknown();
    await change('update integration set requeue_status_url = null where tenant_id = $1');
    expect(await askNow()).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    await probe();
    expect(await story.count('requeue_probe')).toBe(0);
    await story.accepted([story.order], 31);
    expect(await askNow()).toMatchObject({
      code: 'NOT_POSSIBLE_NOW',
      message: 'Its target answered it: there is nothing to ask about.',
    });
  });
});

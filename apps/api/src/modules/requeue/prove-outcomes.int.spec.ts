import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { createOutboxStage } from '../../outbox/index.js';
import { at, HOP, storyObject, type StoryObject } from '../../testing/story-facts.js';
import { createExceptionsConsumer } from '../exceptions/index.js';
import { createRequeueProofStage } from './requeue-proof-stage.js';
import { recordOutcomes } from './sending.repository.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

const LOG = createLogger({ service: 'test', level: 'silent' });

let target: RequeueTarget;
let story: RequeueStory;
let requestId: string;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target, false);
  const outcome = await story.request();
  requestId = outcome.kind === 'accepted' ? outcome.requestId : '';
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

/** The stage looks at the clock, and exceptions follow what it states. */
const look = async () => {
  await createRequeueProofStage({ database: story.database, clock: () => story.now }).run(story.db.tenantId);
  await follow();
};
const follow = async () => {
  const stage = createOutboxStage(story.database, createExceptionsConsumer({ clock: () => story.now }), LOG);
  while (await stage.run(story.db.tenantId));
};
const shown = async () => (await story.exceptions()).map(({ title, state }) => `${state} ${title}`);
const others = async () => (await shown()).filter((one) => !one.includes('No company code'));

describe('an outcome that is not seen in time', () => {
  it('is an exception of its own, once, and is withdrawn when it is seen after all', async () => {
    await story.send(target);
    story.now = at(89);
    await look();
    expect(await others()).toEqual([]);
    story.now = at(91);
    await look();
    await look();
    expect(await others()).toEqual(['OPEN Sent again, outcome not seen in time — order O-100234']);
    expect(await story.attempts()).toMatchObject([{ state: 'ACKNOWLEDGED' }]);
    await story.accepted([story.order], 95);
    await look();
    expect(await story.attempts()).toMatchObject([{ state: 'VERIFIED' }]);
    expect(await others()).toEqual(['RESOLVED Sent again, outcome not seen in time — order O-100234']);
  });

  it('is the platform’s where the target did not answer either', async () => {
    target.answer = (response) => response.destroy();
    await story.send(target);
    story.now = at(91);
    await look();
    expect(await others()).toEqual(['OPEN Sent again, no answer and no outcome in time — order O-100234']);
  });

  it('is withdrawn when the target did not apply it, and it is due anew once it goes out again', async () => {
    target.answer = (response) => response.destroy();
    await story.send(target);
    story.now = at(91);
    await look();
    const { attemptId } = (await story.attempts())[0]!;
    const notApplied = { state: 'QUEUED', mayHaveApplied: false, retryAt: null, httpStatus: null, answer: '' } as const;
    await story.database.withTenant(story.db.tenantId, (tx) =>
      recordOutcomes(tx, [{ attemptId, outcome: notApplied }], story.now),
    );
    expect(await story.count('requeue_attempt', 'verify_by is null')).toBe(1);
    await look();
    expect(await others()).toEqual(['RESOLVED Sent again, no answer and no outcome in time — order O-100234']);
  });
});

describe('documents of one send', () => {
  const entry = (key: string) => storyObject('journal-entry', key);

  /** By a run that names the request, or of this trace and none. */
  const posted = async (
    document: StoryObject,
    activityId: string = randomUUID(),
    traceId: string | null = null,
    of = requestId,
  ) => {
    await story.facts(async (facts) => {
      await facts.object(document);
    });
    await story.database.withTenant(story.db.tenantId, async (tx) => {
      const names = Buffer.from(document.objectId.replaceAll('-', ''), 'hex');
      await tx.query(
        `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, requeue_id, trace_id,
                               signal_kind, signal_received_on, signal_id, objects, links, names)
         values ($1, $2, 'journal-entry.posted', $3, 'success', 'sap', $4, $2::uuid::text, $5, decode($7, 'hex'), 'cloud-event', '2026-09-30', $2, '[]', '[]', $6)
         on conflict do nothing`,
        [tx.tenantId, activityId, at(35), HOP, traceId === null ? of : null, names, traceId],
      );
      await tx.query(
        `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
         values ($1, $2, 0, true, 'journal-entry.posted', 'success', $3, $4, 'sales-order') on conflict do nothing`,
        [tx.tenantId, activityId, at(35), story.order.objectId],
      );
    });
    await story.project('requeue');
    await follow();
    return activityId;
  };

  it('are a problem when there are two, and none when there is one, however often it is told', async () => {
    await story.send(target);
    const activityId = await posted(entry('4711'));
    await posted(entry('4711'), activityId);
    await posted(entry('4711'));
    expect(await others()).toEqual([]);
    await posted(entry('4712'));
    expect(await others()).toEqual(['OPEN Sent once, posted more than once — order O-100234']);
  });

  it('are found by the trace of the send where its run carries no id', async () => {
    await story.send(target);
    const [attempt] = await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query<{ trace: string }>(
        `select split_part(traceparent, '-', 2) as trace from requeue_attempt where tenant_id = $1`,
        [tx.tenantId],
      ),
    );
    await posted(entry('4711'), randomUUID(), 'cd'.repeat(16));
    await posted(entry('4711'), randomUUID(), attempt!.trace);
    expect(await others()).toEqual([]);
    await posted(entry('4712'), randomUUID(), attempt!.trace);
    expect(await others()).toEqual(['OPEN Sent once, posted more than once — order O-100234']);
  });

  it('are told of two attempts of which the first was taken for not applied', async () => {
    target.answer = (response) => response.writeHead(422).end();
    await story.send(target);
    expect(await story.attempts()).toMatchObject([{ state: 'REFUSED' }]);
    target.answer = (response) => response.writeHead(202).end();
    const again = await story.request();
    await story.send(target);
    const second = again.kind === 'accepted' ? again.requestId : '';
    await posted(entry('4712'), randomUUID(), null, second);
    expect(await others()).toEqual([]);
    // it was applied after all
    await posted(entry('4711'));
    expect(await others()).toEqual(['OPEN Sent again, posted by both — order O-100234']);
  });
});

describe('a payment that is sent once', () => {
  it('and put into two batches is told of, an order of which two batches tell is not', async () => {
    const payment = storyObject('payment', 'P-1');
    await story.facts(async (facts) => {
      await facts.object(payment, '10.00');
    });
    const made = async (subject: StoryObject, batch: string) => {
      const document = storyObject('payment-batch', batch);
      const activityId = randomUUID();
      await story.facts((facts) => facts.object(document));
      await story.database.withTenant(story.db.tenantId, async (tx) => {
        await tx.query(
          `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, requeue_id, signal_kind,
                                 signal_received_on, signal_id, objects, links, names)
           values ($1, $2, 'payment.batched', $3, 'success', 'sap', $4, $2::uuid::text, $5, 'cloud-event', '2026-09-30', $2, '[]', '[]', $6)`,
          [tx.tenantId, activityId, at(35), HOP, requestId, Buffer.from(document.objectId.replaceAll('-', ''), 'hex')],
        );
        await tx.query(
          `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
           values ($1, $2, 0, true, 'payment.batched', 'success', $3, $4, $5)`,
          [tx.tenantId, activityId, at(35), subject.objectId, subject.type],
        );
        // the attempt is of the payment
        await tx.query('update requeue_attempt set object_id = $2 where tenant_id = $1', [
          tx.tenantId,
          subject.objectId,
        ]);
      });
    };
    for (const batch of ['B-1', 'B-2']) await made(story.order, batch);
    await story.project('requeue');
    await follow();
    expect(await others()).toEqual([]);
    for (const batch of ['B-3', 'B-4']) await made(payment, batch);
    await story.project('requeue', [payment]);
    await follow();
    expect(await others()).toEqual(['OPEN Sent once, posted more than once — payment P-1']);
  });
});

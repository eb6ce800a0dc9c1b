import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { createOutboxStage } from '../../../outbox/index.js';
import { at, HOP, storyObject } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';
import { createRequeueProofStage } from '../requeue-proof-stage.js';
import { CompensationStory, declared } from '../testing/compensation-story.js';
import { RequeueStory } from '../testing/requeue-story.js';
import { RequeueTarget } from '../testing/requeue-target.js';
import { findUndoing } from './compensation.repository.js';

const LOG = createLogger({ service: 'test', level: 'silent' });

let target: RequeueTarget;
let story: RequeueStory;
let undo: CompensationStory;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target, false);
  undo = new CompensationStory(story);
  await undo.declare(declared({ path: '/cancellations' }), declared({ action: 'notify', proofActivity: null }));
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const ask = async (...args: Parameters<CompensationStory['ask']>): Promise<string> => {
  const outcome = await undo.ask(...args);
  if (outcome.kind === 'failure') throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome.requestId;
};
const follow = async () => {
  const stage = createOutboxStage(story.database, createExceptionsConsumer({ clock: () => story.now }), LOG);
  while (await stage.run(story.db.tenantId));
};
const codesOf = async (...args: Parameters<CompensationStory['plan']>) =>
  (await undo.plan(...args)).items.map(({ code }) => code);
const allIds = async () => (await story.exceptions()).map(({ id }) => id);

describe('a document that is undone', () => {
  it('is asked for where that is declared, and done when it is seen undone', async () => {
    const requestId = await ask();
    await story.send(target);
    const [sent] = target.received;
    expect(sent?.path).toBe('/cancellations');
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      requeueId: requestId,
      attempt: 1,
      integration: HOP,
      action: 'cancel',
      object: { type: 'sales-order', key: 'O-100234', aliases: expect.anything() },
      document: {
        type: 'sales-order',
        key: 'O-100234',
        aliases: [{ system: 'salesforce', kind: 'number', scope: '', value: 'O-100234' }],
      },
      postingDate: null,
      reason: 'ordered twice',
    });
    expect(sent?.headers['idempotency-key']).toBe(sent?.headers['webhook-id']);
    expect(await undo.shown()).toEqual(['REQUEUED']);
    await undo.happened(story.order, 'cancelled', 35);
    expect(await story.attempts()).toMatchObject([{ state: 'VERIFIED', transmissions: 1 }]);
    expect(await undo.shown()).toEqual(['RESOLVED COMPENSATED']);
    expect(await story.count('requeue_claim')).toBe(0);
    expect((await story.timeline()).slice(-3)).toEqual([
      'compensation-requested',
      'requeue-acknowledged',
      'compensation-verified',
    ]);
  });

  it('stays resolved although its problem is still among the facts, until that occurs again', async () => {
    await ask();
    await story.send(target);
    await undo.happened(story.order, 'cancelled', 35);
    await story.project('exceptions');
    expect(await undo.shown()).toEqual(['RESOLVED COMPENSATED']);
    await story.facts((facts) => facts.problem(story.order, { occurrences: 2, last: 50 }));
    await story.project('exceptions');
    expect(await undo.shown()).toEqual(['OPEN']);
  });

  it('is not done when its target refuses, and can be asked for again', async () => {
    target.answer = (response) => response.writeHead(422).end('no such order');
    await ask();
    await story.send(target);
    expect(await story.attempts()).toMatchObject([{ state: 'REFUSED', httpStatus: 422 }]);
    expect(await undo.shown()).toEqual(['OPEN']);
    await ask();
    expect(await story.attempts()).toMatchObject([{ attempt: 1 }, { attempt: 2, state: 'QUEUED' }]);
  });

  it.each(['its id', 'the trace of its attempt'])('is not done when its run fails, which is told by %s', async (by) => {
    const requeueId = await ask();
    await story.send(target);
    const told = by === 'its id' ? { requeueId } : { isOfTrace: true };
    await undo.happened(story.order, 'cancelled', 35, { ...told, outcome: 'failure' });
    expect(await story.attempts()).toMatchObject([{ state: 'FAILED' }]);
    expect(await undo.shown()).toEqual(['OPEN']);
  });

  it('is an exception of its own when it is not seen within the declared time', async () => {
    await ask();
    await story.send(target);
    const look = async (minute: number) => {
      story.now = at(minute);
      await createRequeueProofStage({ database: story.database, clock: () => story.now }).run(story.db.tenantId);
      await follow();
      return (await story.exceptions()).map(({ title }) => title);
    };
    expect(await look(59)).toHaveLength(1);
    expect(await look(61)).toContain('Cancellation asked for, outcome not seen in time — order O-100234');
    await undo.happened(story.order, 'cancelled', 62);
    await look(63);
    expect(await undo.shown()).toEqual(['RESOLVED COMPENSATED', 'RESOLVED VANISHED']);
  });

  it('is not sent twice when nobody answered: first it is found out', async () => {
    target.answer = (response) => response.destroy();
    await ask();
    await story.send(target);
    expect(await story.attempts()).toMatchObject([{ state: 'UNKNOWN' }]);
    expect(await codesOf(await allIds())).toEqual(['OUTCOME_UNKNOWN']);
    expect(await story.request()).toMatchObject({ kind: 'failure', code: 'OUTCOME_UNKNOWN' });
    await undo.happened(story.order, 'cancelled', 40);
    expect(await story.attempts()).toMatchObject([{ state: 'VERIFIED', transmissions: 1 }]);
  });

  it('was undone by somebody else: what still waits is not sent', async () => {
    await ask();
    await undo.happened(story.order, 'cancelled', 20);
    await story.send(target);
    expect(target.received).toEqual([]);
    expect(await story.attempts()).toMatchObject([{ state: 'REFUSED', transmissions: 0 }]);
    expect(await undo.shown()).toEqual(['RESOLVED COMPENSATED']);
  });

  it('is proved by a milestone where that is declared', async () => {
    await undo.declare(declared({ proofActivity: null, proofMilestone: 'order-to-cash/payment-applied' }));
    await ask();
    await story.send(target);
    await story.facts(async (facts) => {
      const transactionId = await facts.transaction([story.order]);
      await facts.milestone(transactionId, story.order, 60, 45);
    });
    await story.project('requeue');
    expect(await undo.shown()).toEqual(['RESOLVED COMPENSATED']);
  });

  it('is not proved by what its declaration names when that lies before it was asked for', async () => {
    await undo.declare(declared({ proofActivity: 'sales-order.closed' }));
    await undo.happened(story.order, 'closed', 20);
    await ask();
    await story.send(target);
    expect(target.received).toHaveLength(1);
    await story.project('requeue');
    expect(await undo.shown()).toEqual(['REQUEUED']);
    await undo.happened(story.order, 'closed', 35);
    expect(await undo.shown()).toEqual(['RESOLVED COMPENSATED']);
  });

  it('is not proved by a milestone that turns out to have been reached before', async () => {
    await undo.declare(declared({ proofActivity: null, proofMilestone: 'order-to-cash/payment-applied' }));
    await ask();
    await story.send(target);
    await story.facts(async (facts) => {
      const transactionId = await facts.transaction([story.order]);
      await facts.milestone(transactionId, story.order, 60, 20);
    });
    await story.project('requeue');
    expect(await undo.shown()).toEqual(['REQUEUED']);
  });

  it('is not asked for where the milestone that is to prove it was reached already', async () => {
    await undo.declare(declared({ proofActivity: null, proofMilestone: 'order-to-cash/payment-applied' }));
    await story.facts(async (facts) => {
      const transactionId = await facts.transaction([story.order]);
      await facts.milestone(transactionId, story.order, 60, 20);
    });
    expect((await undo.plan(await allIds())).items).toMatchObject([
      { willSend: false, code: 'NOT_COMPENSABLE', reason: expect.stringContaining('order-to-cash/payment-applied') },
    ]);
  });

  it('is certified with the documents that undid it', async () => {
    await ask();
    await story.send(target);
    const credit = storyObject('credit-memo', 'C-1');
    await story.facts((facts) => facts.object(credit));
    const activityId = await undo.happened(story.order, 'cancelled', 35);
    await undo.happened(story.order, 'changed', 36);
    const [attempt] = await story.attempts();
    const found = await story.database.withTenant(story.db.tenantId, async (tx) => {
      const names = Buffer.from(credit.objectId.replaceAll('-', ''), 'hex');
      await tx.query('update activity set names = $3 where tenant_id = $1 and activity_id = $2', [
        tx.tenantId,
        activityId,
        names,
      ]);
      return findUndoing(tx, attempt?.attemptId ?? '');
    });
    expect(found).toMatchObject([
      { activityId, activityType: 'sales-order.cancelled', documents: [{ type: 'credit-memo', key: 'C-1' }] },
    ]);
  });
});

describe('somebody who is told', () => {
  it('is told when the target took it, which solves nothing', async () => {
    await ask(undefined, { action: 'notify' });
    await story.send(target);
    expect(await story.attempts()).toMatchObject([{ state: 'VERIFIED' }]);
    expect(await undo.shown()).toEqual(['OPEN']);
    expect((await story.timeline()).at(-1)).toBe('compensation-notified');
    expect(await story.count('requeue_claim')).toBe(0);
  });

  it('is not told when the target refuses', async () => {
    target.answer = (response) => response.writeHead(404).end();
    await ask(undefined, { action: 'notify' });
    await story.send(target);
    expect(await story.attempts()).toMatchObject([{ state: 'REFUSED' }]);
    expect(await undo.shown()).toEqual(['OPEN']);
  });
});

describe('undoing and sending again', () => {
  it('exclude each other: of both at once one goes', async () => {
    const many = await Database.open({ url: story.db.appUrl, poolSize: 6, applicationName: 'test' });
    const ids = await allIds();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        index % 2 === 0 ? story.request(ids, { database: many }) : undo.ask(ids, { database: many }),
      ),
    ).finally(() => many.close());
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(await story.attempts()).toHaveLength(1);
    expect(await story.count('requeue_claim')).toBe(1);
  });

  it('through one integration even of two exceptions of one document', async () => {
    await story.facts((facts) => facts.problem(story.order, { sellingUnit: 'DE02' }));
    await story.project('exceptions');
    const [first = '', second = ''] = await allIds();
    await story.request([first]);
    expect(await codesOf([second])).toEqual(['ALREADY_SENT']);
    expect(await codesOf([first])).toEqual(['ALREADY_SENT']);
  });
});

describe('what is planned', () => {
  it('turns the sign of the money and asks whether it is declared', async () => {
    const { items, effect, approval } = await undo.plan(await allIds());
    expect(items).toMatchObject([{ willSend: true, integration: HOP, document: { key: 'O-100234' } }]);
    expect(effect).toEqual([{ legalEntity: 'DE01', currency: 'EUR', inflow: '-1234.50', outflow: '0.00', count: 1 }]);
    expect(approval).toBeNull();
    expect(await codesOf(await allIds(), 'reverse')).toEqual(['NOT_DECLARED']);
    expect((await undo.plan(await allIds(), 'notify')).effect).toMatchObject([{ inflow: '0.00' }]);
  });

  it('leaves what stands on a document in its way, and says what goes with it', async () => {
    const [invoice, forecast] = [storyObject('invoice', '9001'), storyObject('cash-forecast', 'W40')];
    await story.facts(async (facts) => {
      await facts.object(invoice);
      await facts.object(forecast);
      await facts.link(story.order, invoice, 'bills', null, 2);
      await facts.link(story.order, forecast, 'projects', null, 2);
    });
    const { items } = await undo.plan(await allIds());
    expect(items).toMatchObject([
      { code: 'DOWNSTREAM_FIRST', reason: 'Invoice 9001 bills it and stands: undo that first.' },
    ]);
    expect(items[0]?.following.map(({ key, mustGoFirst }) => `${key} ${mustGoFirst}`)).toEqual([
      'W40 false',
      '9001 true',
    ]);
    await undo.happened(invoice, 'reversed', 20);
    expect(await codesOf(await allIds())).toEqual([null]);
  });

  it('has nothing in its way that only an attempt which failed says', async () => {
    const invoice = storyObject('invoice', '9001');
    await story.facts(async (facts) => {
      await facts.object(invoice);
      await facts.link(story.order, invoice, 'bills', null, 2);
    });
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query('update object_link set is_established = false where tenant_id = $1', [tx.tenantId]),
    );
    expect((await undo.plan(await allIds())).items).toMatchObject([{ code: null, following: [] }]);
  });

  it('sends what follows first, and the other when that is undone', async () => {
    const invoice = storyObject('invoice', '9001');
    await story.failedOrder(invoice);
    await story.facts((facts) => facts.link(story.order, invoice, 'bills', null, 2));
    await undo.declare(declared(), declared({ objectTypes: ['invoice'], proofActivity: 'invoice.cancelled' }));
    await ask();
    const attempts = await story.attempts();
    for (const { attemptId } of attempts) await story.sendAttempt(attemptId, target);
    const keys = () => target.received.map(({ body }) => JSON.parse(body).document.key);
    expect(keys()).toEqual(['9001']);
    await undo.happened(invoice, 'cancelled', 35);
    for (const { attemptId } of attempts) await story.sendAttempt(attemptId, target);
    expect(keys()).toEqual(['9001', 'O-100234']);
  });
});

describe('what one send made twice', () => {
  const entries = [storyObject('invoice', '4711'), storyObject('invoice', '4712')] as const;

  const posted = async (requestId: string) => {
    for (const [index, entry] of entries.entries()) {
      await story.facts((facts) => facts.object(entry));
      const activityId = await undo.happened(story.order, 'posted', 35 + index, { requeueId: requestId });
      await story.database.withTenant(story.db.tenantId, (tx) =>
        tx.query('update activity set names = $3 where tenant_id = $1 and activity_id = $2', [
          tx.tenantId,
          activityId,
          Buffer.from(entry.objectId.replaceAll('-', ''), 'hex'),
        ]),
      );
    }
    await story.project('requeue');
    await follow();
  };
  const double = async () => (await story.exceptions()).find(({ title }) => title.startsWith('Sent once'));

  it('is undone by the document that a person chooses, and then there is one', async () => {
    await undo.declare(declared({ action: 'reverse', objectTypes: ['invoice'], proofActivity: 'invoice.reversed' }));
    const outcome = await story.request();
    await story.send(target);
    await posted(outcome.kind === 'accepted' ? outcome.requestId : '');
    await story.accepted([story.order], 40);
    const id = (await double())?.id ?? '';
    const { items } = await undo.plan([id], 'reverse');
    expect(items).toMatchObject([
      { willSend: true, integration: HOP, document: { key: '4712' }, choices: [{ key: '4711' }, { key: '4712' }] },
    ]);
    expect(await codesOf([id], 'reverse', new Map([[id, story.order.objectId]]))).toEqual(['NO_DOCUMENT']);
    await ask([id], { action: 'reverse', documents: new Map([[id, entries[0].objectId]]) });
    await story.send(target);
    expect(JSON.parse(target.received.at(-1)?.body ?? '')).toMatchObject({
      object: { key: 'O-100234' },
      document: { key: '4711' },
    });
    await undo.happened(entries[0], 'reversed', 50);
    expect(await double()).toMatchObject({ state: 'RESOLVED', resolution: 'COMPENSATED' });
    await story.project('requeue');
    await follow();
    expect(await story.count('stated_problem')).toBe(0);
  });
});

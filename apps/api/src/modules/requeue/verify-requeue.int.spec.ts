import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../testing/story-facts.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

let target: RequeueTarget;
let story: RequeueStory;
let requestId: string;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
  const outcome = await story.request();
  requestId = outcome.kind === 'accepted' ? outcome.requestId : '';
  await story.send(target);
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const failedAgain = () =>
  story.facts(async (facts) => {
    await facts.activity(story.order, { outcome: 'failure', minute: 31, requeueId: requestId });
    await facts.problem(story.order, { occurrences: 2, last: 31 });
  });

const succeeded = () =>
  story.facts(async (facts) => {
    await facts.activity(story.order, { outcome: 'success', minute: 33, requeueId: requestId });
    await facts.problem(story.order, { clearedAt: 33 });
  });

type Order = readonly ['exceptions' | 'requeue', 'exceptions' | 'requeue'];
const bothOrders: [Order][] = [[['exceptions', 'requeue']], [['requeue', 'exceptions']]];

describe('a requeue', () => {
  it.each(bothOrders)('that fails again reopens the same exception with two occurrences (%p)', async (consumers) => {
    await failedAgain();
    for (const consumer of consumers) {
      await story.project(consumer);
    }
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN', occurrences: 2 }]);
    expect(await story.attempts()).toMatchObject([{ attempt: 1, state: 'FAILED' }]);
    expect(await story.count('requeue_claim')).toBe(0);
    expect(await story.count('audit_record', `action = 'exception.requeue-failed'`)).toBe(1);
    expect(await story.request()).toMatchObject({ kind: 'accepted' });
    expect(await story.attempts()).toMatchObject([{ attempt: 1 }, { attempt: 2, state: 'QUEUED' }]);
  });

  it.each(bothOrders)('is verified by the outcome downstream (%p)', async (consumers) => {
    await succeeded();
    for (const consumer of consumers) {
      await story.project(consumer);
    }
    expect(await story.exceptions()).toMatchObject([
      { state: 'RESOLVED', resolution: 'VERIFIED_REQUEUE', resolvedAt: at(33), occurrences: 1 },
    ]);
    expect(await story.attempts()).toMatchObject([{ state: 'VERIFIED', finishedAt: at(30) }]);
    expect(await story.count('requeue_claim')).toBe(0);
    expect((await story.timeline()).at(-1)).toBe('requeue-verified');
  });

  it('is verified without the id when the step was overcome after the attempt', async () => {
    await story.facts((facts) => facts.problem(story.order, { clearedAt: 33 }));
    await story.project('requeue');
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VERIFIED_REQUEUE' }]);
  });

  it('is overtaken when the step had been overcome before it was asked for', async () => {
    await story.facts((facts) => facts.problem(story.order, { clearedAt: 20 }));
    await story.project('requeue');
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(20) }]);
    expect(await story.attempts()).toMatchObject([{ state: 'ACKNOWLEDGED' }]);
    expect(await story.count('requeue_claim')).toBe(0);
  });

  it('is overtaken when the step was mended after it was asked for and before it first went out', async () => {
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query('update requeue_attempt set first_sent_at = $2, sent_at = $2 where tenant_id = $1', [
        tx.tenantId,
        at(35),
      ]),
    );
    await story.facts((facts) => facts.problem(story.order, { clearedAt: 33 }));
    await story.project('requeue');
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
    expect(await story.attempts()).toMatchObject([{ state: 'ACKNOWLEDGED' }]);
  });

  it('stays open work while nothing is told', async () => {
    await story.project('requeue');
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
    expect(await story.count('requeue_claim')).toBe(1);
  });

  const traceOf = async () => {
    const [row] = await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query<{ trace: string }>(
        `select split_part(traceparent, '-', 2) as trace from requeue_attempt where tenant_id = $1`,
        [tx.tenantId],
      ),
    );
    return row!.trace;
  };

  const processedAt = async () => {
    const [row] = await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query<{ at: Date | null }>(`select processed_at as at from requeue_attempt where tenant_id = $1`, [
        tx.tenantId,
      ]),
    );
    return row!.at;
  };

  it('is processed when its run went through, before its outcome is seen', async () => {
    await story.facts(async (facts) => {
      await facts.activity(story.order, { outcome: 'success', minute: 32, requeueId: requestId });
      await facts.activity(story.order, { outcome: 'success', minute: 31, requeueId: requestId });
    });
    await story.project('requeue');
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
    expect(await story.attempts()).toMatchObject([{ state: 'ACKNOWLEDGED', finishedAt: null }]);
    expect(await processedAt()).toEqual(at(31));
    await succeeded();
    await story.project('requeue');
    expect(await story.attempts()).toMatchObject([{ state: 'VERIFIED' }]);
    expect(await processedAt()).toEqual(at(31));
  });

  it('is verified, and nobody told that it was processed, where its run names nothing', async () => {
    await story.facts((facts) => facts.problem(story.order, { clearedAt: 33 }));
    await story.project('requeue');
    expect(await processedAt()).toBeNull();
  });

  it('is ended by a failure in its own trace, though that names no request', async () => {
    const traceId = await traceOf();
    await story.facts(async (facts) => {
      await facts.activity(story.order, { outcome: 'failure', minute: 31, traceId });
      await facts.problem(story.order, { occurrences: 2, last: 31 });
    });
    await story.project('requeue');
    expect(await story.attempts()).toMatchObject([{ state: 'FAILED' }]);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
  });

  it('is verified by a success in its own trace, though the clock of its target is behind', async () => {
    const traceId = await traceOf();
    await story.facts(async (facts) => {
      await facts.activity(story.order, { outcome: 'success', minute: 20, traceId });
      await facts.problem(story.order, { clearedAt: 20 });
    });
    await story.project('requeue');
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VERIFIED_REQUEUE' }]);
  });

  it('is not ended by what is of its trace and names another request', async () => {
    const traceId = await traceOf();
    await story.facts(async (facts) => {
      await facts.activity(story.order, { outcome: 'failure', minute: 31, traceId, requeueId: randomUUID() });
      await facts.problem(story.order, { occurrences: 2, last: 31 });
    });
    await story.project('requeue');
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
  });

  it('is not ended by a failure of another object, another request or another trace', async () => {
    await story.facts(async (facts) => {
      await facts.activity(story.order, { outcome: 'failure', minute: 31 });
      await facts.activity(story.order, { outcome: 'failure', minute: 31, traceId: 'ab'.repeat(16) });
      await facts.problem(story.order, { occurrences: 2, last: 31 });
    });
    await story.project('requeue');
    await story.project('exceptions');
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED', occurrences: 2 }]);
  });

  it('ends verified once, by however many workers it is heard of', async () => {
    await succeeded();
    await Promise.all(
      [...bothOrders, ...bothOrders].flatMap(([consumers]) => consumers.map((consumer) => story.project(consumer))),
    );
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VERIFIED_REQUEUE' }]);
    expect(await story.count('audit_record', `action = 'exception.requeue-verified'`)).toBe(1);
  });

  it('that failed, though the step was overcome otherwise, leaves no open exception', async () => {
    await failedAgain();
    await story.facts((facts) => facts.problem(story.order, { occurrences: 2, last: 31, clearedAt: 40 }));
    await story.project('exceptions');
    await story.project('requeue');
    expect(await story.attempts()).toMatchObject([{ state: 'FAILED' }]);
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(40) }]);
  });

  it('that is told before its request is answered keeps what telemetry said', async () => {
    await failedAgain();
    await story.project('requeue');
    await story.request();
    target.answer = (response) => {
      void story
        .facts(async (facts) => {
          const [, second] = await story.attempts();
          await facts.activity(story.order, { outcome: 'success', minute: 45, requeueId: second!.requestId });
          await facts.problem(story.order, { occurrences: 2, last: 31, clearedAt: 45 });
        })
        .then(() => story.project('requeue'))
        .then(() => response.writeHead(500).end());
    };
    await story.send(target, { timeoutMs: 5_000 });
    expect(await story.attempts()).toMatchObject([{ state: 'FAILED' }, { state: 'VERIFIED', httpStatus: 500 }]);
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VERIFIED_REQUEUE' }]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { storyObject } from '../../testing/story-facts.js';
import { RequeueStory, type AttemptView } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

const invoice = storyObject('invoice', 'INV-7');

let target: RequeueTarget;
let story: RequeueStory;
let orderException: string;
let invoiceException: string;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
  await story.failedOrder(invoice);
  await story.facts((facts) => facts.link(story.order, invoice, 'invoices', null, 2));
  const exceptions = await story.exceptions();
  orderException = exceptions.find((one) => one.objectId === story.order.objectId)!.id;
  invoiceException = exceptions.find((one) => one.objectId === invoice.objectId)!.id;
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const attemptOf = async (exceptionId: string): Promise<AttemptView> =>
  (await story.attempts())
    .filter((one) => one.exceptionId === exceptionId)
    .sort((left, right) => left.attempt - right.attempt)
    .at(-1)!;

const send = async (exceptionId: string) => story.sendAttempt((await attemptOf(exceptionId)).attemptId, target);

/** How often the sending job of an exception was put on the queue. */
const calls = async (exceptionId: string): Promise<number> => {
  const { attemptId } = await attemptOf(exceptionId);
  return connected(story.db.ownerUrl, async (client) => {
    const found = await client.query<{ calls: number }>(
      `select revision + 1 as calls from graphile_worker.jobs where key like '%' || $1`,
      [attemptId],
    );
    return found.rows[0]?.calls ?? 0;
  });
};

const orderWasAccepted = async () => {
  await story.facts((facts) => facts.problem(story.order, { clearedAt: 33 }));
  await story.project('requeue');
};

describe('sending an invoice behind its order', () => {
  it('is refused alone, and done in spite of that when it is asked for', async () => {
    const refused = await story.request([invoiceException]);
    expect(refused).toMatchObject({ kind: 'failure', code: 'BLOCKED_BY_PREDECESSOR' });
    expect(refused.kind === 'failure' && refused.message).toContain('sales-order O-100234');
    expect(await story.count('requeue_request')).toBe(0);
    expect(await story.request([invoiceException], { despitePredecessors: true })).toMatchObject({ kind: 'accepted' });
    await send(invoiceException);
    expect(target.received).toHaveLength(1);
  });

  it('waits until the order is through, then goes', async () => {
    const outcome = await story.request([invoiceException, orderException]);
    expect(outcome).toMatchObject({ plan: { items: [{ after: [orderException] }, { after: [] }] } });
    await send(invoiceException);
    expect(target.received).toEqual([]);
    expect(await attemptOf(invoiceException)).toMatchObject({
      state: 'QUEUED',
      answer: 'waits for sales-order O-100234, which goes first',
    });
    await send(orderException);
    await send(invoiceException);
    expect(target.received).toHaveLength(1);
    const before = await calls(invoiceException);
    expect(before).toBeGreaterThan(0);
    await orderWasAccepted();
    expect(await calls(invoiceException)).toBe(before + 1);
    await send(invoiceException);
    expect(target.received).toHaveLength(2);
    expect(await attemptOf(invoiceException)).toMatchObject({ state: 'ACKNOWLEDGED' });
  });

  it('that was told to come back later is not called before its time', async () => {
    await story.request([invoiceException, orderException]);
    await send(orderException);
    await orderWasAccepted();
    target.answer = (response) => response.writeHead(429, { 'retry-after': '600' }).end();
    await send(invoiceException);
    const before = await calls(invoiceException);
    await story.facts((facts) => facts.problem(story.order, { occurrences: 2, last: 34 }));
    await story.project('exceptions');
    await story.request([orderException]);
    target.answer = (response) => response.writeHead(422).end();
    await send(orderException);
    expect(await attemptOf(orderException)).toMatchObject({ attempt: 2, state: 'REFUSED' });
    expect(await calls(invoiceException)).toBe(before);
  });

  it('waits for an order that somebody else has sent already', async () => {
    await story.request([orderException]);
    expect(await story.request([invoiceException])).toMatchObject({ plan: { items: [{ after: [orderException] }] } });
    await send(invoiceException);
    expect(target.received).toEqual([]);
    await orderWasAccepted();
    await send(invoiceException);
    expect(target.received).toHaveLength(1);
  });

  it('is withdrawn when the order is refused, and open again', async () => {
    await story.request([invoiceException, orderException]);
    target.answer = (response) => response.writeHead(422).end('no such company code');
    await send(orderException);
    await send(invoiceException);
    expect(target.received).toHaveLength(1);
    expect(await attemptOf(invoiceException)).toMatchObject({
      state: 'REFUSED',
      transmissions: 0,
      answer: 'withdrawn: sales-order O-100234, which goes before it, is still stuck',
    });
    expect(await story.count('requeue_claim')).toBe(0);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }, { state: 'OPEN' }]);
  });
});

describe('a document that failed at two integrations', () => {
  const OTHER = 'order-to-treasury';
  let earlier: string;
  let later: string;

  beforeEach(async () => {
    await story.facts((facts) => facts.problem(story.order, { sellingUnit: 'FR01', first: 5 }));
    await story.project('exceptions');
    earlier = orderException;
    later = (await story.exceptions()).find(
      ({ id, objectId }) => objectId === story.order.objectId && id !== orderException,
    )!.id;
    await story.database.withTenant(story.db.tenantId, async (tx) => {
      await tx.query(
        `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                                  requeue_secret_encrypted, requeue_is_idempotent)
         select tenant_id, $2, 'Order to treasury', from_system, to_system, owner, criticality, requeue_url,
                requeue_secret_encrypted, requeue_is_idempotent
         from integration where tenant_id = $1`,
        [tx.tenantId, OTHER],
      );
      await tx.query(`update exception set integration = $3 where tenant_id = $1 and exception_id = $2`, [
        tx.tenantId,
        later,
        OTHER,
      ]);
    });
  });

  it('goes through that of the earlier failure first', async () => {
    const outcome = await story.request([later, earlier]);
    expect(outcome).toMatchObject({ plan: { items: [{ after: [earlier] }, { after: [] }] } });
    await send(later);
    expect(target.received).toEqual([]);
    await send(earlier);
    expect(target.received).toHaveLength(1);
  });

  it('does not go past the earlier failure alone, unless it is asked for in spite of that', async () => {
    const refused = await story.request([later]);
    expect(refused).toMatchObject({ kind: 'failure', code: 'BLOCKED_BY_PREDECESSOR' });
    expect(refused.kind === 'failure' && refused.message).toContain('O-100234 at salesforce-contract-to-order');
    expect(await story.request([earlier])).toMatchObject({ kind: 'accepted' });
  });

  it('does not wait where both fail at one integration', async () => {
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update exception set integration = $2 where tenant_id = $1`, [tx.tenantId, OTHER]),
    );
    expect(await story.request([later])).toMatchObject({ kind: 'accepted' });
  });
});

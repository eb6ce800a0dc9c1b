import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { storyObject } from '../../../testing/story-facts.js';
import { SHIPPED_LIMITS } from '../domain/run.js';
import type { SendingHours } from '../domain/sending-hours.js';
import { RequeueStory } from '../testing/requeue-story.js';
import { RequeueTarget } from '../testing/requeue-target.js';
import { saveSettings, SHIPPED_SETTINGS } from './sending-settings.repository.js';

/** The story is told on a Wednesday at 08:30 UTC. */
const AFTERNOONS: SendingHours = {
  calendar: '24x7',
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '13:00', to: '17:00' }],
  cutOffs: [],
};
const LIMITS = { ...SHIPPED_LIMITS, canary: 0, ramp: 0 };
const HOP = 'salesforce-contract-to-order';
const OTHER = 'order-to-treasury';

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

const change = (sql: string, ...params: unknown[]) =>
  story.database.withTenant(story.db.tenantId, (tx) => tx.query(sql, [tx.tenantId, ...params]));
const settings = (integration: string, hours: SendingHours | null) =>
  story.database.withTenant(story.db.tenantId, (tx) =>
    saveSettings(tx, integration, { ...SHIPPED_SETTINGS, ...LIMITS, hours, version: 1 }),
  );
const released = async () => (await story.attempts()).filter(({ releasedAt }) => releasedAt !== null);
const at = (time: string) => (story.now = new Date(`2026-09-30T${time}Z`));

/** Half of the orders goes to a target of its own. */
async function ordersOfTwoTargets(): Promise<Set<string>> {
  await story.failedOrders(6);
  await change(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                              requeue_secret_encrypted, requeue_is_idempotent)
     select tenant_id, $2, 'Order to treasury', from_system, to_system, owner, criticality, requeue_url,
            requeue_secret_encrypted, requeue_is_idempotent
     from integration where tenant_id = $1`,
    OTHER,
  );
  const others = (await story.exceptions()).slice(0, 3).map(({ id }) => id);
  await change(
    `update exception set integration = $2 where tenant_id = $1 and exception_id = any($3::uuid[])`,
    OTHER,
    others,
  );
  return new Set(others);
}

describe('a run', () => {
  it('releases nothing outside of the hours of a target, lets the others go, and goes on when it opens', async () => {
    const others = await ordersOfTwoTargets();
    await settings(OTHER, AFTERNOONS);
    await settings(HOP, null);
    await story.request(undefined, { limits: LIMITS });
    const first = await released();
    expect(first).toHaveLength(3);
    expect(first.some(({ exceptionId }) => others.has(exceptionId))).toBe(false);
    at('12:59:59');
    expect(await story.turn()).not.toBe(false);
    expect(await released()).toHaveLength(3);
    at('13:00:00');
    await story.turn();
    expect(await released()).toHaveLength(6);
    expect(await story.requestStates()).toEqual(['SENDING']);
  });

  it('within its canary waits as well', async () => {
    await settings(HOP, AFTERNOONS);
    await story.request();
    expect(await released()).toEqual([]);
    at('13:00:00');
    await story.turn();
    expect(await released()).toHaveLength(1);
  });

  it('holds what was released in time and has not gone out, alone or with others, until the hours begin anew', async () => {
    await story.failedOrders(3);
    await settings(HOP, { ...AFTERNOONS, windows: [{ weekdays: [3, 4], from: '08:00', to: '09:00' }] });
    await story.request();
    const ids = (await released()).map(({ attemptId }) => attemptId);
    expect(ids).toHaveLength(3);
    at('09:00:00');
    await story.sendAttempt(ids[0], target);
    await story.sendTogether(ids, target);
    expect(target.received).toHaveLength(0);
    expect(await story.attempts()).toMatchObject(ids.map(() => ({ state: 'QUEUED', transmissions: 0 })));
    story.now = new Date('2026-10-01T08:00:00Z');
    await story.sendTogether(ids, target);
    expect(target.received).toHaveLength(3);
  });

  it('sends nothing a second time outside of the hours, unless it may be applied already', async () => {
    await settings(HOP, { ...AFTERNOONS, windows: [{ weekdays: [3], from: '08:00', to: '09:00' }] });
    await story.request();
    target.answer = (response) => response.writeHead(503).end();
    await story.send(target);
    target.answer = (response) => response.writeHead(202).end();
    at('10:00:00');
    await story.send(target);
    expect(target.received).toHaveLength(1);
    expect(await story.attempts()).toMatchObject([{ state: 'QUEUED', transmissions: 1 }]);
    await change(`update requeue_attempt set state = 'UNKNOWN', may_have_applied = true where tenant_id = $1`);
    await story.send(target);
    expect(target.received).toHaveLength(2);
  });

  it.each<[string, boolean]>([
    ['the first answer is "later"', false],
    ['the target is not reached by then', true],
  ])('gives up nothing that waited for its hours for days, where %s', async (_name, isNotReached) => {
    await settings(HOP, { ...AFTERNOONS, windows: [{ weekdays: [3, 6], from: '08:00', to: '09:00' }] });
    await story.request();
    target.answer = (response) => response.writeHead(503).end();
    for (const look of ['2026-09-30T09:00:00Z', '2026-10-02T10:00:00Z', '2026-10-03T07:59:30Z']) {
      story.now = new Date(look);
      await story.send(target);
    }
    expect(target.received).toHaveLength(0);
    if (isNotReached) {
      await change(
        `insert into requeue_breaker (tenant_id, integration, failures, trips, paused_until, is_on_trial, changed_at)
         values ($1, $2, 5, 1, $3, false, $3)`,
        HOP,
        '2026-10-03T08:00:30Z',
      );
    }
    story.now = new Date('2026-10-03T08:00:00Z');
    await story.send(target);
    expect(target.received).toHaveLength(isNotReached ? 0 : 1);
    expect(await story.attempts()).toMatchObject([{ state: 'QUEUED' }]);
  });

  it('leaves closed hours out of the day after which it gives up, also once it went out', async () => {
    await story.request();
    target.answer = (response) => response.writeHead(503).end();
    await story.send(target);
    const since = '2026-09-29T08:45:00Z';
    await change('update requeue_attempt set released_at = $2, first_sent_at = $2 where tenant_id = $1', since);
    await settings(HOP, AFTERNOONS);
    for (let minute = 40; minute < 50; minute += 1) {
      at(`08:${minute}:00`);
      await story.send(target);
    }
    await settings(HOP, null);
    at('08:50:00');
    await story.send(target);
    expect(await story.attempts()).toMatchObject([{ state: 'QUEUED', transmissions: 2 }]);
    at('08:55:00');
    await story.send(target);
    expect(await story.attempts()).toMatchObject([{ state: 'REFUSED', transmissions: 3 }]);
  });

  it('releases nothing after a cut-off, and what was held comes back within the hours alone', async () => {
    await story.failedOrder(storyObject('sales-order', 'O-2'));
    await settings(HOP, {
      calendar: '24x7',
      windows: [],
      cutOffs: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], at: '09:00' }],
    });
    const outcome = await story.request(undefined, { limits: { ...LIMITS, maxInFlight: 1 } });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    expect(await released()).toHaveLength(1);
    await story.steer(outcome.requestId, 'pause');
    for (const { attemptId } of await released()) await story.sendAttempt(attemptId, target);
    expect(await released()).toHaveLength(0);
    at('09:00:00');
    await story.steer(outcome.requestId, 'resume');
    await story.turn();
    expect(await released()).toHaveLength(0);
    story.now = new Date('2026-10-01T00:00:00Z');
    await story.turn();
    expect(await released()).toHaveLength(1);
  });

  it('goes on at once when the hours are taken away', async () => {
    await settings(HOP, AFTERNOONS);
    await story.request();
    await settings(HOP, null);
    await story.turn();
    expect(await released()).toHaveLength(1);
  });
});

describe('the order of a run', () => {
  /** The higher, the earlier it is due. */
  const urgency = (exceptionId: string, priority: number) =>
    change(
      `update exception set stated_band = 'P2', next_due_at = '2026-10-01T00:00Z'::timestamptz - make_interval(hours => $3)
       where tenant_id = $1 and exception_id = $2`,
      exceptionId,
      priority,
    );
  const positions = async () => (await story.attempts()).map(({ exceptionId }) => exceptionId);

  it('is that of the canary, by what is at stake, from each target in turn, then of priority', async () => {
    const others = await ordersOfTwoTargets();
    const ids = (await story.exceptions()).map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      await change(
        `update exception set reporting_minor = $3 where tenant_id = $1 and exception_id = $2`,
        id,
        600 - index,
      );
      await urgency(id, index);
    }
    await story.request(undefined, { limits: { canary: 2 } });
    const least = (ofOthers: boolean) => ids.filter((id) => others.has(id) === ofOthers).at(-1)!;
    const canary = [least(true), least(false)];
    const order = await positions();
    expect(order.slice(0, 2)).toEqual(canary);
    expect(order.slice(2)).toEqual(ids.toReversed().filter((id) => !canary.includes(id)));
  });

  it('makes what goes first as urgent as what waits behind it', async () => {
    const invoice = storyObject('invoice', 'INV-7');
    const [order, quiet] = [story.order, storyObject('sales-order', 'O-2')];
    await story.failedOrder(invoice);
    await story.failedOrder(quiet);
    await story.facts((facts) => facts.link(order, invoice, 'invoices', null, 2));
    const byObject = new Map((await story.exceptions()).map(({ objectId, id }) => [objectId, id]));
    const idOf = ({ objectId }: { objectId: string }) => byObject.get(objectId)!;
    await urgency(idOf(order), 1);
    await urgency(idOf(quiet), 2);
    await urgency(idOf(invoice), 3);
    await story.request(undefined, { limits: { canary: 0 } });
    expect(await positions()).toEqual([idOf(order), idOf(invoice), idOf(quiet)]);
  });

  it('is chosen anew of what is left when a run begins again', async () => {
    await story.failedOrders(4);
    const ids = (await story.exceptions()).map(({ id }) => id);
    for (const [index, id] of ids.entries()) await urgency(id, index);
    const outcome = await story.request(undefined, { limits: { canary: 1, canaryProof: 'ACKNOWLEDGED' } });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    target.answer = (response) => response.writeHead(422).end('no');
    for (const { attemptId } of await released()) await story.sendAttempt(attemptId, target);
    await story.turn();
    expect(await story.requestStates()).toEqual(['STOPPED']);
    const [gone] = await released();
    const left = ids.filter((id) => id !== gone!.exceptionId);
    for (const [index, id] of left.toReversed().entries()) {
      await change(`update exception set priority_order = $3 where tenant_id = $1 and exception_id = $2`, id, index);
    }
    await story.steer(outcome.requestId, 'resume');
    const order = await positions();
    expect(order[0]).toBe(gone!.exceptionId);
    expect(new Set(order.slice(2))).toEqual(new Set(left.filter((id) => id !== order[1])));
    expect(left.indexOf(order[2]!)).toBeLessThan(left.indexOf(order[3]!));
  });
});

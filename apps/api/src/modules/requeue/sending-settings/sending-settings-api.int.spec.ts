import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ChangeFeed } from '../../../graphql/change-feed.js';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, exceptionsOf, HOP, storyObject, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';

const orders = ['O-1', 'O-2'].map((key) => storyObject('sales-order', key));

let api: ApiHarness;
let people: Record<'analyst' | 'approver' | 'admin', Client>;
let ids: string[];
let now = at(30);

beforeAll(async () => {
  api = await startApi({ clock: () => now });
  const { database, tenantId } = api.test;
  const signedIn = async (role: 'analyst' | 'approver' | 'admin') => {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    return api.signIn(`${role}@test.example`);
  };
  people = {
    analyst: await signedIn('analyst'),
    approver: await signedIn('approver'),
    admin: await signedIn('admin'),
  };
  await change(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
     values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
    HOP,
    new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`),
  );
  await tell(database, tenantId, async (facts) => {
    for (const order of orders) {
      await facts.object(order, '80000.00');
      await facts.problem(order);
    }
  });
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: orders.map((one) => one.objectId), transactionIds: [] },
    }),
  );
  ids = (await exceptionsOf(database, tenantId)).map(({ id }) => id);
});

afterAll(() => api.close());

const change = (sql: string, ...params: unknown[]) =>
  api.test.database.withTenant(api.test.tenantId, (tx) => tx.query(sql, [tx.tenantId, ...params]));

const HOURS = 'hours { calendar timeZone windows { weekdays from to } cutOffs { weekdays at } } opensAt';
const READ = `query ($name: String!) { sendingSettings(integration: $name) {
  integration title canRequeue version changedByName calendars { name timeZone } changes { action actorName details }
  target { limits { ratePerSecond canary } verifyWithinMinutes pausedUntil ${HOURS} } } }`;
const SAVE = `mutation ($name: String!, $limits: RequeueLimits!, $hours: SendingHoursInput, $basedOn: Int) {
  setSendingSettings(integration: $name, limits: $limits, hours: $hours, basedOn: $basedOn) {
    ... on SendingSettingsSaved { settings { version target { ${HOURS} } changes { actorName } } }
    ... on RequeueFailure { code message }
  }
}`;
const TRY = `mutation ($name: String!) { tryRequeueTarget(integration: $name) {
  ... on SendingSettingsSaved { target { pausedUntil } } ... on RequeueFailure { code } } }`;
const AFTERNOON = { calendar: 'TARGET', windows: [{ weekdays: [3, 1], from: '14:00', to: '18:00' }], cutOffs: [] };

describe('how an integration is sent to', () => {
  it('is what comes with the product, until somebody says otherwise', async () => {
    expect(await people.analyst.ask(READ, { name: HOP })).toMatchObject({
      sendingSettings: {
        title: 'Contract to order',
        canRequeue: true,
        version: 0,
        changes: [],
        target: { limits: { ratePerSecond: 50, canary: 5 }, hours: null, opensAt: null },
        calendars: expect.arrayContaining([{ name: 'TARGET', timeZone: 'Europe/Berlin' }]),
      },
    });
    const nobody = await people.analyst.send(READ, { name: 'nobody' });
    expect(nobody.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is saved on the version that was seen, shown with who changed it, and tells when it opens', async () => {
    const save = (basedOn: number, hours: object | null = AFTERNOON) =>
      people.admin.ask(SAVE, { name: HOP, limits: { ratePerSecond: 7 }, hours, basedOn });
    expect(await save(0)).toEqual({
      setSendingSettings: {
        settings: {
          version: 1,
          target: {
            hours: {
              ...AFTERNOON,
              windows: [{ weekdays: [1, 3], from: '14:00', to: '18:00' }],
              timeZone: 'Europe/Berlin',
            },
            // 08:30 UTC on a Wednesday
            opensAt: '2026-09-30T12:00:00.000Z',
          },
          changes: [{ actorName: expect.any(String) }],
        },
      },
    });
    expect(await save(0)).toMatchObject({ setSendingSettings: { code: 'CONFLICT' } });
    const never = { ...AFTERNOON, cutOffs: [{ weekdays: [1, 3], at: '13:00' }] };
    expect(await save(1, never)).toMatchObject({
      setSendingSettings: { code: 'INVALID', message: expect.stringContaining('nothing would ever be sent') },
    });
    // what is left out stays
    now = at(31);
    const kept = `mutation { setSendingSettings(integration: "${HOP}", limits: {}) { ... on SendingSettingsSaved {
      settings { version target { opensAt limits { ratePerSecond } } } } } }`;
    expect(await people.admin.ask(kept)).toEqual({
      setSendingSettings: {
        settings: { version: 2, target: { opensAt: '2026-09-30T12:00:00.000Z', limits: { ratePerSecond: 7 } } },
      },
    });
    expect(await people.analyst.ask(READ, { name: HOP })).toMatchObject({
      sendingSettings: {
        version: 2,
        changes: [
          { action: 'requeue.settings-changed' },
          { details: { before: { hours: null }, after: { ratePerSecond: 7, hours: { calendar: 'TARGET' } } } },
        ],
      },
    });
  });

  it('is told with the plan', async () => {
    const plan = `mutation ($ids: [ID!]!) { requestRequeue(exceptionIds: $ids, reason: "", dryRun: true) {
      ... on RequeuePlan { limits { ratePerSecond canary } targets { integration opensAt } } } }`;
    expect(await people.analyst.ask(plan, { ids })).toEqual({
      requestRequeue: {
        limits: { ratePerSecond: 7, canary: 5 },
        targets: [{ integration: HOP, opensAt: '2026-09-30T12:00:00.000Z' }],
      },
    });
  });

  it('lets a target that is left alone be tried at once', async () => {
    expect(await people.analyst.ask(TRY, { name: HOP })).toEqual({ tryRequeueTarget: { code: 'INVALID' } });
    await change(
      `insert into requeue_breaker (tenant_id, integration, failures, trips, paused_until, is_on_trial, reason, changed_at)
       values ($1, $2, 5, 1, $3, false, 'no connection', $4)`,
      HOP,
      at(45),
      at(29),
    );
    now = at(32);
    expect(await people.analyst.ask(TRY, { name: HOP })).toEqual({
      tryRequeueTarget: { target: { pausedUntil: at(32).toISOString() } },
    });
    expect(await people.analyst.ask(READ, { name: HOP })).toMatchObject({
      sendingSettings: { changes: [{ action: 'requeue.target-tried' }, {}, {}] },
    });
  });
});

/** What a subscription tells somebody, from when it is heard on. */
async function hears(person: Client, query: string, variables: Record<string, unknown> = {}) {
  const port = await api.listen();
  class SignedInSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { cookie: person.cookie ?? '' } });
    }
  }
  const socket = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: SignedInSocket,
    retryAttempts: 0,
  });
  const told: unknown[] = [];
  socket.subscribe(
    { query, variables },
    { next: ({ data }) => void told.push(data), error: () => undefined, complete: () => undefined },
  );
  return { told, stop: () => socket.dispose() };
}

const until = async (isDone: () => boolean, poke: () => void = () => undefined) => {
  const end = performance.now() + 10_000;
  while (!isDone() && performance.now() < end) {
    poke();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('what is told of requests', () => {
  it('is who waits for a decision, when something is asked for and when it is decided', async () => {
    const { told, stop } = await hears(people.approver, 'subscription { requeueApprovalsChanged { waiting forMe } }');
    const feed = api.server.app.get(ChangeFeed);
    const { tenantId } = api.test;
    const poke = () => feed.publish(JSON.stringify({ tenantId, kind: 'requeue-approval', id: tenantId }));
    await until(() => told.length > 0, poke);
    expect(told[0]).toEqual({ requeueApprovalsChanged: { waiting: 0, forMe: 0 } });
    const ask = `mutation ($ids: [ID!]!, $limits: RequeueLimits) { requestRequeue(exceptionIds: $ids, reason: "mapping", limits: $limits) {
      ... on RequeueAccepted { request { id selectionHash approval { coversLimits } run { limits { ratePerSecond canary } } } } } }`;
    const { requestRequeue } = await people.analyst.ask<{
      requestRequeue: { request: { id: string; selectionHash: string } };
    }>(ask, { ids, limits: { ratePerSecond: 3, canary: 1 } });
    const { id, selectionHash } = requestRequeue.request;
    expect(requestRequeue.request).toMatchObject({
      approval: { coversLimits: true },
      run: { limits: { ratePerSecond: 3, canary: 1 } },
    });
    const waits = { requeueApprovalsChanged: { waiting: 1, forMe: 1 } };
    await until(() => JSON.stringify(told.at(-1)) === JSON.stringify(waits));
    expect(told.at(-1)).toEqual(waits);
    // one that was asked for before limits were part of it is approved by the hash that it has
    const before = 'ab'.repeat(32);
    await change(
      `update requeue_request set selection_hash = decode($3, 'hex'), hash_version = 1 where tenant_id = $1 and request_id = $2`,
      id,
      before,
    );
    const approve = `mutation ($id: ID!, $hash: String!) { approveRequeue(requestId: $id, selectionHash: $hash) {
      ... on RequeueDecided { request { state approval { coversLimits } } } ... on ActFailure { code } } }`;
    expect(await people.approver.ask(approve, { id, hash: selectionHash })).toEqual({
      approveRequeue: { code: 'SELECTION_CHANGED' },
    });
    expect(await people.approver.ask(approve, { id, hash: before })).toEqual({
      approveRequeue: { request: { state: 'SENDING', approval: { coversLimits: false } } },
    });
    const none = { requeueApprovalsChanged: { waiting: 0, forMe: 0 } };
    await until(() => JSON.stringify(told.at(-1)) === JSON.stringify(none));
    expect(told.at(-1)).toEqual(none);
    await stop();
  });

  it('is its progress at most four times a second of 5,000 changes, and its last state always', async () => {
    const listed = '{ requeueRequests(first: 1) { edges { node { id } } } }';
    const { requeueRequests } = await people.analyst.ask<{ requeueRequests: { edges: { node: { id: string } }[] } }>(
      listed,
    );
    const { id } = requeueRequests.edges[0]!.node;
    const { told, stop } = await hears(
      people.analyst,
      'subscription ($id: ID!) { requeueProgress(requestId: $id) { run { state note } } }',
      { id },
    );
    const feed = api.server.app.get(ChangeFeed);
    const publish = () => feed.publish(JSON.stringify({ tenantId: api.test.tenantId, kind: 'requeue', id }));
    await until(() => told.length > 0, publish);
    const [before, begunAt] = [told.length, performance.now()];
    for (let changes = 0; changes < 5_000; changes += 100) {
      for (let one = 0; one < 100; one += 1) publish();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const seconds = (performance.now() - begunAt) / 1_000;
    await change(`update requeue_run set note = 'the last of it' where tenant_id = $1 and request_id = $2`, id);
    publish();
    await until(() => JSON.stringify(told.at(-1)).includes('the last of it'));
    expect(told.at(-1)).toEqual({ requeueProgress: { run: { state: 'SENDING', note: 'the last of it' } } });
    const after = (performance.now() - begunAt) / 1_000;
    expect(seconds).toBeGreaterThan(0.9);
    expect(told.length - before).toBeLessThanOrEqual(Math.ceil(after * 4) + 1);
    await stop();
  });
});

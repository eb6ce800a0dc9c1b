import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { SecretBox } from '@throughline/persistence';
import { WebSocket } from 'ws';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { at, countOf, HOP, storyObject, tell } from '../../testing/story-facts.js';
import { createExceptionsConsumer } from '../exceptions/index.js';

const orders = Array.from({ length: 8 }, (_, index) => storyObject('sales-order', `O-${index}`));

let api: ApiHarness;
let people: Record<'analyst' | 'auditor' | 'admin', Client>;

beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  const signedIn = async (role: 'analyst' | 'auditor' | 'admin') => {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    return api.signIn(`${role}@test.example`);
  };
  people = {
    analyst: await signedIn('analyst'),
    auditor: await signedIn('auditor'),
    admin: await signedIn('admin'),
  };
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
      [tenantId, HOP, new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)],
    ),
  );
  await tell(database, tenantId, async (facts) => {
    for (const order of orders) {
      await facts.object(order);
      await facts.problem(order);
    }
  });
  const payload = { objectIds: orders.map((one) => one.objectId), transactionIds: [] };
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload,
    }),
  );
});

afterAll(() => api.close());

const change = (sql: string, ...params: unknown[]) =>
  api.test.database.withTenant(api.test.tenantId, (tx) => tx.query(sql, [tx.tenantId, ...params]));

const REQUEST = `mutation ($ids: [ID!]!, $limits: RequeueLimits) {
  requestRequeue(exceptionIds: $ids, reason: "mapping added", limits: $limits) {
    ... on RequeueAccepted { request { id } } ... on ActFailure { code message }
  }
}`;
const RUN = `query ($id: ID!) { requeueRequest(id: $id) { id run {
  state note acts waiting inFlight canaryState proved verified unproved limits { ratePerSecond canary } outcomes { state count }
  targets { integration failures pausedUntil reason verifyWithinMinutes } } } }`;
const ITEMS = `query ($id: ID!, $state: RequeueAttemptState, $first: Int, $after: String) {
  requeueRunItems(requestId: $id, state: $state, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { exceptionId isHeld attempt { id state } exception { id } } }
  }
}`;
const steering = (name: string) =>
  `mutation ($id: ID!) { ${name}(id: $id) { ... on RequeueSteered { request { id run { state acts note } } } ... on RequeueFailure { code message } } }`;

type Items = {
  requeueRunItems: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { exceptionId: string; isHeld: boolean; attempt: { id: string; state: string } } }[];
  };
};

const exceptionIds = async () =>
  (
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ id: string }>(
        `select exception_id as id from exception where tenant_id = $1 and state = 'OPEN' order by exception_id`,
        [tx.tenantId],
      ),
    )
  ).map(({ id }) => id);

const requested = async (limits?: object): Promise<string> => {
  const { requestRequeue } = await people.analyst.ask<{ requestRequeue: { request: { id: string } } }>(REQUEST, {
    ids: await exceptionIds(),
    limits,
  });
  return requestRequeue.request.id;
};

describe('a run over the API', () => {
  it('is asked for within limits, shown, listed, paged, paused, resumed and cancelled', async () => {
    const id = await requested({ canary: 3, ratePerSecond: 500 });
    expect(await people.analyst.ask(RUN, { id })).toMatchObject({
      requeueRequest: {
        run: {
          state: 'SENDING',
          acts: ['pause', 'cancel'],
          waiting: 5,
          inFlight: 3,
          canaryState: 'sending',
          proved: 0,
          // never faster than the target takes it
          limits: { ratePerSecond: 50, canary: 3 },
          outcomes: [{ state: 'QUEUED', count: 8 }],
          targets: [{ integration: HOP, failures: 0, pausedUntil: null, reason: null, verifyWithinMinutes: 60 }],
        },
      },
    });
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { requeueRunItems }: Items = await people.auditor.ask(ITEMS, { id, first: 3, after });
      expect(requeueRunItems.totalCount).toBe(8);
      seen.push(...requeueRunItems.edges.map(({ node }) => node.exceptionId));
      ({ endCursor: after, hasNextPage: more } = requeueRunItems.pageInfo);
    }
    expect(new Set(seen).size).toBe(8);
    const none: Items = await people.auditor.ask(ITEMS, { id, state: 'REFUSED' });
    expect(none.requeueRunItems).toMatchObject({ totalCount: 0, edges: [] });
    const listed = '{ requeueRequests(states: [SENDING]) { totalCount edges { node { id items run { waiting } } } } }';
    expect(await people.auditor.ask(listed)).toMatchObject({
      requeueRequests: { totalCount: 1, edges: [{ node: { id, items: 8, run: { waiting: 5 } } }] },
    });
    expect(await people.analyst.ask(steering('pauseRequeue'), { id })).toMatchObject({
      pauseRequeue: { request: { run: { state: 'PAUSED', acts: ['resume', 'cancel'] } } },
    });
    expect(await people.analyst.ask(steering('pauseRequeue'), { id })).toMatchObject({
      pauseRequeue: { code: 'NOT_POSSIBLE_NOW', message: 'It is paused, so it cannot be told to pause.' },
    });
    expect(await people.analyst.ask(steering('resumeRequeue'), { id })).toMatchObject({
      resumeRequeue: { request: { run: { state: 'SENDING' } } },
    });
    expect(await people.analyst.ask(steering('cancelRequeue'), { id })).toMatchObject({
      cancelRequeue: {
        request: { run: { state: 'CANCELLED', acts: [], note: expect.stringContaining('Cancelled by') } },
      },
    });
    const cancelled: Items = await people.auditor.ask(ITEMS, { id, state: 'CANCELLED' });
    expect(cancelled.requeueRunItems.totalCount).toBe(8);
    expect(await exceptionIds()).toHaveLength(8);
    expect(await people.analyst.ask(steering('cancelRequeue'), { id: api.test.tenantId })).toMatchObject({
      cancelRequeue: { code: 'NOT_FOUND' },
    });
  });

  it.each([{ ratePerSecond: 0 }, { canary: -1 }, { ramp: 1 }, { stopPercent: 101 }])('refuses %p', async (limits) => {
    const refused = await people.analyst.send(REQUEST, { ids: await exceptionIds(), limits });
    expect(refused.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('takes what is said of its integration, on record', async () => {
    const save = `mutation ($name: String!, $limits: RequeueLimits!, $minutes: Int) {
      setSendingSettings(integration: $name, limits: $limits, verifyWithinMinutes: $minutes) {
        ... on SendingSettingsSaved { target { limits { ratePerSecond canaryProof } verifyWithinMinutes } }
        ... on RequeueFailure { code }
      }
    }`;
    const limits = { ratePerSecond: 7, canaryProof: 'ACKNOWLEDGED' };
    expect(await people.admin.ask(save, { name: HOP, limits, minutes: 15 })).toMatchObject({
      setSendingSettings: { target: { limits, verifyWithinMinutes: 15 } },
    });
    expect(await people.admin.ask(save, { name: 'nobody', limits })).toMatchObject({
      setSendingSettings: { code: 'NOT_FOUND' },
    });
    expect(await people.admin.ask(save, { name: HOP, limits, minutes: 0 })).toMatchObject({
      setSendingSettings: { code: 'INVALID' },
    });
    expect(
      await countOf(api.test.database, api.test.tenantId, 'audit_record', `action = 'requeue.settings-changed'`),
    ).toBe(1);
    const listed = `{ integrations { edges { node { requeueTarget { limits { ratePerSecond } verifyWithinMinutes } } } } }`;
    expect(await people.admin.ask(listed)).toMatchObject({
      integrations: { edges: [{ node: { requeueTarget: { limits: { ratePerSecond: 7 }, verifyWithinMinutes: 15 } } }] },
    });
  });
});

describe('what was sent', () => {
  it('stands among the unknown with its age and what would settle it, and has a certificate', async () => {
    const id = await requested({ canary: 8 });
    const { requeueRunItems }: Items = await people.auditor.ask(ITEMS, { id });
    const [{ node }] = requeueRunItems.edges as [Items['requeueRunItems']['edges'][number]];
    await change(
      `update requeue_attempt set state = 'UNKNOWN', transmissions = 1, sent_at = $3, may_have_applied = true
       where tenant_id = $1 and attempt_id = $2`,
      node.attempt.id,
      at(20),
    );
    const unknown = `{ unknownRequeues { totalCount edges { node { exceptionId integration retryAt settledBy attempt { id sentAt } exception { id } } } } }`;
    expect(await people.auditor.ask(unknown)).toMatchObject({
      unknownRequeues: {
        totalCount: 1,
        edges: [
          {
            node: {
              exceptionId: node.exceptionId,
              integration: HOP,
              retryAt: null,
              settledBy: expect.stringContaining('keeps no keys'),
              attempt: { id: node.attempt.id, sentAt: at(20).toISOString() },
              exception: { id: node.exceptionId },
            },
          },
        ],
      },
    });
    const ask = `mutation ($id: ID!) { askRequeueOutcome(attemptId: $id) {
      ... on RequeueOutcomeAsked { attemptId } ... on RequeueFailure { code } } }`;
    const probe = '{ unknownRequeues { edges { node { settledBy probe { askedAt answer words askAgainAt asks } } } } }';
    const probeOf = (settledBy: string, known: object | null) => ({
      unknownRequeues: { edges: [{ node: { settledBy: expect.stringContaining(settledBy), probe: known } }] },
    });
    expect(await people.analyst.ask(ask, { id: node.attempt.id })).toEqual({
      askRequeueOutcome: { code: 'NOT_POSSIBLE_NOW' },
    });
    expect(await people.auditor.ask(probe)).toEqual(probeOf('keeps no keys', null));
    await change(`update integration set requeue_status_url = 'https://example.com/status' where tenant_id = $1`);
    expect(await people.analyst.ask(ask, { id: node.attempt.id })).toEqual({
      askRequeueOutcome: { attemptId: node.attempt.id },
    });
    const askAgainAt = at(30).toISOString();
    expect(await people.auditor.ask(probe)).toEqual(
      probeOf('The status call', { askedAt: null, answer: null, words: null, askAgainAt, asks: 0 }),
    );
    await change(`update integration set requeue_status_url = null where tenant_id = $1`);
    const certificate = `query ($id: ID!) { requeueCertificate(attemptId: $id) {
      exceptionId integration bodyHash bodyBytes contentType payload { text bytes isMasked whyNot } payloadVersion idempotencyKey selectionHash evidenceHash
      attempt { state makerName } approvals { actorName } became { activityType }
      request { id state approval { isBreakGlass needed { approvals } } }
      evidence { action actorName hash isSealed } } }`;
    expect(await people.auditor.ask(certificate, { id: node.attempt.id })).toMatchObject({
      requeueCertificate: {
        exceptionId: node.exceptionId,
        integration: HOP,
        bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        payloadVersion: 1,
        idempotencyKey: `msg_${node.attempt.id}`,
        selectionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        evidenceHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        attempt: { state: 'UNKNOWN' },
        approvals: [],
        // nobody had to
        request: { id, state: 'SENDING', approval: { isBreakGlass: false, needed: null } },
        became: [],
        evidence: expect.arrayContaining([
          expect.objectContaining({ action: 'requeue.requested' }),
          expect.objectContaining({ action: 'exception.requeue-requested' }),
        ]),
      },
    });
    expect(await people.auditor.ask(certificate, { id: api.test.tenantId })).toEqual({ requeueCertificate: null });
  });

  it('is told of at most four times a second, however much happens', async () => {
    const { requeueRequests } = await people.auditor.ask<{ requeueRequests: { edges: { node: { id: string } }[] } }>(
      '{ requeueRequests(first: 1) { edges { node { id } } } }',
    );
    const id = requeueRequests.edges[0]!.node.id;
    const port = await api.listen();
    class SignedInSocket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers: { cookie: people.auditor.cookie ?? '' } });
      }
    }
    const socket = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: SignedInSocket,
      retryAttempts: 0,
    });
    const told: number[] = [];
    socket.subscribe(
      {
        query: 'subscription ($id: ID!) { requeueProgress(requestId: $id) { id run { inFlight } } }',
        variables: { id },
      },
      { next: () => void told.push(performance.now()), error: () => undefined, complete: () => undefined },
    );
    let changes = 0;
    const happens = () =>
      api.test.database.withTenant(api.test.tenantId, async (tx) => {
        changes += 1;
        await tx.notify('throughline_changed', JSON.stringify({ tenantId: tx.tenantId, kind: 'requeue', id }));
      });
    while (told.length === 0) await happens();
    const begunAt = told[0]!;
    while (performance.now() - begunAt < 1_600) await happens();
    await socket.dispose();
    expect(told.length).toBeGreaterThan(2);
    const within = told.map((from) => told.filter((at) => at >= from && at <= from + 1_000).length);
    expect(Math.max(...within)).toBeLessThanOrEqual(4);
    expect(changes).toBeGreaterThan(told.length);
  });

  it('is not proved until it is, and settled by a second person where nothing else tells', async () => {
    const [row] = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ requestId: string; attemptId: string }>(
        `select request_id as "requestId", attempt_id as "attemptId" from requeue_attempt where tenant_id = $1 and state = 'UNKNOWN'`,
        [tx.tenantId],
      ),
    );
    const { requestId, attemptId } = row!;
    const counts = async () => {
      const answer = await people.auditor.ask<{ requeueRequest: { run: { verified: number; unproved: number } } }>(
        RUN,
        {
          id: requestId,
        },
      );
      return [answer.requeueRequest.run.verified, answer.requeueRequest.run.unproved];
    };
    expect(await counts()).toEqual([0, 1]);
    await api.addPerson(api.test.tenantId, 'approver@test.example', 'approver');
    const approver = await api.signIn('approver@test.example');
    const settle = `mutation ($id: ID!, $reason: String!) {
      settleRequeueOutcome(attemptId: $id, verdict: APPLIED, reason: $reason) {
        ... on RequeueOutcomeSettled { attemptId exception { state resolution } } ... on RequeueFailure { code } } }`;
    const reason = 'order 4711 stands in SAP';
    expect((await approver.send(settle, { id: attemptId, reason: 'seen' })).errors?.[0]?.extensions.code).toBe(
      'INVALID_INPUT',
    );
    expect(await approver.ask(settle, { id: attemptId, reason })).toEqual({
      settleRequeueOutcome: { attemptId, exception: { state: 'RESOLVED', resolution: 'PROVED_BY_PERSON' } },
    });
    expect(await approver.ask(settle, { id: attemptId, reason })).toEqual({
      settleRequeueOutcome: { code: 'NOT_POSSIBLE_NOW' },
    });
    expect(await counts()).toEqual([1, 0]);
    const certificate = `query ($id: ID!) { requeueCertificate(attemptId: $id) {
      attempt { state settlement { verdict stateBefore reason } } evidence { action } } }`;
    expect(await people.auditor.ask(certificate, { id: attemptId })).toMatchObject({
      requeueCertificate: {
        attempt: { state: 'VERIFIED', settlement: { verdict: 'APPLIED', stateBefore: 'UNKNOWN', reason } },
        evidence: expect.arrayContaining([{ action: 'requeue.outcome-settled' }]),
      },
    });
  });

  it('is told with its payload as far as one may see it', async () => {
    const iban = 'DE89370400440532013000';
    const [row] = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ id: string }>('select attempt_id as id from requeue_attempt where tenant_id = $1 limit 1', [
        tx.tenantId,
      ]),
    );
    const body = `{"requeueId":"r","payload":{"order":"O-1","iban":"${iban}","no":12345678901234567890},"payloadVersion":1}`;
    await change(
      `update requeue_attempt set body = $3, sent_content_type = 'application/json' where tenant_id = $1 and attempt_id = $2`,
      row!.id,
      body,
    );
    const seenBy = async (client: Client) => {
      const { requeueCertificate } = await client.ask<{
        requeueCertificate: {
          contentType: string;
          payload: { text: string | null; isMasked: boolean; whyNot: string | null };
        };
      }>(
        `query ($id: ID!) { requeueCertificate(attemptId: $id) { bodyBytes contentType payload { text bytes isMasked whyNot } } }`,
        { id: row!.id },
      );
      return requeueCertificate;
    };
    await api.addPerson(api.test.tenantId, 'approver2@test.example', 'approver');
    const approver = await seenBy(await api.signIn('approver2@test.example'));
    expect(approver).toMatchObject({ contentType: 'application/json', payload: { isMasked: false, whyNot: null } });
    expect(approver.payload.text).toContain(`"iban":"${iban}","no":12345678901234567890`);
    const analyst = await seenBy(people.analyst);
    expect(analyst.payload.isMasked).toBe(true);
    expect(analyst.payload.text).toContain('"no":12345678901234567890');
    expect(analyst.payload.text).not.toContain(iban);
    // whoever may not see payloads hears how large it is, and no more
    expect(await seenBy(people.auditor)).toMatchObject({
      payload: { text: null, bytes: approver.payload.text?.length, isMasked: true, whyNot: expect.any(String) },
    });
  });
});

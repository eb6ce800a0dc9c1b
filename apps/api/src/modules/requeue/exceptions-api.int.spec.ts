import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { SecretBox } from '@throughline/persistence';
import { createExceptionsConsumer } from '../exceptions/index.js';
import { at, countOf, HOP, storyObject, tell, type StoryObject } from '../../testing/story-facts.js';

const IBAN = 'DE89370400440532013000';
const orders = ['O-1', 'O-2', 'O-3'].map((key) => storyObject('sales-order', key));
const [first, second, third] = orders as [StoryObject, StoryObject, StoryObject];
const ROLES = ['analyst', 'approver', 'engineer', 'treasurer', 'auditor', 'admin'] as const;

let api: ApiHarness;
let people: Record<(typeof ROLES)[number], Client>;

beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  const clients: Partial<typeof people> = {};
  for (const role of ROLES) {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    clients[role] = await api.signIn(`${role}@test.example`);
  }
  people = clients as typeof people;
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
      [tenantId, HOP, new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)],
    ),
  );
  await tell(database, tenantId, async (facts) => {
    for (const [index, order] of orders.entries()) {
      await facts.object(order, `${(index + 1) * 100}.00`);
      await facts.problem(order, { first: index + 1 });
    }
    await facts.transaction([first, second]);
    const activityId = await facts.activity(first, {
      outcome: 'failure',
      minute: 1,
      payloadJson: JSON.stringify({ sellingUnit: 'DE01-BREMEN', payerIban: IBAN }),
      field: '/sellingUnit',
      traceId: 'ab'.repeat(16),
    });
    await facts.lastActivity(first, activityId);
  });
  await database.withTenant(tenantId, (tx) =>
    tx.query(`update activity set problem = problem || $2 where tenant_id = $1 and problem ? 'payload'`, [
      tenantId,
      JSON.stringify({ headers: { 'x-first-death-queue': 'orders', payer: `of ${IBAN}` } }),
    ]),
  );
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: orders.map((one) => one.objectId), transactionIds: [] },
    }),
  );
});

afterAll(async () => {
  await api.close();
});

type Listed = {
  exceptions: {
    totalCount: number;
    totalCountIsEstimate: boolean;
    totals: { currency: string; inflow: string; outflow: string; count: number }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { id: string; businessObject: { key: string } } }[];
  };
};

const LIST = `query ($first: Int, $after: String, $filter: ExceptionFilter, $orderBy: ExceptionOrder) {
  exceptions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount totalCountIsEstimate totals { currency inflow outflow count } pageInfo { hasNextPage endCursor }
    edges { node { id businessObject { key } } }
  }
}`;

const list = async (variables: Record<string, unknown> = {}) =>
  (await people.analyst.ask<Listed>(LIST, variables)).exceptions;
const keysOf = async (variables: Record<string, unknown>) =>
  (await list(variables)).edges.map(({ node }) => node.businessObject.key);
const idOf = async (order: StoryObject) => (await list({ filter: { objectId: order.objectId } })).edges[0]!.node.id;

describe('the inbox', () => {
  it('orders by money, counts, and totals inflow and outflow apart', async () => {
    expect(await list()).toMatchObject({
      totalCount: 3,
      totalCountIsEstimate: false,
      totals: [{ currency: 'EUR', inflow: '600.00', outflow: '0.00', count: 3 }],
      edges: [
        { node: { businessObject: { key: 'O-3' } } },
        { node: { businessObject: { key: 'O-2' } } },
        { node: { businessObject: { key: 'O-1' } } },
      ],
    });
  });

  it.each([
    ['MONEY_DESC', ['O-3', 'O-2', 'O-1']],
    ['PRIORITY_DESC', ['O-3', 'O-2', 'O-1']],
    ['OPENED_ASC', ['O-1', 'O-2', 'O-3']],
    ['OPENED_DESC', ['O-3', 'O-2', 'O-1']],
  ])('pages by %s without loss or repetition', async (orderBy, keys) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Listed['exceptions'] = await list({ first: 1, after, orderBy });
      seen.push(...page.edges.map(({ node }) => node.businessObject.key));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(keys);
  });

  it.each([
    [{ states: ['OPEN'] }, 3],
    [{ states: ['RESOLVED'] }, 0],
    [{ states: [] }, 0],
    [{ taxonomies: ['mapping-and-master-data'] }, 3],
    [{ taxonomies: ['mapping-and-master-data.missing-legal-entity-mapping'] }, 3],
    [{ taxonomies: ['platform'] }, 0],
    [{ legalEntities: ['DE01'] }, 3],
    [{ legalEntities: ['US01'] }, 0],
    [{ queues: ['master-data'] }, 3],
    [{ queues: ['tax', 'master-data'], states: ['OPEN', 'REQUEUED'] }, 3],
    [{ queues: ['tax'] }, 0],
    [{ queues: [] }, 0],
    [{ queues: ['master-data'], text: 'O-2' }, 1],
    [{ unassigned: true }, 3],
    [{ objectId: first.objectId }, 1],
    [{ text: 'O-2' }, 1],
    [{ text: 'o-' }, 3],
    [{ text: 'bremen w' }, 3],
    [{ text: 'nobody' }, 0],
    [{ text: '100%_' }, 0],
  ])('narrows by %j', async (filter, count) => {
    const found = await list({ filter });
    expect([found.totalCount, found.edges.length]).toEqual([count, count]);
  });

  it.each([
    [{ filter: { text: 'O' } }],
    [{ filter: { objectId: 'x' } }],
    [{ filter: { queues: ['nowhere'] } }],
    [{ first: 0 }],
    [{ first: 100_000 }],
    [{ after: 'nonsense' }],
  ])('refuses %j', async (variables) => {
    const { errors } = await people.analyst.send(LIST, variables);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('searches a page further by text', async () => {
    const page = await list({ first: 2, filter: { text: 'O-' } });
    expect(await keysOf({ first: 2, after: page.pageInfo.endCursor, filter: { text: 'O-' } })).toEqual(['O-1']);
  });
});

const PAGE = `query ($id: ID!) {
  exception(id: $id) {
    title state message taxonomy problem { code category title } businessObject { type key } legalEntity counterparty
    moneyAtRisk { amount currency } direction openedAt occurrences hop actions
    integration { name title owner } owner { displayName } group { title memberCount taxonomy problem { title } }
    transaction { anchor { key } exceptions { id businessObject { key } } }
    events { kind actorName } attempts { attempt state }
    failure { occurredAt message traceId payload payloadVersion headers { name value } isMasked failedField }
  }
}`;

type Page = { exception: { failure: { payload: unknown; isMasked: boolean }; actions: string[] } };
const pageFor = async (role: keyof typeof people) =>
  (await people[role].ask<Page>(PAGE, { id: await idOf(first) })).exception;

describe('one exception', () => {
  it('says everything in one answer', async () => {
    expect(await pageFor('approver')).toEqual({
      title: 'No company code for DE01-BREMEN — order O-1',
      state: 'OPEN',
      message: 'Selling unit DE01-BREMEN has no company code',
      taxonomy: 'mapping-and-master-data.missing-legal-entity-mapping',
      problem: {
        code: 'mapping-and-master-data.missing-legal-entity-mapping',
        category: 'mapping-and-master-data',
        title: 'Missing legal-entity mapping',
      },
      businessObject: { type: 'sales-order', key: 'O-1' },
      legalEntity: 'DE01',
      counterparty: 'Bremen Werft',
      moneyAtRisk: { amount: '100.00', currency: 'EUR' },
      direction: 'inflow',
      openedAt: at(1).toISOString(),
      occurrences: 1,
      hop: HOP,
      actions: [
        'requeue',
        'correct',
        'assign',
        'move',
        'prioritise',
        'note',
        'start',
        'wait',
        'resolve',
        'accept',
        'mark-duplicate',
        'snooze',
      ],
      integration: { name: HOP, title: 'Contract to order', owner: 'Integration team' },
      owner: null,
      group: {
        title: 'No company code for DE01-BREMEN',
        memberCount: 3,
        taxonomy: 'mapping-and-master-data.missing-legal-entity-mapping',
        problem: { title: 'Missing legal-entity mapping' },
      },
      transaction: {
        anchor: { key: 'O-1' },
        exceptions: [
          { id: await idOf(second), businessObject: { key: 'O-2' } },
          { id: await idOf(first), businessObject: { key: 'O-1' } },
        ],
      },
      events: [{ kind: 'opened', actorName: 'Throughline' }],
      attempts: [],
      failure: {
        occurredAt: at(1).toISOString(),
        message: 'no company code',
        traceId: 'ab'.repeat(16),
        payload: { sellingUnit: 'DE01-BREMEN', payerIban: IBAN },
        payloadVersion: 1,
        headers: [
          { name: 'payer', value: `of ${IBAN}` },
          { name: 'x-first-death-queue', value: 'orders' },
        ],
        isMasked: false,
        failedField: '/sellingUnit',
      },
    });
  });

  it('shows account numbers to those who may see them alone, and no payload without the right to it', async () => {
    expect((await pageFor('engineer')).failure).toMatchObject({
      payload: { sellingUnit: 'DE01-BREMEN', payerIban: 'DE••••3000' },
      headers: [
        { name: 'payer', value: 'of DE••••3000' },
        { name: 'x-first-death-queue', value: 'orders' },
      ],
      isMasked: true,
    });
    expect((await pageFor('auditor')).failure).toMatchObject({ payload: null, headers: [], isMasked: true });
    expect((await pageFor('auditor')).actions).toEqual([]);
  });
});

const ASSIGN = `mutation ($ids: [ID!]!, $ownerId: ID) { assignExceptions(ids: $ids, ownerId: $ownerId) {
  __typename ... on ExceptionsChanged { exceptions { version owner { displayName } } } ... on ActFailure { code exceptionId current { state } } } }`;
const COMMENT = `mutation ($id: ID!, $text: String!) { commentOnException(id: $id, text: $text) {
  __typename ... on ExceptionsChanged { exceptions { events { kind actorName details } } } } }`;
const REQUEUE = `mutation ($ids: [ID!]!, $reason: String!, $dryRun: Boolean) { requestRequeue(exceptionIds: $ids, reason: $reason, dryRun: $dryRun) {
  __typename
  ... on RequeuePlan { items { exceptionId integration objectKey willSend reason } }
  ... on RequeueAccepted { request { id items makerName attempts { attempt state traceId } } exceptions { state actions attempts { attempt state } } plan { items { willSend } } }
  ... on ActFailure { code message exceptionId current { state } } } }`;

const personId = async (role: string) =>
  (
    await people.analyst.ask<{ viewer: { people: { id: string; email: string }[] } }>(
      '{ viewer { people { id email } } }',
    )
  ).viewer.people.find((person) => person.email === `${role}@test.example`)!.id;

describe('acts', () => {
  const audited = (condition: string) => countOf(api.test.database, api.test.tenantId, 'audit_record', condition);

  it('assign to a person who may work, once, and hand back', async () => {
    const ids = [await idOf(first), await idOf(second)];
    const ownerId = await personId('engineer');
    expect(await people.analyst.ask(ASSIGN, { ids, ownerId })).toMatchObject({
      assignExceptions: {
        exceptions: [{ owner: { displayName: 'Test engineer' } }, { owner: { displayName: 'Test engineer' } }],
      },
    });
    await people.analyst.ask(ASSIGN, { ids, ownerId });
    expect(await audited(`action = 'exception.assigned'`)).toBe(2);
    expect(await list({ filter: { ownerId } })).toMatchObject({ totalCount: 2 });
    expect(await people.analyst.ask(ASSIGN, { ids, ownerId: null })).toMatchObject({
      assignExceptions: { exceptions: [{ owner: null }, { owner: null }] },
    });
    expect(await people.analyst.ask(ASSIGN, { ids, ownerId: await personId('treasurer') })).toMatchObject({
      assignExceptions: { code: 'OWNER_CANNOT_WORK' },
    });
    expect(await people.analyst.ask(ASSIGN, { ids, ownerId: ids[0] })).toMatchObject({
      assignExceptions: { code: 'OWNER_NOT_FOUND' },
    });
  });

  it('note something', async () => {
    const changed = await people.analyst.ask<{ commentOnException: { exceptions: { events: unknown[] }[] } }>(COMMENT, {
      id: await idOf(second),
      text: '  asked master data  ',
    });
    expect(changed.commentOnException.exceptions[0]?.events.at(-1)).toEqual({
      kind: 'commented',
      actorName: 'Test analyst',
      details: { text: 'asked master data' },
    });
  });

  it('answer when they are called, also where they only approve', async () => {
    const id = await idOf(second);
    const offered = await people.treasurer.ask(`query ($id: ID!) { exception(id: $id) { actions } }`, { id });
    expect(offered).toEqual({ exception: { actions: ['note'] } });
    expect(await people.treasurer.ask(COMMENT, { id, text: 'the bank called back' })).toMatchObject({
      commentOnException: { __typename: 'ExceptionsChanged' },
    });
  });

  it('plan and send again; a second time fails with what is', async () => {
    const id = await idOf(third);
    expect(await people.analyst.ask(REQUEUE, { ids: [id], reason: '', dryRun: true })).toEqual({
      requestRequeue: {
        __typename: 'RequeuePlan',
        items: [{ exceptionId: id, integration: HOP, objectKey: 'O-3', willSend: true, reason: null }],
      },
    });
    const accepted = await people.analyst.ask<{ requestRequeue: { request: { id: string } } }>(REQUEUE, {
      ids: [id],
      reason: 'mapping added',
    });
    expect(accepted).toMatchObject({
      requestRequeue: {
        __typename: 'RequeueAccepted',
        request: {
          items: 1,
          makerName: 'Test analyst',
          attempts: [{ attempt: 1, state: 'QUEUED', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) }],
        },
        exceptions: [
          {
            state: 'REQUEUED',
            actions: ['assign', 'move', 'prioritise', 'note', 'snooze'],
            attempts: [{ attempt: 1, state: 'QUEUED' }],
          },
        ],
        plan: { items: [{ willSend: true }] },
      },
    });
    expect(await people.analyst.ask(REQUEUE, { ids: [id], reason: 'again' })).toMatchObject({
      requestRequeue: {
        __typename: 'ActFailure',
        code: 'ALREADY_REQUEUED',
        exceptionId: id,
        current: { state: 'REQUEUED' },
      },
    });
    const request = await people.treasurer.ask(
      `query ($id: ID!) { requeueRequest(id: $id) { items reason attempts { state } } }`,
      {
        id: accepted.requestRequeue.request.id,
      },
    );
    expect(request).toEqual({ requeueRequest: { items: 1, reason: 'mapping added', attempts: [{ state: 'QUEUED' }] } });
  });

  it('need a reason', async () => {
    const { errors } = await people.analyst.send(REQUEUE, { ids: [await idOf(first)], reason: '  ' });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('at nothing are a fault of the caller', async () => {
    const ids = ['00000000-0000-4000-8000-000000000000'];
    for (const [document, variables] of [
      [ASSIGN, { ids, ownerId: null }],
      [COMMENT, { id: ids[0], text: 'x' }],
      [REQUEUE, { ids, reason: 'x' }],
    ] as const) {
      expect((await people.analyst.send(document, variables)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });
});

describe('permissions', () => {
  it.each([
    ['exceptions', LIST, {}, 'admin'],
    ['exception', PAGE, { id: first.objectId }, 'admin'],
    ['requeueRequest', `query ($id: ID!) { requeueRequest(id: $id) { id } }`, { id: first.objectId }, 'admin'],
    ['assignExceptions', ASSIGN, { ids: [first.objectId] }, 'auditor'],
    ['commentOnException', COMMENT, { id: first.objectId, text: 'x' }, 'auditor'],
    ['requestRequeue', REQUEUE, { ids: [first.objectId], reason: 'x' }, 'treasurer'],
    ['requestRequeue, dry', REQUEUE, { ids: [first.objectId], reason: 'x', dryRun: true }, 'auditor'],
  ] as const)('%s: the wrong role and nobody are refused', async (_name, document, variables, wrongRole) => {
    expect((await people[wrongRole].send(document, variables)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await api.anonymous.send(document, variables)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['alertPolicies', '{ alertPolicies { totalCount edges { node { name } } } }'],
    ['notifications', '{ notifications { totalCount edges { node { text } } } }'],
  ])('%s: open to the auditor, not to nobody', async (_name, document) => {
    expect(await people.auditor.send(document)).toMatchObject({ data: expect.anything() });
    expect((await api.anonymous.send(document)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

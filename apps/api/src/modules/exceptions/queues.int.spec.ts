import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { at, countOf, storyObject, tell, type StoryObject } from '../../testing/story-facts.js';
import { createExceptionsConsumer } from './index.js';

const ROLES = ['analyst', 'treasurer', 'engineer', 'admin'] as const;
const keys = ['O-1', 'O-2', 'O-3', 'O-4', 'O-5'];
const [small, large, due, wide, foreign] = keys.map((key) => storyObject('sales-order', key)) as [
  StoryObject,
  StoryObject,
  StoryObject,
  StoryObject,
  StoryObject,
];

/** Of the story, in which the API is asked. */
let minute = 30;
let api: ApiHarness;
let people: Record<(typeof ROLES)[number], Client>;

const consumer = createExceptionsConsumer({ clock: () => at(10) });
const project = (...objects: StoryObject[]) =>
  api.test.database.withTenant(api.test.tenantId, (tx) =>
    consumer.handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: objects.map((one) => one.objectId), transactionIds: [] },
    }),
  );
const change = (sql: string, objectId: string) =>
  api.test.database.withTenant(api.test.tenantId, (tx) => tx.query(sql, [tx.tenantId, objectId]));
const facts = (work: Parameters<typeof tell>[2]) => tell(api.test.database, api.test.tenantId, work);

beforeAll(async () => {
  api = await startApi({ clock: () => at(minute) });
  const { database, tenantId } = api.test;
  const clients: Partial<typeof people> = {};
  for (const role of ROLES) {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    clients[role] = await api.signIn(`${role}@test.example`);
  }
  people = clients as typeof people;
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
       values ($1, 'DE01', 'Nordhafen', 'DE', 'EUR', 'TARGET', 'Europe/Berlin')`,
      [tenantId],
    ),
  );
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into exchange_rate (tenant_id, rate_type, currency, rate_on, base, rate, source, imported_at)
       values ($1, 'ecb-reference', 'USD', '2026-09-29', 'EUR', 1.25, 'test', now())`,
      [tenantId],
    ),
  );
  await facts(async (story) => {
    await story.object(small, '900.00');
    await story.object(large, '2000000.00');
    await story.object(due, '12000.00');
    await story.object(wide, '1200000.00');
    await story.object(foreign, '1500000.00');
    for (const order of [small, large, due, wide, foreign]) await story.problem(order);
    // two transactions wait for it, and the order itself must be through by 08:50
    const first = await story.transaction([wide]);
    await story.transaction([storyObject('contract', 'C-1'), wide]);
    await story.milestone(first, wide, 50);
    await story.milestone(await story.transaction([due]), due, 40);
    // a milestone of a sibling is not this one's
    const shared = await story.transaction([storyObject('contract', 'C-2'), small]);
    await story.milestone(shared, storyObject('contract', 'C-2'), 45);
  });
  await database.withTenant(tenantId, (tx) =>
    tx.query(`update business_object set currency = 'USD' where tenant_id = $1 and object_id = $2`, [
      tenantId,
      foreign.objectId,
    ]),
  );
  await project(small, large, due, wide, foreign);
});

afterAll(async () => {
  await api.close();
});

type Shown = {
  id: string;
  version: number;
  actions: string[];
  businessObject: { key: string };
  queue: { name: string; title: string };
  owner: { id: string } | null;
  priority: { band: string; ratedBand: string; score: number; reasons: string[] } & Record<string, unknown>;
  events: { kind: string; actorName: string; details: Record<string, unknown> }[];
};

const SHOWN = `id version actions businessObject { key } queue { name title } owner { id }
  priority { band ratedBand score reasons blocks nextDueAt missedDueAt money { amount currency } overriddenBy { displayName } overrideReason overriddenAt }
  events { kind actorName details }`;
const LIST = `query ($filter: ExceptionFilter) {
  exceptions(filter: $filter, orderBy: PRIORITY_DESC) { edges { node { ${SHOWN} } } }
}`;

async function listed(filter: Record<string, unknown> = {}): Promise<Shown[]> {
  const answer = await people.analyst.ask<{ exceptions: { edges: { node: Shown }[] } }>(LIST, { filter });
  return answer.exceptions.edges.map(({ node }) => node);
}
async function shown(object: StoryObject): Promise<Shown> {
  const [found] = await listed({ objectId: object.objectId });
  if (found === undefined) throw new Error(`no exception at ${object.key}`);
  return found;
}
const audits = (action: string) =>
  countOf(api.test.database, api.test.tenantId, 'audit_record', `action = '${action}'`);

const RESULT = `__typename
  ... on ExceptionsChanged { exceptions { ${SHOWN} } }
  ... on ActFailure { code message current { id version } }`;
const MOVE = `mutation ($ids: [ID!]!, $queue: String!, $reason: String!) { act: moveToQueue(ids: $ids, queue: $queue, reason: $reason) { ${RESULT} } }`;
const OVERRIDE = `mutation ($id: ID!, $band: PriorityBand, $reason: String!, $version: Int) {
  act: overridePriority(id: $id, band: $band, reason: $reason, version: $version) { ${RESULT} }
}`;
type Acted = { act: { __typename: string; code?: string; exceptions?: Shown[]; current?: { version: number } } };

describe('the inbox by priority', () => {
  it('stands what can still be met before what only is large, and says why in words', async () => {
    const rows = await listed();
    expect(rows.map(({ businessObject, priority }) => [businessObject.key, priority.band, priority.score])).toEqual([
      ['O-4', 'P1', 60 + 20 + 5],
      ['O-3', 'P2', 30 + 20],
      ['O-2', 'P2', 60],
      ['O-5', 'P2', 60],
      ['O-1', 'P4', 5],
    ]);
    expect(rows.map(({ priority }) => priority.reasons)).toEqual([
      ['EUR 1.2 m', 'misses Payment applied at 10:50 CEST in 20 min', 'holds up 2 transactions'],
      ['EUR 12 k', 'misses Payment applied at 10:40 CEST in 10 min'],
      ['EUR 2 m'],
      ['EUR 1.2 m'],
      ['EUR 900'],
    ]);
    expect(rows[3]?.priority['money']).toEqual({ amount: '1200000.00', currency: 'EUR' });
  });

  it('says that there is no rate, and takes it for neither nothing nor a fortune', async () => {
    const dollars = storyObject('sales-order', 'O-99');
    await facts(async (story) => {
      await story.object(dollars, '100.00');
      await story.problem(dollars);
    });
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`update business_object set currency = 'JPY' where tenant_id = $1 and object_id = $2`, [
        tx.tenantId,
        dollars.objectId,
      ]),
    );
    await project(dollars);
    expect((await shown(dollars)).priority).toMatchObject({
      band: 'P3',
      reasons: ['JPY 100, with no rate to EUR'],
      money: null,
    });
    await facts((story) => story.withoutProblem(dollars));
    await project(dollars);
  });

  it('tells what is true now of a step that was reached without a word', async () => {
    await change(`update milestone set reached_at = now() where tenant_id = $1 and object_id = $2`, due.objectId);
    expect((await shown(due)).priority).toMatchObject({ nextDueAt: null, reasons: ['EUR 12 k'] });
    await change(`update milestone set reached_at = null where tenant_id = $1 and object_id = $2`, due.objectId);
    expect((await shown(due)).priority.reasons).toHaveLength(2);
  });

  it('changes what waits further up when a due time passes further down', async () => {
    const [order, invoice] = [storyObject('sales-order', 'O-60'), storyObject('invoice', 'I-60')];
    let transactionId = '';
    await facts(async (story) => {
      await story.object(order, '100.00');
      await story.object(invoice, '100.00');
      await story.problem(order);
      transactionId = await story.transaction([storyObject('contract', 'C-60'), order, invoice]);
      await story.milestone(transactionId, invoice, 12);
    });
    await project(order);
    const storedDue = () =>
      countOf(
        api.test.database,
        api.test.tenantId,
        'exception',
        `object_id = '${order.objectId}' and next_due_at is not null and missed_due_at is null`,
      );
    expect(await storedDue()).toBe(1);
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      createExceptionsConsumer({ clock: () => at(13) }).handle(tx, {
        deliveryId: '3',
        topic: 'timeliness.overdue',
        payload: { items: [{ transactionId, name: 'payment-applied', objectId: invoice.objectId }] },
      }),
    );
    expect(await storedDue()).toBe(0);
    expect((await shown(order)).priority.reasons).toEqual([
      'EUR 100',
      'missed Payment applied of 10:12 CEST by 18 min',
    ]);
    await facts((story) => story.withoutProblem(order));
    await change(`update milestone set reached_at = due_at where tenant_id = $1 and object_id = $2`, invoice.objectId);
    await project(order, invoice);
  });

  it('tells a missed due time as missed once the sweep has come by', async () => {
    const later = createExceptionsConsumer({ clock: () => at(41) });
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      later.handle(tx, {
        deliveryId: '2',
        topic: 'lineage.projected',
        payload: { objectIds: [due.objectId], transactionIds: [] },
      }),
    );
    minute = 41;
    const { priority } = await shown(due);
    minute = 30;
    expect(priority).toMatchObject({
      nextDueAt: null,
      missedDueAt: at(40).toISOString(),
      score: 30 + 15,
      reasons: ['EUR 12 k', 'missed Payment applied of 10:40 CEST by 1 min'],
    });
    await project(due);
    expect((await shown(due)).priority).toMatchObject({ nextDueAt: at(40).toISOString(), score: 30 + 20 });
  });
});

describe('queues', () => {
  const QUEUES = `{ queues { name title purpose openCount unassignedCount urgentCount oldestOpenedAt nextDueAt
    moneyAtRisk { currency inflow outflow count } members { email } permittedActs } }`;
  type Queues = { queues: ({ name: string; permittedActs: string[] } & Record<string, unknown>)[] };

  it('are all there, with what waits in them', async () => {
    const { queues } = await people.analyst.ask<Queues>(QUEUES);
    expect(queues).toHaveLength(11);
    expect(queues.find(({ name }) => name === 'master-data')).toMatchObject({
      title: 'Master data',
      openCount: 5,
      unassignedCount: 5,
      urgentCount: 1,
      oldestOpenedAt: at(1).toISOString(),
      nextDueAt: at(40).toISOString(),
      // 900 + 2 000 000 + 12 000 + 1 200 000 + 1 500 000 / 1.25
      moneyAtRisk: { currency: 'EUR', inflow: '4412900.00', outflow: '0.00', count: 5 },
      members: [],
    });
    expect(queues.find(({ name }) => name === 'tax')).toMatchObject({
      openCount: 0,
      oldestOpenedAt: null,
      moneyAtRisk: { inflow: '0.00', count: 0 },
    });
  });

  it('say what this viewer may do there', async () => {
    const actsOf = async (client: Client, queue: string) =>
      (await client.ask<Queues>(QUEUES)).queues.find(({ name }) => name === queue)?.permittedActs;
    expect(await actsOf(people.analyst, 'payments')).toEqual(
      expect.arrayContaining(['requeue', 'assign', 'move', 'prioritise', 'note']),
    );
    expect(await actsOf(people.analyst, 'unreadable')).not.toContain('requeue');
    expect(await actsOf(people.treasurer, 'payments')).toEqual(['note']);
  });

  it('are worked by a calendar, their own or the one that is set', async () => {
    type Hours = { queues: { name: string; workingHours: Record<string, unknown> }[] };
    const HOURS = '{ queues { name workingHours { calendar title timeZone isOpen opensAt } } }';
    const SET = `mutation ($queue: String!, $calendar: String!) { setQueueHours(queue: $queue, calendar: $calendar) {
      ... on QueueSaved { queue { workingHours { calendar isOpen opensAt } } } ... on CatalogFailure { code problems } } }`;
    const { queues } = await people.analyst.ask<Hours>(HOURS);
    // half past ten in Frankfurt on a Wednesday
    expect(queues.find(({ name }) => name === 'payments')?.workingHours).toEqual({
      calendar: 'TARGET',
      title: 'T2 (TARGET), euro',
      timeZone: 'Europe/Berlin',
      isOpen: true,
      opensAt: null,
    });
    expect(queues.find(({ name }) => name === 'platform')?.workingHours).toMatchObject({ calendar: '24x7' });
    const us = await people.engineer.ask<{ setQueueHours: { queue: Record<string, unknown> } }>(SET, {
      queue: 'payments',
      calendar: 'US-FED',
    });
    // half past four in the morning in New York
    expect(us.setQueueHours.queue).toMatchObject({ workingHours: { calendar: 'US-FED', isOpen: false } });
    expect(await people.engineer.ask(SET, { queue: 'payments', calendar: 'never' })).toMatchObject({
      setQueueHours: { code: 'INVALID', problems: ['calendar: must be one of TARGET, US-FED, BR, SG, 24x7'] },
    });
    expect(await people.engineer.ask(SET, { queue: 'nowhere', calendar: 'TARGET' })).toMatchObject({
      setQueueHours: { code: 'NOT_FOUND' },
    });
    expect(await audits('queue.hours-set')).toBe(1);
  });

  it('have members, who may work on exceptions', async () => {
    const SET = `mutation ($queue: String!, $personIds: [ID!]!) { setQueueMembers(queue: $queue, personIds: $personIds) {
      ... on QueueSaved { queue { members { email } } } ... on CatalogFailure { code problems } } }`;
    const { viewer } = await people.analyst.ask<{ viewer: { people: { id: string; email: string }[] } }>(
      '{ viewer { people { id email } } }',
    );
    const idOf = (role: string) => viewer.people.find(({ email }) => email === `${role}@test.example`)?.id;
    const set = (queue: string, ids: unknown[]) => people.engineer.ask(SET, { queue, personIds: ids });
    expect(await set('tax', [idOf('analyst')])).toEqual({
      setQueueMembers: { queue: { members: [{ email: 'analyst@test.example' }] } },
    });
    expect(await set('tax', [idOf('treasurer')])).toMatchObject({ setQueueMembers: { code: 'INVALID' } });
    expect(await set('nowhere', [])).toMatchObject({ setQueueMembers: { code: 'NOT_FOUND' } });
    expect(await set('tax', [])).toEqual({ setQueueMembers: { queue: { members: [] } } });
    expect(await audits('queue.members-set')).toBe(2);
  });

  it.each([
    ['members', 'credit', 'setQueueMembers(queue: "credit", personIds: [], seen: $seen)'],
    ['hours', 'platform', 'setQueueHours(queue: "platform", calendar: "BR", seen: $seen)'],
    ['lead', 'reconciliation', 'setQueueLead(queue: "reconciliation", personId: null, seen: $seen)'],
    [
      'targets',
      'unreadable',
      'setQueueTargets(queue: "unreadable", targets: [{ band: P1, response: "PT1H", resolution: "PT2H" }], seen: $seen)',
    ],
  ])('are not changed over what somebody changed since: %s', async (_what, queue, act) => {
    const revision = async () =>
      (
        await people.engineer.ask<{ queues: { name: string; revision: string }[] }>('{ queues { name revision } }')
      ).queues.find(({ name }) => name === queue)?.revision;
    const change = (seen: string | undefined) =>
      people.engineer.ask<{ act: { queue?: { revision: string } } }>(
        `mutation ($seen: String) { act: ${act} { ... on QueueSaved { queue { revision } } ... on CatalogFailure { code message } } }`,
        { seen },
      );
    const seen = await revision();
    await people.admin.ask(`mutation { setQueueHours(queue: "${queue}", calendar: "US-FED") { __typename } }`);
    expect(await change(seen)).toEqual({
      act: { code: 'STALE_VERSION', message: 'Test admin changed this queue meanwhile: nothing was saved.' },
    });
    const { act: done } = await change(await revision());
    expect(done).toEqual({ queue: { revision: await revision() } });
  });
});

describe('moving to a queue', () => {
  const move = async (object: StoryObject, queue: string, client = people.analyst) =>
    (await client.ask<Acted>(MOVE, { ids: [(await shown(object)).id], queue, reason: 'It is about VAT' })).act;

  it('takes it from who had it, tells it, and holds against the rules', async () => {
    const { id } = await shown(large);
    const me = await people.analyst.ask<{ viewer: { id: string } }>('{ viewer { id } }');
    await people.analyst.ask(
      `mutation { assignExceptions(ids: ["${id}"], ownerId: "${me.viewer.id}") { __typename } }`,
    );
    expect((await shown(large)).owner).not.toBeNull();
    const moved = (await move(large, 'tax')).exceptions?.[0];
    expect(moved).toMatchObject({ queue: { name: 'tax', title: 'Tax' }, owner: null });
    expect(moved?.events.at(-1)).toMatchObject({
      kind: 'moved',
      details: { from: 'master-data', to: 'tax', reason: 'It is about VAT' },
    });
    expect(await audits('exception.moved')).toBe(1);
    // the amount changes, and with it what rules look at
    await facts((story) => story.object(large, '3000000.00'));
    await project(large);
    const after = await shown(large);
    expect([after.queue.name, after.priority.reasons]).toEqual(['tax', ['EUR 3 m']]);
    expect((await listed({ queues: ['tax'] })).map(({ businessObject }) => businessObject.key)).toEqual(['O-2']);
  });

  it('changes nothing where it waits already', async () => {
    const before = await shown(large);
    expect((await move(large, 'tax')).exceptions?.[0]?.version).toBe(before.version);
    expect(await audits('exception.moved')).toBe(1);
  });

  it('is refused to no queue, without the right, and for what is closed, whole', async () => {
    expect(await move(small, 'nowhere')).toMatchObject({ __typename: 'ActFailure', code: 'QUEUE_NOT_FOUND' });
    const ids = [(await shown(small)).id];
    const forbidden = await people.treasurer.send(MOVE, { ids, queue: 'tax', reason: 'x' });
    expect(forbidden.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const blank = await people.analyst.send(MOVE, { ids, queue: 'tax', reason: '  ' });
    expect(blank.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    const over = storyObject('sales-order', 'O-77');
    await facts(async (story) => {
      await story.object(over);
      await story.problem(over, { clearedAt: 4 });
    });
    await project(over);
    const both = [(await shown(small)).id, (await shown(over)).id];
    const { act } = await people.analyst.ask<Acted>(MOVE, { ids: both, queue: 'tax', reason: 'x' });
    expect(act).toMatchObject({ __typename: 'ActFailure', code: 'NOT_MOVABLE' });
    expect((await shown(small)).queue.name).toBe('master-data');
  });
});

describe('overriding the priority', () => {
  const override = async (object: StoryObject, over: Record<string, unknown>, client = people.analyst) =>
    (await client.ask<Acted>(OVERRIDE, { id: (await shown(object)).id, reason: 'The customer called', ...over })).act;

  it('stands it where the person says, and back again', async () => {
    const stated = (await override(small, { band: 'P1', version: (await shown(small)).version })).exceptions?.[0];
    expect(stated?.priority).toMatchObject({
      band: 'P1',
      ratedBand: 'P4',
      overrideReason: 'The customer called',
      overriddenBy: { displayName: expect.any(String) },
      overriddenAt: at(30).toISOString(),
    });
    expect((await listed()).slice(0, 2).map(({ businessObject }) => businessObject.key)).toEqual(['O-4', 'O-1']);
    // facts that change do not take it back
    await facts((story) => story.problem(small, { occurrences: 2, last: 5 }));
    await project(small);
    expect((await shown(small)).priority).toMatchObject({ band: 'P1', ratedBand: 'P4' });
    expect((await override(small, { band: null })).exceptions?.[0]?.priority).toMatchObject({
      band: 'P4',
      overriddenBy: null,
      overrideReason: null,
    });
    expect((await shown(small)).events.filter(({ kind }) => kind === 'prioritised')).toMatchObject([
      { details: { from: 'P4', to: 'P1', reason: 'The customer called' } },
      { details: { from: 'P1', to: 'P4' } },
    ]);
    expect(await audits('exception.prioritised')).toBe(2);
  });

  it('is refused when it has changed meanwhile, with how it is now', async () => {
    const { version } = await shown(small);
    expect(await override(small, { band: 'P2', version: version - 1 })).toMatchObject({
      __typename: 'ActFailure',
      code: 'STALE_VERSION',
      message: 'Test analyst changed O-1 since you looked at it: it is open now. Nothing was done.',
      current: { version },
    });
    expect((await shown(small)).priority.band).toBe('P4');
  });

  it('is refused without the right', async () => {
    const { id } = await shown(small);
    const { errors } = await people.treasurer.send(OVERRIDE, { id, band: 'P1', reason: 'x' });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('rules of the tenant', () => {
  const SAVE = `mutation ($rules: [RoutingRuleInput!]!) { saveRoutingRules(rules: $rules) {
    ... on RoutingRulesSaved { rules { name queue { name } legalEntities fromAmount { amount currency } isDefault } }
    ... on CatalogFailure { code problems } } }`;
  const APPLY = 'mutation { applyRoutingRules { looked moved } }';
  const rule = { name: 'large at DE01', queue: 'approval', legalEntities: ['DE01'], fromAmount: '1000000' };

  it('are saved whole or not at all, and move nothing by themselves', async () => {
    expect(await people.engineer.ask(SAVE, { rules: [{ name: 'x', queue: 'nowhere' }] })).toMatchObject({
      saveRoutingRules: { code: 'INVALID', problems: ['rule "x" leads to nowhere, which is no queue'] },
    });
    expect(await people.engineer.ask(SAVE, { rules: [rule] })).toEqual({
      saveRoutingRules: {
        rules: [
          {
            name: 'large at DE01',
            queue: { name: 'approval' },
            legalEntities: ['DE01'],
            fromAmount: { amount: '1000000.00', currency: 'EUR' },
            isDefault: false,
          },
        ],
      },
    });
    await project(wide, foreign);
    expect([(await shown(wide)).queue.name, (await shown(foreign)).queue.name]).toEqual(['master-data', 'master-data']);
    expect(await audits('routing-rules.saved')).toBe(1);
  });

  it('are not replaced over what somebody saved since they were seen', async () => {
    type Seen = { routingRulesRevision: string };
    const { routingRulesRevision: seen } = await people.engineer.ask<Seen>('{ routingRulesRevision }');
    const save = (revision: string, rules: object[]) =>
      people.engineer.ask(
        `mutation ($rules: [RoutingRuleInput!]!, $seen: String) { saveRoutingRules(rules: $rules, seen: $seen) {
          ... on RoutingRulesSaved { revision } ... on CatalogFailure { code message } } }`,
        { rules, seen: revision },
      );
    minute = 31;
    await people.admin.ask(SAVE, { rules: [rule, { name: 'all else', queue: 'tax' }] });
    minute = 30;
    expect(await save(seen, [rule])).toEqual({
      saveRoutingRules: {
        code: 'STALE_VERSION',
        message: 'Test admin changed the rules meanwhile: nothing was saved.',
      },
    });
    const { routingRulesRevision: now } = await people.engineer.ask<Seen>('{ routingRulesRevision }');
    // as they were before: what counts is what they say
    expect(await save(now, [rule])).toEqual({ saveRoutingRules: { revision: seen } });
  });

  it('go first for what opens from then on', async () => {
    const next = storyObject('sales-order', 'O-50');
    await facts(async (story) => {
      await story.object(next, '5000000.00');
      await story.problem(next);
    });
    await project(next);
    expect((await shown(next)).queue.name).toBe('approval');
  });

  it('are applied on demand to what is open, but not against a person', async () => {
    const { id } = await shown(foreign);
    const me = await people.analyst.ask<{ viewer: { id: string } }>('{ viewer { id } }');
    await people.analyst.ask(
      `mutation { assignExceptions(ids: ["${id}"], ownerId: "${me.viewer.id}") { __typename } }`,
    );
    expect(await people.engineer.ask(APPLY)).toEqual({ applyRoutingRules: { looked: 6, moved: 1 } });
    expect((await shown(wide)).queue.name).toBe('approval');
    expect((await shown(wide)).events.at(-1)).toMatchObject({
      kind: 'moved',
      details: { from: 'master-data', to: 'approval', rule: 'large at DE01' },
    });
    // one was moved by hand, one is in somebody's hand
    expect([(await shown(large)).queue.name, (await shown(foreign)).queue.name]).toEqual(['tax', 'master-data']);
    expect(await people.engineer.ask(APPLY)).toEqual({ applyRoutingRules: { looked: 6, moved: 0 } });
  });

  it('are listed before the default ones', async () => {
    const { routingRules } = await people.analyst.ask<{ routingRules: { name: string; isDefault: boolean }[] }>(
      '{ routingRules { name isDefault } }',
    );
    expect(routingRules.slice(0, 2)).toEqual([
      { name: 'large at DE01', isDefault: false },
      { name: 'no mapping reads it', isDefault: true },
    ]);
  });
});

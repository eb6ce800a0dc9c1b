import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../../testing/api-harness.js';
import { LifeStory } from '../testing/life-story.js';
import { createEscalationStage } from './escalation-stage.js';
import { at, storyObject } from '../../../testing/story-facts.js';

let story: LifeStory;
let admin: Client;
let leadId: string;

beforeAll(async () => {
  story = await LifeStory.start();
  const { api } = story;
  await api.addPerson(api.test.tenantId, 'admin@test.example', 'admin');
  admin = await api.signIn('admin@test.example');
  leadId = await personId('controller');
});
afterAll(() => story.api.close());

async function personId(role: string): Promise<string> {
  const { database, tenantId } = story.api.test;
  const [person] = await database.withTenant(tenantId, (tx) =>
    tx.query<{ id: string }>('select person_id as id from person where tenant_id = $1 and email = $2', [
      tenantId,
      `${role}@test.example`,
    ]),
  );
  return person?.id ?? '';
}

const escalate = (minute: number) => {
  story.turnTo(minute);
  return createEscalationStage(story.api.test.database, () => at(minute)).run(story.api.test.tenantId);
};
const shown = async () =>
  (
    await story.people.analyst.ask<{ exceptions: { edges: { node: Record<string, unknown> }[] } }>(
      `{ exceptions { edges { node { isEscalated escalations { clock leadName } events { kind actorName } } } } }`,
    )
  ).exceptions.edges.map(({ node }) => node);

describe('an overdue clock', () => {
  it('is brought to the lead of its queue, once', async () => {
    const lead = await admin.ask(
      `mutation { setQueueHours(queue: "master-data", calendar: "24x7") { __typename }
         setQueueLead(queue: "master-data", personId: "${leadId}") { __typename
           ... on QueueSaved { queue { lead { displayName } } } ... on CatalogFailure { code } } }`,
    );
    expect(lead).toMatchObject({ setQueueLead: { queue: { lead: { displayName: 'Test controller' } } } });
    await story.fail('O-1', '5000000.00');
    await escalate(32);
    expect(await shown()).toMatchObject([{ isEscalated: false, escalations: [] }]);
    await escalate(30 + 9 * 60);
    await escalate(31 + 9 * 60);
    const [exception] = await shown();
    expect(exception).toMatchObject({ isEscalated: true });
    expect(exception?.['events']).toMatchObject([
      { kind: 'opened' },
      { kind: 'escalated', actorName: 'Throughline' },
      { kind: 'escalated', actorName: 'Throughline' },
    ]);
    expect(exception?.['escalations']).toEqual([
      { clock: 'resolution', leadName: 'Test controller' },
      { clock: 'response', leadName: 'Test controller' },
    ]);
    const { database, tenantId } = story.api.test;
    const looks = await database.withTenant(tenantId, (tx) =>
      tx.query('select look_at as at from exception_clock_look where tenant_id = $1', [tenantId]),
    );
    // nothing is left to be told of it, and yet a day on it is looked at: a mark that never ends could hide it
    expect(looks).toEqual([{ at: at(30 + 9 * 60 + 24 * 60) }]);
    const { myNotifications } = await story.people.controller.ask<{ myNotifications: object }>(
      '{ myNotifications { edges { node { kind count actorName details } } } }',
    );
    expect(myNotifications).toMatchObject({
      edges: [{ node: { kind: 'ESCALATED', count: 1, actorName: 'Throughline', details: { clock: 'response' } } }],
    });
  });

  it('marks its exception in the inbox until that is over, and no more when it comes again', async () => {
    const escalated = async () => {
      const { exceptions } = await story.people.analyst.ask<{ exceptions: { totalCount: number } }>(
        '{ exceptions(filter: { isEscalated: true }) { totalCount } }',
      );
      return exceptions.totalCount;
    };
    expect(await escalated()).toBe(1);
    const id = await story.idOf(storyObject('sales-order', 'O-1'));
    story.turnTo(32 + 9 * 60);
    await story.change(id, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' }, comment: 'mended' });
    expect(await escalated()).toBe(0);
    story.turnTo(40 + 9 * 60);
    await story.fail('O-1', '5000000.00', { last: 39 + 9 * 60, occurrences: 2 });
    expect(await shown()).toMatchObject([{ isEscalated: false }]);
    expect(await escalated()).toBe(0);
    const recurring = await story.people.analyst.ask('{ exceptions(filter: { isRecurring: true }) { totalCount } }');
    expect(recurring).toEqual({ exceptions: { totalCount: 1 } });
    // nothing was left to be looked at of the first time
    await escalate(50 + 17 * 60);
    expect(await escalated()).toBe(1);
  });

  it('has its leads and members set and read by who keeps the catalog, who sees no exceptions', async () => {
    const { queues } = await admin.ask<{ queues: { name: string }[] }>(
      '{ queues { name lead { id } members { id } workingHours { title } } routingRules { name } }',
    );
    expect(queues.find(({ name }) => name === 'master-data')).toMatchObject({ lead: { id: leadId }, members: [] });
    expect((await admin.send('{ queues { openCount } }')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    const refused = await admin.ask(
      `mutation { setQueueLead(queue: "tax", personId: "${await personId('admin')}") { ... on CatalogFailure { code } } }`,
    );
    expect(refused).toEqual({ setQueueLead: { code: 'INVALID' } });
  });
});

describe('routing rules', () => {
  it('are tried on an exception before they are saved', async () => {
    const { exceptions } = await story.people.analyst.ask<{ exceptions: { edges: { node: { id: string } }[] } }>(
      '{ exceptions { edges { node { id } } } }',
    );
    const ask = (rules: unknown[]) =>
      story.people.analyst.ask<{ tryRoutingRules: unknown }>(
        `query ($id: ID!, $rules: [RoutingRuleInput!]!) { tryRoutingRules(exceptionId: $id, rules: $rules) {
           ... on RoutingTrial { queue { name } rule isDefault } ... on CatalogFailure { problems } } }`,
        { id: exceptions.edges[0]?.node.id, rules },
      );
    const rule = { name: 'large', queue: 'tax', fromAmount: '1000000' };
    expect(await ask([rule])).toEqual({
      tryRoutingRules: { queue: { name: 'tax' }, rule: 'large', isDefault: false },
    });
    expect(await ask([{ ...rule, fromAmount: '9000000' }])).toMatchObject({
      tryRoutingRules: { queue: { name: 'master-data' }, isDefault: true },
    });
    expect(await ask([{ ...rule, queue: 'nowhere' }])).toEqual({
      tryRoutingRules: { problems: ['rule "large" leads to nowhere, which is no queue'] },
    });
  });
});

describe('the clock of an exception', () => {
  it('is looked at when it is due, and looked for where nobody planned that', async () => {
    const { database, tenantId } = story.api.test;
    const sql = <T extends object>(text: string, ...more: unknown[]) =>
      database.withTenant(tenantId, (tx) => tx.query<T>(text, [tenantId, ...more]));
    const lookOf = async (id: string) =>
      (
        await sql<{ at: Date }>(
          'select look_at as at from exception_clock_look where tenant_id = $1 and exception_id = $2',
          id,
        )
      )[0]?.at ?? null;
    const begin = 60 * 24;
    story.turnTo(begin);
    await story.fail('O-2', '100.00', { last: begin });
    const id = await story.idOf(storyObject('sales-order', 'O-2'));
    // the shortest target of all
    expect(await lookOf(id)).toEqual(at(begin + 30));
    await escalate(begin + 31);
    expect(await lookOf(id)).toEqual(at(begin + 61));
    story.turnTo(begin + 40);
    const { overridePriority } = await story.people.analyst.ask<{ overridePriority: object }>(
      `mutation { overridePriority(id: "${id}", band: P1, reason: "the customer calls") { __typename } }`,
    );
    expect(overridePriority).toEqual({ __typename: 'ExceptionsChanged' });
    await escalate(begin + 41);
    expect(await sql('select clock from exception_escalation where tenant_id = $1 and exception_id = $2', id)).toEqual([
      { clock: 'response' },
    ]);
    await sql('delete from exception_clock_look where tenant_id = $1 and exception_id = $2', id);
    await escalate(begin + 5 * 60);
    expect(await sql('select 1 from exception_escalation where tenant_id = $1 and exception_id = $2', id)).toHaveLength(
      2,
    );
    await story.change(id, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' }, comment: 'mended' });
    await escalate(begin + 60 * 25);
    await escalate(begin + 60 * 50);
    expect(await lookOf(id)).toBeNull();
  });
});

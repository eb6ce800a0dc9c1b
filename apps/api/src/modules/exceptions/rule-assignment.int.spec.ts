import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../testing/api-harness.js';
import { at, countOf, storyObject, tell } from '../../testing/story-facts.js';
import { LifeStory } from './testing/life-story.js';

type Role = keyof LifeStory['people'];

let story: LifeStory;
let keeper: Client;
const idOf: Partial<Record<Role, string>> = {};
const person = (role: Role) => idOf[role]!;

beforeAll(async () => {
  story = await LifeStory.start();
  const { api } = story;
  await api.addPerson(api.test.tenantId, 'engineer@test.example', 'engineer');
  keeper = await api.signIn('engineer@test.example');
  for (const [role, client] of Object.entries(story.people)) {
    idOf[role as Role] = (await client.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
  }
});

afterAll(() => story.api.close());

const SAVE = `mutation ($rules: [RoutingRuleInput!]!) { saveRoutingRules(rules: $rules) {
  ... on RoutingRulesSaved { rules { name person { email } whyNobody } } ... on CatalogFailure { code problems } } }`;
const save = async (personId: string | null, queue = 'tax') =>
  (
    await keeper.ask<{ saveRoutingRules: Record<string, unknown> }>(SAVE, {
      rules: [{ name: 'all of DE01', queue, legalEntities: ['DE01'], personId }],
    })
  ).saveRoutingRules;
const members = (queue: string, ...ids: string[]) =>
  keeper.ask(`mutation { setQueueMembers(queue: "${queue}", personIds: ${JSON.stringify(ids)}) { __typename } }`);
const apply = () => keeper.ask('mutation { applyRoutingRules { looked moved assigned } }');
const assign = (id: string, role: Role | null) =>
  story.people.analyst.ask(
    'mutation ($ids: [ID!]!, $ownerId: ID) { assignExceptions(ids: $ids, ownerId: $ownerId) { __typename } }',
    { ids: [id], ownerId: role && person(role) },
  );
async function absent(role: Role, deputy: Role | null): Promise<string> {
  const answer = await story.people[role].ask<{ stateAbsence: { absence: { id: string } } }>(
    `mutation ($input: AbsenceInput!) { stateAbsence(input: $input) { ... on AbsenceSaved { absence { id } } } }`,
    {
      input: {
        from: at(0).toISOString(),
        until: at(6000).toISOString(),
        deputyId: deputy && person(deputy),
      },
    },
  );
  return answer.stateAbsence.absence.id;
}
const back = (role: Role, id: string) => story.people[role].ask(`mutation { endAbsence(id: "${id}") { __typename } }`);
const told = async (role: Role) =>
  (
    await story.people[role].ask<{ myNotifications: { edges: { node: Record<string, unknown> }[] } }>(
      '{ myNotifications(unreadOnly: true) { edges { node { kind count actorName } } } }',
    )
  ).myNotifications.edges.map(({ node }) => node);
const lastSteps = async (id: string, count: number) =>
  (await story.show(id)).events
    .slice(-count)
    .map(({ kind, actorName, details }) => [kind, actorName, details['why'] ?? details['ownerName'] ?? null]);

describe('a rule that names a person', () => {
  it('is refused where that one cannot hold work of the queue', async () => {
    await members('tax', person('analyst'));
    expect(await save(person('approver'))).toEqual({
      code: 'INVALID',
      problems: ['rule "all of DE01": Test approver is no member of the queue Tax.'],
    });
    expect(await save(person('treasurer'), 'payments')).toMatchObject({
      problems: ['rule "all of DE01": Test treasurer may not work on exceptions.'],
    });
    expect(await save('00000000-0000-4000-8000-000000000000')).toMatchObject({ code: 'INVALID' });
    await members('tax', person('analyst'), person('approver'));
    expect(await save(person('approver'))).toEqual({
      rules: [{ name: 'all of DE01', person: { email: 'approver@test.example' }, whyNobody: null }],
    });
  });

  it('gives what opens to that person, as an act of the system, and says so to them', async () => {
    const id = await story.fail('R-1');
    expect(await story.show(id)).toMatchObject({ owner: { displayName: 'Test approver' } });
    expect(await lastSteps(id, 2)).toEqual([
      ['opened', 'Throughline', null],
      ['assigned', 'Throughline', 'Test approver'],
    ]);
    expect(await told('approver')).toEqual([{ kind: 'ASSIGNED', count: 1, actorName: 'Throughline' }]);
    const { database, tenantId } = story.api.test;
    const audit = `action = 'exception.assigned' and actor_kind = 'system' and subject_id = '${id}'`;
    expect(await countOf(database, tenantId, 'audit_record', audit)).toBe(1);
    story.turnTo(45);
    expect((await story.show(id)).clock.holders).toEqual([{ holder: 'Test approver' }]);
    story.turnTo(30);
  });

  it('does not give it again when it is handed back and the facts go on', async () => {
    const id = await story.fail('R-2');
    await assign(id, null);
    await story.fail('R-2', '501.00', { occurrences: 2 });
    expect(await story.show(id)).toMatchObject({ owner: null });
  });

  it('gives it to the deputy, and to nobody where that one cannot hold it either', async () => {
    const absence = await absent('approver', 'analyst');
    const sent = await story.fail('R-3');
    expect((await story.show(sent)).events.at(-1)).toMatchObject({
      kind: 'assigned',
      details: { ownerName: 'Test analyst', insteadOf: 'Test approver' },
    });
    await members('tax', person('approver'));
    const kept = await story.fail('R-4');
    const why = 'Test approver is away until 2026-10-04, and whoever stands in cannot hold work of the queue Tax.';
    expect(await lastSteps(kept, 1)).toEqual([['not-assigned', 'Throughline', why]]);
    expect(await story.show(kept)).toMatchObject({ owner: null });
    const { routingRules } = await keeper.ask<{ routingRules: object[] }>('{ routingRules { whyNobody } }');
    expect(routingRules[0]).toEqual({ whyNobody: why });
    const trial = `tryRoutingRules(exceptionId: "${kept}", rules: [{ name: "x", queue: "tax", personId: "${person('approver')}" }])`;
    expect(await keeper.ask(`{ ${trial} { ... on RoutingTrial { rule assigneeName whyNobody } } }`)).toEqual({
      tryRoutingRules: { rule: 'x', assigneeName: null, whyNobody: why },
    });
    await back('approver', absence);
  });

  it('is applied on demand to what nobody has, and takes nothing from anybody', async () => {
    const taken = await story.fail('R-5');
    await assign(taken, 'analyst');
    const before = await lastSteps(taken, 1);
    // R-2 was handed back, R-4 had nobody
    expect(await apply()).toEqual({ applyRoutingRules: { looked: 5, moved: 0, assigned: 2 } });
    expect(await story.show(taken)).toMatchObject({ owner: { displayName: 'Test analyst' } });
    expect(await lastSteps(taken, 1)).toEqual(before);
    const { bulkActs } = await keeper.ask<{ bulkActs: { edges: { node: { id: string } }[] } }>(
      '{ bulkActs(first: 1) { edges { node { id } } } }',
    );
    const { bulkActItems } = await keeper.ask<{ bulkActItems: { edges: { node: object }[] } }>(
      `{ bulkActItems(id: "${bulkActs.edges[0]!.node.id}", outcome: ASSIGNED) { edges { node { detail } } } }`,
    );
    expect(bulkActItems.edges.map(({ node }) => node)).toEqual([
      { detail: 'Test approver got it.' },
      { detail: 'Test approver got it.' },
    ]);
    expect(await apply()).toEqual({ applyRoutingRules: { looked: 5, moved: 0, assigned: 0 } });
  });

  it('tells why nobody is given it without filling the timeline', async () => {
    const id = await story.fail('R-6');
    await assign(id, null);
    const absence = await absent('approver', null);
    const steps = (await story.show(id)).events.length;
    expect(await apply()).toMatchObject({ applyRoutingRules: { assigned: 0 } });
    expect((await story.show(id)).events).toHaveLength(steps);
    await back('approver', absence);
  });

  it('loses to a person who assigns it at the same time', async () => {
    for (const round of [1, 2, 3]) {
      const id = await story.fail(`R-7-${round}`);
      await assign(id, null);
      await Promise.all([apply(), assign(id, 'analyst')]);
      expect(await story.show(id)).toMatchObject({ owner: { displayName: 'Test analyst' } });
    }
  });

  it('gives again what opens again and nobody has', async () => {
    const order = storyObject('sales-order', 'R-8');
    const id = await story.fail('R-8');
    await assign(id, null);
    const { database, tenantId } = story.api.test;
    await tell(database, tenantId, (facts) => facts.problem(order, { clearedAt: 5 }));
    await story.reconcile(order);
    expect(await story.show(id)).toMatchObject({ state: 'RESOLVED', owner: null });
    await tell(database, tenantId, (facts) => facts.problem(order, { last: 9, occurrences: 2, clearedAt: null }));
    await story.reconcile(order);
    expect(await story.show(id)).toMatchObject({ state: 'OPEN', owner: { displayName: 'Test approver' } });
    expect((await lastSteps(id, 2)).map(([kind]) => kind)).toEqual(['reopened', 'assigned']);
  });
});

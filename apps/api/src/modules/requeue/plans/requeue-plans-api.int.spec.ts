import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, HOP, storyObject, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';
import { createRequeuePlanStage } from './requeue-plan-stage.js';

const orders = Array.from({ length: 6 }, (_, index) => storyObject('sales-order', `O-${index}`));

let api: ApiHarness;
let analyst: Client;

beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  await api.addPerson(tenantId, 'analyst@test.example', 'analyst');
  analyst = await api.signIn('analyst@test.example');
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
      [tenantId, HOP, new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)],
    ),
  );
  await tell(database, tenantId, async (facts) => {
    for (const [index, order] of orders.entries()) {
      await facts.object(order);
      await facts.problem(order, { clearedAt: null });
      if (index === 5) await facts.activity(order, { outcome: 'success', minute: 5, participle: 'changed' });
    }
  });
  const payload = { objectIds: orders.map((one) => one.objectId), transactionIds: [] };
  const consumer = createExceptionsConsumer({ clock: () => at(10) });
  await database.withTenant(tenantId, (tx) =>
    consumer.handle(tx, { deliveryId: '1', topic: 'lineage.projected', payload }),
  );
});

afterAll(() => api.close());

const PLAN = `mutation ($selection: BulkSelection, $dryRun: Boolean, $planId: ID, $carryForward: Boolean, $limits: RequeueLimits) {
  requestRequeue(selection: $selection, reason: "mapping added", dryRun: $dryRun, planId: $planId, carryForward: $carryForward,
    limits: $limits) {
    __typename ... on RequeuePlanning { planning { id state } } ... on RequeueFailure { code message }
  }
}`;
const LOOK = `query ($id: ID!) { requeueRequest(id: $id) { state items run { acts } plan {
  selectionWords items planned going frozen canGoOn carryForward leftOutBy { code hasFallenOut count } sent { legalEntity count inflow { amount currency } }
  approval { approvals } limits { canary ratePerSecond } waiting { title } } } }`;
const ITEMS = `query ($id: ID!, $show: RequeueSelectionShown, $code: String, $first: Int, $after: String) {
  requeuePlanItems(requestId: $id, show: $show, code: $code, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { exceptionId code reason after exception { id } } }
  }
}`;

type Items = {
  requeuePlanItems: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { exceptionId: string; code: string | null } }[];
  };
};

async function work(): Promise<void> {
  const { database, tenantId } = api.test;
  const log = { error: () => undefined };
  const stage = createRequeuePlanStage({ database, secretKey: api.config.secretKey, clock: () => at(31), log });
  while ((await stage.run(tenantId)) !== false);
}

describe('a large selection over the API', () => {
  it('is planned, shown, paged by reason, and asked for by its plan', async () => {
    const selection = { filter: { states: ['OPEN'] } };
    const planned = await analyst.ask<{ requestRequeue: { planning: { id: string } } }>(PLAN, {
      selection,
      dryRun: true,
    });
    expect(planned.requestRequeue).toMatchObject({ __typename: 'RequeuePlanning', planning: { state: 'PLANNING' } });
    const { id } = planned.requestRequeue.planning;
    expect(await analyst.ask(PLAN, { planId: id })).toMatchObject({ requestRequeue: { code: 'NOT_POSSIBLE_NOW' } });
    await work();
    // the target has no validate-only call: each of those that would go first says so
    const asked = `mutation ($id: ID!) { validateRequeue(planId: $id) { objectKey validation words } }`;
    const { validateRequeue } = await analyst.ask<{ validateRequeue: { validation: string; words: string }[] }>(asked, {
      id,
    });
    expect(validateRequeue).toHaveLength(5);
    expect(validateRequeue[0]).toMatchObject({
      validation: 'NOT_ASKED',
      words: expect.stringContaining('no validate-only'),
    });
    expect(await analyst.ask(LOOK, { id })).toMatchObject({
      requeueRequest: {
        state: 'PLANNED',
        items: 6,
        run: { acts: ['cancel'] },
        plan: {
          selectionWords: 'states open',
          planned: 6,
          going: 5,
          canGoOn: true,
          leftOutBy: [{ code: 'SUPERSEDED', hasFallenOut: false, count: 1 }],
          sent: [{ legalEntity: 'DE01', count: 5, inflow: { amount: '6172.50', currency: 'EUR' } }],
          approval: null,
          limits: { canary: 5, ratePerSecond: 50 },
        },
      },
    });
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { requeuePlanItems }: Items = await analyst.ask(ITEMS, { id, show: 'GOING', first: 2, after });
      expect(requeuePlanItems.totalCount).toBe(5);
      seen.push(...requeuePlanItems.edges.map(({ node }) => node.exceptionId));
      ({ endCursor: after, hasNextPage: more } = requeuePlanItems.pageInfo);
    }
    expect(new Set(seen).size).toBe(5);
    expect(await analyst.ask(ITEMS, { id, code: 'SUPERSEDED' })).toMatchObject({
      requeuePlanItems: { totalCount: 1, edges: [{ node: { code: 'SUPERSEDED' } }] },
    });
    const anew = await analyst.ask<typeof planned>(PLAN, { planId: id, dryRun: true, carryForward: true });
    await work();
    expect(await analyst.ask(LOOK, { id: anew.requestRequeue.planning.id })).toMatchObject({
      requeueRequest: {
        state: 'PLANNED',
        plan: { selectionWords: 'states open', items: 6, going: 5, carryForward: true, canGoOn: true },
      },
    });
    expect(await analyst.ask(LOOK, { id })).toMatchObject({
      requeueRequest: { state: 'PLANNED', plan: { carryForward: false } },
    });
    expect(await analyst.ask(PLAN, { planId: id, limits: { canary: 2 } })).toMatchObject({
      requestRequeue: { planning: { state: 'FREEZING' } },
    });
    await work();
    expect(await analyst.ask(LOOK, { id })).toMatchObject({
      requeueRequest: {
        state: 'SENDING',
        items: 5,
        plan: { frozen: 5, canGoOn: false, limits: { canary: 2, ratePerSecond: 50 } },
      },
    });
    expect(await analyst.ask(PLAN, { planId: id })).toMatchObject({ requestRequeue: { code: 'NOT_POSSIBLE_NOW' } });
  });

  it('is refused where nothing matches, or it is not told what is meant', async () => {
    const nothing = { selection: { filter: { states: ['WAITING'] } }, dryRun: true };
    expect(await analyst.ask(PLAN, nothing)).toMatchObject({ requestRequeue: { code: 'EMPTY_SELECTION' } });
    const noPlan = { planId: '00000000-0000-4000-8000-000000000001', dryRun: true };
    expect(await analyst.ask(PLAN, noPlan)).toMatchObject({ requestRequeue: { code: 'NOT_FOUND' } });
    await expect(analyst.ask(PLAN, { selection: { filter: {} } })).rejects.toThrow('dryRun must be true');
    await expect(analyst.ask(PLAN, {})).rejects.toThrow('one of exceptionIds, selection and planId');
  });
});

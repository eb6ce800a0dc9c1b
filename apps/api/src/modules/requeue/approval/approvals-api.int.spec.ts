import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, exceptionsOf, HOP, storyObject, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';
import { SHIPPED_FOUR_EYES } from './shipped-four-eyes.js';

const PEOPLE = ['analyst', 'approver', 'controller', 'treasurer', 'engineer', 'auditor'] as const;
const orders = ['O-1', 'O-2'].map((key) => storyObject('sales-order', key));

let api: ApiHarness;
let people: Record<(typeof PEOPLE)[number], Client>;
let ids: string[];

beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  const clients: Partial<typeof people> = {};
  for (const role of PEOPLE) {
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
    for (const order of orders) {
      await facts.object(order, '80000.00');
      await facts.problem(order);
    }
    const [first, second] = orders;
    const transactionId = await facts.transaction([first!, second!]);
    await facts.milestone(transactionId, null, 90);
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

afterAll(async () => {
  await api.close();
});

const PLAN = `sent { legalEntity inflow { amount currency } outflow { amount } count } leftOut { count }
  waiting { title isHub count } approval { approvals roles isHard rules { name title } } items { willSend code }`;

type Plan = { sent: { inflow: object }[]; approval: object | null; items: object[] };

describe('sending again that needs approval', () => {
  it('is planned with sums, what waits downstream and who has to approve', async () => {
    const { requestRequeue } = await people.analyst.ask<{ requestRequeue: Plan }>(
      `mutation ($ids: [ID!]!) { requestRequeue(exceptionIds: $ids, reason: "", dryRun: true) { ... on RequeuePlan { ${PLAN} } } }`,
      { ids },
    );
    expect(requestRequeue).toEqual({
      sent: [
        {
          legalEntity: 'DE01',
          inflow: { amount: '160000.00', currency: 'EUR' },
          outflow: { amount: '0.00' },
          count: 2,
        },
      ],
      leftOut: [],
      waiting: [{ title: 'Payment applied', isHub: false, count: 1 }],
      approval: {
        approvals: 1,
        roles: [],
        isHard: false,
        rules: [{ name: 'large-amount', title: 'EUR 100,000 or more' }],
      },
      items: [
        { willSend: true, code: null },
        { willSend: true, code: null },
      ],
    });
  });

  it('waits in the queue, tells who may approve it, and goes when one of them does', async () => {
    const asked = await people.analyst.ask<{
      requestRequeue: { request: { id: string; state: string; selectionHash: string } };
    }>(
      `mutation ($ids: [ID!]!) {
         requestRequeue(exceptionIds: $ids, reason: "mapping added") {
           ... on RequeueAccepted { request { id state selectionHash } }
         }
       }`,
      { ids },
    );
    const { id, state, selectionHash } = asked.requestRequeue.request;
    expect(state).toBe('PENDING_APPROVAL');

    const queue = `query ($filter: RequeueApprovalFilter) {
      requeueApprovals(filter: $filter) {
        totalCount
        edges { node { id legalEntities integrations amounts { inflow { amount } count } approval { isMine canDecide canWithdraw dueAt reportingMoney { amount } } } }
      }
      requeueApprovalCounts { waiting mine forMe review }
    }`;
    const seen = async (client: Client, filter: object = {}) =>
      client.ask<{
        requeueApprovals: { totalCount: number; edges: { node: { approval: object } }[] };
        requeueApprovalCounts: object;
      }>(queue, { filter });
    expect(await seen(people.approver)).toMatchObject({
      requeueApprovals: {
        totalCount: 1,
        edges: [
          {
            node: {
              id,
              legalEntities: ['DE01'],
              integrations: [HOP],
              amounts: [{ inflow: { amount: '160000.00' }, count: 2 }],
              approval: {
                isMine: false,
                canDecide: true,
                canWithdraw: false,
                dueAt: '2026-10-03T08:30:00.000Z',
                reportingMoney: { amount: '160000.00' },
              },
            },
          },
        ],
      },
      requeueApprovalCounts: { waiting: 1, mine: 0, forMe: 1, review: 0 },
    });
    expect(await seen(people.analyst)).toMatchObject({
      requeueApprovals: { edges: [{ node: { approval: { isMine: true, canDecide: false, canWithdraw: true } } }] },
      requeueApprovalCounts: { waiting: 1, mine: 1, forMe: 0 },
    });
    expect((await seen(people.approver, { legalEntity: 'FR01' })).requeueApprovals.totalCount).toBe(0);
    expect((await seen(people.approver, { isMine: true })).requeueApprovals.totalCount).toBe(0);
    expect((await seen(people.approver, { integration: HOP })).requeueApprovals.totalCount).toBe(1);

    const detail = await people.approver.ask<{ requeueRequest: object }>(
      `query ($id: ID!) {
         requeueRequest(id: $id) {
           left
           approvers { person { email } canApprove code }
           frozenItems(first: 1) { totalCount pageInfo { hasNextPage } edges { node { objectKey money { amount } } } }
         }
       }`,
      { id },
    );
    expect(detail.requeueRequest).toMatchObject({
      left: 2,
      frozenItems: {
        totalCount: 2,
        pageInfo: { hasNextPage: true },
        edges: [{ node: { money: { amount: '80000.00' } } }],
      },
    });
    expect(detail.requeueRequest).toMatchObject({
      approvers: ['approver', 'controller', 'treasurer'].map((role) => ({
        person: { email: `${role}@test.example` },
        canApprove: true,
        code: null,
      })),
    });

    const approve = `mutation ($id: ID!, $hash: String!) {
      approveRequeue(requestId: $id, selectionHash: $hash) {
        ... on RequeueDecided { request { state approvals { personName } attempts { state } } }
        ... on ActFailure { code }
      }
    }`;
    const wrong = await people.controller.ask(approve, { id, hash: '0'.repeat(64) });
    expect(wrong).toEqual({ approveRequeue: { code: 'SELECTION_CHANGED' } });
    expect(await people.controller.ask(approve, { id, hash: selectionHash })).toMatchObject({
      approveRequeue: {
        request: {
          state: 'SENDING',
          approvals: [{ personName: expect.any(String) }],
          attempts: [{ state: 'QUEUED' }, { state: 'QUEUED' }],
        },
      },
    });
    expect((await seen(people.approver)).requeueApprovals.totalCount).toBe(0);
    expect((await seen(people.approver, { show: 'DECIDED' })).requeueApprovals.totalCount).toBe(1);
  });
});

describe('the rules who approves what', () => {
  const rules = `rules { version isShipped rules { name amountFrom { amount } people } versions { version state } }`;
  const change = (act: string) =>
    `mutation { ${act} { ... on FourEyesRulesSaved { ${rules} } ... on CatalogFailure { code problems } } }`;

  it('are changed by two people', async () => {
    const stricter = SHIPPED_FOUR_EYES.replace('"100000.00"', '"500.00"');
    const saved = await people.engineer.ask<{ saveFourEyesRules: { rules: object } }>(
      change(`saveFourEyesRules(definition: ${JSON.stringify(stricter)}, note: "stricter")`),
    );
    expect(saved.saveFourEyesRules.rules).toMatchObject({
      version: 1,
      isShipped: true,
      versions: [{ version: 2, state: 'draft' }],
    });
    const approved = await people.controller.ask<{ approveFourEyesRules: { rules: object } }>(
      change('approveFourEyesRules(version: 2)'),
    );
    expect(approved.approveFourEyesRules.rules).toMatchObject({ version: 2, isShipped: false });
    expect(approved.approveFourEyesRules.rules).toMatchObject({
      rules: expect.arrayContaining([{ name: 'large-amount', amountFrom: { amount: '500.00' }, people: 2 }]),
    });
    // one person alone does not go back to what was less strict
    expect(await people.engineer.ask(change('retireFourEyesRules(version: 2)'))).toMatchObject({
      retireFourEyesRules: { code: 'CONFLICT' },
    });
  });

  it('are refused with every problem', async () => {
    const answer = await people.engineer.ask(change('saveFourEyesRules(definition: "version: 1", note: "x")'));
    expect(answer).toMatchObject({ saveFourEyesRules: { code: 'INVALID' } });
  });
});

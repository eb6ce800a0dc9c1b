import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, countOf, HOP, storyObject, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';
import { createRequeueConsumer } from '../requeue.events.js';

const order = storyObject('sales-order', 'O-1');

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
  const secret = new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
      [tenantId, HOP, secret],
    ),
  );
  await tell(database, tenantId, async (facts) => {
    await facts.object(order);
    await facts.problem(order);
  });
  await project(createExceptionsConsumer({ clock: () => at(10) }));
});

afterAll(() => api.close());

const project = (consumer: ReturnType<typeof createExceptionsConsumer>) =>
  api.test.database.withTenant(api.test.tenantId, (tx) =>
    consumer.handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: [order.objectId], transactionIds: [] },
    }),
  );

const SAVE = `mutation ($basedOn: Int!, $proof: String) {
  saveCompensationSetting(integration: "${HOP}", basedOn: $basedOn, note: "agreed", actions: [
    { action: CANCEL, objectTypes: ["sales-order"], proofActivity: $proof, withinMinutes: 30, postingDate: BY_TARGET }
  ]) {
    ... on CompensationSettingSaved { integration { compensations { version actions { action path } } compensationHistory { version } } }
    ... on CatalogFailure { code problems }
  }
}`;
const EXCEPTION = `query { exceptions { edges { node {
  id actions state resolution compensations { action integration } attempts { id action state }
} } } }`;
const PLAN = `query ($ids: [ID!]!) { compensationPlan(exceptionIds: $ids, action: CANCEL) {
  items { willSend code document { key } } effect { inflow { amount } } approval { isHard }
} }`;
const ASK = `mutation ($ids: [ID!]!) { requestCompensation(exceptionIds: $ids, action: CANCEL, reason: "ordered twice") {
  ... on CompensationAccepted { request { id action } exceptions { state } plan { items { willSend } } }
  ... on ActFailure { code message }
} }`;
const CERTIFICATE = `query ($id: ID!) { requeueCertificate(attemptId: $id) {
  compensation { action provedBy document { key } undoneBy { activityType } } request { action }
} }`;

type Shown = {
  exceptions: {
    edges: {
      node: { id: string; actions: string[]; state: string; resolution: string; attempts: { id: string }[] };
    }[];
  };
};

const shown = async () => {
  const { exceptions } = await people.analyst.ask<Shown>(EXCEPTION);
  return exceptions.edges[0]!.node;
};

describe('compensations over the API', () => {
  it('are offered once they are declared, by whoever keeps the catalog, on the version that was seen', async () => {
    expect((await shown()).actions).not.toContain('compensate');
    const save = (variables: Record<string, unknown>) => people.admin.ask(SAVE, variables);
    expect(await save({ basedOn: 0, proof: null })).toMatchObject({
      saveCompensationSetting: { code: 'INVALID', problems: [expect.stringMatching(/must prove it/)] },
    });
    expect(await save({ basedOn: 0, proof: 'sales-order.cancelled' })).toMatchObject({
      saveCompensationSetting: {
        integration: { compensations: { version: 1, actions: [{ action: 'CANCEL', path: null }] } },
      },
    });
    expect(await save({ basedOn: 0, proof: 'sales-order.cancelled' })).toMatchObject({
      saveCompensationSetting: { code: 'CONFLICT' },
    });
    expect(
      await countOf(
        api.test.database,
        api.test.tenantId,
        'audit_record',
        `action = 'integration.compensations-changed'`,
      ),
    ).toBe(1);
    expect(await shown()).toMatchObject({
      actions: expect.arrayContaining(['compensate']),
      compensations: [{ action: 'CANCEL', integration: HOP }],
    });
  });

  it('are planned, asked for by who may, and certified', async () => {
    const { id } = await shown();
    expect(await people.analyst.ask(PLAN, { ids: [id] })).toMatchObject({
      compensationPlan: {
        items: [{ willSend: true, code: null, document: { key: 'O-1' } }],
        effect: [{ inflow: { amount: '-1234.50' } }],
        approval: null,
      },
    });
    expect((await people.auditor.send(ASK, { ids: [id] })).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    expect(await people.analyst.ask(ASK, { ids: [id] })).toMatchObject({
      requestCompensation: { request: { action: 'CANCEL' }, exceptions: [{ state: 'REQUEUED' }] },
    });
    expect(await people.analyst.ask(ASK, { ids: [id] })).toMatchObject({
      requestCompensation: { code: 'ALREADY_SENT' },
    });
    const { database, tenantId } = api.test;
    await database.withTenant(tenantId, (tx) =>
      tx.query(`update requeue_attempt set state = 'ACKNOWLEDGED' where tenant_id = $1`, [tenantId]),
    );
    await tell(database, tenantId, async (facts) => {
      await facts.activity(order, { outcome: 'success', minute: 31, participle: 'cancelled' });
    });
    await project(createRequeueConsumer({ clock: () => at(32) }));
    const { state, resolution, attempts } = await shown();
    expect([state, resolution]).toEqual(['RESOLVED', 'COMPENSATED']);
    expect(attempts).toMatchObject([{ action: 'CANCEL', state: 'VERIFIED' }]);
    expect(await people.auditor.ask(CERTIFICATE, { id: attempts[0]?.id })).toMatchObject({
      requeueCertificate: {
        request: { action: 'CANCEL' },
        compensation: {
          action: 'CANCEL',
          provedBy: 'sales-order.cancelled',
          document: { key: 'O-1' },
          undoneBy: [{ activityType: 'sales-order.cancelled' }],
        },
      },
    });
  });
});

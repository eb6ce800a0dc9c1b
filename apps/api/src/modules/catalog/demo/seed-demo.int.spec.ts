import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { startApi, TEST_SECRET_KEY, type ApiHarness } from '../../../testing/api-harness.js';
import { verifyAuditChain, createAuditSealStage } from '../../audit/index.js';
import { findIntegrations } from '../integration.repository.js';
import { DEMO_INGEST_KEY, DEMO_PASSWORD, DEMO_REQUEUE_SECRET, DEMO_TENANT_ID } from './demo-estate.js';
import { JOURNEY_INTEGRATIONS } from './journey-integrations.js';
import { seedDemo } from './seed-demo.js';

/** Tenant, people, key, members of queues, entities, sources, rules of redaction, rates, integrations, what may be corrected and undone, two alert settings. */
const ROWS = 1 + 8 + 1 + 15 + 4 + 25 + 4 + 3 * 8 + (5 + JOURNEY_INTEGRATIONS.length) + 2 + 1 + 1 + 1;

describe("the demo's seed", () => {
  let api: ApiHarness;
  const settings = { secretKey: TEST_SECRET_KEY, simulatorUrl: 'http://127.0.0.1:4400', now: new Date() };

  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const inDemo = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => api.test.database.withTenant(DEMO_TENANT_ID, work);
  const count = async (table: string) =>
    (
      await inDemo((tx) =>
        tx.query<{ rows: number }>(`select count(*)::int as rows from ${table} where tenant_id = $1`, [tx.tenantId]),
      )
    )[0]?.rows;

  it('puts everything in place once, also when two start at once, each row on record', async () => {
    const [one, two] = await Promise.all([
      seedDemo(api.test.database, settings),
      seedDemo(api.test.database, settings),
    ]);
    expect([one.changes, two.changes].sort((a, b) => a - b)).toEqual([0, ROWS]);
    expect(await seedDemo(api.test.database, settings)).toEqual({ changes: 0 });
    expect([await count('person'), await count('alert_policy'), await count('audit_record')]).toEqual([8, 1, ROWS]);
    await createAuditSealStage(
      api.test.database,
      () => new Date(),
      () => undefined,
    ).run(DEMO_TENANT_ID);
    expect(await inDemo(verifyAuditChain)).toEqual({ sealed: ROWS, firstBroken: null });
  });

  it('gives every queue to people who may work there', async () => {
    const analyst = await api.signIn('analyst@demo.example', DEMO_PASSWORD);
    const { queues } = await analyst.ask<{ queues: { name: string; members: { email: string }[] }[] }>(
      '{ queues { name members { email } } }',
    );
    expect(queues.filter(({ members }) => members.length === 0)).toEqual([]);
    expect(queues.find(({ name }) => name === 'credit')?.members).toEqual([
      { email: 'analyst@demo.example' },
      { email: 'approver@demo.example' },
    ]);
  });

  it('lets every person sign in and the key in', async () => {
    const analyst = await api.signIn('analyst@demo.example', DEMO_PASSWORD);
    const { viewer } = await analyst.ask<{ viewer: { tenant: unknown; people: unknown[] } }>(
      '{ viewer { tenant { name isDemo } people { email } } }',
    );
    expect(viewer.tenant).toEqual({ name: 'Nordhafen Group', isDemo: true });
    expect(viewer.people).toHaveLength(8);
    const key = await api.test.database.findIngestKey(createHash('sha256').update(DEMO_INGEST_KEY).digest());
    expect(key?.tenantId).toBe(DEMO_TENANT_ID);
  });

  it('follows the simulator to another port and a new secret key', async () => {
    const secretKey = Buffer.alloc(32, 9);
    await seedDemo(api.test.database, { ...settings, secretKey, simulatorUrl: 'http://127.0.0.1:5500' });
    const found = await inDemo((tx) =>
      findIntegrations(tx, ['salesforce-contract-to-order', 's4hana-billing', 'nobody'], secretKey),
    );
    expect(
      [...found.values()].map(({ name, requeueTarget }) => [name, requeueTarget?.url, requeueTarget?.secrets]).sort(),
    ).toEqual([
      ['s4hana-billing', undefined, undefined],
      [
        'salesforce-contract-to-order',
        'http://127.0.0.1:5500/requeue/salesforce-contract-to-order',
        { signing: DEMO_REQUEUE_SECRET },
      ],
    ]);
  });

  it('shows its catalog, and what the integrations do, without a secret', async () => {
    const engineer = await api.signIn('engineer@demo.example', DEMO_PASSWORD);
    const { integrations, legalEntities } = await engineer.ask<{
      integrations: { edges: { node: { name: string } }[] };
      legalEntities: { code: string }[];
    }>(
      `{ integrations { edges { node { name canRequeue lastActivityAt activitiesToday failuresToday openExceptions } } } legalEntities { code timeZone } }`,
    );
    expect(integrations.edges.map(({ node }) => node)).toContainEqual({
      name: 'bank-credits-to-kyriba',
      canRequeue: false,
      lastActivityAt: null,
      activitiesToday: 0,
      failuresToday: 0,
      openExceptions: 0,
    });
    expect(legalEntities.map(({ code }) => code)).toEqual(['BR01', 'DE01', 'SG01', 'US01']);
  });

  it('is offered on the sign-in page', async () => {
    expect(await api.anonymous.ask('{ demoSignIn { password people { email roles } } }')).toMatchObject({
      demoSignIn: {
        password: DEMO_PASSWORD,
        people: expect.arrayContaining([{ email: 'auditor@demo.example', roles: ['auditor'] }]),
      },
    });
  });
});

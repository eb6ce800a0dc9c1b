import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { startApi, TEST_SECRET_KEY, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';

type Failure = { code: string; problems: string[] };
type System = { name: string; hasSecret: boolean; previousSecretUntil: string | null };

const SYSTEM = `name kind title timeZone webhookAuthentication hasSecret previousSecretUntil isActive webhookPath mapping { name }`;

describe('source systems', () => {
  let api: ApiHarness;
  let engineer: Client;
  const now = new Date('2026-09-30T08:00:00.000Z');

  beforeAll(async () => {
    api = await startApi({ clock: () => now });
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    engineer = await api.signIn('engineer@acme.example');
  });
  afterAll(() => api.close());

  const save = async (act: 'create' | 'update', input: Record<string, unknown>) =>
    (
      await engineer.ask<Record<string, Failure & { sourceSystem: System }>>(
        `mutation ($input: SourceSystemInput!) { result: ${act}SourceSystem(input: $input) {
           ... on SourceSystemSaved { sourceSystem { ${SYSTEM} } } ... on CatalogFailure { code message problems } } }`,
        { input },
      )
    ).result;
  const secrets = async (name: string) => {
    const [row] = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ secret: Buffer | null; previous: Buffer | null }>(
        `select webhook_secret_encrypted as secret, previous_secret_encrypted as previous
         from source_system where tenant_id = $1 and name = $2`,
        [tx.tenantId, name],
      ),
    );
    const box = new SecretBox(TEST_SECRET_KEY);
    const text = (sealed: Buffer | null | undefined) => (sealed ? box.open(sealed) : null);
    return [text(row?.secret), text(row?.previous)];
  };

  it('are configured, with the mapping of their kind and a secret that nobody sees again', async () => {
    const input = {
      name: 'stripe-eu',
      kind: 'stripe',
      title: 'Stripe',
      webhookAuthentication: 'stripe',
      secret: 'whsec_one1',
    };
    const saved = await save('create', input);
    expect(saved?.sourceSystem).toEqual({
      name: 'stripe-eu',
      kind: 'stripe',
      title: 'Stripe',
      timeZone: 'UTC',
      webhookAuthentication: 'stripe',
      hasSecret: true,
      previousSecretUntil: null,
      isActive: true,
      webhookPath: '/v1/webhooks/stripe-eu',
      mapping: { name: 'stripe' },
    });
    expect(await secrets('stripe-eu')).toEqual(['whsec_one1', null]);
    expect(JSON.stringify(await actsOnRecord(api, 'source-system.created'))).not.toContain('whsec');
    expect(await save('create', input)).toMatchObject({ code: 'CONFLICT' });
  });

  it('take the secret before a new one for a while, keep one that is not given, and lose it with the authentication', async () => {
    const input = { name: 'stripe-eu', kind: 'stripe', title: 'Stripe EU', webhookAuthentication: 'stripe' };
    const rotated = await save('update', { ...input, secret: 'whsec_two2', previousSecretHours: 6 });
    expect(rotated?.sourceSystem.previousSecretUntil).toBe('2026-09-30T14:00:00.000Z');
    expect(await secrets('stripe-eu')).toEqual(['whsec_two2', 'whsec_one1']);
    expect((await save('update', { ...input, isActive: false }))?.sourceSystem).toMatchObject({ isActive: false });
    expect(await secrets('stripe-eu')).toEqual(['whsec_two2', 'whsec_one1']);
    await save('update', { ...input, secret: 'whsec_three3', previousSecretHours: 0 });
    expect(await secrets('stripe-eu')).toEqual(['whsec_three3', null]);
    const open = await save('update', { ...input, webhookAuthentication: 'none' });
    expect(open?.sourceSystem).toMatchObject({ hasSecret: false, webhookAuthentication: 'none' });
    expect(await secrets('stripe-eu')).toEqual([null, null]);
    const acts = await actsOnRecord(api, 'source-system.changed');
    expect(acts).toContainEqual({
      before: expect.objectContaining({ title: 'Stripe' }),
      after: expect.objectContaining({ title: 'Stripe EU' }),
      isSecretChanged: true,
    });
    expect(JSON.stringify(acts)).not.toContain('whsec');
  });

  it.each([
    ['a name that is no address', { name: 'SAP DE' }, 'name: must be words of lower-case letters'],
    ['our own name', { name: 'throughline' }, 'name: throughline is the source of what people state here'],
    ['our own kind', { kind: 'throughline' }, 'kind: throughline is the source of what people state here'],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone: is no IANA time zone'],
    ['an offset as zone', { timeZone: '+02:00' }, 'timeZone: is no IANA time zone'],
    ['an unknown authentication', { webhookAuthentication: 'magic' }, 'webhookAuthentication: must be one of'],
    ['no secret', { webhookAuthentication: 'hmac-sha256' }, 'secret: hmac-sha256 needs one'],
    ['a secret for nothing', { secret: 'long enough' }, 'secret: is not used'],
    ['a short secret', { webhookAuthentication: 'shared-secret', secret: 'short' }, 'secret: must have 8 to 1000'],
    ['no user', { webhookAuthentication: 'basic', secret: 'password' }, 'secret: must be user:password'],
  ])('are not taken with %s', async (_name, over, problem) => {
    const failure = await save('create', { name: 'new', kind: 'stripe', title: 'New', ...over });
    expect(failure?.code).toBe('INVALID');
    expect(failure?.problems).toEqual([expect.stringContaining(problem)]);
  });

  it('are not changed when there is none', async () => {
    expect(await save('update', { name: 'nobody', kind: 'x', title: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('tell what they sent today', async () => {
    await save('create', { name: 'busy', kind: 'stripe', title: 'Busy' });
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into ingest_usage (tenant_id, key_id, source_system, hour, items, last_received_at, longest_lag_ms)
         values ($1, gen_random_uuid(), 'busy', '2026-09-30T07:00:00Z', 5, '2026-09-30T07:30:00Z', 1500),
                ($1, gen_random_uuid(), 'busy', '2026-09-29T23:00:00Z', 7, '2026-09-29T23:30:00Z', 9000)`,
        [tx.tenantId],
      ),
    );
    const { sourceSystems } = await engineer.ask<{ sourceSystems: { edges: { node: unknown }[] } }>(
      `{ sourceSystems(first: 1) { totalCount edges { node { name lastReceivedAt signalsToday unmappedToday longestLagSecondsToday } } } }`,
    );
    expect(sourceSystems.edges).toEqual([
      {
        node: {
          name: 'busy',
          lastReceivedAt: '2026-09-30T07:30:00.000Z',
          signalsToday: 5,
          unmappedToday: 0,
          longestLagSecondsToday: 1.5,
        },
      },
    ]);
  });
});

describe('unclaimed integrations', () => {
  let api: ApiHarness;
  let engineer: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    engineer = await api.signIn('engineer@acme.example');
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into unclaimed_integration (tenant_id, kind, name, first_seen_at, last_seen_at, signals)
         select $1, 'service', 'sync-' || n, now(), now() - make_interval(mins => n), 5000000000 from generate_series(1, 3) n`,
        [tx.tenantId],
      ),
    );
  });
  afterAll(() => api.close());

  const names = async () =>
    (
      await engineer.ask<{ unclaimedIntegrations: { totalCount: number; edges: { node: { name: string } }[] } }>(
        '{ unclaimedIntegrations { totalCount edges { node { kind name firstSeenAt lastSeenAt signals } } } }',
      )
    ).unclaimedIntegrations.edges.map(({ node }) => node.name);
  const adopt = (over: Record<string, unknown>) =>
    engineer.ask(
      `mutation ($input: AdoptIntegrationInput!) { adoptIntegration(input: $input) {
         ... on IntegrationSaved { integration { name title criticality } } ... on CatalogFailure { code problems } } }`,
      {
        input: {
          kind: 'service',
          name: 'sync-1',
          title: 'Order sync',
          fromSystem: 'crm',
          toSystem: 'erp',
          owner: 'Team',
          criticality: 'high',
          ...over,
        },
      },
    );

  it('become integrations, once', async () => {
    expect(await names()).toEqual(['sync-1', 'sync-2', 'sync-3']);
    expect(await adopt({ criticality: 'huge' })).toEqual({
      adoptIntegration: { code: 'INVALID', problems: ['criticality: must be one of low, medium, high'] },
    });
    expect(await adopt({})).toEqual({
      adoptIntegration: { integration: { name: 'sync-1', title: 'Order sync', criticality: 'high' } },
    });
    expect(await adopt({})).toMatchObject({ adoptIntegration: { code: 'NOT_FOUND' } });
    expect(await names()).toEqual(['sync-2', 'sync-3']);
    expect(await actsOnRecord(api, 'integration.adopted')).toEqual([
      { adoptedFrom: 'service', after: expect.objectContaining({ name: 'sync-1', owner: 'Team' }) },
    ]);
  });

  it('are dismissed, once', async () => {
    const dismiss = () =>
      engineer.ask(
        `mutation { dismissUnclaimedIntegration(kind: "service", name: "sync-2") {
           ... on Dismissed { name } ... on CatalogFailure { code } } }`,
      );
    expect(await dismiss()).toEqual({ dismissUnclaimedIntegration: { name: 'sync-2' } });
    expect(await dismiss()).toEqual({ dismissUnclaimedIntegration: { code: 'NOT_FOUND' } });
    expect(await names()).toEqual(['sync-3']);
    expect(await actsOnRecord(api, 'unclaimed-integration.dismissed')).toHaveLength(1);
  });
});

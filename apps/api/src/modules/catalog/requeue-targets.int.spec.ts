import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox, type Tx } from '@throughline/persistence';
import { startApi, TEST_SECRET_KEY, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { findIntegrations } from './integration.repository.js';

type Target = {
  adapter: string;
  url: string;
  secretsSet: string[];
  missing: string[];
  settings: { name: string; value: string }[];
  changedByName: string | null;
};
type Result = {
  code?: string;
  problems?: string[];
  newSecret?: string | null;
  integration?: { canRequeue: boolean; requeueDestination: Target | null };
};

const NAME = 'contract-to-order';
const REQUEST = '5f0c3f0e-0000-4000-8000-000000000001';
const SIGNING = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const RESULT = `... on RequeueTargetSaved { newSecret integration { canRequeue requeueDestination {
  adapter url settings { name value } secretsSet missing statusUrl validateUrl isIdempotent changedByName } } }
  ... on CatalogFailure { code message problems }`;

describe('requeue targets', () => {
  let api: ApiHarness;
  let engineer: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    engineer = await api.signIn('engineer@acme.example');
    await inTenant((tx) =>
      tx.query(
        `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                                  requeue_secret_encrypted)
         values ($1, $2, 'Contract to order', 'crm', 'erp', 'Team', 'high', 'https://old.example/requeue', $3)`,
        [tx.tenantId, NAME, new SecretBox(TEST_SECRET_KEY).seal(SIGNING)],
      ),
    );
  });
  afterAll(() => api.close());

  const inTenant = <T>(work: (tx: Tx) => Promise<T>) => api.test.database.withTenant(api.test.tenantId, work);
  const set = async (input: Record<string, unknown>) =>
    (
      await engineer.ask<{ result: Result }>(
        `mutation ($input: RequeueTargetInput!) { result: setRequeueTarget(input: $input) { ${RESULT} } }`,
        { input: { integration: NAME, ...input } },
      )
    ).result;
  const opened = async () =>
    (await inTenant((tx) => findIntegrations(tx, [NAME], TEST_SECRET_KEY))).get(NAME)?.requeueTarget;

  it('of earlier versions are read as webhooks', async () => {
    expect(await opened()).toEqual({
      adapter: 'webhook',
      url: 'https://old.example/requeue',
      settings: {},
      secrets: { signing: SIGNING },
      statusUrl: null,
      validateUrl: null,
      isIdempotent: false,
    });
  });

  it('are set with a secret that is made and shown once, and never told again', async () => {
    const made = await set({ adapter: 'webhook', url: 'https://new.example/requeue', makeSigningSecret: true });
    expect(made.newSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made.integration).toMatchObject({
      canRequeue: true,
      requeueDestination: { url: 'https://new.example/requeue', secretsSet: ['signing'], missing: [] },
    });
    expect((await opened())?.secrets.signing).toBe(made.newSecret);
    const kept = await set({ adapter: 'webhook', url: 'https://new.example/requeue', isIdempotent: true });
    expect(kept.newSecret).toBeNull();
    expect(await opened()).toMatchObject({ secrets: { signing: made.newSecret }, isIdempotent: true });
    const acts = await actsOnRecord(api, 'integration.requeue-target-set');
    expect(acts).toMatchObject([{ secretsChanged: ['signing'] }, { secretsChanged: [] }]);
    expect(JSON.stringify(acts)).not.toContain('whsec');
  });

  it('of a preset take its settings, keep none of another adapter, and say which field is wrong', async () => {
    const url = 'https://api.boomi.com/api/rest/v1/acme-1';
    const settings = Object.entries({ processId: 'p', runtimeId: 'r', userName: 'u' }).map(([name, value]) => ({
      name,
      value,
    }));
    expect(await set({ adapter: 'boomi', url, settings, isIdempotent: true })).toMatchObject({
      code: 'INVALID',
      problems: [expect.stringMatching(/^isIdempotent: /), 'apiToken: API token is needed'],
    });
    const secrets = [{ name: 'apiToken', value: 'top-secret-token' }];
    expect((await set({ adapter: 'boomi', url, settings, secrets })).integration?.requeueDestination).toMatchObject({
      adapter: 'boomi',
      secretsSet: ['apiToken'],
      missing: [],
    });
    expect((await opened())?.secrets).toEqual({ apiToken: 'top-secret-token' });
    expect(await set({ adapter: 'boomi', url: 'https://thief.example/api', settings })).toMatchObject({
      code: 'INVALID',
      problems: ['apiToken: must be given again, since an address has changed'],
    });
    expect(JSON.stringify(await actsOnRecord(api, 'integration.requeue-target-set'))).not.toContain('top-secret');
  });

  it('are not changed under what waits to be sent to them', async () => {
    const standing = (await opened())!;
    const settings = Object.entries(standing.settings).map(([name, value]) => ({ name, value }));
    const same = { adapter: standing.adapter, url: standing.url, settings };
    const wait = (state: string, attempt: string) =>
      inTenant(async (tx) => {
        await tx.query(
          `insert into requeue_request (tenant_id, request_id, maker_id, maker_name, reason, selection_hash, items, created_at, state)
           values ($1, $2, $2, 'Ada', '', '', 1, now(), $3)
           on conflict (tenant_id, request_id) do update set state = excluded.state`,
          [tx.tenantId, REQUEST, state],
        );
        await tx.query(
          `insert into requeue_attempt (tenant_id, attempt_id, request_id, exception_id, object_id, attempt, integration,
                                        idempotency_key, body, traceparent, state, created_at)
           values ($1, $2, $2, $2, $2, 1, $3, 'k', '{}', '', $4, now())
           on conflict (tenant_id, attempt_id) do update set state = excluded.state`,
          [tx.tenantId, REQUEST, NAME, attempt],
        );
      });
    await wait('PENDING_APPROVAL', 'QUEUED');
    expect(await set({ ...same, url: 'https://thief.example/api' })).toMatchObject({ code: 'INVALID' });
    const other = { adapter: 'webhook', url: 'https://thief.example/requeue', makeSigningSecret: true };
    expect(await set(other)).toMatchObject({
      code: 'CONFLICT',
      problems: ['waiting to be sent: 1 (requests: 1); send, cancel or withdraw them first'],
    });
    expect((await set(same)).code).toBeUndefined();
    await wait('SENDING', 'ACKNOWLEDGED');
    expect((await set(other)).code).toBeUndefined();
  });

  it('are taken away with their secrets', async () => {
    const remove = async () =>
      (
        await engineer.ask<{ result: Result }>(
          `mutation { result: removeRequeueTarget(integration: "${NAME}") { ${RESULT} } }`,
        )
      ).result;
    expect((await remove()).integration).toEqual({ canRequeue: false, requeueDestination: null });
    expect(await remove()).toMatchObject({ code: 'CONFLICT' });
    const [row] = await inTenant((tx) =>
      tx.query<{ secret: Buffer | null }>(
        `select requeue_secret_encrypted as secret from integration where tenant_id = $1 and name = $2`,
        [tx.tenantId, NAME],
      ),
    );
    expect(row?.secret).toBeNull();
    expect(await actsOnRecord(api, 'integration.requeue-target-removed')).toHaveLength(1);
    expect(await set({ integration: 'nobody', adapter: 'webhook', url: 'https://a.example/' })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('come with a form of each adapter', async () => {
    const { requeueAdapters } = await engineer.ask<{ requeueAdapters: { adapter: string; fields: unknown[] }[] }>(
      '{ requeueAdapters { adapter title summary mayKeepKeys address { label } fields { name isSecret isRequired } } }',
    );
    expect(requeueAdapters.map(({ adapter }) => adapter)).toEqual([
      'webhook',
      'amqp',
      'sap-cloud-integration',
      'mulesoft',
      'boomi',
      'azure-logic-apps',
    ]);
  });
});

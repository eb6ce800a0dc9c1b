import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { Webhook } from 'standardwebhooks';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { at, HOP, storyObject, tell } from '../../testing/story-facts.js';
import { createExceptionsConsumer } from '../exceptions/index.js';
import { RequeueTarget } from './testing/requeue-target.js';

const SIGNING = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

type Validated = { exceptionId: string; validation: string; words: string };

describe('validate only', () => {
  const orders = Array.from({ length: 12 }, (_, index) => storyObject('sales-order', `O-${index}`));
  let api: ApiHarness;
  let analyst: Client;
  let target: RequeueTarget;
  let ids: string[];

  beforeAll(async () => {
    target = await RequeueTarget.start();
    api = await startApi({ clock: () => at(30), variables: { OUTBOUND_ALLOWED_HOSTS: target.host } });
    const { database, tenantId } = api.test;
    await api.addPerson(tenantId, 'analyst@test.example', 'analyst');
    analyst = await api.signIn('analyst@test.example');
    await database.withTenant(tenantId, (tx) =>
      tx.query(
        `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                                  requeue_validate_url, requeue_secret_encrypted)
         values ($1, $2, 'Contract to order', 'crm', 'erp', 'Team', 'high', $3, $4, $5)`,
        [tenantId, HOP, target.url, `${target.url}/validate`, new SecretBox(api.config.secretKey).seal(SIGNING)],
      ),
    );
    await tell(database, tenantId, async (facts) => {
      for (const order of orders) {
        await facts.object(order, `${String(2_000 - 10 * orders.indexOf(order))}.00`);
        await facts.problem(order);
      }
    });
    const payload = { objectIds: orders.map((one) => one.objectId), transactionIds: [] };
    await database.withTenant(tenantId, (tx) =>
      createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
        deliveryId: '1',
        topic: 'lineage.projected',
        payload,
      }),
    );
    const rows = await database.withTenant(tenantId, (tx) =>
      tx.query<{ id: string }>('select exception_id as id from exception where tenant_id = $1 order by object_key', [
        tenantId,
      ]),
    );
    ids = rows.map(({ id }) => id);
  });
  afterAll(async () => {
    await api.close();
    await target.stop();
  });

  const validate = async (exceptionIds: string[]) =>
    (
      await analyst.ask<{ validateRequeue: Validated[] }>(
        'mutation ($ids: [ID!]!) { validateRequeue(exceptionIds: $ids) { exceptionId validation words } }',
        { ids: exceptionIds },
      )
    ).validateRequeue;
  const count = async (table: string) => {
    const [row] = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ n: string }>(`select count(*) as n from ${table} where tenant_id = $1`, [tx.tenantId]),
    );
    return Number(row?.n);
  };

  it('asks with the very body, marked and signed, and changes nothing', async () => {
    target.received.splice(0);
    target.answer = (response) => response.writeHead(200).end('fine');
    const [id = ''] = ids;
    expect(await validate([id])).toEqual([{ exceptionId: id, validation: 'PASSED', words: 'fine' }]);
    const [question] = target.received;
    expect(question?.headers).toMatchObject({ 'throughline-validate-only': 'true' });
    expect(question?.headers['idempotency-key']).toMatch(/^validate_/);
    expect(JSON.parse(question?.body ?? '')).toMatchObject({ integration: HOP, attempt: 1 });
    const signedAt = new Date(Number(question?.headers['webhook-timestamp']) * 1_000);
    expect(question?.headers['webhook-signature']).toBe(
      new Webhook(SIGNING).sign(String(question?.headers['webhook-id']), signedAt, question?.body ?? ''),
    );
    expect([await count('requeue_request'), await count('requeue_attempt'), await count('requeue_claim')]).toEqual([
      0, 0, 0,
    ]);
    expect(await actsOnRecord(api, 'requeue.validated')).toEqual([
      { items: [{ exceptionId: id, validation: 'PASSED' }] },
    ]);
  });

  it('tells why it would be refused, and what could not be asked', async () => {
    let calls = 0;
    target.answer = (response) => {
      calls += 1;
      if (calls === 1) response.writeHead(422).end('cost centre is closed');
      else response.writeHead(503).end();
    };
    expect(await validate(ids.slice(0, 2))).toMatchObject([
      { validation: 'FAILED', words: 'cost centre is closed' },
      { validation: 'NOT_ASKED', words: 'it could not be asked now: answer 503' },
    ]);
  });

  it('asks about no more than a canary, of which the least is at stake', async () => {
    target.received.splice(0);
    target.answer = (response) => response.writeHead(200).end();
    const items = await validate(ids);
    expect(items.filter(({ validation }) => validation === 'PASSED')).toHaveLength(10);
    expect(items.filter(({ validation }) => validation === 'NOT_ASKED')).toHaveLength(2);
    expect(target.received).toHaveLength(10);
    // the first two, as they were asked, are worth the most
    expect(items.filter(({ validation }) => validation === 'NOT_ASKED').map(({ exceptionId }) => exceptionId)).toEqual(
      ids.slice(0, 2),
    );
  });
});

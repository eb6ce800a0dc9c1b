import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';

const TRANSACTIONS = 200_000;

/** One in a hundred is still running; of those some are late, some blocked. */
const FILL = `
  insert into business_object (tenant_id, object_id, type, key, legal_entity, counterparty, attributes, is_placeholder, first_occurred_at, last_occurred_at)
  select $1, md5('object' || n)::uuid, 'contract', 'C-' || n, 'DE01', 'Customer ' || n, '{}', false, now(), now() from generate_series(1, $2::int) n;
  insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
  select $1, md5('object' || n)::uuid, md5('object' || n)::uuid, 'crm', 'number', '', 'C-' || n from generate_series(1, $2::int) n;
  insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, legal_entity, counterparty, started_at, last_occurred_at)
  select $1, md5('transaction' || n)::uuid, 'order-to-cash', md5('object' || n)::uuid, case when n % 100 = 0 then 'running' else 'completed' end,
         'DE01', 'Customer ' || n, now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, $2::int) n;
  insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth)
  select $1, md5('transaction' || n)::uuid, md5('object' || n)::uuid, false, 0 from generate_series(1, $2::int) n;
  insert into milestone (tenant_id, transaction_id, name, object_id, position, title, rule_kind, started_at, due_at, reached_at)
  select $1, md5('transaction' || n)::uuid, m.name, '00000000-0000-0000-0000-000000000000', m.position, m.name, 'service', now() - interval '1 day',
         case when m.position = 1 and n % 200 = 0 then now() - interval '1 hour' else now() + interval '1 day' end,
         case when n % 100 = 0 and m.position = 1 then null else now() end
  from generate_series(1, $2::int) n, (values ('payment-received', 0), ('payment-applied', 1)) m(name, position);
  insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message, integration,
                         state, object_type, object_key, occurrences, opened_at, last_occurred_at, updated_at)
  select $1, md5('exception' || n)::uuid, md5('group')::uuid, md5('object' || n * 1000)::uuid, md5('object' || n * 1000)::uuid, 'sync', 's', 'platform.unclassified',
         't', 'm', 'sync', 'OPEN', 'contract', 'k', 1, now(), now(), now() from generate_series(1, $2::int / 1000) n;
  analyze`;

describe(`the list of ${TRANSACTIONS} transactions`, () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await connected(api.test.ownerUrl, async (owner) => {
      for (const statement of FILL.split(';')) {
        const params = [api.test.tenantId, TRANSACTIONS].slice(
          0,
          (statement.match(/\$\d/g) ?? []).length === 0 ? 0 : 2,
        );
        await owner.query(statement, params);
      }
    });
  }, 240_000);
  afterAll(() => api.close());

  it.each([
    ['the newest', {}],
    ['the longest running', { orderBy: 'STARTED_DESC' }],
    ['completed', { filter: { states: ['COMPLETED'] } }],
    ['blocked', { filter: { states: ['BLOCKED'] } }],
    ['late', { filter: { states: ['LATE'] } }],
    ['at risk', { filter: { states: ['AT_RISK'] } }],
    ['running', { filter: { states: ['RUNNING'] } }],
    ['blocked or late', { filter: { states: ['BLOCKED', 'LATE'] } }],
    ['by number', { filter: { text: 'c-1999' } }],
    ['by counterparty', { filter: { text: 'customer 19999' } }],
    ['by what does not exist', { filter: { text: 'zzzz' } }],
    ['of an entity without any', { filter: { legalEntities: ['XX01'] } }],
  ])('answers for %s within a second, counting included', async (_name, variables) => {
    const ask = () =>
      client.ask(
        `query ($filter: TransactionFilter, $orderBy: TransactionOrder) {
          transactions(first: 50, filter: $filter, orderBy: $orderBy) { totalCount totalCountIsEstimate edges { node { id state milestones { state } } } }
        }`,
        variables,
      );
    await ask();
    const started = performance.now();
    await ask();
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

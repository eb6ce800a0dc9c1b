import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { DatabaseGate } from '../../../graphql/database-gate.js';
import { ClosableOperation } from '../../../graphql/operation.js';
import { permissionsOf } from '../../identity/index.js';
import { startApi, type ApiHarness } from '../../../testing/api-harness.js';
import { WorkflowClocks } from '../workflow-clocks.js';
import { type ExportFormat, readExportRequest } from './export-request.js';
import { TransactionExports } from './transaction-exports.js';

const TRANSACTIONS = 50_000;
/** What an export may hold more at its end than at its beginning, garbage left out. */
const MOST_GROWTH_BYTES = 12 * 1024 * 1024;
const LARGEST_PIECE = 3 * 1024 * 1024;

/** Each transaction is a contract and an invoice, with three activities; every tenth invoice names a shared payment run. */
const FILL = `
  insert into business_object (tenant_id, object_id, type, key, legal_entity, counterparty, amount, currency, attributes, is_placeholder, first_occurred_at, last_occurred_at)
  select $1, md5(t || n)::uuid, t, t || '-' || n, 'DE01', 'Customer ' || n, n, 'EUR', '{}', false, now(), now()
  from generate_series(1, $2::int) n, unnest(array['contract', 'invoice']) t;
  insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
  select $1, md5(t || n)::uuid, md5(t || n)::uuid, 'crm', 'number', '', t || n from generate_series(1, $2::int) n, unnest(array['contract', 'invoice']) t;
  insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by)
  select $1, md5('contract' || n)::uuid, md5('invoice' || n)::uuid, 'bills', 'contract', 'invoice', false, now(), md5('a' || n)::uuid from generate_series(1, $2::int) n;
  insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, legal_entity, counterparty, amount, currency, started_at, last_occurred_at)
  select $1, md5('transaction' || n)::uuid, 'order-to-cash', md5('contract' || n)::uuid, 'completed', 'DE01', 'Customer ' || n, n, 'EUR',
         now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, $2::int) n;
  insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth)
  select $1, md5('transaction' || n)::uuid, md5(t || n)::uuid, false, d from generate_series(1, $2::int) n, (values ('contract', 0), ('invoice', 1)) o(t, d);
  insert into milestone (tenant_id, transaction_id, name, object_id, position, title, rule_kind, reached_at)
  select $1, md5('transaction' || n)::uuid, m, '00000000-0000-0000-0000-000000000000', p, m, 'none', now()
  from generate_series(1, $2::int) n, (values ('contract-approved', 0), ('invoice-posted', 1)) o(m, p);
  insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind, signal_received_on, signal_id, objects, links, names)
  select $1, md5('activity' || n || '/' || k)::uuid, 'invoice.posted', now(), 'success', 'sap', 'billing', n::text, 'span', current_date, md5('signal' || n)::uuid,
         jsonb_build_array(jsonb_build_object('type', 'invoice', 'qualifier', 'subject', 'aliases', jsonb_build_array(jsonb_build_object('system', 'crm', 'kind', 'number', 'scope', '', 'value', 'invoice' || n)))), '[]', uuid_send(md5('invoice' || n)::uuid)
  from generate_series(1, $2::int) n, generate_series(1, 3) k;
  insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
  select $1, md5('activity' || n || '/' || k)::uuid, 0, true, 'invoice.posted', 'success', now(), md5('invoice' || n)::uuid, 'invoice'
  from generate_series(1, $2::int) n, generate_series(1, 3) k;
  analyze`;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe(`an export of ${TRANSACTIONS} transactions`, () => {
  let api: ApiHarness;

  beforeAll(async () => {
    api = await startApi();
    await connected(api.test.ownerUrl, async (owner) => {
      for (const statement of FILL.split(';')) {
        await owner.query(statement, statement.includes('$1') ? [api.test.tenantId, TRANSACTIONS] : []);
      }
    });
  }, 240_000);
  afterAll(() => api.close());

  it.each<[ExportFormat, Record<string, number>]>([
    ['csv', { transactions: TRANSACTIONS }],
    [
      'xlsx',
      { transactions: TRANSACTIONS, milestones: 2 * TRANSACTIONS, objects: 2 * TRANSACTIONS, links: TRANSACTIONS },
    ],
    ['ocel', { events: 3 * TRANSACTIONS, objects: 2 * TRANSACTIONS }],
    ['openlineage', { events: 4 * TRANSACTIONS }],
  ])(
    'as %s holds no more at its end than at its beginning',
    async (format, rows) => {
      const { database, tenantId } = api.test;
      const viewer = {
        tenantId,
        personId: '00000000-0000-4000-8000-000000000001',
        displayName: 'Ana',
        email: 'ana@acme.example',
        roles: ['analyst'],
        permissions: permissionsOf(['analyst']),
      };
      const exports = new TransactionExports({
        database: () => database,
        clocks: () => new WorkflowClocks(),
        schema: () => api.server.app.get(GraphQLSchemaHost).schema,
      });
      const operation = new ClosableOperation(DatabaseGate.of(database), { viewer }, () => new Date(), undefined);
      const { body } = await exports.start(operation, readExportRequest(format, {}));
      let pieces = 0;
      let largest = 0;
      let early = 0;
      let late = 0;
      for await (const piece of body) {
        pieces += 1;
        largest = Math.max(largest, piece.length);
        if (pieces === 10) early = heldBytes();
        if (pieces % 20 === 0) late = Math.max(late, heldBytes());
      }
      await operation.close();
      expect(pieces).toBeGreaterThan(40);
      expect(largest).toBeLessThan(LARGEST_PIECE);
      expect(late - early).toBeLessThan(MOST_GROWTH_BYTES);
      const [done] = await database.withTenant(tenantId, (tx) =>
        tx.query<{ rows: unknown }>(
          `select details -> 'rows' as rows from audit_record
           where tenant_id = $1 and action = 'transactions.exported' and details ->> 'format' = $2`,
          [tenantId, format],
        ),
      );
      expect(done?.rows).toEqual(rows);
    },
    240_000,
  );
});

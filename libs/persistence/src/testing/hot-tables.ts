import { randomUUID } from 'node:crypto';
import type { HotSample } from './hot-queries.js';
import { connected } from './connections.js';
import { createTenant } from './test-database.js';
import type { TestDatabase } from './test-database.js';

// Half of the rows belong to another tenant. Ids are hashes of the row's number, so that they are as scattered as real ones.
// $1 = rows, $2 and $3 = tenants.
const fills: readonly string[] = [
  `insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message,
                          integration, state, object_type, object_key, amount_minor, occurrences, opened_at, last_occurred_at, updated_at,
                          queue, reporting_minor, priority_order)
   select tenant, md5('exception' || i)::uuid, md5('group' || i % 20)::uuid, md5('object' || i)::uuid, md5('object' || i)::uuid,
          'hop', 'signature', 'platform.time-out', 'title', 'message', 'integration',
          case i % 10 when 0 then 'OPEN' when 1 then 'REQUEUED' else 'RESOLVED' end, 'sales-order', 'SO-' || i,
          i % 100000, 1, now() - i * interval '1 second', now(), now(),
          (array['master-data', 'payments', 'tax', 'platform'])[1 + i / 10 % 4], i % 100000, i::bigint * 7919 % 2199023255552
     from rows`,
  `insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, started_at, last_occurred_at)
   select tenant, md5('transaction' || i)::uuid, 'order-to-cash', md5('object' || i)::uuid, 'running', now(),
          now() - i * interval '1 second'
     from rows`,
  `insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth)
   select tenant, md5('transaction' || i)::uuid, md5('object' || i)::uuid, false, 0 from rows`,
  `insert into milestone (tenant_id, transaction_id, name, object_id, position, title, rule_kind, due_at, reached_at)
   select tenant, md5('transaction' || i)::uuid, 'payment-applied', md5('object' || i)::uuid, 1, 'title', 'service',
          case when i % 3 = 0 then now() + (i % 1000 - 2) * interval '1 minute' end,
          case when i % 2 = 0 then now() end
     from rows`,
  `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
                        first_occurred_at, last_occurred_at, last_activity_id)
   select tenant, md5('object' || i)::uuid, 'hop', 'signature', 'platform.time-out', '{}', 'message', 'integration', 1, now(), now(),
          md5('activity' || i)::uuid
     from rows`,
  `insert into intake_batch (tenant_id, batch_id, kind, received_on, received_at, items)
   select tenant, md5('batch' || i)::uuid, 'spans', current_date, now() - i * interval '1 second', 1 from rows`,
  `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
   select tenant, md5('alias' || i)::uuid, md5('object' || i)::uuid, 'sap', 'sales-order', '', 'SO-' || lpad(i::text, 8, '0') from rows`,
  `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
   select tenant, md5('activity' || i)::uuid, 0, true, 'sales-order.accepted', 'success', now(), md5('alias' || i)::uuid, 'sales-order'
     from rows`,
  `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by)
   select tenant, md5('object' || i)::uuid, md5('object' || i + 1)::uuid, 'fulfils', 'sales-order', 'sales-order', false, now(), md5('activity' || i)::uuid from rows`,
  `insert into span_chunk (tenant_id, received_on, chunk_id, received_at, batch_id, spans, candidates)
   select tenant, (now() at time zone 'utc')::date + (i % 3)::int, i, now() - i * interval '1 second',
          case when i % 10 = 0 then md5('batch' || i)::uuid end, 100, case when i % 10 < 2 then '\\x00'::bytea end
     from rows`,
  `insert into span_trace (tenant_id, trace_id, group_hash, chunk_id, key_hash, received_on)
   select tenant, md5('trace' || i / 20)::uuid, i, i, case when i % 5 = 0 then i % 1000 end,
          (now() at time zone 'utc')::date + (i % 3)::int
     from rows`,
  `insert into span_arrival (tenant_id, received_slot, trace_id, group_hash, chunk_id, key_hash, received_on)
   select tenant, i / 20 % 20, md5('trace' || i / 20)::uuid, i, i, case when i % 5 = 0 then i % 1000 end,
          (now() at time zone 'utc')::date + (i % 3)::int
     from rows`,
  `insert into span_slot (tenant_id, received_on, received_slot)
   select distinct tenant_id, received_on, received_slot from span_arrival`,
  // Trace 7 is a hub: every fifth link of the tenant is to it.
  `insert into span_link (tenant_id, linked_trace_id, linked_span_id, trace_id, span_id, received_on, started_at, service_name, name)
   select tenant, md5('trace' || case when i % 10 < 2 then 7 else i end)::uuid, i % 20, md5('linking' || i)::uuid, i,
          (now() at time zone 'utc')::date + (i % 3)::int, now() - i * interval '1 second', 'service', 'name'
     from rows`,
  `insert into outbox_delivery (tenant_id, consumer, topic, payload)
   select tenant, (array['exceptions', 'requeue', 'timeliness'])[1 + i % 3], 'lineage.projected', '{}' from rows`,
];

/** Fills the tables of the hot queries with so many rows each, half of them another tenant's; answers values that occur. */
export async function fillHotTables(test: TestDatabase, rows: number): Promise<HotSample> {
  const other = randomUUID();
  await createTenant(test.ownerUrl, other);
  const ids = (kind: string): Promise<string[]> =>
    connected(test.ownerUrl, async (owner) => {
      const sql = `select md5($1 || i * 2)::uuid as id from generate_series(1, 10) as i`;
      return (await owner.query<{ id: string }>(sql, [kind])).rows.map((row) => row.id);
    });
  return connected(test.ownerUrl, async (owner) => {
    for (const fill of fills) {
      const [into, ...rest] = fill.split('\n   select ');
      await owner.query(
        `with rows as (
           select i, case when i % 2 = 0 then $2::uuid else $3::uuid end as tenant from generate_series(1, $1::int) as i
         ) ${into} select ${rest.join('\n   select ')}`,
        [rows, test.tenantId, other],
      );
    }
    await owner.query('vacuum analyze');
    const trace = await owner.query<{ id: string }>(`select md5('trace' || 7)::uuid as id`);
    return {
      tenantId: test.tenantId,
      objectIds: await ids('object'),
      transactionIds: await ids('transaction'),
      aliasIds: await ids('alias'),
      traceId: trace.rows[0]?.id ?? randomUUID(),
      now: new Date(),
    };
  });
}

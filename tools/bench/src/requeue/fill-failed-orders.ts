import { SecretBox } from '@throughline/persistence';
import type { BenchStore } from '../spans/bench-store.js';

const INTEGRATIONS = 6;
const SLICE = 50_000;

const idOf = (of: string, n = 'n') => `md5('${of}' || ${n})::uuid`;
/** As the facts tell them: three of a hundred are overcome, one of a hundred was changed since. */
const MADE = `generate_series($2::int, $3::int) as n`;
const TAXONOMY = 'mapping-and-master-data.missing-legal-entity-mapping';

const FILLS = [
  `insert into business_object (tenant_id, object_id, type, key, legal_entity, counterparty, amount, currency, direction, attributes,
     is_placeholder, first_occurred_at, last_occurred_at)
   select $1::uuid, ${idOf('order')}, 'sales-order', 'SO-' || lpad(n::text, 9, '0'), (array['DE01', 'US01', 'BR01', 'SG01'])[1 + n % 4],
     'Customer ' || n % 5000, n % 100000 + 0.5, (array['EUR', 'USD', 'BRL', 'SGD'])[1 + n % 4], 'inflow', '{}', false,
     now() - interval '2 days', now() - interval '1 day' from ${MADE}`,
  `insert into business_object (tenant_id, object_id, type, key, legal_entity, counterparty, attributes, is_placeholder,
     first_occurred_at, last_occurred_at)
   select $1::uuid, ${idOf('contract')}, 'contract', 'C-' || n, 'DE01', 'Customer ' || n % 5000, '{}', false, now() - interval '3 days',
     now() - interval '3 days' from ${MADE}`,
  `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
   select $1::uuid, ${idOf('order')}, ${idOf('order')}, 'salesforce', 'order-number', '', 'SO-' || lpad(n::text, 9, '0') from ${MADE}
   union all select $1::uuid, ${idOf('external')}, ${idOf('order')}, 'sap', 'external-number', '', 'X' || n from ${MADE}`,
  `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind,
     signal_received_on, signal_id, problem, objects, links)
   select $1::uuid, ${idOf('run')}, 'sales-order.rejected', now() - interval '1 day', 'failure', 'sap', 'flow-' || n % ${INTEGRATIONS},
     'run-' || n, 'cloud-event', current_date, ${idOf('run')},
     jsonb_build_object('taxonomy', '${TAXONOMY}', 'discriminators', '{}'::jsonb, 'message', 'no company code', 'payloadVersion', 1,
       'payload', jsonb_build_object('order', 'SO-' || n, 'amount', n % 100000, 'lines', (select jsonb_agg(jsonb_build_object('sku', 'A-' || l, 'quantity', l, 'text', repeat('x', 40)))
         from generate_series(1, 8) l))), '[]'::jsonb, '[]'::jsonb from ${MADE}
   union all
   select $1::uuid, ${idOf('made')}, 'sales-order.created', now() - interval '2 days', 'success', 'salesforce', 'flow-' || n % ${INTEGRATIONS},
     'made-' || n, 'cloud-event', current_date, ${idOf('made')}, null::jsonb, '[]'::jsonb, '[]'::jsonb from ${MADE}`,
  `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
   select $1::uuid, ${idOf('run')}, 0, true, 'sales-order.rejected', 'failure', now() - interval '1 day', ${idOf('order')}, 'sales-order' from ${MADE}
   union all
   select $1::uuid, ${idOf('made')}, 0, true, 'sales-order.created', 'success', now() - interval '2 days', ${idOf('order')}, 'sales-order' from ${MADE}`,
  `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
     first_occurred_at, last_occurred_at, last_activity_id, cleared_at)
   select $1::uuid, ${idOf('order')}, 'flow-' || n % ${INTEGRATIONS}, 'mapping', '${TAXONOMY}', '{}', 'no company code', 'flow-' || n % ${INTEGRATIONS}, 1,
     now() - interval '1 day', now() - interval '1 day', ${idOf('run')}, case when n % 33 = 0 then now() end from ${MADE}`,
  `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by)
   select $1::uuid, ${idOf('contract')}, ${idOf('order')}, 'fulfils', 'contract', 'sales-order', false, now(), ${idOf('made')} from ${MADE}
   union all
   select $1::uuid, ${idOf('order', 'n - 1')}, ${idOf('order')}, 'precedes', 'sales-order', 'sales-order', false, now(), ${idOf('made')}
   from ${MADE} where n % 20 = 0`,
  `insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, started_at, last_occurred_at)
   select $1::uuid, ${idOf('transaction')}, 'order-to-cash', ${idOf('order')}, 'running', now() - interval '2 days', now() from ${MADE}`,
  `insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth)
   select $1::uuid, ${idOf('transaction')}, ${idOf('contract')}, false, 0 from ${MADE}
   union all select $1::uuid, ${idOf('transaction')}, ${idOf('order')}, false, 1 from ${MADE}`,
  `insert into milestone (tenant_id, transaction_id, name, object_id, position, title, rule_kind, due_at, reached_at)
   select $1::uuid, ${idOf('transaction')}, step, ${idOf('order')}, at, initcap(step), 'service', now() + interval '1 day', case when at = 1 then now() end
   from ${MADE} cross join (values ('ordered', 1), ('delivered', 2), ('invoiced', 3), ('paid', 4)) as steps(step, at)`,
  `insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message,
     integration, state, object_type, object_key, legal_entity, counterparty, counterparty_folded, amount, currency, direction, amount_minor,
     occurrences, opened_at, last_occurred_at, last_activity_id, updated_at, queue, reporting_minor, priority_points, priority_band,
     priority_order)
   select $1::uuid, ${idOf('exception')}, ${idOf('group', '1')}, ${idOf('order')}, ${idOf('order')}, 'flow-' || n % ${INTEGRATIONS}, 'mapping', '${TAXONOMY}',
     'Missing mapping - order SO-' || n, 'no company code', 'flow-' || n % ${INTEGRATIONS}, 'OPEN', 'sales-order',
     'SO-' || lpad(n::text, 9, '0'), (array['DE01', 'US01', 'BR01', 'SG01'])[1 + n % 4], 'Customer ' || n % 5000, 'customer ' || n % 5000,
     n % 100000 + 0.5, (array['EUR', 'USD', 'BRL', 'SGD'])[1 + n % 4], 'inflow', (n % 100000) * 100 + 50, 1, now() - interval '1 day',
     now() - interval '1 day', ${idOf('run')}, now(), 'master-data', (n % 100000) * 100 + 50, (n % 100)::smallint, 'P' || (1 + n % 4),
     (4 - n % 4) * 1000000000000 + n % 1000000 from ${MADE}`,
];

/** Tables that are filled. */
export const FILLED = [
  ...[
    'business_object',
    'object_alias',
    'activity',
    'alias_statement',
    'problem',
    'object_link',
    'business_transaction',
  ],
  ...['transaction_object', 'milestone', 'exception', 'exception_group', 'integration'],
];

/** Orders that failed on their way to systems that take requeues, each with its lineage, payload and exception. */
export async function fillFailedOrders({ owner, tenantId }: BenchStore, count: number): Promise<void> {
  await owner.query('begin');
  for (let from = 1; from <= count; from += SLICE) {
    for (const fill of FILLS) await owner.query(fill, [tenantId, from, Math.min(from + SLICE - 1, count)]);
  }
  await owner.query(
    `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop)
     values ($1, ${idOf('group', '1')}, 'bench', 'Missing mapping', '${TAXONOMY}', 'flow-0') on conflict do nothing`,
    [tenantId],
  );
  await owner.query('commit');
  for (const table of FILLED) await owner.query(`vacuum analyze ${table}`);
}

/** The integrations with an address where nobody listens, and a secret sealed with this key. */
export async function setTargets({ owner, tenantId }: BenchStore, secretKey: Buffer): Promise<void> {
  const secret = new SecretBox(secretKey).seal(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
  await owner.query(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                              requeue_secret_encrypted, requeue_is_idempotent)
     select $1::uuid, 'flow-' || n, 'Flow ' || n, 'salesforce', 'sap', 'bench', 'high', 'http://127.0.0.1:9/requeue', $2, true
     from generate_series(0, ${INTEGRATIONS - 1}) n
     on conflict (tenant_id, name) do update set requeue_secret_encrypted = excluded.requeue_secret_encrypted`,
    [tenantId, secret],
  );
}

import { connected } from './connections.js';

/** How many transactions, and the instant that is now to them. */
export type ManyTransactions = { transactions: number; now: Date };

const NOBODY = '00000000-0000-0000-0000-000000000000';
const SLICE = 50_000;

/**
 * One transaction a row, number 1 the newest, three years in all: few run, most are completed; entities, workflows and
 * counterparties are as unequal as in a group. Everything follows from the number, so that filters of known selectivity can be
 * written down (see transactionListCases). $1 tenant, $2 and $3 the numbers, $4 their total, $5 now.
 */
const NUMBERED = `
  select n, $1::uuid as tenant_id, entity.code as entity, entity.currency, entity.erp,
         (array['order-to-cash', 'procure-to-pay', 'treasury-payment', 'record-to-report'])[workflow_no] as workflow,
         started_at, least($5::timestamptz, started_at + (n * 7919 % 30) * interval '1 day') as last_at,
         case when is_young and n % 5 > 0 or n % 200 = 7 then 'running' when n % 100 = 3 then 'cancelled' else 'completed' end as progress,
         case when n % 50 = 11 then 'Acme Industries' else 'Customer ' || lpad((n * 17 % 50000)::text, 5, '0') end as counterparty,
         case when n % 100000 = 77 then 98765432.10 else 10.0 ^ (n * 31 % 5 + 1) + n % 1000 end as amount,
         lpad(n::text, 8, '0') as number
  from (select i::bigint as n, $5::timestamptz - i * (interval '1095 days' / $4::int) as started_at, i <= $4::int * 0.06 as is_young,
               case when i % 20 < 14 then 1 when i % 20 < 17 then 2 when i % 20 < 19 then 3 else 4 end as workflow_no,
               i::bigint * 7919 % 100 as place
        from generate_series($2::int, $3::int) as i) numbered
  join lateral (select *
    from (values ('DE01', 'EUR', 'sap-de', 0, 30), ('FR01', 'EUR', 'sap-de', 30, 50), ('US01', 'USD', 'netsuite', 50, 70),
                 ('GB01', 'GBP', 'sap-de', 70, 82), ('JP01', 'JPY', 'sap-jp', 82, 92), ('IT01', 'EUR', 'sap-de', 92, 97),
                 ('BR01', 'BRL', 'netsuite', 97, 99), ('SG01', 'SGD', 'sap-jp', 99, 100)) as e(code, currency, erp, since, upto)
    where place >= since and place < upto) entity on true`;

const FILLS: readonly string[] = [
  `insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, legal_entity, counterparty, amount,
                                     currency, started_at, completed_at, last_occurred_at)
   select tenant_id, md5('transaction' || n)::uuid, workflow, md5('contract' || n)::uuid, progress, entity, counterparty, amount, currency,
          started_at, case when progress = 'completed' then last_at end, last_at from made`,
  `insert into business_object (tenant_id, object_id, type, key, legal_entity, counterparty, amount, currency, attributes, is_placeholder,
                                first_occurred_at, last_occurred_at)
   select tenant_id, md5(kind.type || n)::uuid, kind.type, kind.prefix || number, entity, counterparty, amount, currency,
          case kind.type when 'invoice' then jsonb_build_object('dueDate', to_char(started_at + interval '30 days', 'YYYY-MM-DD'),
                                                                'postingDate', to_char(started_at + interval '2 days', 'YYYY-MM-DD'))
                         when 'payment' then jsonb_build_object('valueDate', to_char(last_at, 'YYYY-MM-DD'), 'endToEndId', 'E2E-' || number)
                         else '{}' end, false, started_at, last_at
   from made cross join (values ('contract', 'C-'), ('invoice', 'RE/2026/'), ('payment', 'PAY')) as kind(type, prefix)`,
  `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
   select tenant_id, md5(name.type || name.place || n)::uuid, md5(name.type || n)::uuid,
          case name.system when 'erp' then erp when 'bank' then case when n % 1000 = 5 then 'stripe' else 'kyriba' end else name.system end,
          'number', '', name.prefix || number
   from made cross join (values ('contract', 1, 'salesforce', 'C-'), ('contract', 2, 'erp', '00'), ('invoice', 1, 'erp', 'RE/2026/'),
                                ('payment', 1, 'bank', 'PAY')) as name(type, place, system, prefix)`,
  `insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth)
   select tenant_id, md5('transaction' || n)::uuid, md5(kind.type || n)::uuid, false, kind.depth
   from made cross join (values ('contract', 0), ('invoice', 1), ('payment', 2)) as kind(type, depth)
   union all
   select tenant_id, md5('transaction' || n)::uuid, md5('statement' || n / 4000)::uuid, true, 3 from made`,
  `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by)
   select tenant_id, md5(link.near || n)::uuid, md5(link.far || case when link.far = 'statement' then n / 4000 else n end)::uuid, link.qualifier,
          link.near, case link.far when 'statement' then 'bank-statement' else link.far end, false, started_at, '${NOBODY}'
   from made cross join (values ('contract', 'invoice', 'bills'), ('invoice', 'payment', 'settles'), ('payment', 'statement', 'gathers')) as link(near, far, qualifier)`,
  `insert into business_object (tenant_id, object_id, type, key, attributes, is_placeholder, first_occurred_at, last_occurred_at)
   select tenant_id, md5('statement' || n / 4000)::uuid, 'bank-statement', 'S-' || n / 4000, '{}', false, min(started_at), max(last_at)
   from made group by tenant_id, n / 4000 on conflict do nothing`,
  `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
   select tenant_id, md5('statement' || n / 4000)::uuid, md5('statement' || n / 4000)::uuid, 'bank', 'statement-id',
          'DE89370400440532013000/2026/' || n / 4000, 'S-' || n / 4000
   from made group by tenant_id, n / 4000 on conflict do nothing`,
  `insert into milestone (tenant_id, transaction_id, name, object_id, position, title, rule_kind, started_at, due_at, reached_at)
   select tenant_id, md5('transaction' || n)::uuid, m.name, '${NOBODY}', m.position, m.name, m.kind, started_at,
          started_at + m.days * interval '1 day',
          case when progress <> 'running' or n % 10 < m.reached then started_at + m.days / 2 * interval '1 day' end
   from made cross join (values ('order-accepted', 0, 'service', 60, 9), ('invoice-posted', 1, 'service', 70, 6),
                                ('payment-applied', 2, 'expectation', 90, 2)) as m(name, position, kind, days, reached)`,
  `insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message, integration,
                          state, object_type, object_key, occurrences, opened_at, last_occurred_at, updated_at)
   select tenant_id, md5('exception' || n)::uuid, md5('group')::uuid, md5('contract' || n)::uuid, md5('contract' || n)::uuid, 'sync', 's',
          'platform.unclassified', 't', 'm', 'sync', 'OPEN', 'contract', 'k', 1, last_at, last_at, last_at
   from made where progress = 'running' and n % 500 = 1`,
  `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
   select tenant_id, entity, entity, left(entity, 2), currency, 'TARGET', 'Europe/Berlin' from made group by tenant_id, entity, currency
   on conflict do nothing`,
];

/** Fills the projection of a tenant, slice by slice, and gathers statistics. */
export async function fillTransactions(ownerUrl: string, tenantId: string, many: ManyTransactions): Promise<void> {
  const { transactions, now } = many;
  await connected(ownerUrl, async (owner) => {
    for (let start = 1; start <= transactions; start += SLICE) {
      const end = Math.min(start + SLICE - 1, transactions);
      for (const fill of FILLS) {
        await owner.query(`with made as materialized (${NUMBERED}) ${fill}`, [tenantId, start, end, transactions, now]);
      }
    }
    await owner.query('vacuum analyze');
  });
}

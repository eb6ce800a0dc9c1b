import type { BenchStore } from '../spans/bench-store.js';

/** How many exceptions: those that wait for somebody, and those that are over. */
export type ExceptionCounts = { open: number; closed: number };

const SLICE = 200_000;
/** Problems; each is a group, the first ones far larger than the last. */
const GROUPS = 500;

const TAXONOMIES = [
  'mapping-and-master-data.missing-legal-entity-mapping',
  'business-control.blocked-account',
  'data-quality.missing-field',
  'cash-and-payment.rejected-by-bank',
  'timing-and-sequence.overdue-milestone',
  'platform.time-out',
] as const;
const QUEUES = ['master-data', 'credit', 'data-repair', 'payments', 'platform', 'platform'] as const;

const FILL = `
  insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message,
    integration, state, resolution, owner_id, object_type, object_key, legal_entity, counterparty, counterparty_folded, amount, currency,
    direction, amount_minor, occurrences, opened_at, last_occurred_at, resolved_at, updated_at, queue, reporting_minor, next_due_at,
    priority_points, priority_band, priority_order, posting_period, due_on)
  select $1, md5('exception' || n)::uuid, md5('group' || problem)::uuid, md5('order' || n)::uuid, md5('order' || n)::uuid,
    'flow-' || problem % 18, 'problem-' || problem, ($5::text[])[kind], 'Problem ' || problem || ' - order SO-' || n, 'It failed',
    'flow-' || problem % 18, state, case when state = 'RESOLVED' then 'VANISHED' end,
    case when n % 3 = 0 then md5('person' || n % 40)::uuid end, 'sales-order', 'SO-' || lpad(n::text, 9, '0'), entity,
    'Customer ' || n % 5000, 'customer ' || n % 5000, n % 100000 + 0.5, currency, case when n % 4 = 0 then 'outflow' else 'inflow' end,
    (n % 100000) * 100 + 50, 1 + n % 3, at, at, case when state = 'RESOLVED' then at + interval '1 hour' end, at, ($6::text[])[kind],
    (n % 100000) * 100 + 50, case when n % 3 > 0 then now() + (n * 37::bigint % 4000 - 500) * interval '1 minute' end, (n % 100)::smallint, 'P' || (1 + n % 4), (4 - n % 4) * 1000000000000 + n % 1000000,
    to_char(at, 'YYYY-MM'), case when n % 4 = 0 then to_char(now() + (n * 7::bigint % 180 - 120) * interval '1 day', 'YYYY-MM-DD') end
  from (
    select n, (power(n * 7919::bigint % 10007 / 10007.0, 3) * ${GROUPS})::int as problem, 1 + n % 6 as kind,
           case when n > $4::int then 'RESOLVED' else (array['OPEN', 'OPEN', 'OPEN', 'IN_PROGRESS', 'WAITING', 'REQUEUED'])[1 + n % 6] end as state,
           (array['DE01', 'DE01', 'US01', 'US01', 'BR01', 'SG01'])[1 + n / 7 % 6] as entity,
           (array['EUR', 'EUR', 'USD', 'USD', 'BRL', 'SGD'])[1 + n / 7 % 6] as currency,
           now() - n * interval '20 seconds' as at
    from generate_series($2::int, $3::int) as n
  ) made`;

/**
 * Fills an empty table of exceptions and their groups. Its indexes but the key are built after the rows: row by row, ten million
 * would take hours.
 */
export async function fillExceptions(
  { owner, tenantId }: BenchStore,
  { open, closed }: ExceptionCounts,
): Promise<void> {
  const indexes = await dropIndexes(owner);
  for (let from = 1; from <= open + closed; from += SLICE) {
    const to = Math.min(from + SLICE - 1, open + closed);
    await owner.query(FILL, [tenantId, from, to, open, TAXONOMIES, QUEUES]);
  }
  await owner.query(`set maintenance_work_mem = '1GB'`);
  for (const { definition } of indexes) await owner.query(definition);
  await owner.query(
    `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop)
     select $1, md5('group' || n)::uuid, 'bench-' || n, 'Problem ' || n, ($2::text[])[1 + n % 6], 'flow-' || n % 18
     from generate_series(0, ${GROUPS}) as n on conflict do nothing`,
    [tenantId, TAXONOMIES],
  );
  await owner.query(
    `insert into exception_snooze (tenant_id, exception_id, until_at, reason, snoozed_at, snoozed_by, snoozed_by_name)
     select $1, md5('exception' || n * 50)::uuid, now() + interval '1 day', 'later', now(), $1, 'bench' from generate_series(1, $2::int / 100) as n`,
    [tenantId, open],
  );
  await owner.query('vacuum analyze exception');
  await owner.query('vacuum analyze exception_snooze');
  await owner.query('vacuum analyze exception_group');
}

/** Drops what no constraint stands on; answers how it is made again. */
async function dropIndexes(owner: BenchStore['owner']): Promise<{ name: string; definition: string }[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = 'exception'::regclass and not i.indisunique`,
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  return rows;
}

/** Exceptions that the store holds. */
export async function countExceptions({ owner, tenantId }: BenchStore): Promise<number> {
  const { rows } = await owner.query<{ rows: string }>('select count(*) as rows from exception where tenant_id = $1', [
    tenantId,
  ]);
  return Number(rows[0]?.rows ?? 0);
}

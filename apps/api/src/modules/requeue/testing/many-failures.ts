import type { Tx } from '@throughline/persistence';
import type { RequeueStory } from './requeue-story.js';

/** Id of the n-th copy of a thing. */
const id = (of: string) => `md5('${of}' || n)::uuid`;

/**
 * Copies of the failed order of a story with all that is told of it, every one of them an exception; some of them are over, somebody
 * else's money, changed, masked, stuck behind one another or not to be sent at all.
 */
export async function copyFailures(story: RequeueStory, count: number): Promise<void> {
  await story.database.withTenant(story.db.tenantId, async (tx) => {
    await copy(tx, 'business_object', count, {
      object_id: id('object'),
      key: `'O-' || 500000 + n`,
      amount: '100 + n % 7',
    });
    await copy(tx, 'object_alias', count, {
      alias_id: id('object'),
      object_id: id('object'),
      value: `'O-' || 500000 + n`,
    });
    await copy(tx, 'activity', count, {
      activity_id: id('activity'),
      run_key: `'run-' || n`,
      problem: `jsonb_set(t.problem, '{payload}', case n % 20 when 6 then '{"iban":"••••"}' when 7 then '{"PmtInf":{}}' else '{"n":1}' end::jsonb)`,
    });
    await copy(tx, 'alias_statement', count, { activity_id: id('activity'), alias_id: id('object') });
    await copy(tx, 'problem', count, {
      object_id: id('object'),
      last_activity_id: id('activity'),
      cleared_at: `case when n % 10 = 3 then t.last_occurred_at end`,
    });
    await copy(tx, 'exception', count, {
      exception_id: id('exception'),
      object_id: id('object'),
      first_object_id: id('object'),
      object_key: `'O-' || 500000 + n`,
      last_activity_id: id('activity'),
      state: `case n % 10 when 1 then 'RESOLVED' when 5 then 'PENDING_APPROVAL' else 'OPEN' end`,
      integration: `case n % 10 when 2 then 'nowhere' else t.integration end`,
      legal_entity: `case n % 3 when 0 then 'US01' else 'DE01' end`,
      currency: `case n % 3 when 0 then 'USD' else 'EUR' end`,
      amount: '100 + n % 7',
      priority_points: 'n % 100',
      priority_band: `'P' || 1 + n % 4`,
    });
    // a second failure of the same document at the same integration
    await copy(tx, 'exception', count / 25, {
      exception_id: id('second'),
      object_id: `md5('object' || n * 25)::uuid`,
      first_object_id: `md5('object' || n * 25)::uuid`,
      signature: `'another'`,
    });
    await tx.query(
      `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by)
       select $1, md5('object' || n - 1)::uuid, md5('object' || n)::uuid, 'fulfils', 'sales-order', 'sales-order', false, now(), $1
       from generate_series(7, $2::int, 7) n`,
      [tx.tenantId, count],
    );
  });
}

/** Copies of the only row of a table, with other values in these columns. */
async function copy(tx: Tx, table: string, count: number, other: Readonly<Record<string, string>>): Promise<void> {
  const values = Object.entries(other).map(([column, value]) => `'${column}', ${value}`);
  const columns = await tx.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' order by attnum`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  await tx.query(
    `insert into ${table} (${names.join(', ')})
     select ${names.map((name) => `r.${name}`).join(', ')}
     from (select * from ${table} where tenant_id = $1 limit 1) t
     cross join generate_series(1, $2::int) n
     cross join lateral jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(${values.join(', ')})) r`,
    [tx.tenantId, Math.floor(count)],
  );
}

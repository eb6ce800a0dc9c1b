import { CONTEXT_TYPES, NIL_UUID } from '@throughline/canonical';
import { type Tx, uuidArray } from '@throughline/persistence';

/** Lets one check at a time look at a tenant's objects: of two side by side the one with older facts might write last. */
export async function lockValidation(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('throughline.validation.' || $1::text, 0))`, [
    tx.tenantId,
  ]);
}

/** Has objects checked later. */
export async function markObjects(tx: Tx, objectIds: readonly string[], isSilent: boolean): Promise<void> {
  if (objectIds.length === 0) return;
  await tx.query(
    `insert into rule_mark as m (tenant_id, object_id, is_silent) select $1, id, $3 from unnest($2::uuid[]) as id
     on conflict (tenant_id, object_id) do update set is_silent = m.is_silent and excluded.is_silent`,
    [tx.tenantId, uuidArray(objectIds), isSilent],
  );
}

/** Objects of these types that hang on the given ones, one link away, or two where there is a document between; checked later. */
export async function markDependents(
  tx: Tx,
  changed: readonly string[],
  types: { about: readonly string[]; between: readonly string[] },
  isSilent: boolean,
): Promise<void> {
  if (changed.length === 0 || types.about.length === 0) return;
  await tx.query(
    `with near as materialized (
       select e.id, e.type, e.of_type
       from unnest($2::uuid[]) as asked(id)
       cross join lateral (
         select to_object_id as id, to_type as type, from_type as of_type from object_link
         where tenant_id = $1 and from_object_id = asked.id and to_type = any($6::text[])
         union all
         select from_object_id, from_type, to_type from object_link
         where tenant_id = $1 and to_object_id = asked.id and from_type = any($6::text[])
       ) e
     ), found as (
       select id from near where type = any($3::text[])
       union
       select e.id
       from near
       cross join lateral (
         select to_object_id as id from object_link
         where tenant_id = $1 and from_object_id = near.id and to_type = any($3::text[])
         union all
         select from_object_id from object_link
         where tenant_id = $1 and to_object_id = near.id and from_type = any($3::text[])
       ) e
       where near.type = any($4::text[]) and near.of_type <> all($7::text[])
     )
     insert into rule_mark as m (tenant_id, object_id, is_silent)
     select $1, id, $5 from found where id <> all($2::uuid[])
     on conflict (tenant_id, object_id) do update set is_silent = m.is_silent and excluded.is_silent`,
    [
      tx.tenantId,
      uuidArray(changed),
      types.about,
      types.between,
      isSilent,
      [...new Set([...types.about, ...types.between])],
      [...CONTEXT_TYPES],
    ],
  );
}

/** Takes marks; answers the objects, loud ones and silent ones. */
export async function takeMarks(tx: Tx, limit: number): Promise<{ loud: string[]; silent: string[] }> {
  const rows = await tx.query<{ id: string; isSilent: boolean }>(
    `delete from rule_mark where tenant_id = $1 and object_id in (
       select object_id from rule_mark where tenant_id = $1 order by object_id limit $2)
     returning object_id as id, is_silent as "isSilent"`,
    [tx.tenantId, limit],
  );
  return {
    loud: rows.filter(({ isSilent }) => !isSilent).map(({ id }) => id),
    silent: rows.filter(({ isSilent }) => isSilent).map(({ id }) => id),
  };
}

/** Remembers the facts of objects that others are checked by; answers those whose facts were known and are others now. */
export async function noteSeen(tx: Tx, objects: readonly { objectId: string; factsKey: string }[]): Promise<string[]> {
  if (objects.length === 0) return [];
  const rows = await tx.query<{ id: string; isKnown: boolean }>(
    // Compared before it is written: an upsert locks, and so writes, each row that it finds equal.
    `with differing as materialized (
       select g.id, g.key, s.facts_key is not null as is_known
       from unnest($2::uuid[], $3::uuid[]) as g(id, key)
       left join lateral (
         select facts_key from rule_seen where tenant_id = $1 and object_id = g.id limit 1
       ) s on true
       where s.facts_key is distinct from g.key
     ), put as (
       insert into rule_seen as s (tenant_id, object_id, facts_key) select $1, id, key from differing
       on conflict (tenant_id, object_id) do update set facts_key = excluded.facts_key
     )
     select id, is_known as "isKnown" from differing`,
    [
      tx.tenantId,
      uuidArray(objects.map(({ objectId }) => objectId)),
      uuidArray(objects.map(({ factsKey }) => factsKey)),
    ],
  );
  return rows.filter(({ isKnown }) => isKnown).map(({ id }) => id);
}

/** Has everything that a rule is about checked, and what violates it as it was. */
export async function beginSweep(tx: Tx, rule: string, types: readonly string[]): Promise<void> {
  // who checks marks others in an order of its own
  await lockValidation(tx);
  await tx.query(
    `insert into rule_sweep (tenant_id, rule, types, after_object_id) values ($1, $2, $3, '${NIL_UUID}')
     on conflict (tenant_id, rule) do update set types = excluded.types, after_object_id = excluded.after_object_id`,
    [tx.tenantId, rule, types],
  );
  await tx.query(
    `insert into rule_mark (tenant_id, object_id, is_silent)
     select $1, object_id, false from rule_violation where tenant_id = $1 and rule = $2
     on conflict (tenant_id, object_id) do update set is_silent = false`,
    [tx.tenantId, rule],
  );
}

/** Goes on with a sweep by so many stored objects; false = there is none. */
export async function continueSweep(tx: Tx, objectsAtOnce: number): Promise<boolean> {
  await lockValidation(tx);
  const [sweep] = await tx.query<{ rule: string; types: string[]; after: string }>(
    `select rule, types, after_object_id as after from rule_sweep where tenant_id = $1 order by rule limit 1 for update skip locked`,
    [tx.tenantId],
  );
  if (sweep === undefined) return false;
  const [looked] = await tx.query<{ last: string | null; count: number }>(
    `with page as materialized (
       select object_id, type from business_object where tenant_id = $1 and object_id > $2 order by object_id limit $3
     ), marked as (
       insert into rule_mark (tenant_id, object_id, is_silent)
       select $1, object_id, false from page where type = any($4::text[])
       on conflict (tenant_id, object_id) do update set is_silent = false
     )
     select (array_agg(object_id order by object_id desc))[1] as last, count(*)::int as count from page`,
    [tx.tenantId, sweep.after, objectsAtOnce, sweep.types],
  );
  if (looked === undefined || looked.last === null || looked.count < objectsAtOnce) {
    await tx.query('delete from rule_sweep where tenant_id = $1 and rule = $2', [tx.tenantId, sweep.rule]);
  } else {
    await tx.query('update rule_sweep set after_object_id = $3 where tenant_id = $1 and rule = $2', [
      tx.tenantId,
      sweep.rule,
      looked.last,
    ]);
  }
  return true;
}

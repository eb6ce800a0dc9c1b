import { type Tx, uuidArray } from '@throughline/persistence';

/** More objects with the same facts are no duplicates, but a fact that says nothing. */
const MOST_ALIKE = 100;

export type KeyedObject = { objectId: string; key: string };

/** Makes these the keys of the objects; answers the keys that came or went. */
export async function replaceKeys(
  tx: Tx,
  objectIds: readonly string[],
  keys: readonly KeyedObject[],
): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(
    `with given as (
       select distinct id, key from unnest($3::uuid[], $4::uuid[]) as g(id, key)
     ), gone as (
       delete from rule_same_facts k where k.tenant_id = $1 and k.object_id = any($2::uuid[])
         and not exists (select from given g where g.id = k.object_id and g.key = k.same_key)
       returning same_key
     ), put as (
       insert into rule_same_facts (tenant_id, same_key, object_id) select $1, key, id from given on conflict do nothing
       returning same_key
     )
     select same_key as key from gone union select same_key from put`,
    [
      tx.tenantId,
      uuidArray(objectIds),
      uuidArray(keys.map(({ objectId }) => objectId)),
      uuidArray(keys.map(({ key }) => key)),
    ],
  );
  return rows.map(({ key }) => key);
}

/** Objects that have one of the keys. */
export async function findByKeys(tx: Tx, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select distinct found.object_id as id
     from unnest($2::uuid[]) as asked(key)
     cross join lateral (
       select object_id from rule_same_facts where tenant_id = $1 and same_key = asked.key limit ${MOST_ALIKE}
     ) found`,
    [tx.tenantId, uuidArray(keys)],
  );
  return rows.map(({ id }) => id);
}

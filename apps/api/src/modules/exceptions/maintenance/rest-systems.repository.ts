import type { Tx } from '@throughline/persistence';
import { isRest, type SystemsOfRests } from './waiting.js';

/** Links of one object that are looked at, each way: more of them come of no other systems. */
const MOST_LINKS = 200;

/** Of each object the systems that know it or a document beside it, between which its money moves. Fits Operation.loader. */
export async function findSystemsAround(tx: Tx, objectIds: readonly string[]): Promise<string[][]> {
  const rows = await tx.query<{ id: string; systems: string[] }>(
    `select asked.id, array(
       select distinct a.system
       from (
         select asked.id as object_id
         union all
         (select to_object_id from object_link where tenant_id = $1 and from_object_id = asked.id and not is_context limit ${MOST_LINKS})
         union all
         (select from_object_id from object_link where tenant_id = $1 and to_object_id = asked.id and not is_context limit ${MOST_LINKS})
       ) near
       join object_alias a on a.tenant_id = $1 and a.object_id = near.object_id
       order by a.system) as systems
     from unnest($2::uuid[]) as asked(id)`,
    [tx.tenantId, objectIds],
  );
  const byId = new Map(rows.map(({ id, systems }) => [id, systems]));
  return objectIds.map((id) => byId.get(id) ?? []);
}

/** The systems of those of the problems that are rests of money. */
export async function systemsOfRests(
  tx: Tx,
  problems: readonly { objectId: string; hop: string }[],
): Promise<SystemsOfRests> {
  const ids = [...new Set(problems.filter(isRest).map(({ objectId }) => objectId))];
  if (ids.length === 0) return new Map();
  const systems = await findSystemsAround(tx, ids);
  return new Map(ids.map((id, index) => [id, systems[index] ?? []]));
}

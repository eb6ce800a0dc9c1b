import { HUB_TYPES } from '@throughline/canonical';
import { type Tx, uuidArray } from '@throughline/persistence';
import { predecessorsOf, type FlowLink, type Predecessor } from './domain/predecessors.js';

/** Links upstream of one object that are looked at; a document has tens of them. */
const MOST_LINKS = 500;

/** A workflow has about as many steps. */
const MOST_STEPS = 12;

/** Open exceptions upstream of each object. Hubs gather thousands and block nobody: nothing is looked for behind them. */
export async function findPredecessors(tx: Tx, objectIds: readonly string[]): Promise<Predecessor[][]> {
  const links = await tx.query<FlowLink & { askedId: string }>(
    `with recursive upstream as (
       select asked.id as asked_id, asked.id as object_id, 0 as steps from unnest($2::uuid[]) as asked(id)
       union
       select u.asked_id, l.from_object_id, u.steps + 1
       from upstream u
       join object_link l on l.tenant_id = $1 and l.to_object_id = u.object_id and not l.is_context
         and l.from_type <> all($3::text[])
       where u.steps < ${MOST_STEPS}
     )
     -- numbered, not limited for each of them: that would read all that stands before all of them anew for each
     select "askedId", "from", "to" from (
       select found.*, row_number() over (partition by "askedId" order by "from", "to") as number
       from (
         select distinct u.asked_id as "askedId", l.from_object_id as "from", l.to_object_id as "to"
         from upstream u
         join object_link l on l.tenant_id = $1 and l.to_object_id = u.object_id and not l.is_context
           and l.from_type <> all($3::text[])
       ) found
     ) numbered where number <= ${MOST_LINKS}`,
    [tx.tenantId, uuidArray(objectIds), [...HUB_TYPES]],
  );
  const open = await tx.query<{ objectId: string; exceptionId: string }>(
    `select object_id as "objectId", exception_id as "exceptionId" from open_exception_object
     where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray([...new Set(links.map((link) => link.from))])],
  );
  const openByObject = new Map<string, string[]>();
  for (const { objectId, exceptionId } of open) {
    openByObject.set(objectId, [...(openByObject.get(objectId) ?? []), exceptionId]);
  }
  const linksOf = new Map<string, FlowLink[]>(objectIds.map((id) => [id, []]));
  for (const link of links) {
    linksOf.get(link.askedId)?.push(link);
  }
  return objectIds.map((id) => predecessorsOf(id, linksOf.get(id) ?? [], openByObject));
}

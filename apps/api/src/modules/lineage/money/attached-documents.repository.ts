import { CONTEXT_TYPES, type Direction, type Money } from '@throughline/canonical';
import { directionOf, waitingDocuments } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { loadMoneyGraph } from './money-graph.repository.js';
import { loadTolerances } from './object-money.js';

/** Links of one object that are looked at for each document that is wished, the latest first. */
const LINKS_PER_DOCUMENT = 10;
/** Links around all documents of one look. */
const MOST_LINKS = 50_000;

/** A document of a running transaction that names an object as its context. */
export type Attached = {
  /** The customer, supplier, product, account or period. */
  contextId: string;
  objectId: string;
  type: string;
  key: string;
  legalEntity: string | null;
  direction: Direction | null;
};

/** The same with what is open of it; null = its amount, or what became of it, is not known. */
export type AttachedDocument = Attached & { open: Money | null };

export type AttachedRead<Row> = {
  rows: Row[];
  /** Context objects to which more is attached than was looked at. */
  truncated: ReadonlySet<string>;
};

/** Documents of running transactions that hang on these objects, of each object the latest `most`. */
export async function findAttached(
  tx: Tx,
  objectIds: readonly string[],
  most: number,
): Promise<AttachedRead<Attached>> {
  if (objectIds.length === 0) return { rows: [], truncated: new Set() };
  const looked = most * LINKS_PER_DOCUMENT;
  const found = await tx.query<Attached & { place: number }>(
    `with attached as materialized (
       select asked.id as context_id, l.object_id, l.at, l.place
       from unnest($2::uuid[]) as asked(id)
       cross join lateral (
         (select to_object_id as object_id, first_occurred_at as at,
                 row_number() over (order by first_occurred_at desc, to_object_id desc) as place
          from object_link where tenant_id = $1 and from_object_id = asked.id and is_context
          order by first_occurred_at desc, to_object_id desc limit ${looked + 1})
         union all
         (select from_object_id, first_occurred_at,
                 row_number() over (order by first_occurred_at desc, from_object_id desc)
          from object_link where tenant_id = $1 and to_object_id = asked.id and is_context
          order by first_occurred_at desc, from_object_id desc limit ${looked + 1})
       ) l
     ), named as materialized (
       select context_id, object_id, max(at) as at from attached group by context_id, object_id
     ), running as materialized (
       select n.context_id, b.object_id, b.type, b.key, b.legal_entity, b.direction,
              row_number() over (partition by n.context_id order by n.at desc, n.object_id)::int as place
       from named n
       join business_object b on b.tenant_id = $1 and b.object_id = n.object_id and b.type <> all ($3::text[])
       where exists (
         select 1 from transaction_object o
         join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id and t.progress = 'running'
         where o.tenant_id = $1 and o.object_id = n.object_id offset 0)
     ), chosen as (
       select * from running where place <= ${most + 1}
       union all
       -- more links than were looked at: as a document too many
       select distinct context_id, context_id, '', '', null, null, ${most + 1} from attached where place > ${looked}
     )
     select context_id as "contextId", object_id as "objectId", type, key, legal_entity as "legalEntity", direction, place
     from chosen order by context_id, place`,
    [tx.tenantId, [...new Set(objectIds)], [...CONTEXT_TYPES]],
  );
  return {
    rows: found
      .filter(({ place }) => place <= most)
      .map(({ place: _place, ...row }) => ({ ...row, direction: directionOf(row.type, row.direction) })),
    truncated: new Set(found.flatMap(({ contextId, place }) => (place > most ? [contextId] : []))),
  };
}

/** The open documents that wait for these objects, of each object the latest of at most `most` that are attached to it. */
export async function findAttachedDocuments(
  tx: Tx,
  objectIds: readonly string[],
  most: number,
): Promise<AttachedRead<AttachedDocument>> {
  const { rows, truncated } = await findAttached(tx, objectIds, most);
  if (rows.length === 0) return { rows: [], truncated };
  const graph = await loadMoneyGraph(tx, [...new Set(rows.map(({ objectId }) => objectId))], MOST_LINKS);
  const links = graph.isTruncated ? null : graph.links;
  const waiting = waitingDocuments(rows, graph.nodes, links, await loadTolerances(tx));
  const openOf = new Map(waiting.map(({ contextId, objectId, open }) => [`${contextId} ${objectId}`, open]));
  return {
    rows: rows.flatMap((row) => {
      const open = openOf.get(`${row.contextId} ${row.objectId}`);
      return open === undefined ? [] : [{ ...row, open }];
    }),
    truncated,
  };
}

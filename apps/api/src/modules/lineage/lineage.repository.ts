import { HUB_TYPES } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { LineageDirection } from './graphql/lineage.types.js';
import type { LinkRow } from './transaction-parts.repository.js';

/** Nodes of one answer; beyond it the lineage says that it is cut. */
export const MAX_NODES = 2_000;

export type LineageNodeRow = {
  id: string;
  type: string;
  key: string;
  amount: string | null;
  currency: string | null;
  legalEntity: string | null;
  isPlaceholder: boolean;
};

export type LineageWalk = {
  nodes: (LineageNodeRow & { isHub: boolean; depth: number })[];
  edges: LinkRow[];
  isTruncated: boolean;
};

const SIDES: Record<LineageDirection, { near: string; far: string }> = {
  DOWNSTREAM: { near: 'from_object_id', far: 'to_object_id' },
  UPSTREAM: { near: 'to_object_id', far: 'from_object_id' },
};

/**
 * Walks flow links in one direction, one statement a level, so that each object is expanded once however many ways lead to
 * it. Upstream of a hub are all that it gathers: the walk stops there, unless it began at the hub.
 */
export async function walkLineage(
  tx: Tx,
  startId: string,
  direction: LineageDirection,
  depth: number,
): Promise<LineageWalk> {
  const nodes = new Map<string, LineageNodeRow & { isHub: boolean; depth: number }>();
  let level = await findNodes(tx, [startId]);
  let isTruncated = false;
  for (let distance = 0; level.length > 0; distance += 1) {
    for (const node of level) {
      nodes.set(node.id, { ...node, isHub: HUB_TYPES.has(node.type), depth: distance });
    }
    if (distance === depth) {
      break;
    }
    const expandable = level.filter(
      ({ id, type }) => direction === 'DOWNSTREAM' || id === startId || !HUB_TYPES.has(type),
    );
    const neighbours = await findNeighbours(tx, direction, expandable, nodes);
    const room = MAX_NODES - nodes.size;
    isTruncated ||= neighbours.length > room;
    level = await findNodes(tx, neighbours.slice(0, room));
  }
  return { nodes: [...nodes.values()], edges: await findLinksAmong(tx, [...nodes.keys()]), isTruncated };
}

async function findNeighbours(
  tx: Tx,
  direction: LineageDirection,
  level: readonly LineageNodeRow[],
  known: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const { near, far } = SIDES[direction];
  const rows = await tx.query<{ id: string }>(
    `select distinct ${far} as id from object_link
     where tenant_id = $1 and ${near} = any($2::uuid[]) and not is_context and ${far} <> all($3::uuid[])
     order by 1 limit ${MAX_NODES + 1}`,
    [tx.tenantId, level.map(({ id }) => id), [...known.keys()]],
  );
  return rows.map(({ id }) => id);
}

function findNodes(tx: Tx, ids: readonly string[]): Promise<LineageNodeRow[]> {
  return tx.query<LineageNodeRow>(
    `select object_id as id, type, key, amount, currency, legal_entity as "legalEntity", is_placeholder as "isPlaceholder"
     from business_object where tenant_id = $1 and object_id = any($2::uuid[]) order by type, key, object_id`,
    [tx.tenantId, ids],
  );
}

function findLinksAmong(tx: Tx, ids: readonly string[]): Promise<LinkRow[]> {
  return tx.query<LinkRow>(
    `select from_object_id as "from", to_object_id as "to", qualifier, amount, currency, is_context as "isContext"
     from object_link
     where tenant_id = $1 and from_object_id = any($2::uuid[]) and to_object_id = any($2::uuid[]) and not is_context
     order by first_occurred_at, from_object_id, to_object_id, qualifier`,
    [tx.tenantId, ids],
  );
}

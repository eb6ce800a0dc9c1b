import { HUB_TYPES } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import {
  EXACT_COUNT_LIMIT,
  encodeCursor,
  instantCursorSql,
  type Page,
  type RowCount,
} from '../../graphql/connection.js';
import type { LineageDirection } from './graphql/lineage.types.js';
import type { LinkRow } from './transaction-parts.repository.js';

/** Nodes of one answer; what lies beyond is counted at the nodes that it hangs on. */
export const MAX_NODES = 2_000;

/** Objects of a hub that are shown at first. */
export const HUB_PAGE = 50;

/** List of cursors among the neighbours of an object. */
export const NEIGHBOURS = { name: 'lineage neighbours', parts: ['instant', 'uuid', 'text'] } as const;

export type LineageNodeRow = {
  id: string;
  type: string;
  key: string;
  amount: string | null;
  currency: string | null;
  legalEntity: string | null;
  isPlaceholder: boolean;
};

export type LineageNode = LineageNodeRow & {
  isHub: boolean;
  depth: number;
  /** Links in the direction of the walk that lead to what is not shown; 10 001 = more than 10 000. */
  furtherCount: number;
  /** Where its neighbours go on behind those that are shown; null = all of them are to be paged. */
  furtherAfter: string | null;
};

export type LineageWalk = { nodes: LineageNode[]; edges: LinkRow[]; isTruncated: boolean };

export type WalkLimits = { depth: number; maxNodes: number };

/** An object at which a walk begins. */
export type WalkStart = { id: string; type: string };

const SIDES: Record<LineageDirection, { near: string; far: string; farType: string }> = {
  DOWNSTREAM: { near: 'from_object_id', far: 'to_object_id', farType: 'to_type' },
  UPSTREAM: { near: 'to_object_id', far: 'from_object_id', farType: 'from_type' },
};

const NODE_COLUMNS = `b.object_id as id, b.type, b.key, b.amount, b.currency, b.legal_entity as "legalEntity",
  b.is_placeholder as "isPlaceholder"`;

type Reached = { id: string; type: string; depth: number };
type Step = { near: string; far: string; type: string; at: string; qualifier: string };

/**
 * Walks flow links in one direction. Upstream of a hub are all that it gathers: the walk stops there, and where it begins at the
 * hub, the latest of them are a first page. What is not shown is counted at each node.
 */
export async function walkLineage(
  tx: Tx,
  starts: readonly WalkStart[],
  direction: LineageDirection,
  limits: WalkLimits,
): Promise<LineageWalk> {
  const isPaged = direction === 'UPSTREAM' && starts.some(({ type }) => HUB_TYPES.has(type));
  const whole = isPaged ? null : await walkAtOnce(tx, starts, direction, limits);
  return whole ?? walkByLevels(tx, starts, direction, limits);
}

/** In one statement, as nearly all lineages are small; null where there is more than is shown, or ways beyond measure. */
export async function walkAtOnce(
  tx: Tx,
  starts: readonly WalkStart[],
  direction: LineageDirection,
  { depth, maxNodes }: WalkLimits,
): Promise<LineageWalk | null> {
  const { near, far, farType } = SIDES[direction];
  const most = 4 * maxNodes;
  const stops = direction === 'UPSTREAM' ? [...HUB_TYPES] : [];
  const rows = await tx.query<LineageNodeRow & { depth: number; steps: number }>(
    `with recursive walk(id, type, depth) as (
       select start.id, start.type collate "C", 0 from unnest($2::uuid[], $3::text[]) as start(id, type)
       union
       select l.id, l.type, walk.depth + 1
       from walk cross join lateral (
         select ${far} as id, ${farType} as type from object_link
         where tenant_id = $1 and ${near} = walk.id and not is_context limit ${most}
       ) l
       where walk.depth < $4 and (walk.depth = 0 or walk.type <> all ($5::text[]))
     ), steps as materialized (select * from walk limit ${most + 1}
     ), reached as (select id, min(depth) as depth from steps group by id)
     select ${NODE_COLUMNS}, reached.depth, (select count(*)::int from steps) as steps
     from reached join business_object b on b.tenant_id = $1 and b.object_id = reached.id
     order by reached.depth, b.type, b.key, b.object_id`,
    [tx.tenantId, starts.map(({ id }) => id), starts.map(({ type }) => type), depth, stops],
  );
  if (rows.length > maxNodes || (rows[0]?.steps ?? 0) > most) return null;
  const ids = rows.map(({ id }) => id);
  const mayGoOn = rows.some(({ type, depth: at }) => at === depth || (direction === 'UPSTREAM' && HUB_TYPES.has(type)));
  const further = mayGoOn ? await countFurther(tx, direction, ids) : new Map<string, number>();
  const nodes = rows.map(({ steps: _steps, ...node }) => ({
    ...node,
    isHub: HUB_TYPES.has(node.type),
    furtherCount: further.get(node.id) ?? 0,
    furtherAfter: null,
  }));
  return { nodes, edges: await findLinksAmong(tx, ids), isTruncated: false };
}

/** The same with one statement a level, so that each object is expanded once however many ways lead to it. */
export async function walkByLevels(
  tx: Tx,
  starts: readonly WalkStart[],
  direction: LineageDirection,
  { depth, maxNodes }: WalkLimits,
): Promise<LineageWalk> {
  const reached = new Map<string, Reached>(starts.map((start) => [start.id, { ...start, depth: 0 }]));
  const isStart = (id: string): boolean => reached.get(id)?.depth === 0;
  const isPaged = direction === 'UPSTREAM' && starts.some(({ type }) => HUB_TYPES.has(type));
  let furtherAfter: string | null = null;
  let isTruncated = false;
  let level = [...reached.values()];
  for (let distance = 0; level.length > 0 && distance < depth; distance += 1) {
    const isPage = isPaged && distance === 0;
    const expanded = level.filter(({ id, type }) => direction === 'DOWNSTREAM' || isStart(id) || !HUB_TYPES.has(type));
    const room = maxNodes - reached.size;
    const steps = await findSteps(
      tx,
      direction,
      expanded,
      [...reached.keys()],
      isPage ? Math.min(HUB_PAGE, room) : room,
    );
    if (isPage && steps.length > HUB_PAGE) {
      const { at, far, qualifier } = steps[HUB_PAGE - 1]!;
      furtherAfter = encodeCursor(NEIGHBOURS.name, [at, far, qualifier]);
      isTruncated = true;
    }
    level = [];
    for (const { far, type } of isPage ? steps.slice(0, HUB_PAGE) : steps) {
      if (reached.has(far)) continue;
      if (reached.size === maxNodes) isTruncated = true;
      else level.push(enter(reached, { id: far, type, depth: distance + 1 }));
    }
  }
  const ids = [...reached.keys()];
  const further = await countFurther(tx, direction, ids);
  const nodes = (await findNodes(tx, ids)).map((node) => ({
    ...node,
    isHub: HUB_TYPES.has(node.type),
    depth: reached.get(node.id)?.depth ?? 0,
    furtherCount: further.get(node.id) ?? 0,
    furtherAfter: isStart(node.id) ? furtherAfter : null,
  }));
  nodes.sort((one, other) => one.depth - other.depth);
  return { nodes, edges: await findLinksAmong(tx, ids), isTruncated };
}

function enter(reached: Map<string, Reached>, node: Reached): Reached {
  reached.set(node.id, node);
  return node;
}

/** Links that lead from a level to what was not reached yet, of each object the latest first. */
function findSteps(
  tx: Tx,
  direction: LineageDirection,
  level: readonly Reached[],
  known: readonly string[],
  room: number,
): Promise<Step[]> {
  const { near, far, farType } = SIDES[direction];
  return tx.query<Step>(
    `select level.id as near, l.${far} as far, l.${farType} as type, ${instantCursorSql('l.first_occurred_at')} as at, l.qualifier
     from unnest($2::uuid[]) with ordinality as level(id, place)
     cross join lateral (
       select * from object_link
       where tenant_id = $1 and ${near} = level.id and not is_context and ${far} <> all($3::uuid[])
       order by first_occurred_at desc, ${far} desc, qualifier desc limit ${room + 1}
     ) l
     order by level.place, l.first_occurred_at desc, l.${far} desc, l.qualifier desc limit ${4 * room + 1}`,
    [tx.tenantId, level.map(({ id }) => id), known],
  );
}

function findNodes(tx: Tx, ids: readonly string[]): Promise<LineageNodeRow[]> {
  return tx.query<LineageNodeRow>(
    `select ${NODE_COLUMNS}
     from business_object b where b.tenant_id = $1 and b.object_id = any($2::uuid[]) order by b.type, b.key, b.object_id`,
    [tx.tenantId, ids],
  );
}

function findLinksAmong(tx: Tx, ids: readonly string[]): Promise<LinkRow[]> {
  return tx.query<LinkRow>(
    `select from_object_id as "from", to_object_id as "to", qualifier, amount, currency, is_context as "isContext",
            is_established as "isEstablished", asserted_by as "assertedById"
     from object_link
     where tenant_id = $1 and from_object_id = any($2::uuid[]) and to_object_id = any($2::uuid[]) and not is_context
     order by first_occurred_at, from_object_id, to_object_id, qualifier`,
    [tx.tenantId, ids],
  );
}

async function countFurther(tx: Tx, direction: LineageDirection, ids: readonly string[]): Promise<Map<string, number>> {
  const { near, far } = SIDES[direction];
  const rows = await tx.query<{ id: string; further: number }>(
    `select shown.id, counted.further
     from unnest($2::uuid[]) as shown(id)
     cross join lateral (
       select count(*)::int as further
       from (select 1 from object_link
             where tenant_id = $1 and ${near} = shown.id and not is_context and ${far} <> all($2::uuid[])
             limit ${EXACT_COUNT_LIMIT + 1}) links
     ) counted
     where counted.further > 0`,
    [tx.tenantId, ids],
  );
  return new Map(rows.map(({ id, further }) => [id, further]));
}

/** A neighbour of an object and the link to it. */
export type NeighbourRow = LineageNodeRow & {
  at: string;
  qualifier: string;
  linkAmount: string | null;
  linkCurrency: string | null;
};

/** What lies one link upstream or downstream of an object, the latest link first. */
export function listNeighbours(
  tx: Tx,
  objectId: string,
  direction: LineageDirection,
  page: Page,
): Promise<NeighbourRow[]> {
  const { near, far } = SIDES[direction];
  const order = `l.first_occurred_at desc, l.${far} desc, l.qualifier desc`;
  return tx.query<NeighbourRow>(
    `select ${NODE_COLUMNS}, ${instantCursorSql('l.first_occurred_at')} as at, l.qualifier, l.amount as "linkAmount",
            l.currency as "linkCurrency"
     from (
       select * from object_link l
       where l.tenant_id = $1 and l.${near} = $2 and not l.is_context
         ${page.after === null ? '' : `and (l.first_occurred_at, l.${far}, l.qualifier) < ($3::timestamptz, $4::uuid, $5::text)`}
       order by ${order} limit ${page.first + 1}
     ) l
     join business_object b on b.tenant_id = $1 and b.object_id = l.${far}
     order by ${order}`,
    [tx.tenantId, objectId, ...(page.after ?? [])],
  );
}

/** How many they are. */
export async function countNeighbours(tx: Tx, objectId: string, direction: LineageDirection): Promise<RowCount> {
  const [row] = await tx.query<{ links: number }>(
    `select count(*)::int as links from (
       select 1 from object_link where tenant_id = $1 and ${SIDES[direction].near} = $2 and not is_context
       limit ${EXACT_COUNT_LIMIT + 1}) counted`,
    [tx.tenantId, objectId],
  );
  const count = row?.links ?? 0;
  return { count, isEstimate: count > EXACT_COUNT_LIMIT };
}

/** How many links lead to each of these hubs, up to 10 001. Fits Operation.loader. */
export async function countGathered(tx: Tx, hubIds: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ gathered: number }>(
    `select counted.gathered from unnest($2::uuid[]) with ordinality as hub(id, place)
     cross join lateral (
       select count(*)::int as gathered from (
         select 1 from object_link where tenant_id = $1 and to_object_id = hub.id and not is_context
         limit ${EXACT_COUNT_LIMIT + 1}) links
     ) counted
     order by hub.place`,
    [tx.tenantId, hubIds],
  );
  return rows.map(({ gathered }) => gathered);
}

import type { Instant, Uuid } from '@throughline/canonical';
import { type LineageEdge, type LineageGraph, type LineageNode, isHub } from './lineage-graph.js';
import { BATCH, isLater } from './money/batch-refusals.js';

/** Longest way downstream that is followed. */
export const DEEPEST_CLOSURE = 20;
/** Most members of one closure; beyond it the closure is cut and says so. */
export const MOST_MEMBERS = 2_000;

/** A hub that members are linked to. */
export type LinkedHub = {
  depth: number;
  /** When the link to it had occurred: on the way that was complete first. */
  linkedAt: Instant;
  /** Of a batch: whatever went out in it has gone into another since. */
  isLeft: boolean;
};

/** Everything downstream of one object. */
export type Closure = {
  /** Members with their depth, the start included: by depth, then by id. */
  members: ReadonlyMap<Uuid, number>;
  hubs: ReadonlyMap<Uuid, LinkedHub>;
  isTruncated: boolean;
};

type Follows = (from: LineageNode, to: LineageNode) => boolean;

/**
 * Walks downstream along the links that `follows` admits. A hub is linked, and passed through to further hubs only:
 * never from a hub back to objects, or one transaction would reach the thousands that share the hub.
 */
export function closeDownstream(graph: LineageGraph, startId: Uuid, follows: Follows): Closure {
  const members = new Map<Uuid, number>([[startId, 0]]);
  const intoHubs: { edge: LineageEdge; depth: number }[] = [];
  let level = [startId];
  let isTruncated = false;
  for (let depth = 1; level.length > 0 && depth <= DEEPEST_CLOSURE; depth += 1) {
    const next = new Set<Uuid>();
    for (const id of level) {
      for (const edge of followedEdges(graph, id, follows)) {
        const target = graph.nodes.get(edge.toObjectId);
        if (target && isHub(target)) intoHubs.push({ edge, depth });
        else if (!members.has(edge.toObjectId)) next.add(edge.toObjectId);
      }
    }
    const room = MOST_MEMBERS - members.size;
    // In id order, so that what is cut does not depend on the order of arrival.
    const taken = [...next].sort().slice(0, room);
    isTruncated ||= taken.length < next.size;
    for (const id of taken) members.set(id, depth);
    level = taken;
  }
  isTruncated ||=
    level.length > 0 &&
    level.some((id) => followedEdges(graph, id, follows).some((edge) => !members.has(edge.toObjectId)));
  return { members, hubs: linkHubs(graph, startId, intoHubs, follows), isTruncated };
}

/** The start, where it is a hub itself that a circle leads back to, is a member and no hub that it is linked to. */
function linkHubs(
  graph: LineageGraph,
  startId: Uuid,
  intoHubs: readonly { edge: LineageEdge; depth: number }[],
  follows: Follows,
): Map<Uuid, LinkedHub> {
  const hubs = new Map<Uuid, LinkedHub>();
  const waiting = intoHubs.map(({ edge, depth }) => ({
    hubId: edge.toObjectId,
    linkedAt: edge.firstOccurredAt,
    isLeft: isLeft(edge, graph),
    depth,
  }));
  for (let reached = waiting.pop(); reached !== undefined; reached = waiting.pop()) {
    if (reached.hubId === startId) continue;
    const known = hubs.get(reached.hubId);
    const { linkedAt, isLeft: hasLeft } = known !== undefined && !comesFirst(reached, known) ? known : reached;
    const depth = Math.min(known?.depth ?? reached.depth, reached.depth);
    // A way that counts never gives way to one that does not, and both values only fall: so this ends even where hubs form a circle.
    if (known?.linkedAt === linkedAt && known.isLeft === hasLeft && known.depth === depth) continue;
    hubs.set(reached.hubId, { linkedAt, isLeft: hasLeft, depth });
    if (depth >= DEEPEST_CLOSURE) continue;
    for (const edge of followedEdges(graph, reached.hubId, follows)) {
      // A way through several hubs is complete when its latest link is.
      const completeAt = edge.firstOccurredAt > linkedAt ? edge.firstOccurredAt : linkedAt;
      waiting.push({
        hubId: edge.toObjectId,
        linkedAt: completeAt,
        isLeft: hasLeft || isLeft(edge, graph),
        depth: depth + 1,
      });
    }
  }
  return hubs;
}

type Way = Pick<LinkedHub, 'linkedAt' | 'isLeft'>;

function comesFirst(one: Way, other: Way): boolean {
  return one.isLeft === other.isLeft ? one.linkedAt < other.linkedAt : other.isLeft;
}

/** Whether a link leads into a batch from what has gone into another since. */
function isLeft(edge: LineageEdge, { nodes, edgesFrom }: LineageGraph): boolean {
  if (nodes.get(edge.toObjectId)?.type !== BATCH) return false;
  return (edgesFrom.get(edge.fromObjectId) ?? []).some(
    (other) =>
      other.toObjectId !== edge.fromObjectId && nodes.get(other.toObjectId)?.type === BATCH && isLater(other, edge),
  );
}

/** The links that are followed from an object; from a hub those to further hubs alone. */
function followedEdges(graph: LineageGraph, fromId: Uuid, follows: Follows): readonly LineageEdge[] {
  const from = graph.nodes.get(fromId);
  const edges = graph.edgesFrom.get(fromId);
  if (!from || !edges) return [];
  return edges.filter((edge) => {
    const to = graph.nodes.get(edge.toObjectId);
    return to !== undefined && (isHub(to) || !isHub(from)) && follows(from, to);
  });
}

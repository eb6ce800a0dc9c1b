import { OBJECT_TYPES, type Uuid } from '@throughline/canonical';

/** Objects and the links that leave from them. */
export type DirectedLinks = {
  nodes: ReadonlyMap<Uuid, { type: string }>;
  edgesFrom: ReadonlyMap<Uuid, readonly { toObjectId: Uuid }[]>;
};

/** Any fixed order of types will do; in this one nearly every link of a sane estate leads on. */
const RANKS: ReadonlyMap<string, number> = new Map(OBJECT_TYPES.map((type, rank) => [type, rank]));

/**
 * Circles in the links of a graph: sets of more than one object that can each be reached from each other, every set in the
 * order of ids, the sets in the order of their lowest. Iterative (Tarjan), so that a long chain cannot exhaust the stack.
 */
export function findLinkCycles(graph: DirectedLinks): Uuid[][] {
  // A circle has at least one link that does not lead on, so where there is none nothing has to be walked.
  if (leadsOn(graph)) return [];
  const order = new Map<Uuid, number>();
  const low = new Map<Uuid, number>();
  const open: Uuid[] = [];
  const isOpen = new Set<Uuid>();
  const cycles: Uuid[][] = [];
  const enter = (id: Uuid) => {
    order.set(id, order.size);
    low.set(id, order.get(id)!);
    open.push(id);
    isOpen.add(id);
    return { id, next: 0, targets: (graph.edgesFrom.get(id) ?? []).map(({ toObjectId }) => toObjectId) };
  };
  for (const start of graph.nodes.keys()) {
    if (order.has(start)) continue;
    const path = [enter(start)];
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const target = step.targets[step.next];
      if (target !== undefined) {
        step.next += 1;
        if (!order.has(target)) path.push(enter(target));
        else if (isOpen.has(target)) low.set(step.id, Math.min(low.get(step.id)!, order.get(target)!));
        continue;
      }
      path.pop();
      const below = path.at(-1);
      if (below !== undefined) low.set(below.id, Math.min(low.get(below.id)!, low.get(step.id)!));
      if (low.get(step.id) !== order.get(step.id)) continue;
      const component = open.splice(open.lastIndexOf(step.id));
      for (const id of component) isOpen.delete(id);
      if (component.length > 1) cycles.push(component.sort());
    }
  }
  return cycles.sort((left, right) => (left[0]! < right[0]! ? -1 : 1));
}

function leadsOn({ nodes, edgesFrom }: DirectedLinks): boolean {
  for (const [fromId, edges] of edgesFrom) {
    const from = RANKS.get(nodes.get(fromId)?.type ?? '') ?? Number.POSITIVE_INFINITY;
    for (const { toObjectId } of edges) {
      const to = RANKS.get(nodes.get(toObjectId)?.type ?? '') ?? Number.NEGATIVE_INFINITY;
      if (to <= from) return false;
    }
  }
  return true;
}

export type StripNode = {
  id: string;
  type: string;
  key: string;
  isHub: boolean;
  isPlaceholder: boolean;
  depth: number;
  amount: { amount: string; currency: string } | null;
};

export type StripStage = { depth: number; nodes: StripNode[]; hidden: number };

const MOST_IN_STAGE = 3;

/** Nodes of one direction as stages by their distance, nearest last for upstream and first for downstream. */
export function prepareStages(nodes: readonly StripNode[], selfId: string, isUpstream: boolean): StripStage[] {
  const byDepth = new Map<number, StripNode[]>();
  for (const node of nodes) {
    if (node.id === selfId) continue;
    const depth = Math.abs(node.depth);
    byDepth.set(depth, [...(byDepth.get(depth) ?? []), node]);
  }
  const stages = [...byDepth].map(([depth, all]) => ({
    depth,
    nodes: all.slice(0, MOST_IN_STAGE),
    hidden: Math.max(0, all.length - MOST_IN_STAGE),
  }));
  return stages.toSorted((a, b) => (isUpstream ? b.depth - a.depth : a.depth - b.depth));
}

/** Milestones that have not been reached: what waits behind the problem. One that was skipped does not. */
export function waitingMilestones<
  M extends { name: string; title: string; reachedAt: string | null; position: number; state?: string },
>(milestones: readonly M[]): M[] {
  const names = new Set<string>();
  return milestones
    .filter((milestone) => milestone.reachedAt === null && milestone.state !== 'SKIPPED')
    .toSorted((a, b) => a.position - b.position)
    .filter((milestone) => !names.has(milestone.name) && names.add(milestone.name));
}

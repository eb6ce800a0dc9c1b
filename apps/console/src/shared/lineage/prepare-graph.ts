import dagre from '@dagrejs/dagre';

export type GraphObject = {
  id: string;
  type: string;
  key: string;
  isHub: boolean;
  /** of a hub: links that lead to it, of any transaction */
  gathers?: number | null;
  /** links that lead to it from what is not drawn, and that can be drawn */
  furtherUpstream?: number | null;
  /** links to what is not drawn */
  furtherCount?: number | null;
  isPlaceholder: boolean;
  amount: { amount: string; currency: string } | null;
};

export type GraphLink = {
  from: string;
  to: string;
  qualifier: string;
  isContext: boolean;
  /** false = only attempts that failed state it */
  isEstablished: boolean;
  amount: { amount: string; currency: string } | null;
};

export type PlacedNode = GraphObject & { x: number; y: number; gathered: number; further: number };
export type PlacedGraph = { nodes: PlacedNode[]; links: GraphLink[]; width: number; height: number };

export const NODE_WIDTH = 150;
export const NODE_HEIGHT = 60;
const RANK_GAP = 66;
const NODE_GAP = 16;
const CONTEXT_GAP = 34;

/** Objects that are attached by context links alone: they stand below what they belong to, outside of the flow. */
function contextOnly(objects: readonly GraphObject[], links: readonly GraphLink[]): Set<string> {
  const inFlow = new Set(links.filter((link) => !link.isContext).flatMap((link) => [link.from, link.to]));
  const attached = new Set(links.filter((link) => link.isContext).flatMap((link) => [link.from, link.to]));
  return new Set(objects.map((object) => object.id).filter((id) => attached.has(id) && !inFlow.has(id)));
}

/** Objects and links with their places: upstream at the left, downstream at the right, context below. */
export function prepareGraph(objects: readonly GraphObject[], links: readonly GraphLink[]): PlacedGraph {
  const known = new Set(objects.map((object) => object.id));
  const drawn = links.filter((link) => known.has(link.from) && known.has(link.to));
  const context = contextOnly(objects, drawn);
  // Nothing but context would leave the flow empty: then everything is laid out as flow.
  const isFlow = (id: string) => context.size === objects.length || !context.has(id);

  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: RANK_GAP, nodesep: NODE_GAP, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of objects) if (isFlow(id)) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to } of drawn) if (isFlow(from) && isFlow(to)) graph.setEdge(from, to);
  dagre.layout(graph);
  const { width = 0, height: flowHeight = 0 } = graph.graph();

  const stacked = new Map<number, number>();
  let height = flowHeight;
  const place = (object: GraphObject): { x: number; y: number } => {
    if (isFlow(object.id)) {
      const at = graph.node(object.id);
      return { x: at.x - NODE_WIDTH / 2, y: at.y - NODE_HEIGHT / 2 };
    }
    const link = drawn.find(({ from, to }) => from === object.id || to === object.id);
    const owner = link && (link.from === object.id ? link.to : link.from);
    const x = owner !== undefined && isFlow(owner) ? graph.node(owner).x - NODE_WIDTH / 2 : 8;
    const row = stacked.get(x) ?? 0;
    stacked.set(x, row + 1);
    const y = flowHeight + CONTEXT_GAP + row * (NODE_HEIGHT + NODE_GAP);
    height = Math.max(height, y + NODE_HEIGHT);
    return { x, y };
  };
  const nodes = objects.map((object): PlacedNode => {
    // A hub is one node; how many of this transaction it gathers is said by a number, and how many others by another.
    const gathered = object.isHub ? drawn.filter((link) => link.to === object.id && !link.isContext).length : 0;
    return {
      ...object,
      ...place(object),
      gathered,
      further: object.furtherCount ?? Math.max(0, (object.gathers ?? 0) - gathered),
    };
  });
  return { nodes, links: drawn, width, height };
}

type GraphPart = { objects: readonly GraphObject[]; links: readonly GraphLink[] };

/** Several parts as one: each object as the first part that has it says, each link once. */
export function joinGraphs(parts: readonly GraphPart[]): { objects: GraphObject[]; links: GraphLink[] } {
  const objects = new Map<string, GraphObject>();
  const links = new Map<string, GraphLink>();
  for (const part of parts) {
    for (const object of part.objects) if (!objects.has(object.id)) objects.set(object.id, object);
    for (const link of part.links) links.set(`${link.from}-${link.to}-${link.qualifier}`, link);
  }
  return { objects: [...objects.values()], links: [...links.values()] };
}

import dagre from '@dagrejs/dagre';

export type GraphObject = {
  id: string;
  type: string;
  key: string;
  isHub: boolean;
  isPlaceholder: boolean;
  amount: { amount: string; currency: string } | null;
};

export type GraphLink = {
  from: string;
  to: string;
  qualifier: string;
  isContext: boolean;
  amount: { amount: string; currency: string } | null;
};

export type PlacedNode = GraphObject & { x: number; y: number; gathered: number };
export type PlacedGraph = { nodes: PlacedNode[]; links: GraphLink[]; width: number; height: number };

export const NODE_WIDTH = 176;
export const NODE_HEIGHT = 62;
const RANK_GAP = 92;
const NODE_GAP = 18;

/** Objects and links with their places: upstream at the left, downstream at the right. */
export function prepareGraph(objects: readonly GraphObject[], links: readonly GraphLink[]): PlacedGraph {
  const known = new Set(objects.map((object) => object.id));
  const drawn = links.filter((link) => known.has(link.from) && known.has(link.to));
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: RANK_GAP, nodesep: NODE_GAP, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const object of objects) graph.setNode(object.id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const link of drawn) graph.setEdge(link.from, link.to);
  dagre.layout(graph);
  const nodes = objects.map((object): PlacedNode => {
    const place = graph.node(object.id);
    return {
      ...object,
      x: place.x - NODE_WIDTH / 2,
      y: place.y - NODE_HEIGHT / 2,
      // A hub is one node; how many of this transaction it gathers is said by a number.
      gathered: object.isHub ? drawn.filter((link) => link.to === object.id).length : 0,
    };
  });
  const { width = 0, height = 0 } = graph.graph();
  return { nodes, links: drawn, width, height };
}

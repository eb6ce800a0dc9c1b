import dagre from '@dagrejs/dagre';
import type { WorkflowStep } from './workflows-documents.js';

type Point = { x: number; y: number };

export type PlacedStep<Step> = { step: Step; x: number; y: number };

export type Order<Step> = {
  steps: PlacedStep<Step>[];
  /** lines from a step to one that comes after it, as the path of an SVG */
  lines: { id: string; path: string }[];
  width: number;
  height: number;
};

export const STEP_WIDTH = 164;
export const STEP_HEIGHT = 58;
const COLUMN_GAP = 38;
const ROW_GAP = 14;

/**
 * Steps from left to right, each behind those it comes after; what has no order between them stands one above the other. Lines
 * that follow from others are left out: of A → B → C and A → C the last says nothing.
 */
export function prepareOrder<Step extends Pick<WorkflowStep, 'name' | 'after'>>(steps: readonly Step[]): Order<Step> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: COLUMN_GAP, nodesep: ROW_GAP, marginx: 1, marginy: 1 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of steps) graph.setNode(name, { width: STEP_WIDTH, height: STEP_HEIGHT });
  for (const { from, to } of directOrder(steps)) graph.setEdge(from, to);
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    steps: steps.map((step) => {
      const at = graph.node(step.name);
      return { step, x: at.x - STEP_WIDTH / 2, y: at.y - STEP_HEIGHT / 2 };
    }),
    lines: graph.edges().map((edge) => {
      const [from, to] = [graph.node(edge.v), graph.node(edge.w)];
      const between = graph.edge(edge).points.slice(1, -1);
      return {
        id: `${edge.v} ${edge.w}`,
        path: curveThrough([
          { x: from.x + STEP_WIDTH / 2, y: from.y },
          ...between.filter(({ x }: Point) => x > from.x + STEP_WIDTH / 2 && x < to.x - STEP_WIDTH / 2),
          { x: to.x - STEP_WIDTH / 2, y: to.y },
        ]),
      };
    }),
    width,
    height,
  };
}

/** Pairs of steps without any between them. */
export function directOrder(steps: readonly Pick<WorkflowStep, 'name' | 'after'>[]): { from: string; to: string }[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const before = (name: string, seen = new Set<string>()): Set<string> => {
    for (const one of byName.get(name)?.after ?? []) {
      if (seen.has(one)) continue;
      seen.add(one);
      before(one, seen);
    }
    return seen;
  };
  return steps.flatMap(({ name, after }) => {
    const known = after.filter((from) => byName.has(from));
    return known
      .filter((from) => !known.some((other) => other !== from && before(other).has(from)))
      .map((from) => ({ from, to: name }));
  });
}

/** A line that leaves and enters level. */
function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let last = first;
  return rest.reduce(
    (path, point) => {
      const middle = (last.x + point.x) / 2;
      const curve = ` C${round(middle)} ${round(last.y)} ${round(middle)} ${round(point.y)} ${round(point.x)} ${round(point.y)}`;
      last = point;
      return path + curve;
    },
    `M${round(first.x)} ${round(first.y)}`,
  );
}

function round(at: number): number {
  return Math.round(at * 10) / 10;
}

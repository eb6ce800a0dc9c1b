import { isObject, isSame, type JsonTree } from './json-tree.js';

/** What became of a list of which elements are taken away anywhere, changed where they stand, and added at the end. */
export type ListAlignment = {
  /** By position in the list: where the element stands in the other one; null = it is taken away. */
  keptAt: readonly (number | null)[];
  /** From this position of the other list on all is added. */
  addedFrom: number;
};

type Elements = readonly JsonTree[];

/** More pairs are not compared: elements are then told apart by their positions. */
const MOST_COMPARED = 100_000;
/** So many elements more than the list lost can have been taken away, others added in their place. */
const MOST_REPLACED = 32;
/** What it costs to take an element away or to add one; to have changed all of one costs 1. */
const CAME_OR_WENT = 0.7;

/** The least that can have happened between two lists. */
export function alignLists(from: Elements, to: Elements): ListAlignment {
  const shorter = Math.min(from.length, to.length);
  const head = countWhile(shorter, (index) => isSameAt(from, index, to, index));
  // behind what was added nothing is kept, so equal ends tell something only of a list that did not grow
  const tail =
    from.length < to.length
      ? 0
      : countWhile(shorter - head, (index) => isSameAt(from, from.length - 1 - index, to, to.length - 1 - index));
  const middle = alignMiddle(
    from.slice(head, from.length - tail),
    to.slice(head, to.length - tail),
    tail === 0 ? MOST_REPLACED : 0,
  );
  const keptAt = [
    ...Array.from({ length: head }, (_, index) => index),
    ...middle.map((position) => (position === null ? null : position + head)),
    ...Array.from({ length: tail }, (_, index) => to.length - tail + index),
  ];
  return { keptAt, addedFrom: keptAt.filter((position) => position !== null).length };
}

/**
 * Where each element stands in the other list; null = taken away. Costs are those of an edit distance: cheapest[at][gone] is that of the
 * elements from `at` on, `gone` of those before having been taken away.
 */
function alignMiddle(from: Elements, to: Elements, replaced: number): (number | null)[] {
  const most = Math.max(0, from.length - to.length) + replaced;
  if (from.length * (most + 1) > MOST_COMPARED)
    return from.map((_element, index) => (index < to.length ? index : null));
  const distances = from.map((element, at) =>
    Array.from({ length: most + 1 }, (_, gone) => distanceBetween(element, to[at - gone])),
  );
  const cheapest: number[][] = [];
  cheapest[from.length] = Array.from({ length: most + 1 }, (_, gone) => {
    const added = to.length - (from.length - gone);
    return added < 0 || (replaced === 0 && added > 0) ? Infinity : added * CAME_OR_WENT;
  });
  const costOf = (at: number, gone: number) => cheapest[at]?.[gone] ?? Infinity;
  const kept = (at: number, gone: number) => (distances[at]?.[gone] ?? Infinity) + costOf(at + 1, gone);
  for (let at = from.length - 1; at >= 0; at -= 1) {
    cheapest[at] = Array.from({ length: most + 1 }, (_, gone) =>
      Math.min(kept(at, gone), CAME_OR_WENT + costOf(at + 1, gone + 1)),
    );
  }
  let gone = 0;
  return from.map((_element, at) => {
    if (kept(at, gone) <= CAME_OR_WENT + costOf(at + 1, gone + 1)) return at - gone;
    gone += 1;
    return null;
  });
}

/** 0 = the same, 1 = nothing in common; what is not there cannot be kept. */
function distanceBetween(left: JsonTree, right: JsonTree | undefined): number {
  if (right === undefined) return Infinity;
  if (isSame(left, right)) return 0;
  if (!isObject(left) || !isObject(right)) return 1;
  const names = new Set([...left.keys(), ...right.keys()]);
  const others = [...names].filter((name) => {
    const [before, now] = [left.get(name), right.get(name)];
    return before === undefined || now === undefined || !isSame(before, now);
  });
  return others.length / names.size;
}

function isSameAt(left: Elements, at: number, right: Elements, other: number): boolean {
  const [one, two] = [left[at], right[other]];
  return one !== undefined && two !== undefined && isSame(one, two);
}

function countWhile(most: number, holds: (index: number) => boolean): number {
  let counted = 0;
  while (counted < most && holds(counted)) counted += 1;
  return counted;
}

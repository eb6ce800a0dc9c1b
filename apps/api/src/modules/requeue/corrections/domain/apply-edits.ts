import { isListPosition, readPointer, writePointer, type PointerPath } from '@throughline/canonical';
import type { EditFault, PayloadEdit } from './json-changes.js';
import { isList, isObject, JsonNumber, readJson, valueAt, type JsonTree } from './json-tree.js';

/** What edits make of a document. */
export type EditedPayload = {
  tree: JsonTree;
  /**
   * The same with every element at the position that edits name it by: that of the document before them, or one behind its end. What is
   * taken away is an empty place.
   */
  laidOut: JsonTree;
  /** Edits that cannot be made: nothing there holds such a member or position. */
  faults: readonly EditFault[];
};

/** What stands where an element was taken away, or where none was added yet; no payload holds it. */
const GONE = new JsonNumber('');
/** Elements are added at most so far behind the end of a list as it was before all edits. */
const MOST_FURTHER = 1_000;
const NO_POSITION = 'is not there: the list has no such position';

/** The document with edits made; in whatever order they come, positions are those before any of them. */
export function applyEdits(base: JsonTree, edits: readonly PayloadEdit[]): EditedPayload {
  const faults: EditFault[] = [];
  const gone = new Set(edits.flatMap(({ pointer, to }) => (to === null ? [pointer] : [])));
  let laidOut = base;
  for (const { pointer, to } of edits) {
    const made = withEdit(laidOut, base, { pointer, to }, gone);
    if (typeof made === 'string') faults.push({ pointer, reason: made });
    else laidOut = made.tree;
  }
  return { tree: closed(laidOut), laidOut, faults };
}

type Made = { tree: JsonTree } | string;

function withEdit(tree: JsonTree, base: JsonTree, { pointer, to }: PayloadEdit, gone: ReadonlySet<string>): Made {
  const path = readPointer(pointer);
  if (path === undefined) return 'is no JSON pointer';
  if (path.some((_part, depth) => depth > 0 && gone.has(writePointer(path.slice(0, depth)))))
    return 'lies in what is taken away';
  return withValue(tree, base, path, to === null ? undefined : readJson(to));
}

/** A copy with the value at the place; members that lead there are made. `base` = what stood there before all edits. */
function withValue(
  tree: JsonTree | undefined,
  base: JsonTree | undefined,
  path: PointerPath,
  value: JsonTree | undefined,
): Made {
  const [part, ...rest] = path;
  if (part === undefined) return value === undefined ? 'is the payload as a whole' : { tree: value };
  if (tree === undefined && value === undefined) return 'is not there';
  const before = base === undefined ? undefined : valueAt(base, [part]);
  if (isList(tree)) return withElement(tree, { length: lengthOf(tree, base), before }, [part, rest], value);
  if (tree !== undefined && !isObject(tree)) return 'is not there: what should hold it is a single value';
  const members = new Map(tree ?? []);
  if (rest.length === 0 && value === undefined) {
    return members.delete(part) ? { tree: members } : 'is not there';
  }
  const made = withValue(members.get(part), before, rest, value);
  return typeof made === 'string' ? made : { tree: members.set(part, made.tree) };
}

/** Of a list that edits themselves made, what they put into it: empty places would let it grow without end. */
function lengthOf(list: readonly JsonTree[], base: JsonTree | undefined): number {
  return isList(base) ? base.length : list.filter((element) => element !== GONE).length;
}

function withElement(
  list: readonly JsonTree[],
  { length, before }: { length: number; before: JsonTree | undefined },
  [part, rest]: [part: string, rest: PointerPath],
  value: JsonTree | undefined,
): Made {
  const position = isListPosition(part) ? Number(part) : Infinity;
  const element = list[position] === GONE ? undefined : list[position];
  if (rest.length === 0 && value === undefined)
    return element === undefined ? NO_POSITION : { tree: list.with(position, GONE) };
  if (position >= list.length && position >= length + MOST_FURTHER) return NO_POSITION;
  const made = withValue(element, before, rest, value);
  if (typeof made === 'string') return made;
  if (position < list.length) return { tree: list.with(position, made.tree) };
  return { tree: [...list, ...Array.from({ length: position - list.length }, () => GONE), made.tree] };
}

/** Without the empty places; what has none stays itself. */
function closed(tree: JsonTree): JsonTree {
  if (isList(tree)) {
    const elements = tree.filter((element) => element !== GONE).map(closed);
    const isAsItWas = elements.length === tree.length && elements.every((element, index) => element === tree[index]);
    return isAsItWas ? tree : elements;
  }
  if (!isObject(tree)) return tree;
  const members = [...tree].map(([name, member]): [string, JsonTree] => [name, closed(member)]);
  return members.every(([name, member]) => member === tree.get(name)) ? tree : new Map(members);
}

/** The place of a document as it is laid out that stands at this place once its empty places are closed. */
export function laidOutPlace(laidOut: JsonTree, pointer: string): string {
  const closedPath = readPointer(pointer);
  if (closedPath === undefined) return pointer;
  const path: string[] = [];
  let tree: JsonTree | undefined = laidOut;
  for (const part of closedPath) {
    const holder: JsonTree | undefined = tree;
    const place: string = isList(holder) && isListPosition(part) ? String(laidOutPosition(holder, Number(part))) : part;
    path.push(place);
    tree = holder === undefined ? undefined : valueAt(holder, [place]);
  }
  return writePointer(path);
}

function laidOutPosition(list: readonly JsonTree[], position: number): number {
  const filled = [...list.keys()].filter((each) => list[each] !== GONE);
  return filled[position] ?? list.length + position - filled.length;
}

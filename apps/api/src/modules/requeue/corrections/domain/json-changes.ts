import { readPointer, writePointer, type PointerPath } from '@throughline/canonical';
import {
  isList,
  isObject,
  isSame,
  isScalar,
  leavesOf,
  readJson,
  valueAt,
  writeJson,
  type JsonTree,
} from './json-tree.js';
import { alignLists } from './list-alignment.js';

/**
 * One difference between two versions, in JSON text; null = nothing stood there, or nothing stands there any more. Positions of lists are
 * those of the earlier version; what was added stands behind its end.
 */
export type PayloadChange = {
  pointer: string;
  from: string | null;
  to: string | null;
  /** Where it stands in the later version, where elements before it were taken away. */
  at?: string;
};

/** What a person wants to stand at a place, as JSON text; null = nothing. Positions are those of the version that is edited. */
export type PayloadEdit = { pointer: string; to: string | null };

/** Why an edit cannot be made as it is. */
export type EditFault = { pointer: string; reason: string };

/** What differs, each difference at the narrowest place: members one by one, and elements of lists, whatever was taken away before them. */
export function diffPayloads(from: JsonTree, to: JsonTree): PayloadChange[] {
  return differences(from, to, [], []);
}

type Tree = JsonTree | undefined;

function differences(from: Tree, to: Tree, path: PointerPath, at: PointerPath): PayloadChange[] {
  if (isObject(from) && isObject(to)) {
    return [...new Set([...from.keys(), ...to.keys()])].flatMap((name) =>
      differences(from.get(name), to.get(name), [...path, name], [...at, name]),
    );
  }
  if (isList(from) && isList(to)) {
    const { keptAt, addedFrom } = alignLists(from, to);
    const below = (one: Tree, other: Tree, position: number, place: number) =>
      differences(one, other, [...path, String(position)], [...at, String(place)]);
    return [
      ...keptAt.flatMap((place, position) =>
        below(from[position], place === null ? undefined : to[place], position, place ?? position),
      ),
      ...to
        .slice(addedFrom)
        .flatMap((element, index) => below(undefined, element, from.length + index, addedFrom + index)),
    ];
  }
  if (from !== undefined && to !== undefined && isSame(from, to)) return [];
  const [pointer, place] = [writePointer(path), writePointer(at)];
  return [{ pointer, from: textOf(from), to: textOf(to), ...(to !== undefined && place !== pointer && { at: place }) }];
}

/** Every place that a difference touches: of what is added or gone as a whole, each value in it. */
export function placesOf({ pointer, from, to }: PayloadChange): PointerPath[] {
  const path = readPointer(pointer) ?? [];
  return [from, to].flatMap((text) => (text === null ? [] : leavesOf(readJson(text), path)));
}

function textOf(tree: JsonTree | undefined): string | null {
  return tree === undefined ? null : writeJson(tree);
}

/** Whether a place is a position of a list, filled or not. */
export function isElement(base: JsonTree, path: PointerPath): boolean {
  return path.length > 0 && isList(valueAt(base, path.slice(0, -1)));
}

/**
 * Why an edit is none that a form can ask for: it takes single values at places that hold one, or nothing yet, and takes elements of
 * lists away.
 */
export function editFault(base: JsonTree, { pointer, to }: PayloadEdit): EditFault | undefined {
  const path = readPointer(pointer);
  if (path === undefined) return { pointer, reason: 'is no JSON pointer' };
  if (to === null && isElement(base, path)) return undefined;
  const stands = valueAt(base, path);
  if (isList(stands)) return { pointer, reason: 'is a list: its elements are changed one by one' };
  if (path.length === 0 || (stands !== undefined && !isScalar(stands)))
    return { pointer, reason: 'holds members of its own: change them one by one' };
  if (to === null) return undefined;
  try {
    return isScalar(readJson(to))
      ? undefined
      : { pointer, reason: 'takes a single value: text, a number, true, false or null' };
  } catch (error) {
    if (error instanceof SyntaxError) return { pointer, reason: `cannot be read as JSON: ${error.message}` };
    throw error;
  }
}

import { isListPosition, readPointer, writePointer, type PointerPath } from '@throughline/canonical';
import { isList, isObject, isSame, isScalar, readJson, valueAt, writeJson, type JsonTree } from './json-tree.js';

/** One difference between two versions, in JSON text; null = nothing stood there, or nothing stands there any more. */
export type PayloadChange = { pointer: string; from: string | null; to: string | null };

/** What a person wants to stand at a place, as JSON text; null = nothing. */
export type PayloadEdit = { pointer: string; to: string | null };

/** Why an edit cannot be made as it is. */
export type EditFault = { pointer: string; reason: string };

/**
 * What differs, each difference at the narrowest place: members one by one, elements one by one where two lists are equally long,
 * else the list as a whole, since its elements have changed places.
 */
export function diffPayloads(from: JsonTree, to: JsonTree): PayloadChange[] {
  return differences(from, to, []);
}

function differences(from: JsonTree | undefined, to: JsonTree | undefined, path: PointerPath): PayloadChange[] {
  if (isObject(from) && isObject(to)) {
    return [...new Set([...from.keys(), ...to.keys()])].flatMap((name) =>
      differences(from.get(name), to.get(name), [...path, name]),
    );
  }
  if (isList(from) && isList(to) && from.length === to.length) {
    return from.flatMap((element, index) => differences(element, to[index], [...path, String(index)]));
  }
  if (from !== undefined && to !== undefined && isSame(from, to)) return [];
  return [{ pointer: writePointer(path), from: textOf(from), to: textOf(to) }];
}

function textOf(tree: JsonTree | undefined): string | null {
  return tree === undefined ? null : writeJson(tree);
}

/** The document with changes made, and the edits that cannot be: nothing there holds such a member or position. */
export function applyEdits(
  base: JsonTree,
  edits: readonly PayloadEdit[],
): { tree: JsonTree; faults: readonly EditFault[] } {
  const faults: EditFault[] = [];
  let tree = base;
  for (const { pointer, to } of edits) {
    const path = readPointer(pointer);
    const made =
      path === undefined ? 'is no JSON pointer' : withValue(tree, path, to === null ? undefined : readJson(to));
    if (typeof made === 'string') faults.push({ pointer, reason: made });
    else tree = made.tree;
  }
  return { tree, faults };
}

type Made = { tree: JsonTree } | string;

/** A copy with the value at the place; members that lead there are made, positions are not. */
function withValue(tree: JsonTree | undefined, path: PointerPath, value: JsonTree | undefined): Made {
  const [part, ...rest] = path;
  if (part === undefined) return value === undefined ? 'is the payload as a whole' : { tree: value };
  if (tree === undefined && value === undefined) return 'is not there';
  if (isList(tree)) return withElement(tree, part, rest, value);
  if (tree !== undefined && !isObject(tree)) return 'is not there: what should hold it is a single value';
  const members = new Map(tree ?? []);
  if (rest.length === 0 && value === undefined) {
    return members.delete(part) ? { tree: members } : 'is not there';
  }
  const made = withValue(members.get(part), rest, value);
  return typeof made === 'string' ? made : { tree: members.set(part, made.tree) };
}

function withElement(list: readonly JsonTree[], part: string, rest: PointerPath, value: JsonTree | undefined): Made {
  if (!isListPosition(part) || Number(part) >= list.length) return 'is not there: the list has no such position';
  if (rest.length === 0 && value === undefined) return 'stays: without it the others would change places';
  const made = withValue(list[Number(part)], rest, value);
  return typeof made === 'string' ? made : { tree: list.with(Number(part), made.tree) };
}

/** Why an edit is none that a form can ask for: it takes single values at places that hold one, or nothing yet. */
export function editFault(base: JsonTree, { pointer, to }: PayloadEdit): EditFault | undefined {
  const path = readPointer(pointer);
  if (path === undefined) return { pointer, reason: 'is no JSON pointer' };
  const stands = valueAt(base, path);
  if (isList(stands)) return { pointer, reason: 'is a list: what stands in it is changed, its length is not' };
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

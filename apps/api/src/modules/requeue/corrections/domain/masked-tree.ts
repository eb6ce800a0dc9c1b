import { maskPayload, writePointer, type PointerPath } from '@throughline/canonical';
import { isList, isObject, plainValue, type JsonTree } from './json-tree.js';

/** A payload as a person may see it, numbers as they were written, and the places that are hidden. */
export type MaskedTree = { tree: JsonTree; places: ReadonlySet<string> };

/** Masks account numbers, as everywhere, without touching a digit of the rest. */
export function maskTree(tree: JsonTree): MaskedTree {
  const plain = plainValue(tree);
  const places = new Set<string>();
  return { tree: merged(tree, plain, maskPayload(plain).value, [], places), places };
}

function merged(tree: JsonTree, plain: unknown, masked: unknown, path: PointerPath, places: Set<string>): JsonTree {
  if (isList(tree) && Array.isArray(plain) && Array.isArray(masked)) {
    return tree.map((element, index) => merged(element, plain[index], masked[index], [...path, String(index)], places));
  }
  if (isObject(tree) && isRecord(plain) && isRecord(masked)) {
    // both have their members in the same order
    const shown = Object.entries(masked);
    return new Map(
      Object.keys(plain).flatMap((name, index) => {
        const [maskedName, maskedMember] = shown[index] ?? [];
        const member = tree.get(name);
        if (maskedName === undefined || member === undefined) return [];
        if (maskedName !== name) places.add(writePointer([...path, name]));
        return [[maskedName, merged(member, plain[name], maskedMember, [...path, name], places)]];
      }),
    );
  }
  if (Object.is(plain, masked)) return tree;
  places.add(writePointer(path));
  return String(masked);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a place is hidden, or lies below or above one that is. */
export function isHidden(places: ReadonlySet<string>, pointer: string): boolean {
  return [...places].some(
    (place) => place === pointer || pointer.startsWith(`${place}/`) || place.startsWith(`${pointer}/`),
  );
}

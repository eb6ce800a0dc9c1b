import { readPointer, writePointer, type PointerPath } from '@throughline/canonical';
import { diffPayloads, type PayloadEdit } from './json-changes.js';
import { isObject, readJson, writeJson, type JsonTree } from './json-tree.js';

/**
 * What somebody who wrote a payload as a whole wants changed, against what was shown of it: so masked values that still stand there are
 * no changes. What is new is told place by place, as a form would ask for it.
 */
export function rawEdits(shown: JsonTree, wanted: JsonTree): PayloadEdit[] {
  return diffPayloads(shown, wanted).flatMap(({ pointer, from, to }) =>
    from === null && to !== null ? leaves(readJson(to), readPointer(pointer) ?? []) : [{ pointer, to }],
  );
}

function leaves(tree: JsonTree, path: PointerPath): PayloadEdit[] {
  if (isObject(tree) && tree.size > 0) return [...tree].flatMap(([name, member]) => leaves(member, [...path, name]));
  return [{ pointer: writePointer(path), to: writeJson(tree) }];
}

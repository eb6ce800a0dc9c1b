import type { Viewer } from '../../identity/index.js';
import type { PayloadChange } from './domain/json-changes.js';
import type { JsonTree } from './domain/json-tree.js';
import { isHidden, maskTree } from './domain/masked-tree.js';

/** What stands in the place of a hidden value, as JSON text. */
const MASKED = '"••••"';

/** Changes with the values hidden that are hidden in either of the payloads. */
export function visibleChanges(
  changes: readonly PayloadChange[],
  trees: readonly JsonTree[],
  viewer: Viewer,
): PayloadChange[] {
  if (viewer.permissions.has('payload.unmask')) return [...changes];
  const places = new Set(trees.flatMap((tree) => [...maskTree(tree).places]));
  return changes.map(({ pointer, from, to }) => {
    const mask = (text: string | null) => (text !== null && isHidden(places, pointer) ? MASKED : text);
    return { pointer, from: mask(from), to: mask(to) };
  });
}

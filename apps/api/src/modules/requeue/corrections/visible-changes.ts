import { maskText } from '@throughline/canonical';
import type { Viewer } from '../../identity/index.js';
import type { PayloadChange } from './domain/json-changes.js';
import type { JsonTree } from './domain/json-tree.js';
import { isHidden, maskTree } from './domain/masked-tree.js';

/** What stands in the place of a hidden value, as JSON text. */
const MASKED = '"••••"';

/** Changes by their places alone, for who may not see payloads. */
export function hiddenChanges(changes: readonly PayloadChange[]): PayloadChange[] {
  const mask = (text: string | null) => (text === null ? null : MASKED);
  return changes.map(({ pointer, from, to }) => ({ pointer: maskText(pointer).value, from: mask(from), to: mask(to) }));
}

/** Changes with the values hidden that are hidden in either of the payloads. */
export function visibleChanges(
  changes: readonly PayloadChange[],
  trees: readonly JsonTree[],
  viewer: Viewer,
): PayloadChange[] {
  if (viewer.permissions.has('payload.unmask')) return [...changes];
  const places = new Set(trees.flatMap((tree) => [...maskTree(tree).places]));
  return changes.map(({ pointer, from, to, at = pointer }) => {
    const isMasked = isHidden(places, pointer) || isHidden(places, at);
    const mask = (text: string | null) => (text !== null && isMasked ? MASKED : text);
    // a member may be called by an account number
    return { pointer: maskText(pointer).value, from: mask(from), to: mask(to) };
  });
}

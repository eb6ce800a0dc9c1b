/** What becomes of a value: gone, shown in part, or replaced by a keyed hash that stays equal for equal values. */
export const REDACTION_ACTIONS = ['drop', 'mask', 'hash'] as const;

/** One of them. */
export type RedactionAction = (typeof REDACTION_ACTIONS)[number];

const RANK: Record<RedactionAction, number> = { mask: 1, hash: 2, drop: 3 };

/** The stricter of two actions. */
export function stricter(
  left: RedactionAction | undefined,
  right: RedactionAction | undefined,
): RedactionAction | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return RANK[left] >= RANK[right] ? left : right;
}

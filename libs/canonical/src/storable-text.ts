// PostgreSQL text and jsonb hold neither U+0000 nor half a surrogate pair.
const NUL = String.fromCharCode(0);
const UNSTORABLE = new RegExp(`${NUL}|\\p{Surrogate}`, 'gu');

/** Nesting beyond this is replaced by a note: recursion stays bounded whatever a sender nests. */
export const DEEPEST_PAYLOAD = 100;

/** True when a text can be stored as it is. */
export function isStorableText(text: string): boolean {
  return text.search(UNSTORABLE) === -1;
}

/** The text with what cannot be stored replaced by U+FFFD. */
export function toStorableText(text: string): string {
  return text.replace(UNSTORABLE, '\uFFFD');
}

/**
 * A JSON value whose texts and member names can all be stored; too deep a nesting is cut off with a note. What can be stored as
 * it is, which is nearly everything, is the very same value.
 */
export function toStorableJson(value: unknown): unknown {
  return isStorableJson(value, 0) ? value : storableCopy(value, 0);
}

function isStorableJson(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (value === null || typeof value !== 'object') return value !== undefined;
  if (depth >= DEEPEST_PAYLOAD) return false;
  if (Array.isArray(value)) return value.every((item) => isStorableJson(item, depth + 1));
  for (const name of Object.keys(value)) {
    if (!isStorableText(name) || !isStorableJson((value as Record<string, unknown>)[name], depth + 1)) return false;
  }
  return true;
}

function storableCopy(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return toStorableText(value);
  if (value === null || typeof value !== 'object') return value === undefined ? null : value;
  if (depth >= DEEPEST_PAYLOAD) return `[nested deeper than ${DEEPEST_PAYLOAD} levels]`;
  if (Array.isArray(value)) return value.map((item: unknown) => storableCopy(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [toStorableText(name), storableCopy(member, depth + 1)]),
  );
}

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

/** A JSON value whose texts and member names can all be stored; too deep a nesting is cut off with a note. */
export function toStorableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return toStorableText(value);
  if (value === null || typeof value !== 'object') return value === undefined ? null : value;
  if (depth >= DEEPEST_PAYLOAD) return `[nested deeper than ${DEEPEST_PAYLOAD} levels]`;
  if (Array.isArray(value)) return value.map((item: unknown) => toStorableJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [toStorableText(name), toStorableJson(member, depth + 1)]),
  );
}

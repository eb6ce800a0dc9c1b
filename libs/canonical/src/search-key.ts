/** Longest search key, in characters: it is part of index keys, also where a character is decomposed into eighteen. */
export const LONGEST_SEARCH_KEY = 256;

/** Highest code point: `key <= stored < key || this` is a prefix search that an index can do under row-level security. */
export const HIGHEST_CHARACTER = '\u{10FFFF}';

/** Written between the parts of a number, or not: people type one number in many ways. */
export const SEARCH_SEPARATORS = ' \t\r\n-/._#\\\u2010\u2012\u2013\u2014\u2015';

/** Capitals that no decomposition turns into A to Z, and what they become. Given by themselves, not by a locale's rules. */
export const SEARCH_CAPITALS = 'ØŁĐÆŒÐÞΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ';
export const SEARCH_SMALL_LETTERS = 'øłđæœðþαβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюя';

const MARKS = /[\u0300-\u036f]/g;
const LEADING_ZEROS = /(^|[^0-9])0+/g;

const FOLDED: ReadonlyMap<string, string> = new Map([
  ...[...SEARCH_CAPITALS].map((capital, index) => [capital, [...SEARCH_SMALL_LETTERS][index] ?? ''] as const),
  ...[...SEARCH_SEPARATORS].map((separator) => [separator, ''] as const),
]);

/**
 * The form in which business keys are compared when somebody searches: without case, accents, width, separators and leading
 * zeros of any number within ("SO-000123", "so 123" and "SO123" are one). What is typed so far of a key has a form that its
 * form begins with. The database makes the same of stored values (throughline_search_key), so every step is defined by
 * characters, never by a locale. Empty when nothing is left, as of "000".
 */
export function searchKey(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const folded = [...plain].map((character) => FOLDED.get(character) ?? character).join('');
  return [...folded.replace(LEADING_ZEROS, '$1')].slice(0, LONGEST_SEARCH_KEY).join('');
}

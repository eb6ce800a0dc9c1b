import { UNCLASSIFIED_PROBLEM } from '@throughline/canonical';
import { FAILURE_SIGNS } from './failure-signs.js';

const LONGEST_TEXT = 4_000;
const STATUS =
  /(?:\bhttp(?:\/\d(?:\.\d)?)?|\bstatus(?:[ _-]?code)?|\bresponse(?:[ _-]?code)?|\bcode)['"]?\s{0,3}[:=]?\s{0,3}['"]?(\d{3})\b/g;

/** The taxonomy code that the texts of a failure (codes, messages, causes) point to; unclassified when none does. */
export function classifyFailure(texts: readonly string[]): string {
  const folded = texts.map((text) => text.slice(0, LONGEST_TEXT).toLowerCase());
  const statuses = new Set(folded.flatMap(statusesIn));
  const shows = (words: readonly string[]): boolean =>
    folded.some((text) => words.every((word) => hasWord(text, word)));
  const sign = FAILURE_SIGNS.find(
    ({ words = [], all = [], statuses: wanted = [] }) =>
      words.some((word) => shows([word])) || all.some(shows) || wanted.some((status) => statuses.has(status)),
  );
  return sign?.code ?? UNCLASSIFIED_PROBLEM;
}

/** HTTP statuses that a text names: said to be one, or the whole text. */
function statusesIn(text: string): string[] {
  const alone = /^\s*(\d{3})\s*$/.exec(text)?.[1];
  return [...(alone === undefined ? [] : [alone]), ...[...text.matchAll(STATUS)].map((match) => match[1]!)];
}

/** The word at the start of one: "locked" is not in "blocked", "throttl" is in "throttled". */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[a-z0-9]/.test(text[at - 1]!)) return true;
  }
  return false;
}

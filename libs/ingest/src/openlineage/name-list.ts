const SEPARATOR = ', ';
const LONGEST_LIST = 16_000;
const CUT = /^and \d+ more$/;
/** What stands for names of which it is not known how many they are. */
const CUT_BEFORE = 'and others';

/** Names in one text, each once; what would make it too long is counted. Undefined when there are none. */
export function joinNames(names: readonly string[], isCut = false): string | undefined {
  const distinct = [...new Set(names.map(nameInList))];
  let length = 0;
  const shown = distinct.filter((name) => (length += name.length + SEPARATOR.length) <= LONGEST_LIST);
  const left = distinct.length - shown.length;
  const parts = [...shown, ...(isCut ? [CUT_BEFORE] : left > 0 ? [`and ${left} more`] : [])];
  return parts.length === 0 ? undefined : parts.join(SEPARATOR);
}

/** The names of such a text. */
export function namesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(SEPARATOR);
}

/** True for what stands in such a text in place of names. */
export function isCutMark(name: string): boolean {
  return CUT.test(name) || name === CUT_BEFORE;
}

/** No name looks like two. */
function nameInList(name: string): string {
  return name.replaceAll(SEPARATOR, ',');
}

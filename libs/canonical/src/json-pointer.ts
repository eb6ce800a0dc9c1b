/** A place in a JSON document by its member names and positions. */
export type PointerPath = readonly string[];

const POSITION = /^(?:0|[1-9]\d{0,8})$/;
const ESCAPE = /~(?![01])/;
const LONGEST_POINTER = 500;

/** The parts of a JSON pointer (RFC 6901); undefined = it is none. */
export function readPointer(text: string): string[] | undefined {
  if (text === '') return [];
  if (!text.startsWith('/') || ESCAPE.test(text)) return undefined;
  return text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer of a place. */
export function writePointer(path: PointerPath): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** True for what names a position in a list. */
export function isListPosition(part: string): boolean {
  return POSITION.test(part);
}

/** Why a text cannot name places of a payload, where `*` stands for every position of a list and `-` ends for its elements as such; undefined when it can. */
export function pointerPatternProblem(text: string): string | undefined {
  if (text.length > LONGEST_POINTER) return `is longer than ${LONGEST_POINTER} characters`;
  const path = readPointer(text);
  if (path === undefined) return 'is no JSON pointer such as /lines/*/costCentre';
  if (path.length === 0) return 'would be the payload as a whole';
  if (path.includes('**')) return 'may name positions of lists by *, not places at any depth';
  if (path.slice(0, -1).includes('-')) return 'may end in -, for the elements of a list as such, not go on behind it';
  return path.some((part) => part === '') ? 'holds a part without a name' : undefined;
}

/** Whether a place is one that the pattern names; `*` fits positions of lists alone, never the names of members. */
export function matchesPointer(pattern: PointerPath, path: PointerPath): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((part, index) => part === path[index] || (part === '*' && isListPosition(path[index] ?? '')))
  );
}

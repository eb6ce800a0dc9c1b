import { DEEPEST_JSON } from '../json-nesting.js';
import { CHARACTERS_A_STEP } from '../otlp/decode-in-steps.js';

/** Where a value stands in a JSON text, and where it goes deeper than JSON may (undefined: nowhere). */
export type ValueSlice = { start: number; end: number; tooDeepAt: number | undefined };

/** A member of a JSON object: its name and where its value stands in the text. */
export type MemberSlice = ValueSlice & { name: string };

/**
 * Where the members of the object at `start` stand, in steps. The text must have passed JSON.parse already. Lets the data of an
 * event be stored exactly as it was sent: parsing and writing it again would change `1.10` and long integers.
 */
export function* objectMemberSteps(text: string, start = 0): Generator<void, MemberSlice[]> {
  const members: MemberSlice[] = [];
  let position = skipSpace(text, skipSpace(text, start) + 1);
  while (text[position] === '"') {
    const nameEnd = endOfString(text, position);
    const name: unknown = JSON.parse(text.slice(position, nameEnd));
    const value = yield* valueSteps(text, skipSpace(text, skipSpace(text, nameEnd) + 1));
    members.push({ name: String(name), ...value });
    position = skipSpace(text, value.end);
    if (text[position] === ',') position = skipSpace(text, position + 1);
  }
  return members;
}

/** Where the elements of the array that the text holds stand, in steps. The text must have passed JSON.parse already. */
export function* arrayElementSteps(text: string): Generator<void, ValueSlice[]> {
  const slices: ValueSlice[] = [];
  let position = skipSpace(text, skipSpace(text, 0) + 1);
  let turnOver = CHARACTERS_A_STEP;
  while (position < text.length && text[position] !== ']') {
    const element = yield* valueSteps(text, position);
    slices.push(element);
    if (element.end >= turnOver) {
      turnOver = element.end + CHARACTERS_A_STEP;
      yield;
    }
    position = skipSpace(text, element.end);
    if (text[position] === ',') position = skipSpace(text, position + 1);
  }
  return slices;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

function isSpace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

function skipSpace(text: string, start: number): number {
  let position = start;
  while (isSpace(text.charCodeAt(position))) position += 1;
  return position;
}

function endOfString(text: string, start: number): number {
  let position = start + 1;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === BACKSLASH) position += 1;
    else if (code === QUOTE) break;
  }
  return position + 1;
}

function* valueSteps(text: string, start: number): Generator<void, ValueSlice> {
  let depth = 0;
  let position = start;
  let tooDeepAt: number | undefined;
  let turnOver = start + CHARACTERS_A_STEP;
  do {
    if (position >= turnOver) {
      turnOver = position + CHARACTERS_A_STEP;
      yield;
    }
    const code = text.charCodeAt(position);
    if (code === QUOTE) {
      position = endOfString(text, position);
      continue;
    }
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth += 1;
      if (depth > DEEPEST_JSON) tooDeepAt ??= position;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth -= 1;
    else if (depth === 0) return { start, end: endOfWord(text, position), tooDeepAt };
    position += 1;
  } while (depth > 0 && position < text.length);
  return { start, end: position, tooDeepAt };
}

/** Of a number, true, false or null. */
function endOfWord(text: string, start: number): number {
  let position = start;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (isSpace(code) || code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT) break;
  }
  return position;
}

import { escapePointer, type PayloadLine } from './prepare-payload.js';

const DEEPEST = 120;
const SPACE = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\]|\\.)*"/y;
const CONSTANT = /-?\d[\d.eE+-]*|true|false|null/y;

class Unreadable extends Error {}

/**
 * JSON as lines that keep every number and text as it is written: JSON.parse would round a 64-bit id, and a person who
 * looks for it would not find it. Undefined for what is no JSON.
 */
export function prepareJsonText(text: string): PayloadLine[] | undefined {
  const read = readJsonText(text);
  return 'lines' in read ? read.lines : undefined;
}

/** The same, or the position from which on it is no JSON. */
export function readJsonText(text: string): { lines: PayloadLine[] } | { stopsAt: number } {
  const lines: PayloadLine[] = [];
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const next = (): string => {
    take(SPACE);
    return text.charAt(at);
  };
  const expect = (sign: string): void => {
    if (next() !== sign) throw new Unreadable();
    at += 1;
  };
  const add = (pointer: string, depth: number, before: string, value: string, kind: PayloadLine['kind']): void => {
    lines.push({ pointer, depth, before, value, kind, after: '', isFailing: false });
  };

  const readMember = (parent: string, depth: number): void => {
    next();
    const key = take(TEXT);
    if (key === undefined) throw new Unreadable();
    expect(':');
    const name: unknown = JSON.parse(key);
    readValue(`${parent}/${escapePointer(String(name))}`, depth, `${key}: `);
  };

  const readParts = (pointer: string, depth: number, before: string, opening: '{' | '['): void => {
    const closing = opening === '{' ? '}' : ']';
    at += 1;
    if (depth > DEEPEST) throw new Unreadable();
    if (next() === closing) {
      at += 1;
      add(pointer, depth, before, opening + closing, 'bracket');
      return;
    }
    add(pointer, depth, before, opening, 'bracket');
    for (let index = 0; ; index += 1) {
      if (opening === '{') readMember(pointer, depth + 1);
      else readValue(`${pointer}/${index}`, depth + 1, '');
      if (next() !== ',') break;
      at += 1;
      const last = lines.at(-1);
      if (last) last.after = ',';
    }
    expect(closing);
    add('', depth, '', closing, 'bracket');
  };

  const readValue = (pointer: string, depth: number, before: string): void => {
    const sign = next();
    if (sign === '{' || sign === '[') return readParts(pointer, depth, before, sign);
    const found = take(sign === '"' ? TEXT : CONSTANT);
    if (found === undefined) throw new Unreadable();
    add(pointer, depth, before, found, sign === '"' ? 'text' : 'constant');
  };

  try {
    readValue('', 0, '');
    return next() === '' ? { lines } : { stopsAt: at };
  } catch {
    return { stopsAt: at };
  }
}

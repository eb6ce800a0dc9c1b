import { DEEPEST_PAYLOAD, isListPosition, isStorableText, type PointerPath } from '@throughline/canonical';

/** A number as it is written: no digit goes through a binary float. */
export class JsonNumber {
  constructor(readonly literal: string) {}
}

export type JsonScalar = string | boolean | null | JsonNumber;

/** A JSON document of which nothing is rounded. Objects are maps: a member may have any name. */
export type JsonTree = JsonScalar | readonly JsonTree[] | ReadonlyMap<string, JsonTree>;

const TOKEN = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:])/y;

/** Reads JSON text. Throws SyntaxError for what is none, cannot be stored or is nested too deep. */
export function readJson(text: string): JsonTree {
  // strict is JSON.parse; what follows only walks what it has taken
  JSON.parse(text);
  return new TreeReader(text).value(0);
}

class TreeReader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonTree {
    if (depth > DEEPEST_PAYLOAD) throw new SyntaxError(`nested deeper than ${DEEPEST_PAYLOAD} levels`);
    const token = this.next();
    if (token === '{') return this.members(depth);
    if (token === '[') return this.elements(depth);
    if (token.startsWith('"')) return this.words(token);
    if (token === 'null') return null;
    return token === 'true' || token === 'false' ? token === 'true' : new JsonNumber(token);
  }

  private members(depth: number): JsonTree {
    const members = new Map<string, JsonTree>();
    for (let token = this.next(); token !== '}'; token = this.next()) {
      if (token === ',') continue;
      this.next();
      members.set(this.words(token), this.value(depth + 1));
    }
    return members;
  }

  private elements(depth: number): JsonTree {
    const elements: JsonTree[] = [];
    while (this.peek() !== ']') {
      if (this.peek() === ',') this.next();
      elements.push(this.value(depth + 1));
    }
    this.next();
    return elements;
  }

  private words(token: string): string {
    const words = String(JSON.parse(token));
    if (!isStorableText(words)) throw new SyntaxError('holds characters that cannot be stored');
    return words;
  }

  private peek(): string {
    const { at } = this;
    const token = this.next();
    this.at = at;
    return token;
  }

  private next(): string {
    TOKEN.lastIndex = this.at;
    const [whole = '', token = ''] = TOKEN.exec(this.text) ?? [];
    if (token === '') throw new SyntaxError('not JSON');
    this.at += whole.length;
    return token;
  }
}

/** The document as text, numbers as they were written. */
export function writeJson(tree: JsonTree): string {
  if (tree instanceof JsonNumber) return tree.literal;
  if (isList(tree)) return `[${tree.map(writeJson).join(',')}]`;
  if (isObject(tree))
    return `{${[...tree].map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(',')}}`;
  return JSON.stringify(tree);
}

export function isList(tree: JsonTree | undefined): tree is readonly JsonTree[] {
  return Array.isArray(tree);
}

export function isObject(tree: JsonTree | undefined): tree is ReadonlyMap<string, JsonTree> {
  return tree instanceof Map;
}

export function isScalar(tree: JsonTree): tree is JsonScalar {
  return !isList(tree) && !isObject(tree);
}

/** Whether two documents say the same; the order of members says nothing, the writing of a number does. */
export function isSame(left: JsonTree, right: JsonTree): boolean {
  if (left instanceof JsonNumber) return right instanceof JsonNumber && left.literal === right.literal;
  if (isList(left)) {
    return (
      isList(right) &&
      left.length === right.length &&
      left.every((element, index) => {
        const other = right[index];
        return other !== undefined && isSame(element, other);
      })
    );
  }
  if (isObject(left)) {
    return (
      isObject(right) &&
      left.size === right.size &&
      [...left].every(([name, member]) => {
        const other = right.get(name);
        return other !== undefined && isSame(member, other);
      })
    );
  }
  return left === right;
}

/** What stands at a place; undefined = nothing does. */
export function valueAt(tree: JsonTree, path: PointerPath): JsonTree | undefined {
  let found: JsonTree | undefined = tree;
  for (const part of path) found = found === undefined ? undefined : childOf(found, part);
  return found;
}

function childOf(tree: JsonTree, part: string): JsonTree | undefined {
  if (isObject(tree)) return tree.get(part);
  return isList(tree) && isListPosition(part) ? tree[Number(part)] : undefined;
}

/** The places of all single values in a document that stands at a place; what holds nothing is one itself. */
export function leavesOf(tree: JsonTree, path: PointerPath): PointerPath[] {
  const children: [string, JsonTree][] = isObject(tree)
    ? [...tree]
    : isList(tree)
      ? tree.map((element, index) => [String(index), element])
      : [];
  return children.length === 0 ? [path] : children.flatMap(([part, child]) => leavesOf(child, [...path, part]));
}

/** Plain text of a scalar, as a person would write it down. */
export function scalarText(value: JsonScalar): string {
  if (value instanceof JsonNumber) return value.literal;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** As JSON.parse gives it, for checks that know plain values; large numbers lose digits, so it is never written back. */
export function plainValue(tree: JsonTree): unknown {
  return JSON.parse(writeJson(tree));
}

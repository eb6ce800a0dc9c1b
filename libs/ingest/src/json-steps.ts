import { exactNumbers, type NumberBudget } from './exact-json.js';
import { CHARACTERS_A_STEP } from './otlp/decode-in-steps.js';

/** Handed to JSON.parse at once: small enough to be dropped again at little cost. */
const PIECE_CHARACTERS = 16 * 1024;

const BEGINS_WITH_TREE = /^[ \t\r\n]*[{[]/;
const BLANK = /^[ \t\r\n]*$/;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * JSON.parse in steps, so that a large text keeps nobody waiting: the same value, and a SyntaxError at the same position.
 * With `exact`, numbers that a double does not hold arrive as text, as from parseExactJson.
 */
export function* parseJsonSteps(
  text: string,
  { exact, pieceCharacters }: { exact?: NumberBudget; pieceCharacters?: number } = {},
): Generator<void, unknown> {
  const parse = (piece: string): unknown => JSON.parse(exact === undefined ? piece : exactNumbers(piece, exact));
  // What is one step anyway needs no walk.
  if (text.length <= (pieceCharacters ?? CHARACTERS_A_STEP) || !BEGINS_WITH_TREE.test(text)) return parse(text);
  return yield* new PiecewiseParser(text, parse, pieceCharacters ?? PIECE_CHARACTERS).steps();
}

type Tree = unknown[] | Record<string, unknown>;

/** A list or an object that is not closed yet. */
type Open = {
  isList: boolean;
  start: number;
  /** What has been parsed of it; undefined = nothing: if it closes so, it is parsed as a part of what holds it. */
  value: Tree | undefined;
  /** Where that begins which has not been parsed. */
  pendingStart: number;
  /** Where the element, or the name of the member, begins that the walk is in. */
  itemStart: number;
  /** The walk is behind an element that was put together here: only blanks may stand between it and the next comma. */
  isItemTaken: boolean;
};

/**
 * Walks the text once and hands it to JSON.parse piece by piece: as many neighbouring elements of one list, or members of one
 * object, as make a piece. Only what is larger is put together here. The walk believes what it sees: strict is JSON.parse,
 * through which every character goes.
 */
class PiecewiseParser {
  private readonly open: Open[] = [];

  constructor(
    private readonly text: string,
    private readonly parse: (piece: string) => unknown,
    private readonly pieceCharacters: number,
  ) {}

  *steps(): Generator<void, unknown> {
    const { text } = this;
    let isInText = false;
    for (let position = 0; position < text.length;) {
      const end = position + CHARACTERS_A_STEP;
      for (; position < end && position < text.length; position += 1) {
        const code = text.charCodeAt(position);
        if (code === QUOTE) isInText = !isInText;
        else if (isInText) {
          if (code === BACKSLASH) position += 1;
        } else if (code === COMMA) this.comma(position);
        else if (code === OPEN_LIST || code === OPEN_OBJECT) this.enter(position, code === OPEN_LIST);
        else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
          const root = this.leave(position, code === CLOSE_LIST);
          if (root !== undefined) return this.isBlank(position + 1, text.length) ? root : this.fail();
        }
      }
      yield;
    }
    return this.fail();
  }

  private enter(start: number, isList: boolean): void {
    const inner = start + 1;
    this.open.push({
      isList,
      start,
      value: undefined,
      pendingStart: inner,
      itemStart: inner,
      isItemTaken: false,
    });
  }

  private comma(position: number): void {
    const tree = this.open.at(-1)!;
    if (tree.isItemTaken || position - tree.pendingStart >= this.pieceCharacters) {
      this.take(tree, position, false);
      tree.pendingStart = position + 1;
      tree.isItemTaken = false;
    }
    tree.itemStart = position + 1;
  }

  /** The value, when the root closes. */
  private leave(position: number, isList: boolean): Tree | undefined {
    const tree = this.open.at(-1)!;
    if (tree.isList !== isList) return this.fail();
    const parent = this.open.at(-2);
    const isPart = tree.value === undefined && position - tree.pendingStart < this.pieceCharacters;
    if (!isPart || parent === undefined) this.take(tree, position, true);
    this.open.pop();
    if (parent === undefined) return tree.value;
    if (!isPart) this.put(parent, tree, position + 1);
    return undefined;
  }

  /** Parses what is pending of the list or object up to a comma, or to its end: before a comma something has to stand. */
  private take(tree: Open, end: number, isAtEnd: boolean): void {
    if (tree.isItemTaken) {
      if (!this.isBlank(tree.pendingStart, end)) this.fail();
      return;
    }
    const isEmpty =
      isAtEnd && tree.value === undefined && tree.itemStart === tree.start + 1 && this.isBlank(tree.itemStart, end);
    tree.value ??= tree.isList ? [] : {};
    if (!isEmpty) this.add(tree, tree.pendingStart, end);
  }

  /** Adds elements or members: one at least, since a comma stands before or behind them. */
  private add({ isList, value }: Open, start: number, end: number): void {
    const piece = this.text.slice(start, end);
    const parsed = this.strictly(isList ? `[${piece}]` : `{${piece}}`);
    const names = Object.keys(parsed);
    if (names.length === 0) this.fail();
    if (Array.isArray(value)) for (const element of parsed as unknown[]) value.push(element);
    else for (const name of names) setOwn(value!, name, (parsed as Record<string, unknown>)[name]);
  }

  /** Puts a tree that closed before `end` into the one that holds it, behind what is pending of that one. */
  private put(parent: Open, child: Open, end: number): void {
    if (parent.isItemTaken) this.fail();
    parent.value ??= parent.isList ? [] : {};
    if (parent.itemStart > parent.pendingStart) this.add(parent, parent.pendingStart, parent.itemStart - 1);
    const lead = this.text.slice(parent.itemStart, child.start);
    const shown = this.strictly(parent.isList ? `[${lead}[]]` : `{${lead}[]}`);
    if (Array.isArray(parent.value)) parent.value.push(child.value);
    else setOwn(parent.value, Object.keys(shown)[0]!, child.value);
    parent.pendingStart = end;
    parent.isItemTaken = true;
  }

  private strictly(piece: string): Tree {
    try {
      return this.parse(piece) as Tree;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.fail();
    }
  }

  private isBlank(start: number, end: number): boolean {
    return BLANK.test(this.text.slice(start, end));
  }

  /**
   * Throws what JSON.parse says of the whole text. It is asked about the text without what has been parsed already, for that
   * was good: a stand-in takes its place.
   */
  private fail(): never {
    const kept: { from: number; at: number }[] = [];
    let shortened = '';
    const keep = (from: number, to: number): void => {
      kept.push({ from, at: shortened.length });
      shortened += this.text.slice(from, to);
    };
    if (this.open.length === 0) keep(0, this.text.length);
    for (const [depth, tree] of this.open.entries()) {
      keep(tree.start, tree.start + 1);
      if (tree.value !== undefined && (Array.isArray(tree.value) ? tree.value : Object.keys(tree.value)).length > 0) {
        // Not a number: what stands behind it could go on with it.
        shortened += tree.isList ? '""' : '"":""';
        if (!tree.isItemTaken) shortened += ',';
      }
      keep(tree.pendingStart, this.open[depth + 1]?.start ?? this.text.length);
    }
    try {
      JSON.parse(shortened);
    } catch (error) {
      throw new SyntaxError(error instanceof Error ? relocated(error.message, kept) : 'not JSON');
    }
    throw new SyntaxError('not JSON');
  }
}

/** The message with the position in the whole text. */
function relocated(message: string, kept: readonly { from: number; at: number }[]): string {
  return message.replace(/position (\d+)(?: \(line \d+ column \d+\))?/, (_, digits: string) => {
    const position = Number(digits);
    const { from, at } = kept.findLast((part) => part.at <= position) ?? { from: 0, at: 0 };
    return `position ${from + position - at}`;
  });
}

/** A member called `__proto__` is one like any other. */
function setOwn(tree: Tree, name: string, value: unknown): void {
  if (name !== '__proto__') (tree as Record<string, unknown>)[name] = value;
  else Object.defineProperty(tree, name, { value, enumerable: true, configurable: true, writable: true });
}

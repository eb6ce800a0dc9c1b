/** A pattern that is not taken: no regular expression, or more than a machine of states can do. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}

type Node =
  | { kind: 'character'; accepts: (character: string) => boolean }
  | { kind: 'assertion'; holds: (before: string | undefined, after: string | undefined) => boolean }
  | { kind: 'sequence'; parts: Node[] }
  | { kind: 'choice'; options: Node[] }
  | { kind: 'repeat'; part: Node; least: number; most: number };

type Instruction =
  | { do: 'character'; accepts: (character: string) => boolean }
  | { do: 'assertion'; holds: (before: string | undefined, after: string | undefined) => boolean }
  | { do: 'fork'; targets: [number, number] }
  | { do: 'jump'; target: number }
  | { do: 'accept' };

const LONGEST_PATTERN = 1_000;
const DEEPEST = 30;
const MOST_STATES = 1_000;
const LONGEST_TEXT = 20_000;

/**
 * A regular expression whose test takes time proportional to the text, whatever the pattern. JavaScript's own engine
 * backtracks: a pattern such as (a+)+ takes for ever on a hostile text, and nothing can stop it. Knows what patterns of
 * contracts are made of: characters, classes, groups, alternatives, counts, ^ $ \b; no look-around, no back-references. A
 * text of more than 20 000 characters fits no pattern.
 */
export class LinearPattern {
  private readonly program: Instruction[] = [];

  /** Throws InvalidPattern. */
  constructor(readonly source: string) {
    if (source.length > LONGEST_PATTERN) throw new InvalidPattern(`is longer than ${LONGEST_PATTERN} characters`);
    try {
      new RegExp(source, 'u');
    } catch {
      throw new InvalidPattern('is no regular expression in Unicode mode');
    }
    this.emit(new PatternReader(source).read());
    this.add({ do: 'accept' });
  }

  /** True when the pattern fits somewhere in the text, as RegExp.test says it. */
  test(text: string): boolean {
    if (text.length > LONGEST_TEXT) return false;
    const characters = [...text];
    let current: number[] = [];
    for (let at = 0; at <= characters.length; at += 1) {
      const [before, after] = [characters[at - 1], characters[at]];
      // A match may begin anywhere.
      const { states, isAccepted } = this.closure([...current, 0], before, after);
      if (isAccepted) return true;
      if (after === undefined) return false;
      current = states.flatMap((state) => {
        const instruction = this.program[state]!;
        return instruction.do === 'character' && instruction.accepts(after) ? [state + 1] : [];
      });
    }
    return false;
  }

  /** Two patterns are the same by this: the schema compiler keeps them apart by it. */
  toString(): string {
    return `/${this.source}/u`;
  }

  private closure(
    starts: readonly number[],
    before: string | undefined,
    after: string | undefined,
  ): { states: number[]; isAccepted: boolean } {
    const seen = new Set<number>();
    const waiting = [...starts];
    const states: number[] = [];
    while (waiting.length > 0) {
      const state = waiting.pop()!;
      if (seen.has(state)) continue;
      seen.add(state);
      const instruction = this.program[state]!;
      if (instruction.do === 'accept') return { states, isAccepted: true };
      if (instruction.do === 'character') states.push(state);
      else if (instruction.do === 'jump') waiting.push(instruction.target);
      else if (instruction.do === 'fork') waiting.push(...instruction.targets);
      else if (instruction.holds(before, after)) waiting.push(state + 1);
    }
    return { states, isAccepted: false };
  }

  private emit(node: Node): void {
    if (node.kind === 'character') this.add({ do: 'character', accepts: node.accepts });
    else if (node.kind === 'assertion') this.add({ do: 'assertion', holds: node.holds });
    else if (node.kind === 'sequence') for (const part of node.parts) this.emit(part);
    else if (node.kind === 'choice') this.emitChoice(node.options);
    else this.emitRepeat(node);
  }

  private emitChoice([first, ...others]: Node[]): void {
    if (first === undefined) return;
    if (others.length === 0) return this.emit(first);
    const fork: [number, number] = [this.program.length + 1, 0];
    this.add({ do: 'fork', targets: fork });
    this.emit(first);
    const jump = { do: 'jump' as const, target: 0 };
    this.add(jump);
    fork[1] = this.program.length;
    this.emitChoice(others);
    jump.target = this.program.length;
  }

  private emitRepeat({ part, least, most }: Extract<Node, { kind: 'repeat' }>): void {
    for (let turn = 0; turn < least; turn += 1) this.emit(part);
    if (most === Number.POSITIVE_INFINITY) {
      const start = this.program.length;
      const fork: [number, number] = [start + 1, 0];
      this.add({ do: 'fork', targets: fork });
      this.emit(part);
      this.add({ do: 'jump', target: start });
      fork[1] = this.program.length;
      return;
    }
    const forks: [number, number][] = [];
    for (let turn = least; turn < most; turn += 1) {
      const fork: [number, number] = [this.program.length + 1, 0];
      forks.push(fork);
      this.add({ do: 'fork', targets: fork });
      this.emit(part);
    }
    for (const fork of forks) fork[1] = this.program.length;
  }

  private add(instruction: Instruction): void {
    if (this.program.length >= MOST_STATES) throw new InvalidPattern(`needs more than ${MOST_STATES} states`);
    this.program.push(instruction);
  }
}

/** Reads a pattern that JavaScript takes as well, so that its syntax needs no further checks. */
class PatternReader {
  private at = 0;

  constructor(private readonly source: string) {}

  read(): Node {
    return this.choice(0);
  }

  private choice(depth: number): Node {
    if (depth > DEEPEST) throw new InvalidPattern(`is nested deeper than ${DEEPEST} groups`);
    const options: Node[] = [];
    let parts: Node[] = [];
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.source[this.at] === '|') {
        this.at += 1;
        options.push({ kind: 'sequence', parts });
        parts = [];
      } else {
        parts.push(this.counted(this.atom(depth)));
      }
    }
    options.push({ kind: 'sequence', parts });
    return { kind: 'choice', options };
  }

  private atom(depth: number): Node {
    const rest = this.source.slice(this.at);
    if (rest.startsWith('(')) {
      const opening = /^\((?:\?(?:<?[=!]|<[^>]*>|:|[a-z-]*:))?/.exec(rest)![0];
      if (/^\(\?(?:<?[=!])/.test(opening)) throw new InvalidPattern('looks ahead or behind, which is not taken');
      if (/^\(\?[a-z-]+:/.test(opening)) throw new InvalidPattern('changes its flags, which is not taken');
      this.at += opening.length;
      const inner = this.choice(depth + 1);
      this.at += 1;
      return inner;
    }
    if (rest.startsWith('^')) return this.assertion(1, (before) => before === undefined);
    if (rest.startsWith('$')) return this.assertion(1, (_before, after) => after === undefined);
    if (rest.startsWith('\\b')) return this.assertion(2, (before, after) => isWord(before) !== isWord(after));
    if (rest.startsWith('\\B')) return this.assertion(2, (before, after) => isWord(before) === isWord(after));
    if (/^\\(?:[1-9]|k<)/.test(rest)) throw new InvalidPattern('refers back to a group, which is not taken');
    const token =
      /^(?:\[(?:\\[\s\S]|[^\]\\])*\]|\\(?:[pPu]\{[^}]*\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[\s\S])|[\s\S])/u.exec(
        rest,
      )![0];
    this.at += token.length;
    // One character at a time, JavaScript's own classes cannot backtrack.
    const single = new RegExp(`^(?:${token})$`, 'u');
    return { kind: 'character', accepts: (character) => single.test(character) };
  }

  private assertion(length: number, holds: (before?: string, after?: string) => boolean): Node {
    this.at += length;
    return { kind: 'assertion', holds };
  }

  private counted(part: Node): Node {
    const match = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(this.source.slice(this.at));
    if (!match) return part;
    this.at += match[0].length;
    const [, sign, from, comma, to] = match;
    if (sign !== undefined) {
      return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    }
    const least = Number(from);
    const most = comma === undefined ? least : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    if (least > MOST_STATES || (Number.isFinite(most) && most > MOST_STATES)) {
      throw new InvalidPattern(`needs more than ${MOST_STATES} states`);
    }
    return { kind: 'repeat', part, least, most };
  }
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}

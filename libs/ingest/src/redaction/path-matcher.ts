import { matchesGlob } from '../packs/glob.js';
import { stricter, type RedactionAction } from './redaction-action.js';

/** A path that is no JSON pointer with `*` and `**`. */
export class InvalidPath extends Error {
  override readonly name = 'InvalidPath';
}

/** Longest path: a position in a rule is one bit of a number. */
export const MOST_SEGMENTS = 30;

/** Segments of a pointer, unescaped. Throws InvalidPath. */
export function compilePath(pointer: string): readonly string[] {
  const raw = pointer.slice(1).split('/');
  if (!pointer.startsWith('/') || raw.some((segment) => segment === '')) {
    throw new InvalidPath('the path must be a JSON pointer such as /customer/bankAccounts/*/iban');
  }
  if (raw.length > MOST_SEGMENTS) throw new InvalidPath(`the path may have at most ${MOST_SEGMENTS} segments`);
  if (raw.some((segment) => /~(?![01])/.test(segment))) {
    throw new InvalidPath('"~" in a path must be written ~0, and "/" in a name ~1');
  }
  if (raw.every((segment) => segment === '**')) throw new InvalidPath('the path must name something');
  return raw.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One rule of a matcher. */
export type PathRule = { segments: readonly string[]; action: RedactionAction };

/** Where a walk stands in each rule; undefined = no rule can match here or below. */
export type Position = readonly number[] | undefined;

/**
 * Follows a walk through a document along all rules at once, like a finite automaton: constant work per name however many
 * `**` a path holds.
 */
export class PathMatcher {
  readonly start: Position;

  constructor(private readonly rules: readonly PathRule[]) {
    this.start = rules.length === 0 ? undefined : rules.map((rule) => withSkippedDepths(rule.segments, 1));
  }

  /** One step down, into the member or attribute of that name. */
  into(position: Position, name: string): Position {
    if (position === undefined) return undefined;
    let isAlive = false;
    const next = position.map((bits, index) => {
      const stepped = bits === 0 ? 0 : step(this.rules[index]!.segments, bits, name);
      isAlive ||= stepped !== 0;
      return stepped;
    });
    return isAlive ? next : undefined;
  }

  /** One step into a list: a path may name the position of the element, or leave it out. */
  intoElement(position: Position, index: number): Position {
    if (position === undefined) return undefined;
    const stepped = this.into(position, String(index));
    return stepped === undefined ? position : position.map((bits, rule) => bits | (stepped[rule] ?? 0));
  }

  /** The strictest action of the rules whose path ends here. */
  actionAt(position: Position): RedactionAction | undefined {
    let found: RedactionAction | undefined;
    position?.forEach((bits, index) => {
      const { segments, action } = this.rules[index]!;
      if ((bits & (1 << segments.length)) !== 0) found = stricter(found, action);
    });
    return found;
  }
}

function step(segments: readonly string[], bits: number, name: string): number {
  let next = 0;
  for (const [at, segment] of segments.entries()) {
    if ((bits & (1 << at)) === 0) continue;
    if (segment === '**') next |= 1 << at;
    else if (isNamed(segment, name)) next |= 1 << (at + 1);
  }
  return withSkippedDepths(segments, next);
}

function isNamed(segment: string, name: string): boolean {
  return segment === '*' || segment === name || (segment.includes('*') && matchesGlob(name, segment));
}

/** `**` also stands for no level at all. */
function withSkippedDepths(segments: readonly string[], bits: number): number {
  let all = bits;
  for (const [at, segment] of segments.entries()) {
    if (segment === '**' && (all & (1 << at)) !== 0) all |= 1 << (at + 1);
  }
  return all;
}

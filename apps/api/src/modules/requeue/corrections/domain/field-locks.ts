import { matchesPointer, readPointer, writePointer, type PointerPath } from '@throughline/canonical';
import { ROLE_WORDS } from './field-roles.js';
import { isList, isScalar, leavesOf, scalarText, valueAt, type JsonTree } from './json-tree.js';
import {
  isFreeInPayment,
  isOwnNumber,
  lockedRole,
  payloadKind,
  sourceFirstRole,
  type MappedFacts,
} from './payload-kind.js';

export type ProblemCode =
  | 'NOT_CHANGEABLE'
  | 'LOCKED_IN_PAYMENT'
  | 'FIX_AT_SOURCE'
  | 'DOCUMENT_NUMBER'
  | 'MASKED'
  | 'INVALID_VALUE'
  | 'BREAKS_CONTRACT'
  | 'BREAKS_RULE';

/** What a correction is held against. */
export type CorrectionGround = {
  /** The version that it is based on. */
  base: JsonTree;
  facts: MappedFacts;
  /**
   * Places that the integration declares as changeable: pointers with `*` for positions of lists, and `-` behind a list to which
   * elements may be added and from which they may be taken away.
   */
  declared: readonly string[];
  /** Whether what stands at a place is hidden from whoever corrects. */
  isMasked: (pointer: string) => boolean;
  /** Where a payload departs from its contract; none registered = nowhere. */
  contractFaults: (payload: JsonTree) => readonly { place: string; reason: string }[];
};

/** Why nobody changes a place here, before any value is thought of. */
export type Lock = { code: ProblemCode; message: string };

/** How a declared place says that it is about the elements of a list themselves; RFC 6901 has it for the one behind the last. */
const FURTHER = '-';

/** Why a place cannot be changed here; the hard rules come before what is declared. Undefined = it can. */
export function lockOf(ground: CorrectionGround, path: PointerPath): Lock | undefined {
  const { base, facts, declared } = ground;
  const hard = hardLock(ground, path);
  if (hard !== undefined) return hard;
  const closed = furtherListOf(base, path);
  if (closed !== undefined && !isGrowing(ground, closed)) return ELEMENTS_STAY;
  if (patternsOf(declared).some((pattern) => isDeclared(base, pattern, path))) return undefined;
  const role = payloadKind(facts.objectType, base) === 'posting' ? sourceFirstRole(path) : undefined;
  return role === undefined
    ? { code: 'NOT_CHANGEABLE', message: 'is not declared as changeable for this integration' }
    : {
        code: 'FIX_AT_SOURCE',
        message: `is ${ROLE_WORDS[role]} of a posting: put it right at its source and ask for it anew`,
      };
}

/** Why an element cannot be taken out of its list: whatever stands in it goes with it. Undefined = it can. */
export function removalLock(ground: CorrectionGround, path: PointerPath): Lock | undefined {
  const element = valueAt(ground.base, path);
  for (const place of element === undefined ? [] : leavesOf(element, path)) {
    const lock = hardLock(ground, place);
    if (lock !== undefined)
      return { ...lock, message: `cannot be taken away: ${writePointer(place)} in it ${lock.message}` };
  }
  return isGrowing(ground, path.slice(0, -1)) ? undefined : ELEMENTS_STAY;
}

const ELEMENTS_STAY: Lock = {
  code: 'NOT_CHANGEABLE',
  message: 'is an element of a list to which none may be added, and from which none may be taken away',
};

/** Lists to whose elements a declared place refers as a whole, as they are in the payload. */
export function isGrowing({ base, declared }: CorrectionGround, list: PointerPath): boolean {
  return (
    isList(valueAt(base, list)) &&
    patternsOf(declared).some((pattern) => pattern.at(-1) === FURTHER && isDeclared(base, pattern.slice(0, -1), list))
  );
}

/** What no declaration opens. */
function hardLock({ base, facts }: CorrectionGround, path: PointerPath): Lock | undefined {
  const value = valueAt(base, path);
  if (payloadKind(facts.objectType, base) === 'payment') {
    const role = lockedRole(path, value, facts);
    if (role !== undefined) {
      return {
        code: 'LOCKED_IN_PAYMENT',
        message: `is ${ROLE_WORDS[role]} of a payment instruction, which nobody changes here: the source makes a new payment`,
      };
    }
    if (!isFreeInPayment(path, value)) {
      return {
        code: 'LOCKED_IN_PAYMENT',
        message: 'is not known to leave the money of a payment instruction alone: the source makes a new payment',
      };
    }
  }
  return value !== undefined && isScalar(value) && isOwnNumber(scalarText(value), facts)
    ? {
        code: 'DOCUMENT_NUMBER',
        message: 'is the number of the document: with another one it is another document',
      }
    : undefined;
}

/** The list behind whose end a place lies. */
function furtherListOf(base: JsonTree, path: PointerPath): PointerPath | undefined {
  for (const depth of path.keys()) {
    const holder = path.slice(0, depth);
    if (isList(valueAt(base, holder)) && valueAt(base, path.slice(0, depth + 1)) === undefined) return holder;
  }
  return undefined;
}

/** A member may be called by a number: what stands for positions names those of lists alone. */
function isDeclared(base: JsonTree, pattern: PointerPath, path: PointerPath): boolean {
  return (
    matchesPointer(pattern, path) &&
    pattern.every((part, index) => part !== '*' || path[index] === '*' || isList(valueAt(base, path.slice(0, index))))
  );
}

const patterns = new WeakMap<readonly string[], PointerPath[]>();

/** Declared places, read once of all the places that are asked about. */
function patternsOf(declared: readonly string[]): PointerPath[] {
  const known = patterns.get(declared) ?? declared.map((pattern) => readPointer(pattern) ?? []);
  patterns.set(declared, known);
  return known;
}

import { matchesPointer, readPointer, type PointerPath } from '@throughline/canonical';
import { businessFaults } from './business-rules.js';
import { ROLE_WORDS } from './field-roles.js';
import { applyEdits, diffPayloads, editFault, type PayloadChange, type PayloadEdit } from './json-changes.js';
import { isList, isScalar, readJson, scalarText, valueAt, type JsonTree } from './json-tree.js';
import {
  isFreeInPayment,
  isOwnNumber,
  lockedRole,
  payloadKind,
  sourceFirstRole,
  type MappedFacts,
} from './payload-kind.js';

/** What masking puts in the place of what it hides. */
const MASK = '••';

export type ProblemCode =
  | 'NOT_CHANGEABLE'
  | 'LOCKED_IN_PAYMENT'
  | 'FIX_AT_SOURCE'
  | 'DOCUMENT_NUMBER'
  | 'MASKED'
  | 'INVALID_VALUE'
  | 'BREAKS_CONTRACT'
  | 'BREAKS_RULE';

/** What stands in the way of a correction, where, and in words. */
export type CorrectionProblem = { pointer: string; code: ProblemCode; message: string };

/** What a correction is held against. */
export type CorrectionGround = {
  /** The version that it is based on. */
  base: JsonTree;
  facts: MappedFacts;
  /** Places that the integration declares as changeable: pointers with `*` for positions of lists. */
  declared: readonly string[];
  /** Whether what stands at a place is hidden from whoever corrects. */
  isMasked: (pointer: string) => boolean;
  /** Where a payload departs from its contract; none registered = nowhere. */
  contractFaults: (payload: JsonTree) => readonly { place: string; reason: string }[];
};

export type JudgedCorrection = {
  payload: JsonTree;
  /** Against the version that it is based on. */
  changes: PayloadChange[];
  problems: CorrectionProblem[];
  /** Places of a posting that are declared as changeable and need a person's word all the same. */
  toConfirm: string[];
};

/** Why nobody changes a place here, before any value is thought of. */
export type Lock = Pick<CorrectionProblem, 'code' | 'message'>;

/** Holds edits against the hard rules, what is declared, the contract and the rules of business. */
export function judgeCorrection(ground: CorrectionGround, edits: readonly PayloadEdit[]): JudgedCorrection {
  const problems = edits.flatMap((edit) => editProblem(ground, edit) ?? []);
  const refused = new Set(problems.map(({ pointer }) => pointer));
  const sane = edits.filter(({ pointer }) => !refused.has(pointer));
  const { tree, faults } = applyEdits(ground.base, sane);
  const changes = diffPayloads(ground.base, tree);
  const pointers = sane.map(({ pointer }) => pointer);
  const later: CorrectionProblem[] = [
    ...faults.map(({ pointer, reason }) => problem(pointer, 'INVALID_VALUE', reason)),
    ...inPlaceOrder(ground.contractFaults(tree)).map(({ place, reason }) => problem(place, 'BREAKS_CONTRACT', reason)),
    ...businessFaults(ground.base, tree, pointers).map(({ pointer, reason }) =>
      problem(pointer, 'BREAKS_RULE', reason),
    ),
  ];
  const isPosting = payloadKind(ground.facts.objectType, ground.base) === 'posting';
  return {
    payload: tree,
    changes,
    problems: [...problems, ...later],
    toConfirm: isPosting ? pointers.filter((pointer) => sourceFirstRole(readPointer(pointer) ?? []) !== undefined) : [],
  };
}

function inPlaceOrder<T extends { place: string }>(faults: readonly T[]): T[] {
  return faults.toSorted((left, right) => (left.place < right.place ? -1 : left.place > right.place ? 1 : 0));
}

function problem(pointer: string, code: ProblemCode, message: string): CorrectionProblem {
  return { pointer, code, message };
}

function editProblem(ground: CorrectionGround, edit: PayloadEdit): CorrectionProblem | undefined {
  const { pointer, to } = edit;
  const fault = editFault(ground.base, edit);
  if (fault !== undefined) return problem(pointer, 'INVALID_VALUE', fault.reason);
  const lock = lockOf(ground, readPointer(pointer) ?? []);
  if (lock !== undefined) return { pointer, ...lock };
  if (ground.isMasked(pointer) || isMaskedText(to))
    return problem(pointer, 'MASKED', 'is masked for you: what is not seen whole cannot be written back');
  return undefined;
}

/** A member may be called by a number: what stands for positions names those of lists alone. */
function isDeclared(base: JsonTree, pattern: PointerPath, path: PointerPath): boolean {
  return (
    matchesPointer(pattern, path) &&
    pattern.every((part, index) => part !== '*' || path[index] === '*' || isList(valueAt(base, path.slice(0, index))))
  );
}

/** Read, not searched: JSON has more than one way to write a dot. */
function isMaskedText(json: string | null): boolean {
  const value = json === null ? null : readJson(json);
  return typeof value === 'string' && value.includes(MASK);
}

/** Why a place cannot be changed here; the hard rules come before what is declared. Undefined = it can. */
export function lockOf({ base, facts, declared }: CorrectionGround, path: PointerPath): Lock | undefined {
  const value = valueAt(base, path);
  const kind = payloadKind(facts.objectType, base);
  if (kind === 'payment') {
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
  if (value !== undefined && isScalar(value) && isOwnNumber(scalarText(value), facts)) {
    return {
      code: 'DOCUMENT_NUMBER',
      message: 'is the number of the document: with another one it is another document',
    };
  }
  if (declared.some((pattern) => isDeclared(base, readPointer(pattern) ?? [], path))) return undefined;
  const role = kind === 'posting' ? sourceFirstRole(path) : undefined;
  return role === undefined
    ? { code: 'NOT_CHANGEABLE', message: 'is not declared as changeable for this integration' }
    : {
        code: 'FIX_AT_SOURCE',
        message: `is ${ROLE_WORDS[role]} of a posting: put it right at its source and ask for it anew`,
      };
}

import { readPointer, type PointerPath } from '@throughline/canonical';
import { applyEdits, laidOutPlace } from './apply-edits.js';
import { businessFaults } from './business-rules.js';
import { lockOf, removalLock, type CorrectionGround, type ProblemCode } from './field-locks.js';
import { diffPayloads, editFault, isElement, type PayloadChange, type PayloadEdit } from './json-changes.js';
import { leavesOf, readJson, valueAt, type JsonTree } from './json-tree.js';
import { payloadKind, sourceFirstRole } from './payload-kind.js';

/** What masking puts in the place of what it hides. */
const MASK = '••';

/** What stands in the way of a correction, where, and in words. */
export type CorrectionProblem = { pointer: string; code: ProblemCode; message: string };

export type JudgedCorrection = {
  payload: JsonTree;
  /** Against the version that it is based on. */
  changes: PayloadChange[];
  problems: CorrectionProblem[];
  /** Places of a posting that are declared as changeable and need a person's word all the same. */
  toConfirm: string[];
};

/** Holds edits against the hard rules, what is declared, the contract and the rules of business. */
export function judgeCorrection(ground: CorrectionGround, edits: readonly PayloadEdit[]): JudgedCorrection {
  const problems = edits.flatMap((edit) => editProblem(ground, edit) ?? []);
  const refused = new Set(problems.map(({ pointer }) => pointer));
  const sane = edits.filter(({ pointer }) => !refused.has(pointer));
  const { tree, laidOut, faults } = applyEdits(ground.base, sane);
  const contractFaults = inPlaceOrder(ground.contractFaults(tree)).map(({ place, reason }) =>
    problem(laidOutPlace(laidOut, place), 'BREAKS_CONTRACT', reason),
  );
  const kept = sane.filter(({ to }) => to !== null).map(({ pointer }) => pointer);
  const later: CorrectionProblem[] = [
    ...faults.map(({ pointer, reason }) => problem(pointer, 'INVALID_VALUE', reason)),
    ...contractFaults,
    ...businessFaults(ground.base, laidOut, kept).map(({ pointer, reason }) => problem(pointer, 'BREAKS_RULE', reason)),
  ];
  const isPosting = payloadKind(ground.facts.objectType, ground.base) === 'posting';
  return {
    payload: tree,
    changes: diffPayloads(ground.base, tree),
    problems: [...problems, ...later],
    toConfirm: isPosting ? sane.filter((edit) => touchesFacts(ground.base, edit)).map(({ pointer }) => pointer) : [],
  };
}

/** Whether an edit changes, adds or takes away what of a posting is put right at its source. */
function touchesFacts(base: JsonTree, { pointer, to }: PayloadEdit): boolean {
  const path = readPointer(pointer) ?? [];
  const stands = valueAt(base, path);
  const places: readonly PointerPath[] = to === null && stands !== undefined ? leavesOf(stands, path) : [path];
  return places.some((place) => sourceFirstRole(place) !== undefined);
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
  const path = readPointer(pointer) ?? [];
  const lock = to === null && isElement(ground.base, path) ? removalLock(ground, path) : lockOf(ground, path);
  if (lock !== undefined) return { pointer, ...lock };
  if (ground.isMasked(pointer) || isMaskedText(to))
    return problem(pointer, 'MASKED', 'is masked for you: what is not seen whole cannot be written back');
  return undefined;
}

/** Read, not searched: JSON has more than one way to write a dot. */
function isMaskedText(json: string | null): boolean {
  const value = json === null ? null : readJson(json);
  return typeof value === 'string' && value.includes(MASK);
}

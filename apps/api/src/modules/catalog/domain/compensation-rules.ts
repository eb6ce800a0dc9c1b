import { isActivityType, isObjectType, isTaxonomyCode, TAXONOMY } from '@throughline/canonical';
import { COMPENSATION_ACTIONS, type CompensationAction } from '@throughline/contracts';
import { textProblems } from './catalog-text.js';

/** On which date what undoes is posted: that of the document while its period is open, else in the next open one; or as the target says. */
export const POSTING_DATE_RULES = ['original-or-next-open', 'by-target'] as const;

export type PostingDateRule = (typeof POSTING_DATE_RULES)[number];

/** What an integration undoes or tells, and what proves that it did. */
export type DeclaredCompensation = {
  action: CompensationAction;
  /** Of the document that is undone. */
  objectTypes: readonly string[];
  /** Codes or categories of problems; none = all. */
  taxonomies: readonly string[];
  /** On the host of the integration's target, from its root; null = the target itself. */
  path: string | null;
  /** Type of the activity that is expected at the document; null = a milestone, or that the target takes it. */
  proofActivity: string | null;
  /** `workflow/milestone` that is expected at the document. */
  proofMilestone: string | null;
  /** So long the proof may take. */
  withinMinutes: number;
  postingDate: PostingDateRule;
};

/** Longest time that a proof may take: a week. */
export const MOST_PROOF_MINUTES = 7 * 24 * 60;

/** Most declarations of one integration. */
const MOST_ACTIONS = 20;

const PATH = /^\/(?!\/)[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/;
const MILESTONE = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;

/** Problems of what is declared, each with its place. */
export function compensationProblems(actions: readonly DeclaredCompensation[], note: string): string[] {
  const problems = actions.flatMap((declared, index) => {
    const place = `actions.${index + 1}`;
    return [...problemsOf(declared).map((problem) => `${place}.${problem}`), ...overlapOf(actions, index)];
  });
  if (actions.length > MOST_ACTIONS) problems.push(`actions: may be at most ${MOST_ACTIONS}`);
  return [...problems, ...textProblems('note', note, { max: 1_000 })];
}

function problemsOf(declared: DeclaredCompensation): string[] {
  const { action, objectTypes, taxonomies, path, withinMinutes } = declared;
  const problems: string[] = [];
  if (!COMPENSATION_ACTIONS.includes(action)) problems.push('action: must be reverse, cancel or notify');
  if (objectTypes.length === 0) problems.push('objectTypes: must name the kinds of document');
  for (const type of objectTypes) if (!isObjectType(type)) problems.push(`objectTypes: ${type} is no type of object`);
  for (const code of taxonomies) {
    if (!isTaxonomyCode(code) && !Object.hasOwn(TAXONOMY, code))
      problems.push(`taxonomies: ${code} is no known problem`);
  }
  if (path !== null && (!PATH.test(path) || path.length > 500)) {
    problems.push('path: must begin with one "/" and stay on the host of the target');
  }
  if (!Number.isInteger(withinMinutes) || withinMinutes < 1 || withinMinutes > MOST_PROOF_MINUTES) {
    problems.push(`withinMinutes: must be 1 to ${MOST_PROOF_MINUTES}`);
  }
  return [...problems, ...proofProblems(declared)];
}

function proofProblems({ action, proofActivity, proofMilestone }: DeclaredCompensation): string[] {
  const problems: string[] = [];
  if (proofActivity !== null && !isActivityType(proofActivity)) {
    problems.push('proofActivity: must be a type such as invoice.reversed');
  }
  if (proofMilestone !== null && !MILESTONE.test(proofMilestone)) {
    problems.push('proofMilestone: must be a workflow and its milestone, such as order-to-cash/payment-applied');
  }
  const proofs = [proofActivity, proofMilestone].filter((proof) => proof !== null).length;
  if (action === 'notify' && proofs > 0) problems.push('proofActivity: a notice is proved by being taken');
  if (action !== 'notify' && proofs !== 1) problems.push('proofActivity: one activity or milestone must prove it');
  return problems;
}

/** Of two that fit one document nobody could tell which counts. */
function overlapOf(actions: readonly DeclaredCompensation[], index: number): string[] {
  const own = actions[index];
  const other = actions.findIndex(
    (one, at) =>
      at < index &&
      one.action === own?.action &&
      one.objectTypes.some((type) => own.objectTypes.includes(type)) &&
      (one.taxonomies.length === 0 ||
        own.taxonomies.length === 0 ||
        one.taxonomies.some((code) => own.taxonomies.some((mine) => covers(code, mine) || covers(mine, code)))),
  );
  return other < 0 ? [] : [`actions.${index + 1}.objectTypes: actions.${other + 1} declares that already`];
}

function covers(code: string, other: string): boolean {
  return other === code || other.startsWith(`${code}.`);
}

/** Whether a declaration is meant for a document with a problem; no type = the document is not chosen yet. */
export function isDeclaredFor(
  { objectTypes, taxonomies }: Pick<DeclaredCompensation, 'objectTypes' | 'taxonomies'>,
  { objectType, taxonomy }: { objectType: string | null; taxonomy: string },
): boolean {
  return (
    (objectType === null || objectTypes.includes(objectType)) &&
    (taxonomies.length === 0 || taxonomies.some((code) => covers(code, taxonomy)))
  );
}

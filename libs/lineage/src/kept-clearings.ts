import { type ProblemState, proofsOf } from './problems.js';
import type { Workflow } from './workflow.js';

/** What was told of a problem before: with what, and since when, it was overcome. */
export type ToldClearing = Pick<ProblemState, 'objectId' | 'hop' | 'signature' | 'lastActivityId'> & {
  clearedAt: NonNullable<ProblemState['clearedAt']>;
  clearedBy: ProblemState['clearedBy'];
};

/**
 * Whether nothing in force can say that a problem was overcome: its workflow may be left out as its file is wrong, so that what was
 * told of it before counts, if anything was.
 */
export function isUnprovable(
  { integration }: Pick<ProblemState, 'integration'>,
  workflows: readonly Workflow[],
): boolean {
  return integration !== '' && proofsOf(integration, workflows).length === 0;
}

/**
 * Problems as they were computed, of which those that nothing in force proves stay overcome as they were told, unless they failed
 * again since. One whose object was named anew is found by its last failure.
 */
export function keepClearings(
  problems: readonly ProblemState[],
  told: readonly ToldClearing[],
  workflows: readonly Workflow[],
): ProblemState[] {
  if (told.length === 0) return [...problems];
  const byKey = new Map(told.map((one) => [keyOf(one.objectId, one), one]));
  const byFailure = new Map(told.map((one) => [keyOf(one.lastActivityId, one), one]));
  return problems.map((problem) => {
    if (problem.clearedAt !== null || !isUnprovable(problem, workflows)) return problem;
    const known = byKey.get(keyOf(problem.objectId, problem)) ?? byFailure.get(keyOf(problem.lastActivityId, problem));
    if (known === undefined || known.clearedAt < problem.lastOccurredAt) return problem;
    return { ...problem, clearedAt: known.clearedAt, clearedBy: known.clearedBy };
  });
}

function keyOf(id: string, { hop, signature }: Pick<ProblemState, 'hop' | 'signature'>): string {
  return JSON.stringify([id, hop, signature]);
}

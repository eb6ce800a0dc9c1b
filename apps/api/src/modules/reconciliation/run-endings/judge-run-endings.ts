import type { Tx } from '@throughline/persistence';
import { findStatedScopes, stateProblems } from '../stated-problem.repository.js';
import { RUN_ENDINGS, runEndingProblem } from './run-ending-problem.js';
import { findContradictedRuns } from './run-ending.repository.js';

/**
 * The engine of run ends: states the runs of which OpenLineage tells two different ends, in whichever order they came. Both are kept;
 * which of them is true only a person can say, so that it is withdrawn only when the facts themselves are no longer there.
 */
export async function judgeRunEndings(
  tx: Tx,
  objectIds: readonly string[],
  { isSilent }: { isSilent: boolean },
): Promise<void> {
  if (objectIds.length === 0) return;
  const statements = (await findContradictedRuns(tx, objectIds)).map((run) => ({
    scope: run.objectId,
    problems: [runEndingProblem(run)],
  }));
  const isStated = new Set(statements.map(({ scope }) => scope));
  const withdrawn = (await findStatedScopes(tx, RUN_ENDINGS, objectIds))
    .filter((scope) => !isStated.has(scope))
    .map((scope) => ({ scope, problems: [] }));
  await stateProblems(tx, RUN_ENDINGS, [...statements, ...withdrawn], { isSilent });
}

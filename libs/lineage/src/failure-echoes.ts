import { UNCLASSIFIED_PROBLEM } from '@throughline/canonical';
import { type LineageActivity, type LineageProblem, compareActivities } from './lineage-graph.js';

type Failure = Pick<LineageActivity, 'activityId' | 'occurredAt' | 'runKey'> & { problem: LineageProblem };

/** Says what was thrown, and not what the matter is: a caller wraps what it was told. */
const ERROR_TYPE = 'errorType';

/**
 * The failures of one object at one hop without those that only repeat another of the same run: who calls fails because what it
 * calls does. A failure with no discriminator but the type of error is told by one that is classified, where it is not, and of
 * several of one classification the earliest speaks. Depends on the set of failures alone.
 */
export function withoutEchoes<Each extends Failure>(failures: readonly Each[]): Each[] {
  if (failures.length < 2) return [...failures];
  const classified = new Set<string>();
  const spoken = new Map<string, string>();
  for (const { runKey, problem } of [...failures].sort(compareActivities)) {
    if (problem.taxonomy !== UNCLASSIFIED_PROBLEM) classified.add(runKey);
    const matter = matterOf(runKey, problem);
    if (isBare(problem) && !spoken.has(matter)) spoken.set(matter, errorTypeOf(problem));
  }
  return failures.filter(({ runKey, problem }) => {
    if (!isBare(problem)) return true;
    if (problem.taxonomy === UNCLASSIFIED_PROBLEM && classified.has(runKey)) return false;
    return spoken.get(matterOf(runKey, problem)) === errorTypeOf(problem);
  });
}

function matterOf(runKey: string, { taxonomy }: LineageProblem): string {
  return `${taxonomy} ${runKey}`;
}

function isBare({ discriminators }: LineageProblem): boolean {
  return Object.keys(discriminators).every((name) => name === ERROR_TYPE);
}

function errorTypeOf({ discriminators }: LineageProblem): string {
  return discriminators[ERROR_TYPE] ?? '';
}

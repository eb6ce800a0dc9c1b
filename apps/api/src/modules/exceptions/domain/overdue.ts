import { OVERDUE_MILESTONE_PROBLEM, problemSignature } from '@throughline/canonical';
import { identityOf, type ProblemFact, type SubjectFacts } from './stored-exception.js';

/** One milestone of one transaction that is a service of ours and has a due time; per transaction = its anchor is the subject. */
export type MilestoneFact = SubjectFacts & {
  objectId: string;
  workflow: string;
  name: string;
  title: string;
  dueAt: Date;
  reachedAt: Date | null;
};

export const OVERDUE_SIGNATURE = problemSignature(OVERDUE_MILESTONE_PROBLEM, {});

/** Hop of an overdue milestone. */
export function overdueHop(workflow: string, milestone: string): string {
  return `${workflow}/${milestone}`;
}

/** Workflow and milestone of such a hop. */
export function milestoneOf(hop: string): { workflow: string; name: string } {
  const at = hop.indexOf('/');
  return { workflow: hop.slice(0, at), name: hop.slice(at + 1) };
}

export function overdueIdentity(milestone: Pick<MilestoneFact, 'objectId' | 'workflow' | 'name'>): string {
  return identityOf(milestone.objectId, overdueHop(milestone.workflow, milestone.name), OVERDUE_SIGNATURE);
}

/**
 * Overdue milestones as problems. Only the sweep's word (`asked`) begins an exception; of those that have one (`known`) the facts
 * are given also when reached, which ends it. One subject in several transactions is one problem: the earliest open due time counts.
 */
export function overdueProblems(
  milestones: readonly MilestoneFact[],
  asked: ReadonlySet<string>,
  known: ReadonlySet<string>,
  now: Date,
): ProblemFact[] {
  const bySubject = new Map<string, MilestoneFact[]>();
  for (const milestone of milestones) {
    const identity = overdueIdentity(milestone);
    bySubject.set(identity, [...(bySubject.get(identity) ?? []), milestone]);
  }
  const problems: ProblemFact[] = [];
  for (const [identity, rows] of bySubject) {
    const missed = rows.filter((row) => row.reachedAt === null && row.dueAt <= now).sort(byDue)[0];
    const reachedLate = rows.filter((row) => row.reachedAt !== null && row.reachedAt > row.dueAt).sort(byDue)[0];
    const fact = missed ?? (known.has(identity) ? reachedLate : undefined);
    if (fact !== undefined && (known.has(identity) || asked.has(identity))) {
      problems.push(toProblem(fact));
    }
  }
  return problems;
}

function byDue(left: MilestoneFact, right: MilestoneFact): number {
  return left.dueAt.getTime() - right.dueAt.getTime();
}

function toProblem({ workflow, name, title, dueAt, reachedAt, ...subject }: MilestoneFact): ProblemFact {
  return {
    ...subject,
    hop: overdueHop(workflow, name),
    signature: OVERDUE_SIGNATURE,
    taxonomy: OVERDUE_MILESTONE_PROBLEM,
    discriminators: {},
    headline: `${title} is overdue`,
    message: `"${title}" was due ${dueAt.toISOString().slice(0, 16).replace('T', ' ')} UTC and was not reached by then.`,
    integration: '',
    occurrences: 1,
    firstOccurredAt: dueAt,
    lastOccurredAt: dueAt,
    lastActivityId: null,
    clearedAt: reachedAt,
  };
}

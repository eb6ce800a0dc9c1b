import { ratePriority } from './priority.js';
import { isRoutedAnew } from './routing.js';
import type { RuleAssignment } from './rule-assignment.js';
import type { RatedProblem, Standing, StoredException, TimelineStep } from './stored-exception.js';

/** What people say against the facts, where they have said nothing. */
export const NO_STATEMENT = {
  isQueueStated: false,
  statedBand: null,
  statedReason: null,
  statedBy: null,
  statedAt: null,
} as const satisfies Partial<Standing>;

type ByFacts = Omit<Standing, keyof typeof NO_STATEMENT>;

/** Queue and urgency of what opens now. */
export function standingOfNew(problem: RatedProblem): ByFacts {
  return { ...ratedBy(problem), queue: problem.route.queue };
}

/** Who has it, and the steps that tell why. */
export type Given = { ownerId: string | null; steps: TimelineStep[] };

/** Who is given what a rule routes where nobody has it. */
export function givenByRule({ route, assignment }: Pick<RatedProblem, 'route' | 'assignment'>): Given {
  if (assignment === undefined) return { ownerId: null, steps: [] };
  const { rule } = route;
  if (assignment.ownerId === null) {
    return { ownerId: null, steps: [{ kind: 'not-assigned', details: { rule, why: assignment.why } }] };
  }
  const { ownerId, ownerName, insteadOf } = assignment;
  const details = { ownerId, ownerName, rule, ...(insteadOf !== null && { insteadOf }) };
  return { ownerId, steps: [{ kind: 'assigned', details }] };
}

/**
 * Queue and urgency of what goes on. It is as urgent as the facts say at any time. It changes its queue only where what the rules
 * look at has changed, and never away from a person: neither from where one moved it, nor while one has it in hand. What
 * is routed anew, or opens again where the rules send it, is given to whom they name.
 */
export function standingFollowing(
  exception: StoredException,
  problem: RatedProblem,
  isAgain: boolean,
): { standing: ByFacts; steps: TimelineStep[]; given: Given } {
  const { urgency, route } = problem;
  const before = { ...exception };
  const after = { ...problem, reportingMinor: urgency.reportingMinor };
  const isToMove =
    exception.queue === null ||
    (isFreeToMove(exception) && isRoutedAnew(before, after) && exception.queue !== route.queue);
  const isRouted = isFreeToMove(exception) && (isToMove || (isAgain && exception.queue === route.queue));
  return {
    standing: { ...ratedBy(problem), queue: isToMove ? route.queue : exception.queue },
    steps:
      isToMove && exception.queue !== null
        ? [{ kind: 'moved', details: { from: exception.queue, to: route.queue, rule: route.rule } }]
        : [],
    given: isRouted ? givenByRule(problem) : { ownerId: exception.ownerId, steps: [] },
  };
}

/** Nobody stated its queue and nobody has it in hand. */
export function isFreeToMove({ isQueueStated, ownerId }: Pick<StoredException, 'isQueueStated' | 'ownerId'>): boolean {
  return !isQueueStated && ownerId === null;
}

function ratedBy({ urgency, occurrences }: Pick<RatedProblem, 'urgency' | 'occurrences'>): Omit<ByFacts, 'queue'> {
  const { points, band } = ratePriority(urgency, occurrences);
  return { ...urgency, priorityPoints: points, priorityBand: band };
}

/** What the rules, applied anew, make of something open. */
export type RuledAnew = {
  /** Null = nothing changes. */
  after: StoredException | null;
  steps: TimelineStep[];
  isMoved: boolean;
  /** Who was given it, or why nobody was though the rule names a person; null = it names nobody, or somebody has it. */
  note: string | null;
};

/**
 * Where the rules, applied anew, send what is open, whom they give it to where nobody has it, and how urgent it is now. What stays
 * where it is with nobody is told in the note alone: asked again and again, its timeline would grow by the same step.
 */
export function standingRuledAnew(
  rated: StoredException & Pick<RatedProblem, 'urgency' | 'route' | 'assignment'>,
): RuledAnew {
  const { urgency, route, assignment, ...exception } = rated;
  const isFree = isFreeToMove(exception);
  const isMoved = (exception.queue === null || isFree) && exception.queue !== route.queue;
  const given = isFree ? givenByRule(rated) : { ownerId: exception.ownerId, steps: [] };
  const after: StoredException = {
    ...exception,
    ...ratedBy({ urgency, occurrences: exception.occurrences }),
    queue: isMoved ? route.queue : exception.queue,
    ownerId: given.ownerId,
  };
  const details = { from: exception.queue, to: route.queue, rule: route.rule };
  const isGiven = given.ownerId !== exception.ownerId;
  return {
    after: JSON.stringify(after) === JSON.stringify(exception) ? null : { ...after, version: exception.version + 1 },
    steps: [...(isMoved ? [{ kind: 'moved', details }] : []), ...(isMoved || isGiven ? given.steps : [])],
    isMoved,
    note: isFree && assignment !== undefined ? noteOf(assignment) : null,
  };
}

function noteOf(assignment: RuleAssignment): string {
  if (assignment.ownerId === null) return assignment.why;
  const { ownerName, insteadOf } = assignment;
  return insteadOf === null ? `${ownerName} got it.` : `${ownerName} got it, for ${insteadOf}, who is away.`;
}

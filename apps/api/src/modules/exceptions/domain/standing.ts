import { ratePriority } from './priority.js';
import { isRoutedAnew } from './routing.js';
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

/**
 * Queue and urgency of what goes on. It is as urgent as the facts say at any time. It changes its queue only where what the rules
 * look at has changed, and never away from a person: neither from where one moved it, nor while one has it in hand.
 */
export function standingFollowing(
  exception: StoredException,
  problem: RatedProblem,
): { standing: ByFacts; steps: TimelineStep[] } {
  const { urgency, route } = problem;
  const before = { ...exception };
  const after = { ...problem, reportingMinor: urgency.reportingMinor };
  const isToMove =
    exception.queue === null ||
    (isFreeToMove(exception) && isRoutedAnew(before, after) && exception.queue !== route.queue);
  return {
    standing: { ...ratedBy(problem), queue: isToMove ? route.queue : exception.queue },
    steps:
      isToMove && exception.queue !== null
        ? [{ kind: 'moved', details: { from: exception.queue, to: route.queue, rule: route.rule } }]
        : [],
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

/** Where the rules, applied anew, send what is open, and how urgent it is now; empty = nothing changes. */
export function standingRuledAnew(
  rated: StoredException & Pick<RatedProblem, 'urgency' | 'route'>,
): { after: StoredException; steps: TimelineStep[] }[] {
  const { urgency, route, ...exception } = rated;
  const isToMove = (exception.queue === null || isFreeToMove(exception)) && exception.queue !== route.queue;
  const after: StoredException = {
    ...exception,
    ...ratedBy({ urgency, occurrences: exception.occurrences }),
    queue: isToMove ? route.queue : exception.queue,
  };
  if (JSON.stringify(after) === JSON.stringify(exception)) return [];
  const details = { from: exception.queue, to: route.queue, rule: route.rule };
  return [{ after: { ...after, version: exception.version + 1 }, steps: isToMove ? [{ kind: 'moved', details }] : [] }];
}

/** What of an item decides whether it would go first. */
export type CanaryCandidate = {
  exceptionId: string;
  integration: string;
  /** Cents of the reporting currency; null = nobody can tell how much it is. */
  stakeMinor: bigint | null;
  /** The more urgent, the more: of equals that which is the least urgent goes first. */
  priorityOrder: bigint;
  /** It waits for another one. */
  isBehind: boolean;
};

/**
 * Those of a plan that would go first: from each target in turn that with which the least is at stake, what waits for another one last.
 * A run and a large plan go by the same rule in SQL; see release.repository.ts and plans/plan-item.repository.ts.
 */
export function canaryOf(candidates: readonly CanaryCandidate[], most: number): string[] {
  const turns = new Map<string, number>();
  return candidates
    .toSorted(byStake)
    .map((candidate) => {
      const lane = `${candidate.isBehind} ${candidate.integration}`;
      const turn = (turns.get(lane) ?? 0) + 1;
      turns.set(lane, turn);
      return { candidate, turn };
    })
    .sort(
      (left, right) =>
        Number(left.candidate.isBehind) - Number(right.candidate.isBehind) ||
        left.turn - right.turn ||
        compare(left.candidate.integration, right.candidate.integration),
    )
    .slice(0, most)
    .map(({ candidate }) => candidate.exceptionId);
}

function byStake(left: CanaryCandidate, right: CanaryCandidate): number {
  const [one, other] = [left.stakeMinor, right.stakeMinor];
  // what nobody can put a figure on may be the most of all
  const byMoney = one === null || other === null ? Number(one === null) - Number(other === null) : compare(one, other);
  return byMoney || compare(left.priorityOrder, right.priorityOrder) || compare(left.exceptionId, right.exceptionId);
}

function compare<T extends string | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

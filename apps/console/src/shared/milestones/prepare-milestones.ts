import { joinWords } from '../format/money.js';
import { duration } from '../format/time.js';
import { groupBy } from '../group-by.js';

export type MilestoneFact = {
  name: string;
  title: string;
  object?: { id: string; type: string; key: string } | null;
  reachedAt?: string | null;
  dueAt?: string | null;
  startedAt?: string | null;
  state: string;
  ruleKind: string;
  position: number;
  /** an optional step is not; taken as required when not said */
  isRequired?: boolean;
};

export type MilestoneStep = {
  name: string;
  title: string;
  position: number;
  state: string;
  reachedCount: number;
  /** overtaken by a later milestone without having been reached */
  skippedCount: number;
  totalCount: number;
  /** nothing is kept from being completed by it */
  isOptional: boolean;
  /** the latest of the times at which it was reached, once all are; else of those that were */
  reachedAt: string | undefined;
  /** the earliest due time that is still open; else the latest of all */
  dueAt: string | undefined;
  isExpectation: boolean;
  facts: MilestoneFact[];
};

// What a group of milestones of one name shows: the worst of them.
const SEVERITY = ['OVERDUE', 'BLOCKED', 'AT_RISK', 'PENDING', 'REACHED_LATE', 'REACHED', 'SKIPPED'];

function latest(times: readonly string[]): string | undefined {
  return times.toSorted().at(-1);
}

/** Milestones → one step per name, in the order of the workflow; several objects of one milestone are counted. */
export function prepareMilestones(facts: readonly MilestoneFact[]): MilestoneStep[] {
  const byName = groupBy(facts, (fact) => fact.name);
  const steps = [...byName].map(([name, group]): MilestoneStep => {
    const first = group[0];
    const reached = group.flatMap((fact) => (fact.reachedAt ? [fact.reachedAt] : []));
    const openDue = group.flatMap((fact) => (fact.dueAt && !fact.reachedAt ? [fact.dueAt] : []));
    const allDue = group.flatMap((fact) => (fact.dueAt ? [fact.dueAt] : []));
    return {
      name,
      title: first?.title ?? name,
      position: Math.min(...group.map((fact) => fact.position)),
      state: SEVERITY.find((state) => group.some((fact) => fact.state === state)) ?? first?.state ?? 'PENDING',
      reachedCount: reached.length,
      skippedCount: group.filter((fact) => fact.state === 'SKIPPED').length,
      totalCount: group.length,
      isOptional: group.every((fact) => fact.isRequired === false),
      reachedAt: latest(reached),
      dueAt: openDue.toSorted()[0] ?? latest(allDue),
      isExpectation: group.every((fact) => fact.ruleKind.toLowerCase() === 'expectation'),
      facts: group,
    };
  });
  return steps.toSorted((a, b) => a.position - b.position || a.name.localeCompare(b.name));
}

type Counted = Pick<MilestoneStep, 'reachedCount' | 'skippedCount' | 'totalCount' | 'isOptional'>;

/** Something of it is still to be reached before the transaction is complete. */
export function isAwaited(step: Counted): boolean {
  return !step.isOptional && step.reachedCount + step.skippedCount < step.totalCount;
}

/** Steps that stand side by side share a column. */
export function milestoneColumns(steps: readonly MilestoneStep[]): MilestoneStep[][] {
  return [...groupBy(steps, (step) => step.position).values()];
}

/** "48 min left", "2 h 5 min over", "1 h 10 min early": the due time against what happened, or against now. */
export function dueWords(
  step: Pick<MilestoneStep, 'dueAt' | 'reachedAt' | 'reachedCount' | 'totalCount'>,
  now: Date,
): string | undefined {
  if (step.dueAt === undefined) return undefined;
  const due = Date.parse(step.dueAt);
  const isDone = step.reachedCount === step.totalCount && step.reachedAt !== undefined;
  const at = isDone && step.reachedAt !== undefined ? Date.parse(step.reachedAt) : now.getTime();
  const span = duration(due - at);
  if (isDone) return at <= due ? `${span} early` : `${span} late`;
  return at <= due ? `${span} left` : `${span} over`;
}

/** "3 of 6 reached", "3 of 6 reached, 1 skipped" */
export function reachedWords(steps: readonly Counted[]): string {
  const reached = steps.filter((step) => step.reachedCount === step.totalCount).length;
  const skipped = steps.filter((step) => step.skippedCount > 0).length;
  return `${reached} of ${steps.length} reached${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/** "3 of 6 milestones reached; payment applied and cash position updated still wait." */
export function milestoneSummary(steps: readonly MilestoneStep[]): string {
  const counts = reachedWords(steps).replace(' reached', ' milestones reached');
  const awaited = steps.filter(isAwaited);
  if (steps.every((step) => step.reachedCount === step.totalCount)) return `All ${steps.length} milestones reached.`;
  if (awaited.length === 0) return `${counts}; nothing that is required still waits.`;
  const names = awaited.map((step) => step.title.toLowerCase());
  return `${counts}; ${joinWords(names)} still ${awaited.length === 1 ? 'waits' : 'wait'}.`;
}

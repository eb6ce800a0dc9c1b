import { NIL_UUID } from '@throughline/canonical';
import { calendarOfRule, heldBackBy, type MilestoneRule, type Workflow } from '@throughline/lineage';
import { milestoneState, type BusinessCalendar, type MilestoneState } from '@throughline/sla';
import type { WorkflowClock } from './workflow-clock.js';

/** A stored milestone. */
export type MilestoneFact = {
  name: string;
  objectId: string;
  legalEntity: string | null;
  startedAt: Date | null;
  dueAt: Date | null;
  reachedAt: Date | null;
  /** Not required, and overtaken by a later milestone. */
  isSkipped?: boolean;
};

/** An open exception on an object of the transaction. */
export type OpenHop = { objectId: string; hop: string };

/**
 * States of a transaction's milestones, in their order. An open exception blocks the milestone that its hop proves: of its
 * own object, or of the transaction. At a hop that no milestone proves it blocks those that could be reached next.
 */
export function milestoneStandings(
  workflow: Workflow | undefined,
  milestones: readonly MilestoneFact[],
  openHops: readonly OpenHop[],
  clock: WorkflowClock,
): MilestoneState[] {
  const problems = openHops.filter(({ hop }) => !clock.milestoneHops.includes(hop));
  const unreached = new Set(milestones.filter(({ reachedAt }) => reachedAt === null).map(({ name }) => name));
  const ruleOf = (name: string) => workflow?.milestones.find((rule) => rule.name === name);
  const isNext = (name: string): boolean => {
    if (workflow === undefined) return true;
    if (ruleOf(name)?.isRequired === false) return false;
    return [...heldBackBy(workflow, name)].every((before) => !unreached.has(before));
  };
  const isBlocked = (milestone: MilestoneFact): boolean =>
    problems.some(({ objectId, hop }) => {
      const proven = workflow?.provenBy.get(hop);
      return proven === undefined
        ? isNext(milestone.name)
        : proven === milestone.name && (milestone.objectId === NIL_UUID || milestone.objectId === objectId);
    });
  return milestones.map((milestone) =>
    milestoneState(
      {
        reachedAt: milestone.reachedAt?.toISOString() ?? null,
        dueAt: milestone.dueAt?.toISOString() ?? null,
        startedAt: milestone.startedAt?.toISOString() ?? null,
        isSkipped: milestone.isSkipped ?? false,
        isBlocked: isBlocked(milestone),
      },
      clock.now,
      riskCalendar(ruleOf(milestone.name), milestone.legalEntity, clock),
    ),
  );
}

/** Whose open time is counted for a risk; of what is due by a date or a cut-off every hour is, as the list's search has it too. */
function riskCalendar(
  rule: MilestoneRule | undefined,
  legalEntity: string | null,
  clock: WorkflowClock,
): BusinessCalendar | undefined {
  const due = rule?.due ?? null;
  if (due === null) return clock.calendarOf(legalEntity);
  return due.kind === 'business-duration' ? calendarOfRule(due, legalEntity, null, clock.calendarOf) : undefined;
}

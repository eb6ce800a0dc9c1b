import { NIL_UUID } from '@throughline/canonical';
import type { Workflow } from '@throughline/lineage';
import { milestoneState, type MilestoneState } from '@throughline/sla';
import type { WorkflowClock } from './workflow-clock.js';

/** A stored milestone. */
export type MilestoneFact = {
  name: string;
  objectId: string;
  legalEntity: string | null;
  startedAt: Date | null;
  dueAt: Date | null;
  reachedAt: Date | null;
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
  const isNext = (name: string): boolean =>
    workflow?.milestones.find((rule) => rule.name === name)?.after.every((before) => !unreached.has(before)) ?? true;
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
        isBlocked: isBlocked(milestone),
      },
      clock.now,
      clock.calendarOf(milestone.legalEntity),
    ),
  );
}

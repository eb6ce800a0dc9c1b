import { type Instant } from '@throughline/canonical';
import { addBusinessDuration, durationMs } from '@throughline/sla';
import type { CalendarOf, Workflow } from '@throughline/lineage';

/** Share of the allowed time below which what is left is a risk; as libs/sla milestoneState has it. */
const RISK_SHARE = 0.2;

/** A milestone of an entity that is due before `horizon` (and not yet overdue) is at risk now. */
export type RiskHorizon = { workflow: string; milestone: string; legalEntity: string | null; horizon: Instant };

/**
 * Turns "less than a fifth of the business time is left" into one instant per rule and calendar, so that SQL can compare due
 * times with it: the allowed time of a duration rule is the same for every transaction, so the horizon is a fifth of it from now.
 */
export function riskHorizons(
  workflows: readonly Workflow[],
  legalEntities: readonly string[],
  calendarOf: CalendarOf,
  now: Instant,
): RiskHorizon[] {
  const entities: (string | null)[] = [...legalEntities, null];
  return workflows.flatMap((workflow) =>
    workflow.milestones.flatMap(({ name, due }) => {
      if (due === null || due.kind !== 'business-duration') {
        return [];
      }
      const leftSeconds = Math.max(1, Math.round((durationMs(due.duration) * RISK_SHARE) / 1000));
      return entities.map((legalEntity) => ({
        workflow: workflow.name,
        milestone: name,
        legalEntity,
        horizon: addBusinessDuration(calendarOf(legalEntity), now, `PT${leftSeconds}S`),
      }));
    }),
  );
}

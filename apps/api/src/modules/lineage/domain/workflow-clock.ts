import { type Instant } from '@throughline/canonical';
import {
  FINDING_HOPS,
  calendarsOf,
  heldBackBy,
  type CalendarOf,
  type EntityCalendar,
  type Workflow,
} from '@throughline/lineage';
import { riskHorizons, type RiskHorizon } from './risk-horizons.js';

/** Everything that turns stored milestones into states at one instant: what SQL gets as parameters, what code calls. */
export type WorkflowClock = {
  now: Instant;
  calendarOf: CalendarOf;
  horizons: readonly RiskHorizon[];
  /** Which milestones have to be reached before which can be next, by name; one that is not required never is. */
  predecessors: readonly { workflow: string; milestone: string; after: string }[];
  /**
   * Hops of overdue milestones, `<workflow>/<milestone>`, where an exception is lateness, and those of findings: it blocks nothing.
   */
  milestoneHops: readonly string[];
};

/** The clock of a tenant's workflows at `now`. */
export function workflowClock(
  workflows: readonly Workflow[],
  entities: readonly EntityCalendar[],
  now: Date,
): WorkflowClock {
  const instant = now.toISOString();
  const calendarOf = calendarsOf(entities);
  return {
    now: instant,
    calendarOf,
    horizons: riskHorizons(
      workflows,
      entities.map(({ code }) => code),
      calendarOf,
      instant,
    ),
    predecessors: workflows.flatMap((workflow) =>
      workflow.milestones.flatMap(({ name: milestone, isRequired }) =>
        // Behind itself: nobody waits for it, so it is never what is left to do.
        (isRequired ? [...heldBackBy(workflow, milestone)] : [milestone]).map((before) => ({
          workflow: workflow.name,
          milestone,
          after: before,
        })),
      ),
    ),
    milestoneHops: [
      ...workflows.flatMap(({ name, milestones }) => milestones.map((milestone) => `${name}/${milestone.name}`)),
      ...Object.values(FINDING_HOPS),
    ],
  };
}

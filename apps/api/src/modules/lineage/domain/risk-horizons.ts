import { type Instant, instantFromMs, msOfInstant } from '@throughline/canonical';
import { addBusinessDuration, durationMs, type Commitment } from '@throughline/sla';
import { calendarOfRule, type CalendarOf, type MilestoneDueRule, type Workflow } from '@throughline/lineage';

/** Share of the allowed time below which what is left is a risk; as libs/sla milestoneState has it. */
const RISK_SHARE = 0.2;

const MS_PER_DAY = 86_400_000;
/** No weekend with holidays before and after it keeps a calendar closed for longer. */
const LONGEST_CLOSED_DAYS = 12;
/** From any day of a month to the latest business day of close in the month after it. */
const LONGEST_CLOSE_DAYS = 62;

/**
 * A milestone of an entity that is due before `horizon` (and not yet overdue) is at risk now. One that is due by a date is so only
 * if, moreover, less than a fifth of its own time is left; the horizon then but narrows the search, and no entity is named.
 */
export type RiskHorizon = {
  workflow: string;
  milestone: string;
  /** Null = none, or one that is not configured. */
  legalEntity: string | null;
  horizon: Instant | 'infinity';
  isByDate: boolean;
};

/**
 * Turns "less than a fifth of the business time is left" into one instant per rule and calendar, so that SQL can compare due
 * times with it: the allowed time of a duration rule is the same for every transaction, so the horizon is a fifth of it from now.
 * What is due by a date or a cut-off counts every hour, and how long that is differs from transaction to transaction.
 */
export function riskHorizons(
  workflows: readonly Workflow[],
  legalEntities: readonly string[],
  calendarOf: CalendarOf,
  now: Instant,
): RiskHorizon[] {
  const entities: (string | null)[] = [...legalEntities, null];
  return workflows.flatMap((workflow) =>
    workflow.milestones.flatMap(({ name, due }): RiskHorizon[] => {
      if (due === null || due.commitment !== ('service' satisfies Commitment)) {
        return [];
      }
      const rule = { workflow: workflow.name, milestone: name };
      if (due.kind !== 'business-duration') {
        return [{ ...rule, legalEntity: null, horizon: widestHorizon(due, now), isByDate: true }];
      }
      const leftSeconds = Math.max(1, Math.round((durationMs(due.duration) * RISK_SHARE) / 1000));
      return entities.map((legalEntity) => ({
        ...rule,
        legalEntity,
        horizon: addBusinessDuration(calendarOfRule(due, legalEntity, null, calendarOf), now, `PT${leftSeconds}S`),
        isByDate: false,
      }));
    }),
  );
}

function widestHorizon(due: MilestoneDueRule, now: Instant): Instant | 'infinity' {
  switch (due.kind) {
    case 'local-cut-off':
      return daysFrom(now, RISK_SHARE * (due.businessDaysLater + 1) * LONGEST_CLOSED_DAYS);
    case 'close-day':
      return due.period === undefined ? daysFrom(now, RISK_SHARE * LONGEST_CLOSE_DAYS) : 'infinity';
    default:
      return 'infinity';
  }
}

function daysFrom(now: Instant, days: number): Instant {
  return instantFromMs(msOfInstant(now) + Math.ceil(days * MS_PER_DAY));
}

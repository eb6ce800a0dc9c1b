import { randomUUID } from 'node:crypto';
import { maintenanceAt, minutesOfDay, nextMaintenance, type MaintenancePlan } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { textProblems } from '../domain/catalog-text.js';
import { describeIntegrations } from '../integration.repository.js';
import { findSourceSystems } from '../source-system.repository.js';
import type { MaintenanceWindow } from './maintenance-cover.js';
import { endWindow, insertWindow, lockWindow } from './maintenance.repository.js';

/** What is planned, as a person states it. */
export type PlannedMaintenance = {
  sourceSystem: string | null;
  integration: string | null;
  reason: string;
  startsAt: Date;
  endsAt: Date | null;
  weekly: { weekday: number; fromTime: string; toTime: string } | null;
  timeZone: string;
};

const DAY_MS = 86_400_000;
/** Longer than that it is no maintenance, and its silence would hide what is wrong. */
const LONGEST_DAYS = 14;
/** So long ago it may have begun when somebody enters it afterwards. */
const EARLIEST_DAYS = 31;

/** Plans a maintenance, also one that is under way or over: then the clocks of what waited for it are held for that time as well. */
export async function planMaintenance(
  tx: Tx,
  act: CatalogAct,
  input: PlannedMaintenance,
): Promise<MaintenanceWindow | CatalogFailure> {
  const invalid = invalidIf(problemsOf(input, act.now), 'The maintenance');
  if (invalid !== undefined) return invalid;
  const { sourceSystem, integration } = input;
  if (sourceSystem !== null && (await findSourceSystems(tx, [sourceSystem])).length === 0)
    return refuse('NOT_FOUND', `There is no source system ${sourceSystem}`);
  if (integration !== null && (await describeIntegrations(tx, [integration])).length === 0)
    return refuse('NOT_FOUND', `There is no integration ${integration}`);
  const window: MaintenanceWindow = {
    id: randomUUID(),
    sourceSystem,
    integration,
    reason: input.reason.trim(),
    plan: planOf(input),
    plannedByName: act.viewer.displayName,
    plannedAt: act.now,
    endedByName: null,
  };
  await insertWindow(tx, window, act.viewer.personId);
  await record(tx, act, 'planned', window, {
    after: { sourceSystem, integration, reason: window.reason, ...window.plan },
  });
  return window;
}

/** Ends a maintenance now: one under way is cut short, one to come is called off, of a weekly one no more are held. */
export async function endMaintenance(tx: Tx, act: CatalogAct, id: string): Promise<MaintenanceWindow | CatalogFailure> {
  const window = await lockWindow(tx, id);
  if (window === null) return refuse('NOT_FOUND', 'There is no such maintenance');
  if (window.plan.endedAt !== null) return refuse('CONFLICT', 'It was ended already');
  if (maintenanceAt(window.plan, act.now) === null && nextMaintenance(window.plan, act.now) === null)
    return refuse('CONFLICT', 'It is over');
  await endWindow(tx, id, { name: act.viewer.displayName, at: act.now });
  await record(tx, act, 'ended', window, { after: { endedAt: act.now.toISOString() } });
  return {
    ...window,
    plan: { ...window.plan, endedAt: act.now.toISOString() },
    endedByName: act.viewer.displayName,
  };
}

function planOf({ startsAt, endsAt, weekly, timeZone }: PlannedMaintenance): MaintenancePlan {
  return {
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    weekly,
    timeZone,
    endedAt: null,
  };
}

/** What is wrong with a plan, each with its place. */
export function problemsOf(input: PlannedMaintenance, now: Date): string[] {
  const { sourceSystem, integration, startsAt, endsAt, weekly, timeZone } = input;
  const problems = textProblems('reason', input.reason, { max: 500 });
  if ((sourceSystem === null) === (integration === null))
    problems.push('sourceSystem: name either a source system or an integration');
  if ((endsAt === null) === (weekly === null))
    problems.push('endsAt: say either when it ends or when it is held weekly');
  if (!isTimeZone(timeZone)) problems.push(`timeZone: ${JSON.stringify(timeZone)} is no time zone`);
  if (startsAt.getTime() < now.getTime() - EARLIEST_DAYS * DAY_MS)
    problems.push(`startsAt: lies more than ${EARLIEST_DAYS} days back`);
  if (endsAt !== null && endsAt <= startsAt) problems.push('endsAt: is not after startsAt');
  if (endsAt !== null && endsAt.getTime() - startsAt.getTime() > LONGEST_DAYS * DAY_MS)
    problems.push(`endsAt: is more than ${LONGEST_DAYS} days after startsAt`);
  if (weekly !== null) problems.push(...weeklyProblems(weekly));
  return problems;
}

function weeklyProblems({
  weekday,
  fromTime,
  toTime,
}: {
  weekday: number;
  fromTime: string;
  toTime: string;
}): string[] {
  const problems: string[] = [];
  if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) problems.push('weekly.weekday: is 1 (Monday) to 7');
  for (const [name, time] of Object.entries({ fromTime, toTime })) {
    try {
      minutesOfDay(time);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push(`weekly.${name}: ${error.message}`);
    }
  }
  if (fromTime === toTime) problems.push('weekly.toTime: is the same as fromTime');
  return problems;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function record(
  tx: Tx,
  act: CatalogAct,
  what: string,
  { id }: MaintenanceWindow,
  details: Record<string, unknown>,
): Promise<void> {
  return recordAct(tx, act, `maintenance.${what}`, { type: 'maintenance-window', id }, details);
}

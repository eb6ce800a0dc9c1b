import { NIL_UUID, type ObjectType } from '@throughline/canonical';
import { type BusinessCalendar, EVERY_DAY, MONDAY_TO_FRIDAY } from '@throughline/sla';
import type { Journey, JourneyEvent, JourneyMilestone } from '../critical-path/journey.js';
import { SHORT_WORKFLOW } from './short-workflow.js';

/** Open from nine to five, Monday to Friday, UTC. */
export const NINE_TO_FIVE: BusinessCalendar = {
  name: 'nine-to-five',
  title: 'Nine to five',
  timeZone: 'UTC',
  hours: [{ validFrom: '2000-01-01', weekdays: MONDAY_TO_FRIDAY, opens: '09:00', closes: '17:00' }],
  holidays: [],
};

/** Never closed. */
export const ALWAYS_OPEN: BusinessCalendar = {
  name: 'always',
  title: 'Always',
  timeZone: 'UTC',
  hours: [{ validFrom: '2000-01-01', weekdays: EVERY_DAY, opens: '00:00', closes: '24:00' }],
  holidays: [],
};

/** "01 09:30" = 9.30 UTC on 1 October 2026, a Thursday. */
export function onDay(text: string): string {
  return `2026-10-${text.replace(' ', 'T')}:00.000Z`;
}

/** Everything of an event that a test may want to say; objects are named "type key". */
export type EventDraft = {
  at: string;
  type: string;
  on: string[];
  via?: string;
  system?: string;
  run?: string;
  form?: JourneyEvent['signalKind'];
  workingSince?: string;
  isSentAgain?: boolean;
  hasFailed?: boolean;
};

/** A journey in the short workflow; objects, and which milestones were reached by what, follow from what it is given. */
export function journey(draft: {
  startedAt: string;
  now?: string;
  progress?: Journey['progress'];
  calendar?: BusinessCalendar;
  links?: [string, string][];
  events: EventDraft[];
  /** Milestone, and the object it is of; reached by the first event of a type that reaches it. */
  milestones?: [string, string?][];
  expectations?: string[];
}): Journey {
  const { calendar = ALWAYS_OPEN, progress = 'running', links = [], milestones = [], expectations = [] } = draft;
  const events = draft.events.map((event, index): JourneyEvent => ({
    activityId: `activity-${String(index).padStart(3, '0')}`,
    type: event.type,
    occurredAt: onDay(event.at),
    outcome: event.hasFailed === true ? 'failure' : 'success',
    system: event.system ?? 'erp',
    integration: event.via ?? '',
    runKey: event.run ?? `run-${index}`,
    signalKind: event.form ?? 'cloud-event',
    isSentAgain: event.isSentAgain ?? false,
    objectIds: event.on,
    workingSince: event.workingSince === undefined ? null : onDay(event.workingSince),
  }));
  const names = [...new Set([...events.flatMap(({ objectIds }) => objectIds), ...links.flat()])];
  const reached = milestones.map(([name, objectId = NIL_UUID]) => milestoneOf(name, objectId, events, expectations));
  return {
    workflow: SHORT_WORKFLOW,
    legalEntity: 'E1',
    progress,
    startedAt: onDay(draft.startedAt),
    completedAt:
      progress === 'completed'
        ? (reached
            .map(({ reachedAt }) => reachedAt ?? '')
            .sort()
            .at(-1) ?? null)
        : null,
    now: onDay(draft.now ?? '31 00:00'),
    events,
    objects: names.map((name) => ({ objectId: name, type: name.split(' ')[0] as ObjectType, legalEntity: null })),
    links: links.map(([fromObjectId, toObjectId]) => ({ fromObjectId, toObjectId })),
    milestones: reached,
    calendar,
  };
}

function milestoneOf(
  name: string,
  objectId: string,
  events: readonly JourneyEvent[],
  expectations: readonly string[],
): JourneyMilestone {
  const rule = SHORT_WORKFLOW.milestones.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`${name} is no milestone`);
  const found = events.find(
    ({ type, outcome, objectIds }) =>
      outcome === 'success' && rule.reachedBy.has(type) && (objectId === NIL_UUID || objectIds.includes(objectId)),
  );
  return {
    name,
    title: rule.title,
    objectId,
    position: rule.position,
    ruleKind: expectations.includes(name) ? 'expectation' : 'none',
    reachedAt: found?.occurredAt ?? null,
    reachedBy: found?.activityId ?? null,
  };
}

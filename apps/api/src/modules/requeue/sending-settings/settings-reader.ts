import { findCalendar, KNOWN_CALENDARS } from '@throughline/sla';
import { CodedError } from '../../../graphql/coded-error.js';
import type { Operation } from '../../../graphql/operation.js';
import { findAuditRecordsOf } from '../../audit/index.js';
import { describeIntegrations } from '../../catalog/index.js';
import type { SendingHours } from '../domain/sending-hours.js';
import type { SendingHoursInput, SendingHoursType } from './graphql/sending-hours.types.js';
import type { SendingSettingsChangeType, SendingSettingsType } from './graphql/sending-settings.types.js';

const MOST_CHANGES = 50;

/** What is told of an integration as an act about how it is sent to. */
const ACTIONS = ['requeue.settings-changed', 'requeue.target-tried'] as const;

/** Hours with the zone that they are meant in; UTC where the calendar is not shipped any more, and nothing is closed by it. */
export function toHours(hours: SendingHours): SendingHoursType {
  return { ...hours, timeZone: findCalendar(hours.calendar)?.timeZone ?? 'UTC' };
}

/** Hours as a person stated them. */
export function readHours({ calendar, windows, cutOffs }: SendingHoursInput): SendingHours {
  return {
    calendar,
    windows: windows.map(({ weekdays, from, to }) => ({ weekdays: weekdays.toSorted((a, b) => a - b), from, to })),
    cutOffs: cutOffs.map(({ weekdays, at }) => ({ weekdays: weekdays.toSorted((a, b) => a - b), at })),
  };
}

/** The integration as far as the settings screen names it; refused when there is none. */
export async function requireIntegration(
  operation: Operation,
  name: string,
): Promise<Pick<SendingSettingsType, 'title' | 'canRequeue'>> {
  const [found] = await describeIntegrations(await operation.read(), [name]);
  if (found === undefined || found === null) throw new CodedError('NOT_FOUND', 'There is no such integration');
  return found;
}

export function sendingCalendars(): SendingSettingsType['calendars'] {
  return [...KNOWN_CALENDARS.values()].map(({ name, title, timeZone }) => ({ name, title, timeZone }));
}

/** Who changed how an integration is sent to, from the audit log. */
export async function readChanges(operation: Operation, integration: string): Promise<SendingSettingsChangeType[]> {
  const tx = await operation.read();
  const subjects = { type: 'integration', ids: [integration] };
  const [changed, tried] = [
    await findAuditRecordsOf(tx, subjects, ACTIONS[0]),
    await findAuditRecordsOf(tx, subjects, ACTIONS[1]),
  ];
  return [
    ...changed.map((record) => ({ ...record, action: ACTIONS[0] })),
    ...tried.map((record) => ({ ...record, action: ACTIONS[1] })),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, MOST_CHANGES)
    .map(({ at, actorName, action, details }) => ({ at, actorName, action, details }));
}

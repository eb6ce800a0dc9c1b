import { dateTime } from '../../shared/format/time.js';
import { told, type Details } from './event-details.js';
import type { ExceptionFull } from './exception-documents.js';
import type { TimelineEntry } from './timeline-words.js';

export type GroupStep = ExceptionFull['group']['steps'][number];

/** What was decided of the group of an exception, as its timeline tells it; undefined = nothing that concerns the exception. */
export function groupStepEntry({ action, details }: GroupStep): TimelineEntry | undefined {
  if (action !== 'exception-group.changed') return undefined;
  const values = (details ?? {}) as Details;
  const until = told(values, 'snoozedUntil');
  const reference = told(values, 'knownErrorReference');
  const words = [
    ...(until === undefined ? [] : [`snoozed until ${dateTime(until)}`]),
    ...(values['snoozedUntil'] === null ? ['no longer snoozed'] : []),
    ...(values['isKnownError'] === true ? [`marked as a known error${reference ? `, ${reference}` : ''}`] : []),
    ...(values['isKnownError'] === false ? ['no longer a known error'] : []),
  ];
  if (words.length === 0) return undefined;
  return { tone: 'waiting', words: `Its group: ${words.join(' and ')}`, text: told(values, 'snoozeReason') };
}

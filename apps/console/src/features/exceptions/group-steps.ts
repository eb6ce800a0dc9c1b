import { dateTime } from '../../shared/format/time.js';
import { told, type Details } from './event-details.js';
import type { ExceptionFull } from './exception-documents.js';
import type { TimelineEntry } from './timeline-words.js';

export type GroupStep = ExceptionFull['group']['steps'][number];

/** What was decided of the group of an exception, as its timeline tells it; undefined = nothing that concerns the exception. */
export function groupStepEntry(step: GroupStep): TimelineEntry | undefined {
  if (step.action !== 'exception-group.changed') return undefined;
  const values = valuesOf(step);
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

/** When an exception was there; null = it still is. */
type Life = { openedAt: string; resolvedAt: string | null };

/**
 * Of the steps that concern an exception, those of its time, and of those before it the latest that still held when it opened, of its
 * mark and of its snooze. What came after its end was no matter of it.
 */
export function stepsOfLife(steps: readonly GroupStep[], { openedAt, resolvedAt }: Life): GroupStep[] {
  const concerning = steps
    .filter((step) => groupStepEntry(step) !== undefined && (resolvedAt === null || step.at <= resolvedAt))
    .toSorted((one, other) => other.at.localeCompare(one.at));
  const before = concerning.filter(({ at }) => at < openedAt);
  const mark = before.find((step) => 'isKnownError' in valuesOf(step));
  const snooze = before.find((step) => 'snoozedUntil' in valuesOf(step));
  return concerning.filter(
    (step) =>
      step.at >= openedAt ||
      (step === mark && valuesOf(step)['isKnownError'] === true) ||
      (step === snooze && (snoozedUntil(step) ?? '') > openedAt),
  );
}

function valuesOf({ details }: GroupStep): Details {
  return (details ?? {}) as Details;
}

function snoozedUntil(step: GroupStep): string | undefined {
  return told(valuesOf(step), 'snoozedUntil');
}

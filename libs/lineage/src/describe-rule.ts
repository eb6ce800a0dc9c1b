import { describeDueRule, durationInWords } from '@throughline/sla';
import { SYSTEM_KINDS } from './system-kinds.js';
import type { Cardinality, MilestoneRule, Workflow } from './workflow.js';

/** When a milestone is due, in words, with the titles of milestones instead of their names; null when nothing says so. */
export function describeMilestoneDue(
  { due }: MilestoneRule,
  { milestones }: Pick<Workflow, 'milestones'>,
): string | null {
  if (due === null) return null;
  const titleOf = (name: string) => milestones.find((rule) => rule.name === name)?.title ?? name;
  if (due.kind === 'business-duration' && due.calendar === 'around-the-clock')
    return `${durationInWords(due.duration)} after ${titleOf(due.after)}`;
  const words =
    due.kind === 'stated-date'
      ? describeDueRule({ ...due, date: `${due.date} of the ${spaced(due.of ?? '')}` })
      : describeDueRule({ ...due, after: titleOf(due.after) });
  return due.calendar === 'currency' ? `${words}, on the days on which the currency is paid` : words;
}

/** Whose activities reach a milestone, in words; null = whoever reports them. */
export function describeReporters({ bySystems }: MilestoneRule): string | null {
  const names = [...bySystems].map((kind) => SYSTEM_KINDS.get(kind) ?? kind).sort();
  const last = names.pop();
  if (last === undefined) return null;
  return `as reported by ${names.length === 0 ? last : `${names.join(', ')} or ${last}`}`;
}

/** How many objects are expected to reach a milestone, in words; null when nothing says so. */
export function describeCardinality({ per, expects }: MilestoneRule): string | null {
  if (expects.length === 0 || per === null) return null;
  return expects
    .map((cardinality) => `${quantityOf(cardinality)} ${spaced(per)} for each ${spaced(cardinality.per)}`)
    .join(', ');
}

function quantityOf({ atLeast, atMost }: Cardinality): string {
  const inWords = (count: number) => (count === 1 ? 'one' : String(count));
  if (atLeast !== null && atLeast === atMost) return `exactly ${inWords(atLeast)}`;
  const bounds = [
    ...(atLeast === null ? [] : [`at least ${inWords(atLeast)}`]),
    ...(atMost === null ? [] : [`at most ${inWords(atMost)}`]),
  ];
  return bounds.length === 0 ? 'any number of' : bounds.join(' and ');
}

function spaced(type: string): string {
  return type.replaceAll('-', ' ');
}

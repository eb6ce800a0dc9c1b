import { describeDueRule, durationInWords } from '@throughline/sla';
import type { MilestoneRule, Workflow } from './workflow.js';

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

/** How many objects are expected to reach a milestone, in words; null when nothing says so. */
export function describeCardinality({ per, expects }: MilestoneRule): string | null {
  if (expects === null || per === null) return null;
  const most = expects.atMost === 1 ? 'one' : String(expects.atMost);
  return `at most ${most} ${spaced(per)} for each ${spaced(expects.per)}`;
}

function spaced(type: string): string {
  return type.replaceAll('-', ' ');
}

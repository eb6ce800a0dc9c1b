import { count } from '../../shared/format/words.js';

/** What a runbook is about, and how a person says it. */
export const SCOPE_NAMES = {
  GROUP: 'Group of exceptions',
  PROBLEM: 'Problem',
  INTEGRATION: 'Integration',
  CATEGORY: 'Category of problems',
  QUEUE: 'Queue',
} as const;

export type ScopeName = keyof typeof SCOPE_NAMES;

export const SCOPES = Object.keys(SCOPE_NAMES) as ScopeName[];

/** "2 of 5 steps done". */
export function progressWords(steps: readonly { doneAt: string | null }[]): string {
  if (steps.length === 0) return 'no checklist';
  const done = steps.filter(({ doneAt }) => doneAt !== null).length;
  return `${done} of ${count(steps.length, 'step')} done`;
}

export function runbooksAnswer(total: number): string {
  return total === 0
    ? 'Nobody has written a runbook yet.'
    : `${count(total, 'runbook')} ${total === 1 ? 'is found by the exceptions that it is about' : 'are found by the exceptions that they are about'}.`;
}

import type { StatedProblem } from '../stated-problem.js';

/** The engine that states them, and the check that finds them. */
export const RUN_ENDINGS = 'run-endings';

/** A run that is told to have ended in several ways. */
export type ContradictedRun = {
  objectId: string;
  key: string;
  /** Types of the activities that end it, sorted. */
  endings: string[];
  firstEndedAt: Date;
  lastEndedAt: Date;
};

const WORDS: Readonly<Record<string, string>> = {
  'run.completed': 'completed',
  'run.failed': 'failed',
  'run.aborted': 'aborted',
};

/** Two ends of one run as an engine states them; a third one makes it no other problem. */
export function runEndingProblem({
  objectId,
  key,
  endings,
  firstEndedAt,
  lastEndedAt,
}: ContradictedRun): StatedProblem {
  const told = endings.map((type) => WORDS[type] ?? type).join(' and as ');
  return {
    subject: { subjectId: objectId, type: 'run', key },
    hop: RUN_ENDINGS,
    taxonomy: 'data-quality.conflicting-outcome',
    discriminators: { ends: 'several' },
    headline: 'Run is told to have ended in several ways',
    message: `The run is reported as ${told}. Both are kept; which of them is true its source does not say.`,
    amount: null,
    direction: null,
    legalEntity: null,
    counterparty: null,
    occurrences: 1,
    since: firstEndedAt,
    lastOccurredAt: lastEndedAt,
  };
}

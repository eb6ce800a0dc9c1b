import type { Worded } from '../../shared/status/state-words.js';

const FORMATS: Readonly<Record<string, string>> = {
  'camt.052': 'camt.052 intraday report',
  'camt.053': 'camt.053 statement',
  'camt.054': 'camt.054 notification',
  'pain.001': 'pain.001 payment order',
  'pain.002': 'pain.002 payment status',
  'pain.008': 'pain.008 direct debit',
  mt940: 'MT940 statement',
  mt942: 'MT942 intraday report',
  bai2: 'BAI2 report',
  csv: 'CSV',
};

export const FORMAT_CHOICES = [
  'camt.053',
  'camt.052',
  'camt.054',
  'pain.001',
  'pain.002',
  'pain.008',
  'mt940',
  'mt942',
  'bai2',
  'csv',
];

export function formatWords(format: string): string {
  return FORMATS[format.toLowerCase()] ?? format;
}

/** Whether the control totals of a file are met, in one word. */
export function controlState(file: { hasControlBreak: boolean; controls: readonly unknown[] }): Worded {
  if (file.hasControlBreak) return { tone: 'critical', word: 'Broken' };
  return file.controls.length === 0 ? { tone: 'unknown', word: 'None stated' } : { tone: 'good', word: 'Met' };
}

const RUNS: Readonly<Record<string, Worded>> = {
  RUNNING: { tone: 'info', word: 'Running' },
  COMPLETED: { tone: 'good', word: 'Completed' },
  FAILED: { tone: 'critical', word: 'Failed' },
  ABORTED: { tone: 'warning', word: 'Aborted' },
  // spoken of by others, as a parent or by a step, without a word of how it goes itself
  OTHER: { tone: 'unknown', word: 'Not told' },
};

export function runState(state: string): Worded {
  return RUNS[state] ?? { tone: 'unknown', word: state };
}

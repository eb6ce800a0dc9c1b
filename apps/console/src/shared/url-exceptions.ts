import { REGIONS, type RegionName } from './regions.js';
import { AMOUNT, list, matching, text, type RawSearch } from './url-search.js';

export const PRIORITY_NAMES = ['P1', 'P2', 'P3', 'P4'] as const;
export type PriorityName = (typeof PRIORITY_NAMES)[number];

export const AGE_NAMES = [
  'UNDER_1_HOUR',
  'HOURS_1_TO_24',
  'DAYS_1_TO_3',
  'DAYS_3_TO_7',
  'DAYS_7_TO_30',
  'OVER_30_DAYS',
] as const;
export type AgeName = (typeof AGE_NAMES)[number];

export const CUT_OFF_NAMES = ['OVERDUE', 'WITHIN_1_HOUR', 'HOURS_1_TO_4', 'HOURS_4_TO_24', 'LATER', 'NONE'] as const;
export type CutOffName = (typeof CUT_OFF_NAMES)[number];

/** What an exception may have or not: its clock was escalated, a law or a lender dates it, it came again, its group is a known error. */
export const MARK_NAMES = ['escalated', 'statutory', 'recurring', 'known'] as const;
export type MarkName = (typeof MARK_NAMES)[number];

/** What narrows the inbox beside view, queue, people and kind of problem. */
export type ExceptionNarrowing = {
  /** `yes`: the snoozed ones alone, `with`: whether snoozed or not */
  snoozed: 'yes' | 'with' | undefined;
  priority: readonly PriorityName[];
  integration: readonly string[];
  region: readonly RegionName[];
  /** whole name of a customer or supplier */
  party: string | undefined;
  /** months, 2026-09 */
  period: readonly string[];
  /** money at risk in the reporting currency, decimal text */
  min: string | undefined;
  max: string | undefined;
  age: readonly AgeName[];
  /** time to the cut-off */
  due: readonly CutOffName[];
  /** days past due, whole numbers as text */
  pastFrom: string | undefined;
  pastTo: string | undefined;
  mark: readonly MarkName[];
};

const SNOOZED = ['yes', 'with'] as const;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DAYS = /^-?\d{1,4}$/;

function parseNarrowing(raw: RawSearch): ExceptionNarrowing {
  return {
    snoozed: SNOOZED.find((one) => one === text(raw, 'snoozed')),
    priority: PRIORITY_NAMES.filter((name) => list(raw, 'priority').includes(name)),
    integration: list(raw, 'integration'),
    region: REGIONS.filter((name) => list(raw, 'region').includes(name)),
    party: text(raw, 'party'),
    period: list(raw, 'period').filter((month) => MONTH.test(month)),
    min: matching(raw, 'min', AMOUNT),
    max: matching(raw, 'max', AMOUNT),
    age: AGE_NAMES.filter((name) => list(raw, 'age').includes(name)),
    due: CUT_OFF_NAMES.filter((name) => list(raw, 'due').includes(name)),
    pastFrom: matching(raw, 'pastFrom', DAYS),
    pastTo: matching(raw, 'pastTo', DAYS),
    mark: MARK_NAMES.filter((name) => list(raw, 'mark').includes(name)),
  };
}

/** How the inbox is shown, whatever narrows it. */
type ExceptionArrangement = {
  /** `group`: a row for each group of what matches */
  by: 'group' | undefined;
  /** `own`: the person's first view is opened, where there is one */
  start: 'own' | undefined;
};

export type ExceptionList = ExceptionNarrowing & ExceptionArrangement;

export function parseExceptionList(raw: RawSearch): ExceptionList {
  return {
    ...parseNarrowing(raw),
    by: text(raw, 'by') === 'group' ? 'group' : undefined,
    start: text(raw, 'start') === 'own' ? 'own' : undefined,
  };
}

import { count, countNumber } from '../../shared/format/words.js';
import type { GroupView } from '../../shared/url-groups.js';

export const GROUP_VIEW_NAMES: Record<GroupView, string> = {
  active: 'To work on',
  mine: 'Mine',
  unowned: 'Nobody’s',
  known: 'Known errors',
  snoozed: 'Snoozed',
};

/** What a group can be split by, and how a person says it. */
export const SPLIT_NAMES = {
  LEGAL_ENTITY: 'Legal entity',
  COUNTERPARTY: 'Counterparty',
  INTEGRATION: 'Integration',
  OBJECT_TYPE: 'Kind of document',
} as const;

export type SplitName = keyof typeof SPLIT_NAMES;

export const SPLITS = Object.keys(SPLIT_NAMES) as SplitName[];

type Counted = { title: string; openCount: number };

/** Of how many groups the first ones are told. */
const LARGE = 0.5;

/** "12 groups hold 340 open exceptions; the largest is half of them: No company code for DE01." */
export function groupsAnswer(view: GroupView, groups: readonly Counted[], total: number, isWhole: boolean): string {
  if (total === 0) return NOTHING[view];
  const open = groups.reduce((sum, { openCount }) => sum + openCount, 0);
  const held = isWhole
    ? `${total === 1 ? 'holds' : 'hold'} ${count(open, 'open exception')}`
    : `${total === 1 ? 'holds' : 'hold'} ${countNumber(open)} or more open exceptions`;
  const largest = groups.toSorted((a, b) => b.openCount - a.openCount)[0];
  const isLarge = isWhole && groups.length > 1 && largest !== undefined && largest.openCount >= open * LARGE;
  return `${count(total, 'group')} ${held}${isLarge ? `; one holds ${countNumber(largest.openCount)} of them: ${largest.title}` : ''}.`;
}

const NOTHING: Record<GroupView, string> = {
  active: 'No group has open exceptions.',
  mine: 'You own no group with open exceptions.',
  unowned: 'Every group with open exceptions has an owner.',
  known: 'No group with open exceptions is a known error.',
  snoozed: 'No group is snoozed.',
};

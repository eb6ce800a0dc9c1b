import { compactMoney, isZero } from '../../../shared/format/money.js';
import { moneyPhrases } from '../../../shared/format/money-words.js';
import { count, countNumber } from '../../../shared/format/words.js';
import type { SavedView } from './view-documents.js';

type Counts = NonNullable<SavedView['counts']>;

/** How many are open: "12", "10,000+". */
export function openWords({ open, isCut }: Counts): string {
  return `${countNumber(open)}${isCut ? '+' : ''}`;
}

/** The money that hangs on a view, as short as can be: the larger side first, never netted. */
export function moneyWords({ inflow, outflow }: Counts): string {
  const sides = [
    { amount: inflow, sign: '↓' },
    { amount: outflow, sign: '↑' },
  ].filter(({ amount }) => !isZero(amount));
  return sides.map(({ amount, sign }) => `${sign} ${compactMoney({ amount, currency: 'EUR' })}`).join(' ');
}

/** The same in a sentence, with what could not be counted. */
export function countsSentence(counts: Counts): string {
  const { open, isCut, inflow, outflow, withoutFigure } = counts;
  const money = moneyPhrases([{ currency: 'EUR', inflow, outflow, count: open }]);
  const parts = [
    `${isCut ? 'more than ' : ''}${count(open, 'open exception')}`,
    ...(money.length === 0
      ? []
      : [`${money.join(' and ')} at risk${isCut ? ` on the first ${countNumber(open)}` : ''}`]),
    ...(withoutFigure === 0 ? [] : [`${count(withoutFigure, 'amount')} not known`]),
  ];
  return parts.join(', ');
}

const GROUP_NAMES = { SHIPPED: 'Come with Throughline', PRIVATE: 'Yours alone', SHARED: 'Shared' } as const;

/** Views by whose they are, each in the order in which they come. */
export function viewGroups(views: readonly SavedView[]): { name: string; views: SavedView[] }[] {
  return (['PRIVATE', 'SHARED', 'SHIPPED'] as const)
    .map((kind) => ({ name: GROUP_NAMES[kind], views: views.filter((view) => view.kind === kind) }))
    .filter((group) => group.views.length > 0);
}

/** The pinned ids after one of them moved a place up (-1) or down (1), or was pinned or taken off. */
export function movedPin(pinned: readonly string[], id: string, by: -1 | 1): string[] {
  const from = pinned.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= pinned.length) return [...pinned];
  const without = pinned.filter((one) => one !== id);
  return [...without.slice(0, to), id, ...without.slice(to)];
}

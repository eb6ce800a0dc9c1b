import { percent } from '../../shared/format/percent.js';
import { count } from '../../shared/format/words.js';
import type { Trust } from './orphans-documents.js';

/** An integration with its name for people, and how much of what it says of documents lineage has a place for. */
export type TrustRow = Trust & {
  id: string;
  title: string;
  /** reports that could be in a transaction: all but those on master data */
  placeable: number;
  orphans: number;
};

/** Id of what names no integration, since an address cannot hold an empty one. */
export const NO_INTEGRATION = '-';

/** The least trusted first; of equal ones the one with more orphans, then by name. */
export function prepareTrust(integrations: readonly Trust[], titles: ReadonlyMap<string, string>): TrustRow[] {
  return integrations
    .map((row) => ({
      ...row,
      id: row.integration === '' ? NO_INTEGRATION : row.integration,
      title: row.integration === '' ? 'No integration named' : (titles.get(row.integration) ?? row.integration),
      placeable: row.lookedAt - row.masterDataOnly,
      orphans: row.withoutObject + row.outsideTransactions,
    }))
    .sort((a, b) => shareOf(b) - shareOf(a) || b.orphans - a.orphans || a.title.localeCompare(b.title));
}

function shareOf({ orphans, placeable }: TrustRow): number {
  return placeable === 0 ? 0 : orphans / placeable;
}

/** "the last 24 hours", "the last 7 days" */
export function windowWords(days: number): string {
  return days === 1 ? 'the last 24 hours' : `the last ${days} days`;
}

/** How far lineage can be trusted, in a sentence or two. */
export function trustAnswer(rows: readonly TrustRow[], days: number): string {
  const sum = (part: (row: TrustRow) => number) => rows.reduce((total, row) => total + part(row), 0);
  const [placeable, inside] = [sum((row) => row.placeable), sum((row) => row.inTransactions)];
  if (rows.length === 0) return `Nothing was reported in ${windowWords(days)}.`;
  if (placeable === 0)
    return `Only master data was reported in ${windowWords(days)}; it is in no transaction by its nature.`;
  if (inside === placeable) return `Everything reported in ${windowWords(days)} has its place in a transaction.`;
  const [outside, without] = [sum((row) => row.outsideTransactions), sum((row) => row.withoutObject)];
  const missing = [
    outside > 0 && `${count(outside, 'report')} ${outside === 1 ? 'is' : 'are'} on documents in no transaction`,
    without > 0 && `${count(without, 'report')} ${without === 1 ? 'names' : 'name'} no document`,
  ].filter((words) => words !== false);
  return `${percent(inside, placeable)} of what was reported in ${windowWords(days)} has its place in a transaction; ${missing.join(' and ')}.`;
}

import { monthAfter, monthOfPeriod, type Month } from '@throughline/sla';
import type { PostingDateRule } from '../../../catalog/index.js';
import type { PeriodFact } from '../../../exceptions/index.js';
import { standingOfPeriod } from '../../domain/since-failure.js';

/** On which date what undoes a document is posted. */
export type PostingDate =
  /** Nothing is declared, or the document's own period is not known: the target decides. */
  | { kind: 'by-target' }
  | { kind: 'original'; on: string }
  /** `closed` is the document's own period. */
  | { kind: 'next-open'; on: string; closed: string }
  | { kind: 'none-open'; closed: string };

export type PostedDocument = {
  objectType: string;
  legalEntity: string | null;
  /** 2026-09-30, as its system wrote it. */
  postedOn: string | null;
  /** 2026-09. */
  postingPeriod: string | null;
};

/** Months that are looked at from the document's own on: three years. */
const MOST_MONTHS = 36;

/** The posting periods that decide about a document: its own and those after it, up to the present month. */
export function periodsFrom({ postingPeriod }: Pick<PostedDocument, 'postingPeriod'>, today: string): string[] {
  const first = postingPeriod === null ? undefined : monthOfPeriod(postingPeriod);
  if (first === undefined) return [];
  const months = [nameOf(first)];
  for (let month = monthAfter(first); nameOf(month) <= today.slice(0, 7); month = monthAfter(month)) {
    if (months.length === MOST_MONTHS) break;
    months.push(nameOf(month));
  }
  return months;
}

/**
 * The date of the document while its period is open, or nobody told that it is closed; else the first day of the next period that is
 * told to be open. Of the present month it is enough that nobody told it closed. `today` is a date of the entity's own.
 */
export function postingDateOf(
  document: PostedDocument,
  rule: PostingDateRule,
  periods: readonly PeriodFact[],
  today: string,
): PostingDate {
  const { objectType, legalEntity, postedOn } = document;
  const [own, ...later] = periodsFrom(document, today);
  if (rule === 'by-target' || own === undefined || legalEntity === null) return { kind: 'by-target' };
  const standingOf = (postingPeriod: string) => standingOfPeriod({ objectType, legalEntity, postingPeriod }, periods);
  if (standingOf(own) !== 'closed') return { kind: 'original', on: dayOf(postedOn, own, today) };
  const closed = `${own} of ${legalEntity}`;
  const open = later.find((month) => {
    const standing = standingOf(month);
    return standing === 'open' || (standing === null && month === today.slice(0, 7));
  });
  return open === undefined ? { kind: 'none-open', closed } : { kind: 'next-open', on: `${open}-01`, closed };
}

/** Its own date where that lies in its period; else today, where that does; else the first day. */
function dayOf(postedOn: string | null, period: string, today: string): string {
  if (postedOn !== null && /^\d{4}-\d{2}-\d{2}$/.test(postedOn) && postedOn.startsWith(period)) return postedOn;
  return today.startsWith(period) ? today : `${period}-01`;
}

function nameOf({ year, month }: Month): string {
  return `${String(year)}-${String(month).padStart(2, '0')}`;
}

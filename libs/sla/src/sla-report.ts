import { type Instant, compareInstants, msOfInstant } from '@throughline/canonical';

/** One due milestone: `day` is the local day of its due time for the legal entity. */
export type SlaRow = { dueAt: Instant; reachedAt?: Instant | null; legalEntity: string | null; day: string };

/** Counts of a day and legal entity: reached in time, late (reached late or overdue), still open and not yet due. */
export type SlaReportRow = { day: string; legalEntity: string; onTime: number; late: number; open: number };

/** Report over days and legal entities; `onTimeShare` is of those decided, null while none is. */
export type SlaReport = {
  rows: SlaReportRow[];
  onTime: number;
  late: number;
  open: number;
  onTimeShare: number | null;
};

/** How one due milestone stands at `now`. */
export type SlaStanding = 'onTime' | 'late' | 'open';

/** Legal entity under which rows without one are counted. */
export const NO_LEGAL_ENTITY = '–';

/** How one due milestone stands: at the very due instant it is still in time. */
export function slaStanding(row: Pick<SlaRow, 'dueAt' | 'reachedAt'>, now: Instant): SlaStanding {
  if (row.reachedAt !== undefined && row.reachedAt !== null) {
    return compareInstants(row.reachedAt, row.dueAt) <= 0 ? 'onTime' : 'late';
  }
  return compareInstants(now, row.dueAt) <= 0 ? 'open' : 'late';
}

/** Share on time of those decided, between 0 and 1; null while nothing is decided. */
export function onTimeShare(counts: { onTime: number; late: number }): number | null {
  const decided = counts.onTime + counts.late;
  return decided === 0 ? null : counts.onTime / decided;
}

/** Counts per day and legal entity, sorted by both, and in total. */
export function slaReport(rows: readonly SlaRow[], now: Instant): SlaReport {
  const counted = new Map<string, SlaReportRow>();
  const total = { onTime: 0, late: 0, open: 0 };
  for (const row of rows) {
    const legalEntity = row.legalEntity ?? NO_LEGAL_ENTITY;
    const key = JSON.stringify([row.day, legalEntity]);
    let counts = counted.get(key);
    if (!counts) {
      counts = { day: row.day, legalEntity, onTime: 0, late: 0, open: 0 };
      counted.set(key, counts);
    }
    const standing = slaStanding(row, now);
    counts[standing] += 1;
    total[standing] += 1;
  }
  const sorted = [...counted].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, counts]) => counts);
  return { rows: sorted, ...total, onTimeShare: onTimeShare(total) };
}

/** Whole minutes of wall time by which a milestone is or was late; 0 when it is not. */
export function lateByMinutes(row: Pick<SlaRow, 'dueAt' | 'reachedAt'>, now: Instant): number {
  const late = msOfInstant(row.reachedAt ?? now) - msOfInstant(row.dueAt);
  return Math.max(0, Math.floor(late / 60_000));
}

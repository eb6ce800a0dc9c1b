import { percent } from '../../shared/format/percent.js';
import { count } from '../../shared/format/words.js';
import { groupBy } from '../../shared/group-by.js';

export type SlaRow = { day: string; legalEntity: string; onTime: number; late: number; open: number };

export type SlaDay = {
  day: string;
  onTime: number;
  late: number;
  open: number;
  /** 0…100, null where nothing was due: a gap, never zero */
  share: number | null;
  lateShare: number | null;
};

export type EntityChart = {
  legalEntity: string;
  title: string;
  summary: string;
  onTime: number;
  late: number;
  open: number;
  days: SlaDay[];
};

/** Calendar dates from the first to the last, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

function dayOf(day: string, rows: readonly SlaRow[]): SlaDay {
  const sum = (pick: (row: SlaRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const onTime = sum((row) => row.onTime);
  const late = sum((row) => row.late);
  const decided = onTime + late;
  const share = decided === 0 ? null : (onTime / decided) * 100;
  return { day, onTime, late, open: sum((row) => row.open), share, lateShare: share === null ? null : 100 - share };
}

/** One chart per legal entity over the same days, so that they can be compared from one to the next. */
export function prepareSla(rows: readonly SlaRow[], from: string, to: string): EntityChart[] {
  const days = daysBetween(from, to);
  const charts = [...groupBy(rows, (row) => row.legalEntity)].map(([legalEntity, own]): EntityChart => {
    const byDay = groupBy(own, (row) => row.day);
    const series = days.map((day) => dayOf(day, byDay.get(day) ?? []));
    const onTime = series.reduce((total, day) => total + day.onTime, 0);
    const late = series.reduce((total, day) => total + day.late, 0);
    const open = series.reduce((total, day) => total + day.open, 0);
    return {
      legalEntity,
      title: `${legalEntity}: ${onTime + late === 0 ? 'nothing was due' : `${percent(onTime, onTime + late)} on time`}`,
      summary: summaryOf(legalEntity, series, onTime, late),
      onTime,
      late,
      open,
      days: series,
    };
  });
  return charts.toSorted((a, b) => a.legalEntity.localeCompare(b.legalEntity));
}

function summaryOf(entity: string, days: readonly SlaDay[], onTime: number, late: number): string {
  const measured = days.filter((day) => day.share !== null);
  const worst = measured.toSorted((a, b) => (a.share ?? 0) - (b.share ?? 0))[0];
  if (!worst) return `${entity}: nothing was due on these ${days.length} days.`;
  const low =
    late === 0
      ? 'None was late'
      : `The worst day was ${worst.day} with ${percent(worst.onTime, worst.onTime + worst.late)}`;
  return `${entity}: ${onTime} of ${onTime + late} on time over ${count(measured.length, 'day')} with due times. ${low}.`;
}

/** "96.2 % were on time over 14 days: 12 of 320 missed, 4 of them still open." */
export function slaAnswer(report: { onTime: number; late: number; open: number }, days: number): string {
  const decided = report.onTime + report.late;
  if (decided === 0) return `Nothing was due in the last ${days} days.`;
  const missed = report.late === 0 ? 'none was missed' : `${report.late} of ${decided} missed`;
  const open = report.open === 0 ? '' : `; ${report.open} more still within their time`;
  return `${percent(report.onTime, decided)} were on time over the last ${days} days: ${missed}${open}.`;
}

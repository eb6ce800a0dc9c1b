import { localDateOf } from '@throughline/sla';

const MS_PER_DAY = 86_400_000;

/** `days` local days up to the latest date that it is anywhere among the entities (east of Greenwich it may be tomorrow). */
export function reportWindow(now: Date, timeZones: readonly string[], days: number): { from: string; to: string } {
  const instant = now.toISOString();
  const to = ['UTC', ...timeZones]
    .map((zone) => localDateOf(instant, zone))
    .reduce((latest, date) => (date > latest ? date : latest));
  const from = new Date(Date.parse(to) - (days - 1) * MS_PER_DAY).toISOString().slice(0, 10);
  return { from, to };
}

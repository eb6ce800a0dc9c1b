/** The next due time behind a problem. */
export type NextDue = { title: string; dueAt: Date };

/** "by 2026-09-30 17:00 CEST (Payment applied)", or how long it has been open when nothing is due. */
export function byWhen(nextDue: NextDue | null, openedAt: Date, now: Date, timeZone: string | null): string {
  if (nextDue === null) {
    return `nothing due, open for ${durationWords(now.getTime() - openedAt.getTime())}`;
  }
  const at = zonedWords(nextDue.dueAt, timeZone ?? 'UTC');
  return nextDue.dueAt > now ? `by ${at} (${nextDue.title})` : `was due ${at} (${nextDue.title})`;
}

/** "2026-09-30 17:00 CEST"; the zone always stands beside the time. */
export function zonedWords(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${part('timeZoneName')}`;
}

/** "less than a minute", "48 min", "2 h 10 min", "3 d 4 h". */
export function durationWords(milliseconds: number): string {
  const minutes = Math.floor(Math.max(milliseconds, 0) / 60_000);
  if (minutes < 1) {
    return 'less than a minute';
  }
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

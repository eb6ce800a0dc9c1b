import type { RequeueProof } from '../../gql/graphql.js';
import { joinWords } from '../format/money.js';
import { clockTime, OWN_ZONE, shortDate } from '../format/time.js';

/** How a request is sent. */
export type Limits = {
  ratePerSecond: number;
  canary: number;
  canaryProof: RequeueProof;
  ramp: number;
  maxInFlight: number;
  stopPercent: number;
  stopMinimum: number;
};

export type Hours = {
  calendar: string;
  timeZone: string;
  windows: readonly { weekdays: readonly number[]; from: string; to: string }[];
  cutOffs: readonly { weekdays: readonly number[]; at: string }[];
};

/** "At most 50 a second, 50 in flight, 10 times what is proved; stops above 20 % of 10 or more." */
export function limitsSentence(limits: Limits | null): string {
  if (!limits) return 'It was asked for before there were limits.';
  const ramp = limits.ramp === 0 ? '' : `, up to ${limits.ramp} times what is proved`;
  return `At most ${limits.ratePerSecond} a second and ${limits.maxInFlight} in flight${ramp}; it stops by itself when more than ${limits.stopPercent} % of ${limits.stopMinimum} or more fail.`;
}

/** "5 go first, and the rest when each of them is verified downstream." */
export function canaryWords({ canary, canaryProof }: Limits): string {
  if (canary === 0) return 'All go without a canary.';
  const proof = canaryProof === 'VERIFIED' ? 'verified downstream' : 'taken by the target';
  const [go, each] = canary === 1 ? ['goes', 'it'] : ['go', 'each of them'];
  return `${canary} ${go} first, with the least at stake, and the rest when ${each} is ${proof}.`;
}

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** "Mon to Fri"; "Mon, Wed"; "every day". */
export function weekdayWords(weekdays: readonly number[]): string {
  const days = weekdays.toSorted((a, b) => a - b);
  if (days.length === WEEKDAYS.length) return 'every day';
  const [first = 1, last = 1] = [days[0], days.at(-1)];
  const nameOf = (day: number) => WEEKDAYS[day - 1] ?? '';
  const isRow = days.length > 2 && last - first === days.length - 1;
  return isRow ? `${nameOf(first)} to ${nameOf(last)}` : joinWords(days.map(nameOf));
}

/** "Mon to Fri 08:00–18:00, nothing after 17:30 on Fri; holidays and Europe/Berlin as in TARGET." */
export function hoursSentence(hours: Hours | null): string {
  if (hours === null) return 'At any time.';
  const windows = hours.windows.map(({ weekdays, from, to }) => `${weekdayWords(weekdays)} ${from}–${to}`);
  const cuts = hours.cutOffs.map(({ weekdays, at }) => `nothing after ${at} ${weekdayOn(weekdays)}`);
  const when = windows.length === 0 ? [`While ${hours.calendar} is open`] : windows;
  return `${[...when, ...cuts].join(', ')}; zone ${hours.timeZone} and holidays of ${hours.calendar}.`;
}

function weekdayOn(weekdays: readonly number[]): string {
  const words = weekdayWords(weekdays);
  return words === 'every day' ? words : `on ${words}`;
}

type Closed = { integration: string; opensAt: string | null; hours: Hours | null };

const weekday = new Map<string, Intl.DateTimeFormat>();

/** "Monday 30 Nov 08:00 CET", in the zone of the target: the day on which people there look. */
export function opensWords({ opensAt, hours }: { opensAt: string; hours: Hours | null }): string {
  const zone = hours?.timeZone ?? OWN_ZONE;
  const known = weekday.get(zone) ?? new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: zone });
  weekday.set(zone, known);
  return `${known.format(new Date(opensAt))} ${shortDate(opensAt, zone)} ${clockTime(opensAt, zone)}`;
}

/** "waits until Monday 30 Nov 08:00 CET, sending hours of to-sap"; undefined = it is sent to now. */
export function waitsWords({ integration, opensAt, hours }: Closed, now: Date): string | undefined {
  if (opensAt === null || new Date(opensAt) <= now) return undefined;
  return `waits until ${opensWords({ opensAt, hours })}, sending hours of ${integration}`;
}

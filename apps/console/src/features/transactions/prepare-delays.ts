import { duration } from '../../shared/format/time.js';
import { systemName } from '../../shared/format/words.js';

type SegmentFacts = {
  from: string;
  until: string;
  reason: string | null;
  durationMs: number;
  businessMs: number;
  system: string;
  systemTitle: string;
  integration: string;
  milestoneTitle: string | null;
  endedBy: string | null;
};

type PathFacts = {
  isRunning: boolean;
  durationMs: number;
  businessMs: number;
  waitingMs: number;
  segments: readonly SegmentFacts[];
};

/** What was waited for, in the middle of a sentence. */
const REASON_WORDS: Readonly<Record<string, string>> = {
  CALENDAR_CLOSED: 'business hours to begin',
  APPROVAL: 'an approval',
  BATCH_WINDOW: 'the next batch window',
  QUEUE: 'its turn in the queue',
  RETRY: 'another try after a failure',
  UPSTREAM_MISSING: 'somebody else',
  NOT_TOLD: 'reasons that nothing tells of',
};

/** The same as a name. */
const REASON_NAMES: Readonly<Record<string, string>> = {
  CALENDAR_CLOSED: 'Outside business hours',
  APPROVAL: 'Waiting for an approval',
  BATCH_WINDOW: 'Waiting for the batch window',
  QUEUE: 'In the queue',
  RETRY: 'Waiting for another try',
  UPSTREAM_MISSING: 'Waiting for somebody else',
  NOT_TOLD: 'Not told',
};

/** "In the queue" or "At work". */
export function reasonName(reason: string | null): string {
  return reason === null ? 'At work' : (REASON_NAMES[reason] ?? reason);
}

export type DelayPart = {
  key: string;
  name: string;
  /** empty when nobody says which */
  system: string;
  durationMs: number;
  businessMs: number;
  share: number;
  isWork: boolean;
  /** colour, by size; work and the rest have none of their own */
  series: number | null;
};

const MOST_PARTS = 7;

/** The time by system and reason, the longest first; beyond what the eye tells apart it is “others”. */
export function prepareDelays(path: PathFacts): DelayPart[] {
  const parts = new Map<string, DelayPart>();
  for (const segment of path.segments) {
    // nobody's system is open or closed for business: a calendar is
    const system = segment.reason === 'CALENDAR_CLOSED' ? '' : whereOf(segment);
    const key = `${segment.reason ?? 'WORK'} ${system}`;
    const part = parts.get(key) ?? {
      key,
      name: reasonName(segment.reason),
      system,
      durationMs: 0,
      businessMs: 0,
      share: 0,
      isWork: segment.reason === null,
      series: null,
    };
    parts.set(key, part);
    part.durationMs += segment.durationMs;
    part.businessMs += segment.businessMs;
  }
  const sorted = [...parts.values()].sort((a, b) => b.durationMs - a.durationMs);
  const kept =
    sorted.length > MOST_PARTS + 1 ? [...sorted.slice(0, MOST_PARTS), others(sorted.slice(MOST_PARTS))] : sorted;
  return kept.map((part, index) => ({
    ...part,
    share: path.durationMs === 0 ? 0 : part.durationMs / path.durationMs,
    series: index + 1,
  }));
}

function others(parts: readonly DelayPart[]): DelayPart {
  const sum = (read: (part: DelayPart) => number) => parts.reduce((total, part) => total + read(part), 0);
  return {
    key: 'others',
    name: 'Others',
    system: '',
    durationMs: sum((part) => part.durationMs),
    businessMs: sum((part) => part.businessMs),
    share: 0,
    isWork: parts.every((part) => part.isWork),
    series: null,
  };
}

/** "3 d 4 h of 5 d 2 h were waiting for an approval at Salesforce." */
export function delayAnswer(path: PathFacts): string {
  const parts = prepareDelays(path);
  const longest = reasonOf(path);
  const whole = duration(path.durationMs);
  if (parts.length === 0 || path.durationMs === 0) return 'No time has passed yet.';
  if (longest === undefined) return `All ${whole} were work.`;
  const verb = path.isRunning ? 'have been' : 'were';
  const at = longest.system === '' ? '' : ` at ${longest.system}`;
  return `${duration(longest.durationMs)} of ${whole} ${verb} waiting for ${REASON_WORDS[longest.reason] ?? longest.reason}${at}.`;
}

/** The reason with most time, and the system where most of that was spent. */
function reasonOf(path: PathFacts): { reason: string; system: string; durationMs: number } | undefined {
  const byReason = new Map<string, Map<string, number>>();
  for (const segment of path.segments) {
    if (segment.reason === null) continue;
    const systems = byReason.get(segment.reason) ?? new Map<string, number>();
    byReason.set(segment.reason, systems);
    const system = segment.reason === 'CALENDAR_CLOSED' ? '' : whereOf(segment);
    systems.set(system, (systems.get(system) ?? 0) + segment.durationMs);
  }
  return [...byReason]
    .map(([reason, systems]) => ({
      reason,
      system: [...systems].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '',
      durationMs: [...systems.values()].reduce((sum, ms) => sum + ms, 0),
    }))
    .sort((a, b) => b.durationMs - a.durationMs)[0];
}

/** Every part with its time, for those who cannot see the bar. */
export function delaySummary(path: PathFacts): string {
  const parts = prepareDelays(path).map(
    ({ name, system, durationMs }) => `${name.toLowerCase()}${system && ` at ${system}`} ${duration(durationMs)}`,
  );
  return `Of ${duration(path.durationMs)} by the clock, ${duration(path.businessMs)} of them business time: ${parts.join(', ')}.`;
}

export type WayRow = {
  key: string;
  from: string;
  until: string;
  /** of the part with most time */
  name: string;
  where: string;
  towards: string | null;
  durationMs: number;
  businessMs: number;
  /** outside business hours */
  closedMs: number;
  isWork: boolean;
  isOpen: boolean;
  /** place on the whole way, 0…1 */
  start: number;
  length: number;
};

/** The way as rows: what business hours cut into pieces is one row again, and says how much of it was outside them. */
export function prepareWay(path: PathFacts): WayRow[] {
  const rows: WayRow[] = [];
  let passed = 0;
  let last: SegmentFacts | undefined;
  for (const segment of path.segments) {
    const row = rows.at(-1);
    const isSameWait =
      last !== undefined &&
      segment.reason !== null &&
      last.reason !== null &&
      last.endedBy === segment.endedBy &&
      last.milestoneTitle === segment.milestoneTitle;
    const closedMs = segment.reason === 'CALENDAR_CLOSED' ? segment.durationMs : 0;
    if (row && isSameWait) {
      row.until = segment.until;
      row.durationMs += segment.durationMs;
      row.businessMs += segment.businessMs;
      row.closedMs += closedMs;
      row.length += shareOf(segment, path);
      if (closedMs === 0) row.name = reasonName(segment.reason);
    } else {
      rows.push({
        key: segment.from,
        from: segment.from,
        until: segment.until,
        name: reasonName(segment.reason),
        where: whereOf(segment),
        towards: segment.milestoneTitle,
        durationMs: segment.durationMs,
        businessMs: segment.businessMs,
        closedMs,
        isWork: segment.reason === null,
        isOpen: false,
        start: path.durationMs === 0 ? 0 : passed / path.durationMs,
        length: shareOf(segment, path),
      });
    }
    passed += segment.durationMs;
    last = segment;
  }
  const end = rows.at(-1);
  if (end) end.isOpen = path.isRunning;
  return rows;
}

/** The stretches that a picture has room for: the longest, in their order. */
export function longestStretches(rows: readonly WayRow[], most: number): WayRow[] {
  const kept = new Set(rows.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, most));
  return rows.filter((row) => kept.has(row));
}

/** "The longest stretch, 23 h 30 min, lay before “payment received”." */
export function wayAnswer(path: PathFacts): string {
  const longest = prepareWay(path).toSorted((a, b) => b.durationMs - a.durationMs)[0];
  if (longest === undefined) return 'Nothing has happened yet.';
  const before = longest.towards === null ? '' : ` before “${longest.towards.toLowerCase()}”`;
  return longest.isOpen
    ? `The longest stretch is the one it is in: ${duration(longest.durationMs)}${before}.`
    : `The longest stretch, ${duration(longest.durationMs)}, lay${before || ' in between'}.`;
}

function shareOf(segment: SegmentFacts, path: PathFacts): number {
  return path.durationMs === 0 ? 0 : segment.durationMs / path.durationMs;
}

function whereOf({ system, systemTitle, integration }: SegmentFacts): string {
  if (system === '') return integration;
  return systemTitle === system ? systemName(system) : systemTitle;
}

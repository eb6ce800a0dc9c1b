import type { SectionWriter, Sections } from './chunk-sections.js';
import { columnReader, encodeColumn, type EncodedColumn } from './column.js';

/**
 * Start and end of spans in nanoseconds: per trace its earliest start after `base`, per span the start after that of its
 * trace and its duration + 1 (0 = still open). Where one number would not be exact, all are kept as text.
 */
export type EncodedTimes =
  | ['exact', base: string, traces: EncodedColumn, starts: EncodedColumn, durations: EncodedColumn]
  | ['text', starts: string[], ends: string[]];

/** Start and end of the span in a row of a trace, as decimal text. */
export type TimeReader = (trace: number, row: number) => { start: string; end: string };

const NANOS = 1_000_000_000;
const CANONICAL = /^(?:0|[1-9]\d{0,18})$/;
const NANO_DIGITS = 9;

type Instant = { seconds: number; nanos: number };

/** `traces` are the starts and ends of each trace's spans. */
export function encodeTimes(
  traces: readonly { starts: readonly string[]; ends: readonly string[] }[],
  sections: Sections<SectionWriter>,
): EncodedTimes {
  const exact = exactTimes(traces);
  if (exact === undefined) {
    return ['text', traces.flatMap((trace) => trace.starts), traces.flatMap((trace) => trace.ends)];
  }
  const { base, traceStarts, starts, durations } = exact;
  const text = `${base.seconds}${String(base.nanos).padStart(NANO_DIGITS, '0')}`;
  return [
    'exact',
    BigInt(text).toString(),
    encodeColumn(traceStarts, sections),
    encodeColumn(starts, sections),
    encodeColumn(durations, sections),
  ];
}

/** Reads what encodeTimes() wrote. */
export function timeReader(times: EncodedTimes, sections: Sections<Buffer>): TimeReader {
  if (times[0] === 'text') return (_trace, row) => ({ start: times[1][row] ?? '0', end: times[2][row] ?? '0' });
  const base = instantOf(times[1]);
  const [traceStart, start, duration] = [times[2], times[3], times[4]].map((column) => columnReader(column, sections));
  return (trace, row) => {
    const began = Number(traceStart?.(trace)) + Number(start?.(row));
    const lasted = Number(duration?.(row));
    return { start: textOf(base, began), end: lasted === 0 ? '0' : textOf(base, began, lasted - 1) };
  };
}

function exactTimes(traces: readonly { starts: readonly string[]; ends: readonly string[] }[]) {
  const traceStarts: number[] = [];
  const starts: number[] = [];
  const durations: number[] = [];
  let base: Instant | undefined;
  const firsts: Instant[] = [];
  for (const trace of traces) {
    const instants: Instant[] = [];
    for (const text of trace.starts) {
      if (!CANONICAL.test(text)) return undefined;
      instants.push(instantOf(text));
    }
    const first = instants.reduce((left, right) => (nanosBetween(left, right) < 0 ? right : left));
    if (base === undefined || nanosBetween(base, first) < 0) base = first;
    firsts.push(first);
    for (const [index, start] of instants.entries()) {
      const end = trace.ends[index] ?? '';
      if (!CANONICAL.test(end)) return undefined;
      const after = nanosBetween(first, start);
      const lasted = end === '0' ? 0 : nanosBetween(start, instantOf(end)) + 1;
      if (!isExact(after) || !isExact(lasted) || (end !== '0' && lasted < 1)) return undefined;
      starts.push(after);
      durations.push(lasted);
    }
  }
  if (base === undefined) return undefined;
  for (const first of firsts) {
    const after = nanosBetween(base, first);
    if (!isExact(after)) return undefined;
    traceStarts.push(after);
  }
  return { base, traceStarts, starts, durations };
}

/** So far below 2^53 that a trace's start and a span's start after it are still exact when added. */
function isExact(nanos: number): boolean {
  return nanos >= 0 && nanos < 2 ** 51;
}

function instantOf(text: string): Instant {
  const cut = Math.max(text.length - NANO_DIGITS, 0);
  return { seconds: Number(text.slice(0, cut)), nanos: Number(text.slice(cut)) };
}

function nanosBetween(from: Instant, to: Instant): number {
  return (to.seconds - from.seconds) * NANOS + (to.nanos - from.nanos);
}

/** The parts are added apart: nanoseconds since 1970 are more than a double holds. */
function textOf(base: Instant, began: number, lasted = 0): string {
  const nanos = base.nanos + (began % NANOS) + (lasted % NANOS);
  const seconds = base.seconds + Math.floor(began / NANOS) + Math.floor(lasted / NANOS) + Math.floor(nanos / NANOS);
  const rest = nanos % NANOS;
  return seconds === 0 ? String(rest) : `${seconds}${String(rest).padStart(NANO_DIGITS, '0')}`;
}

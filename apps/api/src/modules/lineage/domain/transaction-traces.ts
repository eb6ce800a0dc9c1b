import type { SpanOutline } from '@throughline/ingest';
import type { TraceTie, TransactionTraceType } from '../graphql/transaction-trace.types.js';
import type { ActivityRow } from '../transaction-parts.repository.js';
import { groupRows } from '../group-rows.js';

/** A trace of a transaction, and how it came to be one. */
export type TiedTrace = { traceId: string; tie: TraceTie; via: string | null };

const ERROR = 2;
const MOST_SERVICES = 20;

/** The traces that the activities name, in order of time. */
export function tracesOfActivities(activities: readonly ActivityRow[]): TiedTrace[] {
  const ids = activities.flatMap(({ traceId }) => traceId ?? []);
  return [...new Set(ids)].map((traceId) => ({ traceId, tie: 'ACTIVITY', via: null }));
}

/** The traces that spans of these ones link to, without those that are known. */
export function tracesLinkedTo(spans: readonly SpanOutline[], known: ReadonlySet<string>): TiedTrace[] {
  const found = new Map<string, TiedTrace>();
  for (const { traceId: via, linkedTraceIds } of spans) {
    for (const traceId of linkedTraceIds) {
      if (!known.has(traceId) && !found.has(traceId)) found.set(traceId, { traceId, tie: 'LINKED_TO', via });
    }
  }
  return [...found.values()];
}

/** Each trace with what its spans and activities say of it; in order of time, those without spans last. */
export function describeTraces(
  traces: readonly TiedTrace[],
  spans: readonly SpanOutline[],
  activities: readonly ActivityRow[],
): TransactionTraceType[] {
  const spansOf = groupRows(spans, ({ traceId }) => traceId);
  const activitiesOf = groupRows(activities, ({ traceId }) => traceId ?? '');
  const retried = retriedTraces(activities);
  const described = traces.map((trace) => {
    const told = activitiesOf.get(trace.traceId) ?? [];
    const requeueId = told.find((activity) => activity.requeueId !== null)?.requeueId ?? null;
    return {
      ...trace,
      ...ofSpans(spansOf.get(trace.traceId) ?? []),
      integrations: [...new Set(told.flatMap(({ integration }) => (integration === '' ? [] : [integration])))],
      hasFailed: told.some(({ outcome }) => outcome === 'failure'),
      isRetry: requeueId !== null || retried.has(trace.traceId),
      requeueId,
      runs: runsOf(told),
    };
  });
  const timeOf = ({ startedAt }: TransactionTraceType) => startedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return described.sort((left, right) =>
    timeOf(left) === timeOf(right) ? (left.traceId < right.traceId ? -1 : 1) : timeOf(left) - timeOf(right),
  );
}

/** Spans come in order of start. */
function ofSpans(spans: readonly SpanOutline[]) {
  const [first] = spans;
  const root = spans.find(({ parentSpanId }) => parentSpanId === null) ?? first;
  const start = BigInt(first?.startUnixNano ?? 0);
  const end = spans.reduce((latest, { startUnixNano, endUnixNano }) => {
    const ended = endUnixNano === '0' ? BigInt(startUnixNano) : BigInt(endUnixNano);
    return ended > latest ? ended : latest;
  }, start);
  return {
    spanCount: spans.length,
    errorCount: spans.filter(({ statusCode }) => statusCode === ERROR).length,
    startedAt: first === undefined ? null : new Date(Number(start / 1_000_000n)),
    durationMs: Number(end - start) / 1_000_000,
    name: root?.name ?? null,
    services: [...new Set(spans.map(({ serviceName }) => serviceName))].slice(0, MOST_SERVICES),
  };
}

/** Traces of what came after a failure of another trace at the same hop, on one of the same objects. */
function retriedTraces(activities: readonly ActivityRow[]): Set<string> {
  const failedIn = new Map<string, Set<string>>();
  const retried = new Set<string>();
  for (const { traceId, integration, system, outcome, objects } of activities) {
    if (traceId === null) continue;
    for (const { id } of objects) {
      const place = `${integration === '' ? system : integration}/${id}`;
      const failed = failedIn.get(place) ?? new Set();
      if ([...failed].some((other) => other !== traceId)) retried.add(traceId);
      if (outcome === 'failure') failedIn.set(place, failed.add(traceId));
    }
  }
  return retried;
}

function runsOf(activities: readonly ActivityRow[]) {
  const runs = activities.flatMap(({ objects }) => objects.filter(({ type }) => type === 'run'));
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

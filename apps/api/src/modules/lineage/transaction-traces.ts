import { mergeSpanOutlines, type SpanOutline } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { findChunksOfTraces, findLinkingTraces, readOutlines } from '../signals/index.js';
import { describeTraces, tracesLinkedTo, tracesOfActivities, type TiedTrace } from './domain/transaction-traces.js';
import type { TransactionTracesType } from './graphql/transaction-trace.types.js';
import { groupRows } from './group-rows.js';
import { findActivities } from './transaction-parts.repository.js';

/** Traces by activity, and traces by link, that are looked at for one answer. */
const MOST_TRACES = 100;
const MOST_LINKED = 100;
/** Chunks of spans that are looked through for each of the two. */
const MOST_CHUNKS_OF_TRACES = 150;

type Spans = { byTrace: ReadonlyMap<string, readonly SpanOutline[]>; isCut: boolean };

/** The traces of transactions, in the order of the ids; each step is one statement for all of them. Fits Operation.loader. */
export async function findTransactionTraces(
  tx: Tx,
  transactionIds: readonly string[],
): Promise<TransactionTracesType[]> {
  const activitiesOf = groupRows(await findActivities(tx, transactionIds), (row) => row.transactionId);
  const named = new Map(transactionIds.map((id) => [id, tracesOfActivities(activitiesOf.get(id) ?? [])]));
  const own = await readSpansOf(tx, [...named.values()].flat(), MOST_TRACES);
  const linking = groupRows(
    await findLinkingTraces(tx, [...own.byTrace.keys()], 2 * MOST_LINKED),
    ({ linkedTraceId }) => linkedTraceId,
  );
  const linked = new Map([...named].map(([id, traces]) => [id, linkedTraces(traces, own, linking)]));
  const far = await readSpansOf(tx, [...linked.values()].flat(), MOST_LINKED);
  return transactionIds.map((id) => {
    const ties = [...(named.get(id) ?? []), ...(linked.get(id) ?? [])];
    const known = ties.filter(({ traceId }) => own.byTrace.has(traceId) || far.byTrace.has(traceId));
    const spans = known.flatMap(({ traceId }) => own.byTrace.get(traceId) ?? far.byTrace.get(traceId) ?? []);
    const traces = describeTraces(known, spans, activitiesOf.get(id) ?? []);
    return {
      traces,
      spanCount: spans.length,
      retries: traces.filter(({ isRetry }) => isRetry).length,
      isTruncated: own.isCut || far.isCut || known.length < ties.length,
    };
  });
}

function linkedTraces(
  traces: readonly TiedTrace[],
  own: Spans,
  linking: ReadonlyMap<string, readonly { traceId: string }[]>,
): TiedTrace[] {
  const known = new Set(traces.map(({ traceId }) => traceId));
  const spans = traces.flatMap(({ traceId }) => own.byTrace.get(traceId) ?? []);
  const forward = tracesLinkedTo(spans, known);
  for (const { traceId } of forward) known.add(traceId);
  const backward = new Map<string, TiedTrace>();
  for (const { traceId: via } of traces) {
    for (const { traceId } of linking.get(via) ?? []) {
      if (!known.has(traceId) && !backward.has(traceId)) backward.set(traceId, { traceId, tie: 'LINKED_FROM', via });
    }
  }
  return [...forward, ...backward.values()];
}

/** Spans of the first of these traces, in order of start; every one that was looked at has an entry. */
async function readSpansOf(tx: Tx, traces: readonly TiedTrace[], most: number): Promise<Spans> {
  const ids = [...new Set(traces.map(({ traceId }) => traceId))].slice(0, most);
  const chunks = await findChunksOfTraces(tx, ids);
  const found: SpanOutline[] = [];
  for await (const outlines of readOutlines(tx, chunks.slice(0, MOST_CHUNKS_OF_TRACES), ids)) {
    for (const outline of outlines) found.push(outline);
  }
  const spans = groupRows(mergeSpanOutlines(found), ({ traceId }) => traceId);
  return { byTrace: new Map(ids.map((id) => [id, spans.get(id) ?? []])), isCut: chunks.length > MOST_CHUNKS_OF_TRACES };
}

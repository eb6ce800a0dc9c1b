import {
  SPAN_ROW_COLUMNS,
  type SignalRow,
  type SpanRecord,
  type SpanRow,
  type StoredEvent,
  spanFromRow,
  storedEventFromRow,
} from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';

/** A stored batch that this transaction has taken to map; the row is gone when it commits. */
export type ClaimedBatch = { batchId: string; kind: 'spans' | 'events'; receivedOn: string; items: number };

export type StoredSpan = { span: SpanRecord; receivedOn: string };
export type ReceivedEvent = { event: StoredEvent; signalId: string; receivedOn: string };
export type StoredSignals = { spans: StoredSpan[]; events: ReceivedEvent[] };

/** Most batches and items of one claim: a bound on memory and on what one failure undoes. */
const MOST_BATCHES = 32;
const MOST_ITEMS = 2_000;
/** First pause of a batch that could not be mapped; doubles with each failure up to the longest. */
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 3_600;

const SPAN_COLUMNS = SPAN_ROW_COLUMNS.join(', ');
const EVENT_COLUMNS = 'signal_id, received_on, scoped_key, type, source, external_id, attributes, content_type, body';

type SpanLine = SpanRow & { received_on: string };
type EventLine = SignalRow & { signal_id: string; received_on: string };

/**
 * Takes pending batches, oldest first, leaving those that another worker holds. `only` claims one certain batch. Reading
 * "everything after the last id" instead would lose rows that commit late.
 */
export async function claimBatches(tx: Tx, only?: string): Promise<ClaimedBatch[]> {
  return tx.query<ClaimedBatch>(
    `with free as (
       select batch_id, received_at, items from intake_batch
       where tenant_id = $1 and not_before <= now() and ($2::uuid is null or batch_id = $2)
       order by received_at, batch_id limit $3 for update skip locked
     ), measured as (
       select batch_id, sum(items) over (order by received_at, batch_id) as items_so_far,
              row_number() over (order by received_at, batch_id) as number
       from free
     )
     delete from intake_batch using measured
     where tenant_id = $1 and intake_batch.batch_id = measured.batch_id and (number = 1 or items_so_far <= $4)
     returning intake_batch.batch_id as "batchId", kind, received_on as "receivedOn", items`,
    [tx.tenantId, only ?? null, MOST_BATCHES, MOST_ITEMS],
  );
}

/** Puts a batch that could not be mapped behind the others for a while. */
export async function deferBatch(tx: Tx, batchId: string): Promise<void> {
  await tx.query(
    `update intake_batch set failures = failures + 1,
            not_before = now() + make_interval(secs => least($4, $3 * power(2, least(failures, 20))))
     where tenant_id = $1 and batch_id = $2`,
    [tx.tenantId, batchId, FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS],
  );
}

/** The signals of batches. */
export async function readSignals(tx: Tx, batches: readonly ClaimedBatch[]): Promise<StoredSignals> {
  const [spanBatches, eventBatches] = [
    batches.filter((batch) => batch.kind === 'spans'),
    batches.filter((batch) => batch.kind === 'events'),
  ];
  return { spans: await readSpans(tx, spanBatches), events: await readEvents(tx, eventBatches) };
}

async function readSpans(tx: Tx, batches: readonly ClaimedBatch[]): Promise<StoredSpan[]> {
  if (batches.length === 0) return [];
  const lines = await tx.query<SpanLine>(
    `select received_on, ${SPAN_COLUMNS} from span
     where tenant_id = $1 and received_on = any($2::date[]) and batch_id = any($3::uuid[])`,
    [tx.tenantId, daysOf(batches), batches.map((batch) => batch.batchId)],
  );
  return lines.map(spanOfLine);
}

async function readEvents(tx: Tx, batches: readonly ClaimedBatch[]): Promise<ReceivedEvent[]> {
  if (batches.length === 0) return [];
  const lines = await tx.query<EventLine>(
    `select ${EVENT_COLUMNS} from signal
     where tenant_id = $1 and received_on = any($2::date[]) and batch_id = any($3::uuid[])`,
    [tx.tenantId, daysOf(batches), batches.map((batch) => batch.batchId)],
  );
  return lines.map(eventOfLine);
}

/** Says why signals could not be mapped; they stay whole, to be mapped again by a better mapping. */
export async function markUnmapped(
  tx: Tx,
  unmapped: readonly { signalId: string; receivedOn: string; reason: string }[],
): Promise<void> {
  if (unmapped.length === 0) return;
  await tx.query(
    `update signal set unmapped_reason = u.reason
     from jsonb_to_recordset($2::jsonb) as u("signalId" uuid, "receivedOn" date, reason text)
     where signal.tenant_id = $1 and signal.received_on = u."receivedOn" and signal.signal_id = u."signalId"
       and signal.unmapped_reason is distinct from u.reason`,
    [tx.tenantId, JSON.stringify(unmapped)],
  );
}

/** First day of which spans and events are still stored; what is older has left their retention. */
export async function readSignalDays(tx: Tx): Promise<{ spans: string | null; events: string | null }> {
  const [days] = await tx.query<{ spans: string | null; events: string | null }>(
    `select (select min(received_on) from span where tenant_id = $1) as spans,
            (select min(received_on) from signal where tenant_id = $1) as events`,
    [tx.tenantId],
  );
  return days ?? { spans: null, events: null };
}

/** A batch that waits is mapped by the live workers; it is stored in one transaction with its signals. */
const isWaiting = (table: string) =>
  `exists (select 1 from intake_batch w where w.tenant_id = $1 and w.batch_id = ${table}.batch_id)`;

/** Every span that was mapped, in bounded batches, first received first, so that of two copies the first one counts. */
export async function* readAllSpans(tx: Tx, batchSize: number): AsyncGenerator<StoredSpan[]> {
  let after: SpanLine | undefined;
  for (;;) {
    const lines: SpanLine[] = await tx.query<SpanLine>(
      `select received_on, ${SPAN_COLUMNS} from span
       where tenant_id = $1 and (received_on, trace_id, span_id) > ($2::date, $3::bytea, $4::bytea)
         and not ${isWaiting('span')}
       order by received_on, trace_id, span_id limit $5`,
      [
        tx.tenantId,
        after?.received_on ?? '-infinity',
        after?.trace_id ?? Buffer.alloc(0),
        after?.span_id ?? Buffer.alloc(0),
        batchSize,
      ],
    );
    if (lines.length === 0) return;
    yield lines.map(spanOfLine);
    after = lines.at(-1);
  }
}

/** Every event that was mapped, in bounded batches, first received first. */
export async function* readAllEvents(tx: Tx, batchSize: number): AsyncGenerator<ReceivedEvent[]> {
  let after: EventLine | undefined;
  for (;;) {
    const lines: EventLine[] = await tx.query<EventLine>(
      `select ${EVENT_COLUMNS} from signal
       where tenant_id = $1 and (received_on, signal_id) > ($2::date, $3::uuid)
         and not ${isWaiting('signal')}
       order by received_on, signal_id limit $4`,
      [
        tx.tenantId,
        after?.received_on ?? '-infinity',
        after?.signal_id ?? '00000000-0000-0000-0000-000000000000',
        batchSize,
      ],
    );
    if (lines.length === 0) return;
    yield lines.map(eventOfLine);
    after = lines.at(-1);
  }
}

function daysOf(batches: readonly ClaimedBatch[]): string[] {
  return [...new Set(batches.map((batch) => batch.receivedOn))];
}

function spanOfLine({ received_on, ...row }: SpanLine): StoredSpan {
  return { span: spanFromRow(row), receivedOn: received_on };
}

function eventOfLine({ received_on, signal_id, ...row }: EventLine): ReceivedEvent {
  return { event: storedEventFromRow(row), signalId: signal_id, receivedOn: received_on };
}

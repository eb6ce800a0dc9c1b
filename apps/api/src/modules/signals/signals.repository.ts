import type { MappingReference, SignalReference } from '@throughline/canonical';
import {
  STORED_SIGNAL_COLUMNS,
  type StoredSignal,
  type StoredSignalRow,
  type UnmappedReason,
  storedSignalFromRow,
} from '@throughline/ingest';
import type { ClaimedBatch, Tx } from '@throughline/persistence';
import { type StoredSpan, readBatchSpans } from './spans.repository.js';

/** A stored signal other than a span, with what its receipt says. */
export type ReceivedSignal = { signal: StoredSignal; reference: SignalReference; receivedAt: string };
export type StoredSignals = { spans: StoredSpan[]; signals: ReceivedSignal[] };

/** What the mapping made of a signal, where that is no activity. */
export type SignalOutcome = { reference: SignalReference } & (
  | { outcome: 'unmapped'; note: UnmappedReason }
  | { outcome: 'ignored'; note: { reason: string; mapping: MappingReference } }
);

const COLUMNS = `signal_id, received_on, received_at, ${STORED_SIGNAL_COLUMNS.join(', ')}`;

/** The columns of a signal that mapping it needs, as rows of `table`. */
export const mappedColumns = (table: string) =>
  COLUMNS.split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');

/** A row of the table `signal` with what mapping it needs. */
export type SignalLine = StoredSignalRow & {
  signal_id: string;
  received_on: string;
  received_at: Date;
};

/** The signals of batches. */
export async function readSignals(tx: Tx, batches: readonly ClaimedBatch[]): Promise<StoredSignals> {
  const [spanBatches, signalBatches] = [
    batches.filter((batch) => batch.kind === 'spans'),
    batches.filter((batch) => batch.kind === 'events'),
  ];
  return { spans: await readBatchSpans(tx, spanBatches), signals: await readBatchSignals(tx, signalBatches) };
}

async function readBatchSignals(tx: Tx, batches: readonly ClaimedBatch[]): Promise<ReceivedSignal[]> {
  if (batches.length === 0) return [];
  const lines = await tx.query<SignalLine>(
    `select ${COLUMNS} from signal
     where tenant_id = $1 and received_on = any($2::date[]) and batch_id = any($3::uuid[])`,
    [tx.tenantId, [...new Set(batches.map((batch) => batch.receivedOn))], batches.map((batch) => batch.batchId)],
  );
  return lines.map(receivedSignalOf);
}

/**
 * Says of signals what the mapping made of them, where that is no activity; they stay whole, to be mapped again by a better
 * mapping. Signals that are stated as `mapped` lose what an earlier mapping said of them.
 */
export async function markOutcomes(
  tx: Tx,
  outcomes: readonly SignalOutcome[],
  mapped: readonly SignalReference[] = [],
): Promise<void> {
  const rows = [
    ...outcomes.map(({ reference, outcome, note }) => ({ ...idOf(reference), outcome, note })),
    ...mapped.map((reference) => ({ ...idOf(reference), outcome: null, note: null })),
  ];
  if (rows.length === 0) return;
  await tx.query(
    `update signal set mapping_outcome = o.outcome, mapping_note = nullif(o.note, 'null')
     from jsonb_to_recordset($2::jsonb) as o("signalId" uuid, "receivedOn" date, outcome text, note jsonb)
     where signal.tenant_id = $1 and signal.received_on = o."receivedOn" and signal.signal_id = o."signalId"
       and (signal.mapping_outcome is distinct from o.outcome
            or signal.mapping_note is distinct from nullif(o.note, 'null'))`,
    [tx.tenantId, JSON.stringify(rows)],
  );
}

function idOf({ signalId, receivedOn }: SignalReference) {
  return { signalId, receivedOn };
}

/** First day of which signals other than spans are still stored; what is older has left its retention. */
export async function readSignalDay(tx: Tx): Promise<string | null> {
  const [first] = await tx.query<{ day: string | null }>(
    'select min(received_on) as day from signal where tenant_id = $1',
    [tx.tenantId],
  );
  return first?.day ?? null;
}

/** A batch that waits is mapped by the live workers; it is stored in one transaction with its signals. */
export const isWaiting = (table: string) =>
  `exists (select 1 from intake_batch w where w.tenant_id = $1 and w.batch_id = ${table}.batch_id)`;

/** Every signal other than a span that was mapped, in bounded batches, first received first. */
export async function* readAllSignals(tx: Tx, batchSize: number): AsyncGenerator<ReceivedSignal[]> {
  let after: SignalLine | undefined;
  for (;;) {
    const lines: SignalLine[] = await tx.query<SignalLine>(
      `select ${COLUMNS} from signal
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
    yield lines.map(receivedSignalOf);
    after = lines.at(-1);
  }
}

/** The signal of a row. */
export function receivedSignalOf(line: SignalLine): ReceivedSignal {
  return {
    signal: storedSignalFromRow(line),
    reference: { kind: line.kind, receivedOn: line.received_on, signalId: line.signal_id },
    receivedAt: line.received_at.toISOString(),
  };
}

import type { MappingReference, SignalKind } from '@throughline/canonical';
import type { UnmappedReason } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';
import type { SignalOrder, SignalState } from './graphql/signal.types.js';

/** A signal as lists show it, without its body. */
export type SignalRow = {
  id: string;
  receivedOn: string;
  kind: SignalKind;
  state: SignalState;
  type: string;
  source: string;
  externalId: string;
  scopedKey: string;
  sourceSystem: string;
  occurredAt: Date | null;
  receivedAt: Date;
  receivedText: string;
  lagSeconds: string | null;
  contentType: string | null;
  sizeBytes: number;
  traceId: string | null;
  hopTraceparent: string | null;
  attributes: unknown;
  note: UnmappedReason | { reason: string; mapping: MappingReference } | null;
  fileId: string | null;
  recordNo: number | null;
  correlationId: string | null;
  causationId: string | null;
};

/** What the list can be narrowed to, checked; kinds as they are stored. */
export type SignalListSelection = {
  states: readonly SignalState[] | null;
  kinds: readonly SignalKind[] | null;
  sourceSystems: readonly string[] | null;
  types: readonly string[] | null;
  from: Date | null;
  to: Date | null;
  fileId: string | null;
  mapping: string | null;
  correlationId: string | null;
};

const IS_PENDING = `exists (select 1 from intake_batch w where w.tenant_id = $1 and w.batch_id = s.batch_id)`;

/** State of the signal `s`; one that waits has none yet, whatever an earlier mapping said of it. */
const STATE = `case
  when ${IS_PENDING} then 'PENDING'
  when s.mapping_outcome = 'unmapped' then 'UNMAPPED'
  when s.mapping_outcome = 'ignored' then 'IGNORED'
  else 'MAPPED' end`;

const STATE_FILTER: Record<SignalState, string> = {
  PENDING: IS_PENDING,
  UNMAPPED: `(s.mapping_outcome = 'unmapped' and not ${IS_PENDING})`,
  IGNORED: `(s.mapping_outcome = 'ignored' and not ${IS_PENDING})`,
  MAPPED: `(s.mapping_outcome is null and not ${IS_PENDING})`,
};

/** What a SignalRow reads of the signal `s`. */
export const SIGNAL_ROW = `s.signal_id as id, s.received_on as "receivedOn", s.kind, ${STATE} as state, s.type, s.source,
  s.external_id as "externalId", s.scoped_key as "scopedKey", s.source_system as "sourceSystem",
  s.occurred_at as "occurredAt", s.received_at as "receivedAt", ${instantCursorSql('s.received_at')} as "receivedText",
  extract(epoch from s.received_at - s.occurred_at) as "lagSeconds", s.content_type as "contentType",
  octet_length(s.body) as "sizeBytes", encode(s.trace_id, 'hex') as "traceId", s.hop_traceparent as "hopTraceparent",
  s.attributes, s.mapping_note as note, s.file_id as "fileId", s.record_no as "recordNo",
  s.correlation_id as "correlationId", s.causation_id as "causationId"`;

type Condition = { where: string; params: unknown[] };

function conditionOf(tx: Tx, selection: SignalListSelection): Condition {
  const condition: Condition = { where: 's.tenant_id = $1', params: [tx.tenantId] };
  const and = (value: unknown, sql: (place: string) => string): void => {
    if (value === null) return;
    condition.params.push(value);
    condition.where += ` and ${sql(`$${condition.params.length}`)}`;
  };
  // naming the day as well leaves out partitions
  and(selection.from, (place) => `s.received_at >= ${place}::timestamptz`);
  and(selection.from === null ? null : dayOf(selection.from), (place) => `s.received_on >= ${place}::date`);
  and(selection.to, (place) => `s.received_at < ${place}::timestamptz`);
  and(selection.to === null ? null : dayOf(selection.to), (place) => `s.received_on <= ${place}::date`);
  and(selection.kinds, (place) => `s.kind = any(${place}::text[])`);
  and(selection.sourceSystems, (place) => `s.source_system = any(${place}::text[])`);
  and(selection.types, (place) => `s.type = any(${place}::text[])`);
  and(selection.correlationId, (place) => `s.correlation_id = ${place}`);
  and(selection.fileId, (place) => `s.file_id = ${place}::uuid`);
  and(
    selection.mapping,
    (place) => `(s.mapping_note -> 'mapping' ->> 'name' = ${place}
      or exists (select 1 from activity a
                 where a.tenant_id = $1 and a.signal_id = s.signal_id and a.mapping_name = ${place}))`,
  );
  const { states } = selection;
  if (states !== null) {
    condition.where += ` and (${states.length === 0 ? 'false' : states.map((state) => STATE_FILTER[state]).join(' or ')})`;
  }
  return condition;
}

/** Signals of the selection in order of receipt, one more than the page holds. */
export async function listSignals(
  tx: Tx,
  selection: SignalListSelection,
  order: SignalOrder,
  page: Page,
): Promise<SignalRow[]> {
  const { where, params } = conditionOf(tx, selection);
  const [direction, behind] = order === 'RECEIVED_ASC' ? ['asc', '>'] : ['desc', '<'];
  const at = params.length + 1;
  return tx.query<SignalRow>(
    `select ${SIGNAL_ROW} from signal s
     where ${where}
       and ($${at}::timestamptz is null or (s.received_at, s.signal_id) ${behind} ($${at}::timestamptz, $${at + 1}::uuid))
     order by s.received_at ${direction}, s.signal_id ${direction} limit $${at + 2}`,
    [...params, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countSignals(tx: Tx, selection: SignalListSelection): Promise<RowCount> {
  const { where, params } = conditionOf(tx, selection);
  return countRows(tx, `select 1 from signal s where ${where}`, params);
}

/** One look-up a day: the key of the table begins with the day, which an id does not tell. */
const BY_ID = `from (select min(received_on) as first, max(received_on) as last from signal where tenant_id = $1) stored,
  generate_series(stored.first::timestamp, stored.last::timestamp, interval '1 day') as day
  cross join lateral (
    select * from signal each
    where each.tenant_id = $1 and each.received_on = day::date and each.signal_id = any($2::uuid[]) offset 0) s`;

/** Signals by id, in that order; null where there is none. Fits Operation.loader. */
export async function findSignals(tx: Tx, ids: readonly string[]): Promise<(SignalRow | null)[]> {
  const rows = await tx.query<SignalRow>(`select ${SIGNAL_ROW} ${BY_ID}`, [tx.tenantId, ids]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The first bytes of a body, and whether they are all. */
export type SignalBody = { body: Buffer; isWhole: boolean };

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_BYTES_OF_MANY = 64 * 1024;

/** Bodies by signal, in the order asked; of many at once only the beginnings. Fits Operation.loader. */
export async function findBodies(
  tx: Tx,
  signals: readonly { id: string; receivedOn: string }[],
): Promise<(SignalBody | null)[]> {
  const most = signals.length > 3 ? MOST_BYTES_OF_MANY : MOST_BYTES;
  const rows = await tx.query<{ id: string; body: Buffer; isWhole: boolean }>(
    `select s.signal_id as id, substring(s.body from 1 for $4) as body, octet_length(s.body) <= $4 as "isWhole"
     from signal s
     where s.tenant_id = $1 and s.received_on = any($2::date[]) and s.signal_id = any($3::uuid[])`,
    [tx.tenantId, [...new Set(signals.map(({ receivedOn }) => receivedOn))], signals.map(({ id }) => id), most],
  );
  const byId = new Map(rows.map(({ id, body, isWhole }) => [id, { body, isWhole }]));
  return signals.map(({ id }) => byId.get(id) ?? null);
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

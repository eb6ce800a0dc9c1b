import type { SignalKind } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import {
  type ReceivedSignal,
  type SignalLine,
  isWaiting,
  mappedColumns,
  receivedSignalOf,
} from './signals.repository.js';

/** Which stored signals are meant; what is left out does not narrow it. Instants bound the time of receipt. */
export type SignalSelection = {
  /** First instant. */
  from?: string;
  /** First instant after it. */
  to?: string;
  sourceSystem?: string;
  kinds?: SignalKind[];
  types?: string[];
  /** Signals that this mapping took, whatever came of it; without a version every one. */
  mapping?: { name: string; version?: number };
  signalIds?: string[];
  fileId?: string;
  onlyUnmapped?: boolean;
};

/** A place in the order of receipt. */
export type SignalCursor = { receivedAt: string; signalId: string };

type Clause = { sql: string; params: unknown[] };

/** One page of the selection in order of receipt, without what still waits to be mapped for the first time. */
export async function readSelectedSignals(
  tx: Tx,
  selection: SignalSelection,
  after: SignalCursor | null,
  limit: number,
): Promise<{ signals: ReceivedSignal[]; next: SignalCursor | null }> {
  const { sql, params } = await conditionOf(tx, selection);
  const place = after === null ? [] : [after.receivedAt, after.signalId];
  const [at, id] = [params.length + 1, params.length + 2];
  const lines = await tx.query<SignalLine & { exact_received_at: string }>(
    // As text, for the cursor must not lose microseconds.
    `select ${mappedColumns('s')}, s.received_at::text as exact_received_at from signal s
     where ${sql} ${after === null ? '' : `and (s.received_at, s.signal_id) > ($${at}::timestamptz, $${id}::uuid)`}
     order by s.received_at, s.signal_id limit ${Math.trunc(limit)}`,
    [...params, ...place],
  );
  const last = lines.at(-1);
  return {
    signals: lines.map(receivedSignalOf),
    next: last === undefined ? null : { receivedAt: last.exact_received_at, signalId: last.signal_id },
  };
}

/** How many signals the selection names. */
export async function countSelectedSignals(tx: Tx, selection: SignalSelection): Promise<number> {
  const { sql, params } = await conditionOf(tx, selection);
  const [row] = await tx.query<{ count: string }>(`select count(*) as count from signal s where ${sql}`, params);
  return Number(row?.count ?? 0);
}

async function conditionOf(tx: Tx, selection: SignalSelection): Promise<Clause> {
  const clause: Clause = { sql: `s.tenant_id = $1 and not ${isWaiting('s')}`, params: [tx.tenantId] };
  const and = (condition: (place: string) => string, value: unknown) => {
    clause.params.push(value);
    clause.sql += ` and ${condition(`$${clause.params.length}`)}`;
  };
  const { from, to, sourceSystem, kinds, types, mapping, signalIds, fileId, onlyUnmapped } = selection;
  if (from !== undefined) and((place) => `s.received_at >= ${place}::timestamptz`, from);
  if (to !== undefined) and((place) => `s.received_at < ${place}::timestamptz`, to);
  if (sourceSystem !== undefined) and((place) => `s.source_system = ${place}`, sourceSystem);
  if (kinds !== undefined) and((place) => `s.kind = any(${place}::text[])`, kinds);
  if (types !== undefined) and((place) => `s.type = any(${place}::text[])`, types);
  if (fileId !== undefined) and((place) => `s.file_id = ${place}::uuid`, fileId);
  if (onlyUnmapped === true) clause.sql += ` and s.mapping_outcome = 'unmapped'`;
  if (signalIds !== undefined) {
    // The key of the table begins with the day: naming the days makes a look-up of what would be a scan.
    and((place) => `s.signal_id = any(${place}::uuid[])`, signalIds);
    and((place) => `s.received_on = any(${place}::date[])`, await readStoredDays(tx));
  }
  if (mapping !== undefined) {
    clause.params.push(mapping.name, mapping.version ?? null);
    const [name, version] = [`$${clause.params.length - 1}::text`, `$${clause.params.length}::integer`];
    clause.sql += ` and (
      (s.mapping_note->'mapping'->>'name' = ${name}
       and (${version} is null or (s.mapping_note->'mapping'->>'version')::integer = ${version}))
      or exists (select 1 from activity a where a.tenant_id = $1 and a.signal_id = s.signal_id and a.mapping_name = ${name}
                 and (${version} is null or a.mapping_version = ${version})))`;
  }
  return clause;
}

async function readStoredDays(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ day: string }>(
    `select day::date as day
     from (select min(received_on) as first, max(received_on) as last from signal where tenant_id = $1) stored,
          generate_series(stored.first::timestamp, stored.last::timestamp, interval '1 day') as day`,
    [tx.tenantId],
  );
  return rows.map((row) => row.day);
}

import type { SignalReference } from '@throughline/canonical';
import { STORED_SIGNAL_COLUMNS, storedSignalFromRow, type StoredSignalRow } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import type { BenchSignal } from './bench-messages.js';

/** Largest body and largest sum of bodies that the bench maps at once. */
const MOST_BODY_BYTES = 1024 * 1024;
const MOST_BYTES = 32 * 1024 * 1024;
/** Types of events that one prefix may stand for. */
const MOST_TYPES = 200;
/** Highest code point: `text <= value < text || this` is a prefix search that an index can do. */
const HIGHEST = '\u{10FFFF}';

/** Which stored signals a definition is tried on. */
export type BenchSelection = {
  sourceSystems: readonly string[];
  eventPrefixes: readonly string[];
  from: Date | null;
  to: Date | null;
  onlyUnmapped: boolean;
  limit: number;
};

type Place = { id: string; receivedOn: string; bytes: number };

const NARROWED = `s.tenant_id = $1 and s.kind in ('webhook', 'cloud-event')
  and ($2::timestamptz is null or s.received_at >= $2) and ($3::timestamptz is null or s.received_at < $3)
  and (not $4::boolean or s.mapping_outcome = 'unmapped') and octet_length(s.body) <= ${MOST_BODY_BYTES}
  and not (s.kind = 'cloud-event' and s.type >= 'finance.' and s.type < 'finance/')`;

const PLACE = `s.signal_id, s.received_on, s.received_at, octet_length(s.body) as bytes`;
const NEWEST = `order by s.received_at desc, s.signal_id desc limit $5`;

/** The newest signals that a mapping takes, newest first; each source and each type is one range of an index. */
export async function findBenchSignals(tx: Tx, selection: BenchSelection): Promise<BenchSignal[]> {
  const { sourceSystems, from, to, onlyUnmapped, limit } = selection;
  const types = await eventTypesOf(tx, selection.eventPrefixes);
  const places = await tx.query<Place>(
    `select signal_id as id, received_on as "receivedOn", bytes
     from (select o.* from unnest($6::text[]) as n(name)
           cross join lateral (select ${PLACE} from signal s where ${NARROWED} and s.source_system = n.name ${NEWEST}) o
           union
           select o.* from unnest($7::text[]) as n(name)
           cross join lateral (select ${PLACE} from signal s
                               where ${NARROWED} and s.kind = 'cloud-event' and s.type = n.name ${NEWEST}) o) found
     order by received_at desc, signal_id desc limit $5`,
    [tx.tenantId, from, to, onlyUnmapped, limit, sourceSystems, types],
  );
  return readBenchSignals(tx, withinBytes(places));
}

/** One stored signal by the key of its row; null = there is none, or it is too large for the bench. */
export async function findBenchSignal(tx: Tx, id: string, receivedOn: string): Promise<BenchSignal | null> {
  return (await readBenchSignals(tx, [{ id, receivedOn, bytes: 0 }]))[0] ?? null;
}

async function readBenchSignals(tx: Tx, places: readonly Place[]): Promise<BenchSignal[]> {
  const rows = await tx.query<StoredSignalRow & { signal_id: string; received_on: string }>(
    `select signal_id, received_on, ${STORED_SIGNAL_COLUMNS.join(', ')} from signal
     where tenant_id = $1 and received_on = any($2::date[]) and signal_id = any($3::uuid[])`,
    [tx.tenantId, [...new Set(places.map(({ receivedOn }) => receivedOn))], places.map(({ id }) => id)],
  );
  const byId = new Map(rows.map((row) => [row.signal_id, row]));
  return places.flatMap(({ id }) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const reference: SignalReference = { kind: row.kind, receivedOn: row.received_on, signalId: id };
    return [{ signal: storedSignalFromRow(row), reference }];
  });
}

/** The stored types that begin with a prefix: from one to the next along the index, not over all their signals. */
async function eventTypesOf(tx: Tx, prefixes: readonly string[]): Promise<string[]> {
  if (prefixes.length === 0) return [];
  const rows = await tx.query<{ type: string }>(
    `select found.type
     from unnest($2::text[]) as p(prefix)
     cross join lateral (
       with recursive step(type) as (
         (select min(type) from signal where tenant_id = $1 and type >= p.prefix and type < p.prefix || $3)
         union all
         select (select min(s.type) from signal s
                 where s.tenant_id = $1 and s.type > step.type and s.type < p.prefix || $3)
         from step where step.type is not null)
       select type from step where type is not null limit $4) found`,
    [tx.tenantId, prefixes, HIGHEST, MOST_TYPES],
  );
  return [...new Set(rows.map(({ type }) => type))];
}

function withinBytes(places: readonly Place[]): Place[] {
  let bytes = 0;
  return places.filter((place) => {
    bytes += place.bytes;
    return bytes <= MOST_BYTES;
  });
}

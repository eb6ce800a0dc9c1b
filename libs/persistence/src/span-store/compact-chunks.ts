import type { Tx } from '../tx.js';
import { slotLock, slotOf } from './received-slot.js';

/** Which chunks may be rewritten, and how many at once. */
export type CompactionBounds = {
  /** Received before: younger traces still grow, and their requests may be sent again. */
  receivedBefore: Date;
  mostSpans: number;
  mostChunks: number;
};

/** A chunk of one request; `received_on` is the same for all of a choice. */
export type SmallChunk = { chunkId: string; receivedAt: Date; content: Buffer | null; candidates: Buffer | null };

/** Chunks that were chosen, all of one day (UTC). */
export type ChosenChunks = { receivedOn: string; chunks: SmallChunk[]; spans: number; oldestReceivedAt: Date };

/** That a chunk holds spans of a trace. */
export type TraceOfChunk = { chunkId: string; traceId: string };

/** Where spans of a trace are found, also by a business key (its hash). */
export type FoundTrace = { chunkId: string; traceId: string; keyHash: string | null };

const LONGEST_REQUEST_MS = 3_600_000;
/** Two days. */
const MOST_SLOTS = 600;

// A batch that waits is still read by its id.
const CHOOSE = `
  with eligible as materialized (
    select chunk_id, received_on, received_at, spans from span_chunk
    where tenant_id = $1 and batch_id is not null and received_at < $2
      and not exists (select 1 from intake_batch w where w.tenant_id = $1 and w.batch_id = span_chunk.batch_id)
    order by received_at, chunk_id limit $3
  ), measured as (
    select chunk_id, received_on, received_at, spans,
           sum(spans) over (order by received_at, chunk_id) as spans_so_far,
           row_number() over (order by received_at, chunk_id) as place
    from eligible where received_on = (select received_on from eligible order by received_at, chunk_id limit 1)
  )
  select received_on as "receivedOn", array_agg(chunk_id) as "chunkIds", sum(spans)::int as spans,
         min(received_at) as "oldestReceivedAt"
  from measured where place = 1 or spans_so_far <= $4 group by received_on`;

const READ = `
  select chunk_id as "chunkId", received_at as "receivedAt", content, candidates from span_chunk
  where tenant_id = $1 and received_on = $2 and chunk_id = any($3::bigint[]) order by received_at, chunk_id`;

// Deleted by address, looked up one by one: a join would be planned by how many rows the server believes to be there. What has not
// arrived by this version has a row in span_trace by the one before.
const TAKE_TRACES = `
  with arrived as (
    delete from span_arrival where tenant_id = $1 and received_on = $2 and ctid = any(array(
      select found.place from (select distinct * from unnest($4::smallint[], $5::uuid[]) as places (slot, trace_id)) asked
      cross join lateral (
        select ctid as place from span_arrival
        where tenant_id = $1 and received_on = $2 and received_slot = asked.slot and trace_id = asked.trace_id
          and chunk_id = any($3::bigint[]) offset 0
      ) found))
    returning chunk_id, trace_id, key_hash
  ), earlier as (
    delete from span_trace where tenant_id = $1 and received_on = $2 and ctid = any(array(
      select found.place from (
        select * from unnest($6::bigint[], $5::uuid[]) as places (chunk_id, trace_id)
        except select chunk_id, trace_id from arrived
      ) asked
      cross join lateral (
        select ctid as place from span_trace
        where tenant_id = $1 and received_on = $2 and trace_id = asked.trace_id and chunk_id = asked.chunk_id offset 0
      ) found))
    returning chunk_id, trace_id, key_hash
  )
  select chunk_id as "chunkId", replace(trace_id::text, '-', '') as "traceId", key_hash as "keyHash" from arrived
  union all
  select chunk_id, replace(trace_id::text, '-', ''), key_hash from earlier`;

type Choice = { receivedOn: string; chunkIds: string[]; spans: number; oldestReceivedAt: Date };

/** True when this transaction may compact the tenant's chunks: one worker does at a time, nobody waits for it. */
export async function tryCompactionLock(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ isMine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('throughline span compaction ' || $1, 0)) as "isMine"`,
    [tx.tenantId],
  );
  return row?.isMine === true;
}

/** The oldest chunks of single requests, with what they hold; null when `isWorthwhile` says no, or there are none. */
export async function chooseSmallChunks(
  tx: Tx,
  bounds: CompactionBounds,
  isWorthwhile: (choice: { chunks: number; spans: number; oldestReceivedAt: Date }) => boolean,
): Promise<ChosenChunks | null> {
  const [choice] = await tx.query<Choice>(CHOOSE, [
    tx.tenantId,
    bounds.receivedBefore,
    bounds.mostChunks,
    bounds.mostSpans,
  ]);
  if (!choice || !isWorthwhile({ ...choice, chunks: choice.chunkIds.length })) return null;
  const chunks = await tx.query<SmallChunk>(READ, [tx.tenantId, choice.receivedOn, choice.chunkIds]);
  return { receivedOn: choice.receivedOn, chunks, spans: choice.spans, oldestReceivedAt: choice.oldestReceivedAt };
}

/**
 * Takes chunks out, to store others in their place in the same transaction. Answers where their traces were found; what is
 * in a chunk and not found there is a copy of what another one holds.
 */
export async function takeChunks(
  tx: Tx,
  receivedOn: string,
  chunks: readonly Pick<SmallChunk, 'chunkId' | 'receivedAt'>[],
  traces: readonly TraceOfChunk[],
): Promise<FoundTrace[]> {
  const slots = new Map(chunks.map(({ chunkId, receivedAt }) => [chunkId, slotOf(receivedAt).slot]));
  const chunkIds = [...slots.keys()];
  const gone = await tx.query(
    'delete from span_chunk where tenant_id = $1 and received_on = $2 and chunk_id = any($3::bigint[]) returning chunk_id',
    [tx.tenantId, receivedOn, chunkIds],
  );
  if (gone.length !== chunkIds.length) throw new Error('chunks that are to be compacted are gone');
  return tx.query<FoundTrace>(TAKE_TRACES, [
    tx.tenantId,
    receivedOn,
    chunkIds,
    traces.map(({ chunkId }) => slots.get(chunkId)),
    traces.map(({ traceId }) => traceId),
    traces.map(({ chunkId }) => chunkId),
  ]);
}

/**
 * Forgets slots of which everything was compacted, so that nobody looks for traces there. Whoever stores in a slot holds its
 * lock; that of the last hour is left alone, because requests are still on their way into it.
 */
export async function forgetEmptySlots(tx: Tx, now: Date): Promise<void> {
  const { receivedOn, slot } = slotOf(new Date(now.getTime() - LONGEST_REQUEST_MS));
  const old = await tx.query<{ receivedOn: string; slot: number }>(
    `select received_on as "receivedOn", received_slot as slot from span_slot
     where tenant_id = $1 and (received_on, received_slot) < ($2::date, $3::smallint)
     order by received_on, received_slot limit ${MOST_SLOTS}`,
    [tx.tenantId, receivedOn, slot],
  );
  if (old.length === 0) return;
  const locked = await tx.query<{ place: number }>(
    `select place::int as place from unnest($1::text[]) with ordinality as slot(lock, place)
     where pg_try_advisory_xact_lock(hashtextextended(lock, 0))`,
    [old.map((one) => slotLock(tx.tenantId, one))],
  );
  const held = locked.map(({ place }) => old[place - 1]!);
  // Looked at once they are locked: what was being stored meanwhile is there now.
  await tx.query(
    `delete from span_slot s using unnest($2::date[], $3::smallint[]) as held(received_on, received_slot)
     where s.tenant_id = $1 and s.received_on = held.received_on and s.received_slot = held.received_slot and not exists (
       select from span_arrival a
       where a.tenant_id = $1 and a.received_on = s.received_on and a.received_slot = s.received_slot)`,
    [tx.tenantId, held.map((one) => one.receivedOn), held.map((one) => one.slot)],
  );
}

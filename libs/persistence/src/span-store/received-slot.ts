/** A day (`YYYY-MM-DD`, UTC) and the slot of it in which spans came: five minutes long, counted from 0. */
export type ReceivedSlot = { receivedOn: string; slot: number };

/**
 * Trace ids and hashes are random, so an index that began with them would touch a page of its own for each row, all over the
 * store. Rows of a slot stand together: its few pages stay in memory until the next one begins.
 */
const SLOT_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** The slot of an instant. */
export function slotOf(receivedAt: Date): ReceivedSlot {
  const ms = receivedAt.getTime();
  return { receivedOn: receivedAt.toISOString().slice(0, 10), slot: Math.floor((ms % DAY_MS) / SLOT_MS) };
}

/** The slot before that of an instant: senders try again for five minutes at most, so a copy is in this one or that. */
export function slotBefore(receivedAt: Date): ReceivedSlot {
  return slotOf(new Date(receivedAt.getTime() - SLOT_MS));
}

/** What is locked of a slot, as text for hashtextextended: shared by who stores in it, alone by who forgets it. */
export function slotLock(tenantId: string, { receivedOn, slot }: ReceivedSlot): string {
  return `throughline span slot ${tenantId} ${receivedOn} ${slot}`;
}

/** Where the spans of a trace are: `received_on` and `chunk_id`, possibly repeated. Parameters: $1 tenant, $2 trace id. */
export const CHUNKS_OF_TRACE = `
  select received_on, chunk_id from span_trace where tenant_id = $1 and trace_id = $2::uuid
  union all
  select a.received_on, a.chunk_id from span_slot s
  cross join lateral (
    select received_on, chunk_id from span_arrival
    where tenant_id = $1 and received_on = s.received_on and received_slot = s.received_slot and trace_id = $2::uuid offset 0
  ) a
  where s.tenant_id = $1`;

/** Where the spans of some traces are: `received_on` and `chunk_id`, possibly repeated. Parameters: $1 tenant, $2 trace ids. */
export const CHUNKS_OF_TRACES = `
  select received_on, chunk_id from span_trace where tenant_id = $1 and trace_id = any($2::uuid[])
  union all
  select a.received_on, a.chunk_id from span_slot s
  cross join lateral (
    select received_on, chunk_id from span_arrival
    where tenant_id = $1 and received_on = s.received_on and received_slot = s.received_slot
      and trace_id = any($2::uuid[]) offset 0
  ) a
  where s.tenant_id = $1`;

/** Traces of which a span carries a business key: `trace_id` and `received_on`, possibly repeated. Parameters: $1 tenant, $2 hash of the key. */
export const TRACES_OF_KEY = `
  select trace_id, received_on from span_trace where tenant_id = $1 and key_hash = $2
  union all
  select a.trace_id, a.received_on from span_slot s
  cross join lateral (
    select trace_id, received_on from span_arrival
    where tenant_id = $1 and received_on = s.received_on and received_slot = s.received_slot and key_hash = $2 offset 0
  ) a
  where s.tenant_id = $1`;

import type { Tx } from '../tx.js';
import { type ReceivedSlot, slotBefore, slotLock, slotOf } from './received-slot.js';
import { storeSpanLinks, type StorableLink } from './store-span-links.js';

/** A group of spans of one trace and by what it is found; hashes are signed 64-bit integers as decimal text. */
export type StorableGroup = { traceId: string; groupHash: string; keyHashes: readonly string[]; spans: number };

/** A chunk of spans, encoded; `candidates` are those that can become activities, null = none. */
export type StorableChunk = {
  spans: number;
  /** Latest receipt of its spans, epoch milliseconds; all on the same day (UTC). */
  receivedAtMs: number;
  content: Uint8Array | null;
  candidates: Uint8Array | null;
  candidateSpans: number;
  groups: readonly StorableGroup[];
  /** To spans of other traces; most chunks have none. */
  links: readonly StorableLink[];
};

/** The request that brought the chunks. */
export type SpanReceipt = { batchId: string; receivedAt: Date };

/** What storing came to: spans of groups that were not there yet, and how many of the stored spans can become activities. */
export type StoredSpanChunks = { spans: number; candidateSpans: number };

const numbersAnd = (more: string) => `
  with number as materialized (
    select array_agg(nextval('span_chunk_number') order by part) as chunk_ids${more} from generate_series(1, $3::int) as part
  )`;
const GROUPS = `
  unnest($4::uuid[], $5::bigint[], $6::bigint[], $7::int[]) with ordinality as r(trace_id, group_hash, key_hash, part, place)
    cross join number`;
/** Only when some were left out, it is told which were taken. */
const ANSWER = `
  select number.chunk_ids as "chunkIds",
         case when (select count(*) from taken) < cardinality($4::uuid[])
              then (select coalesce(array_agg(replace(trace_id::text, '-', '') || group_hash), '{}') from taken) end as taken
  from number`;

/**
 * Takes the groups in one statement, in the order of their keys: one that is there already (the same spans of the same trace
 * were stored in this slot or in the one before) is left out.
 */
const TAKE_ARRIVALS = `${numbersAnd(', (select pg_advisory_xact_lock_shared(hashtextextended($11, 0)))')}, taken as (
    insert into span_arrival (tenant_id, received_on, received_slot, trace_id, group_hash, chunk_id, key_hash)
    select $1, $2, $8, r.trace_id, r.group_hash, number.chunk_ids[r.part], r.key_hash
    from ${GROUPS}
    left join lateral (
      select true as is_there from span_arrival b
      where b.tenant_id = $1 and b.received_on = $9 and b.received_slot = $10 and b.trace_id = r.trace_id and b.group_hash = r.group_hash
      limit 1
    ) before on true
    where before.is_there is null
    order by r.place
    on conflict do nothing
    returning trace_id, group_hash
  ), noted as (
    insert into span_slot (tenant_id, received_on, received_slot) values ($1, $2, $8) on conflict do nothing
  )${ANSWER}`;

/** The same for groups of compacted chunks. */
const TAKE_COMPACTED = `${numbersAnd('')}, taken as (
    insert into span_trace (tenant_id, received_on, trace_id, group_hash, chunk_id, key_hash)
    select $1, $2, r.trace_id, r.group_hash, number.chunk_ids[r.part], r.key_hash
    from ${GROUPS}
    order by r.place
    on conflict do nothing
    returning trace_id, group_hash
  )${ANSWER}`;

type Taken = { chunkIds: string[]; taken: string[] | null };
type TraceRow = { traceId: string; groupHash: string; keyHash: string | null; part: number };

/**
 * Stores the chunks of one request. A group of spans that is there already is not stored again; a chunk of which some group
 * is new is stored whole, readers see one copy of each span.
 */
export async function storeSpanChunks(
  tx: Tx,
  receipt: SpanReceipt,
  chunks: readonly StorableChunk[],
): Promise<StoredSpanChunks> {
  if (chunks.length === 0) return { spans: 0, candidateSpans: 0 };
  const { receivedAt } = receipt;
  const now = slotOf(receivedAt);
  const { receivedOn } = now;
  const { chunkIds, taken } = await takeGroups(tx, receivedOn, chunks, { now, before: slotBefore(receivedAt) });
  const isNew = ({ traceId, groupHash }: StorableGroup): boolean => taken?.has(traceId + groupHash) ?? true;
  const stored: NumberedChunk[] = [];
  let spans = 0;
  for (const [part, chunk] of chunks.entries()) {
    const fresh = chunk.groups.reduce((sum, group) => sum + (isNew(group) ? group.spans : 0), 0);
    if (fresh > 0) stored.push({ ...chunk, chunkId: chunkIds[part]! });
    spans += fresh;
  }
  await insertChunks(tx, { batchId: receipt.batchId, receivedOn }, stored);
  await storeSpanLinks(tx, receivedOn, stored);
  return { spans, candidateSpans: stored.reduce((sum, chunk) => sum + chunk.candidateSpans, 0) };
}

async function takeGroups(
  tx: Tx,
  receivedOn: string,
  chunks: readonly StorableChunk[],
  slots?: { now: ReceivedSlot; before: ReceivedSlot },
): Promise<{ chunkIds: string[]; taken: ReadonlySet<string> | null }> {
  const rows = chunks.flatMap((chunk, index) => chunk.groups.flatMap((group) => traceRows(group, index + 1)));
  const params = [
    tx.tenantId,
    receivedOn,
    chunks.length,
    rows.map((row) => row.traceId),
    rows.map((row) => row.groupHash),
    rows.map((row) => row.keyHash),
    rows.map((row) => row.part),
  ];
  const [answer] =
    slots === undefined
      ? await tx.query<Taken>(TAKE_COMPACTED, params)
      : await tx.query<Taken>(TAKE_ARRIVALS, [
          ...params,
          slots.now.slot,
          slots.before.receivedOn,
          slots.before.slot,
          slotLock(tx.tenantId, slots.now),
        ]);
  if (!answer) throw new Error('the groups of a request were not answered for');
  return { chunkIds: answer.chunkIds, taken: answer.taken === null ? null : new Set(answer.taken) };
}

/** A row holds one key; each further one has a row of its own. */
function traceRows({ traceId, groupHash, keyHashes }: StorableGroup, part: number): TraceRow[] {
  const [first = null, ...further] = keyHashes;
  return [
    { traceId, groupHash, keyHash: first, part },
    ...further.map((keyHash) => ({ traceId, groupHash: groupHashOfKey(groupHash, keyHash), keyHash, part })),
  ];
}

/** The same for the same group and key, and different from the group's own. */
function groupHashOfKey(groupHash: string, keyHash: string): string {
  return BigInt.asIntN(64, BigInt(groupHash) * 31n + BigInt(keyHash)).toString();
}

type NumberedChunk = StorableChunk & { chunkId: string };

async function insertChunks(
  tx: Tx,
  batch: { batchId: string | null; receivedOn: string },
  chunks: readonly NumberedChunk[],
): Promise<void> {
  if (chunks.length === 0) return;
  const rows = chunks.map((_, index) => {
    const at = 4 + index * 5;
    return `($1, $2, $3, $${at}, $${at + 1}, $${at + 2}, $${at + 3}, $${at + 4})`;
  });
  await tx.query(
    `insert into span_chunk (tenant_id, received_on, batch_id, received_at, chunk_id, spans, content, candidates)
     values ${rows.join(', ')}`,
    [
      tx.tenantId,
      batch.receivedOn,
      batch.batchId,
      ...chunks.flatMap((chunk) => [
        new Date(chunk.receivedAtMs),
        chunk.chunkId,
        chunk.spans,
        chunk.content,
        chunk.candidates,
      ]),
    ],
  );
}

/**
 * Stores chunks in the place of others of that day, which this transaction has taken out (takeSmallChunks): they belong to
 * no request any more.
 */
export async function storeCompactedChunks(
  tx: Tx,
  receivedOn: string,
  chunks: readonly StorableChunk[],
): Promise<void> {
  if (chunks.length === 0) return;
  const { chunkIds } = await takeGroups(tx, receivedOn, chunks);
  await insertChunks(
    tx,
    { batchId: null, receivedOn },
    chunks.map((chunk, part) => ({ ...chunk, chunkId: chunkIds[part]! })),
  );
  // Most are there since their spans came; those of chunks that an earlier version of the app wrote are not.
  await storeSpanLinks(tx, receivedOn, chunks);
}

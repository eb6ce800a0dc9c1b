import type { Tx } from '@throughline/persistence';
import type { SequenceGap } from './gap-activity.js';

/** A stored gap. */
export type StoredGap = SequenceGap & { seenAt: Date; reportedAt: Date | null };

/** Most gaps kept of one source: a sender whose numbers do not go up by ones has no gaps, it has another counter. */
export const MOST_GAPS_PER_SOURCE = 1_000;

const GAP = `g.source, g.from_no as "fromNo", g.to_no as "toNo", g.seen_at as "seenAt", g.reported_at as "reportedAt",
             g.occurred_at as "occurredAt", g.signal_received_on as "signalReceivedOn", g.signal_id as "signalId"`;

type GapLine = Omit<StoredGap, 'occurredAt'> & { occurredAt: Date };

/** Takes touched sources; one that is touched again meanwhile waits for this transaction and is taken again. */
export async function takeTouchedSources(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.query<{ source: string }>(
    `with touched as (
       select source from sequence_watch where tenant_id = $1 order by touched_at, source limit $2 for update skip locked
     )
     delete from sequence_watch w using touched where w.tenant_id = $1 and w.source = touched.source
     returning w.source`,
    [tx.tenantId, limit],
  );
  return rows.map((row) => row.source).sort();
}

/**
 * Looks through what came outside the numbers seen so far, keeps the gaps found, and how far was looked. What lies between
 * the numbers seen is missing in known gaps alone. Answers the sources with more gaps than are kept.
 */
export async function extendSequences(tx: Tx, sources: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.query<{ source: string; found: number }>(
    `with touched as (
       -- row-level security lets only what is computed before into the condition of an index
       select t.source, e.first_no, e.last_no, coalesce(e.last_no, -1) as after_no
       from unnest($2::text[]) as t(source)
       left join event_sequence e on e.tenant_id = $1 and e.source = t.source
     ), fresh as (
       select t.source, s.sequence_no as no, s.signal_id, s.received_on, coalesce(s.occurred_at, s.received_at) as occurred_at
       from touched t
       join signal s on s.tenant_id = $1 and s.source = t.source and s.sequence_no > t.after_no
       union all
       select t.source, s.sequence_no, s.signal_id, s.received_on, coalesce(s.occurred_at, s.received_at)
       from touched t
       join signal s on s.tenant_id = $1 and s.source = t.source and s.sequence_no < t.first_no
       union all
       select t.source, seen.no, null, null, null
       from touched t cross join lateral (values (t.first_no), (t.last_no)) as seen(no)
       where t.first_no is not null
     ), ordered as (
       select source, no, lag(no) over w as before_no,
              coalesce(signal_id, lag(signal_id) over w) as signal_id,
              coalesce(received_on, lag(received_on) over w) as received_on,
              coalesce(occurred_at, lag(occurred_at) over w) as occurred_at
       from fresh
       window w as (partition by source order by no)
     ), holes as (
       select o.*, row_number() over (partition by o.source order by o.no) as number
       from ordered o join touched t using (source)
       where o.no - o.before_no > 1 and not (o.before_no = t.first_no and o.no = t.last_no and t.first_no is not null)
     ), known as (
       select source, count(*) as gaps from sequence_gap where tenant_id = $1 and source = any($2::text[]) group by source
     ), kept as (
       insert into sequence_gap (tenant_id, source, from_no, to_no, seen_at, signal_received_on, signal_id, occurred_at)
       select $1, h.source, h.before_no + 1, h.no - 1, $3, h.received_on, h.signal_id, h.occurred_at
       from holes h left join known k using (source)
       where h.number + coalesce(k.gaps, 0) <= $4
       on conflict (tenant_id, source, from_no) do nothing
     ), advanced as (
       insert into event_sequence as e (tenant_id, source, first_no, last_no)
       select $1, source, min(no), max(no) from fresh group by source
       on conflict (tenant_id, source) do update set first_no = excluded.first_no, last_no = excluded.last_no
     )
     select h.source, max(h.number + coalesce(k.gaps, 0))::integer as found
     from holes h left join known k using (source) group by h.source`,
    [tx.tenantId, sources, now, MOST_GAPS_PER_SOURCE],
  );
  return rows.filter((row) => row.found > MOST_GAPS_PER_SOURCE).map((row) => row.source);
}

/** Gaps of the sources in which numbers have come meanwhile, each with these numbers. */
export async function readFilledGaps(
  tx: Tx,
  sources: readonly string[],
): Promise<{ gap: StoredGap; present: string[] }[]> {
  const lines = await tx.query<GapLine & { present: string[] }>(
    `select ${GAP}, came.present
     from sequence_gap g
     cross join lateral (
       select array_agg(s.sequence_no::text) as present from signal s
       where s.tenant_id = $1 and s.source = g.source and s.sequence_no between g.from_no and g.to_no
     ) came
     where g.tenant_id = $1 and g.source = any($2::text[]) and came.present is not null
     order by g.source, g.from_no`,
    [tx.tenantId, sources],
  );
  return lines.map(({ present, ...line }) => ({ gap: gapOf(line), present }));
}

/** Puts what is left of gaps in their place; it is as old as they were, and still to be told. */
export async function replaceGaps(tx: Tx, gone: readonly StoredGap[], left: readonly StoredGap[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.query(
    `delete from sequence_gap g using unnest($2::text[], $3::bigint[]) as x(source, from_no)
     where g.tenant_id = $1 and g.source = x.source and g.from_no = x.from_no`,
    [tx.tenantId, gone.map((gap) => gap.source), gone.map((gap) => gap.fromNo)],
  );
  await tx.query(
    `insert into sequence_gap (tenant_id, source, from_no, to_no, seen_at, signal_received_on, signal_id, occurred_at)
     select $1, * from jsonb_to_recordset($2::jsonb) as g(source text, "fromNo" bigint, "toNo" bigint, "seenAt" timestamptz,
       "signalReceivedOn" date, "signalId" uuid, "occurredAt" timestamptz)`,
    [tx.tenantId, JSON.stringify(left)],
  );
}

/** Takes gaps that are older than the grace time and were not told; they count as told when the transaction commits. */
export async function takeDueGaps(tx: Tx, seenBefore: Date, now: Date, limit: number): Promise<StoredGap[]> {
  const lines = await tx.query<GapLine>(
    `with due as (
       select source, from_no from sequence_gap
       where tenant_id = $1 and reported_at is null and seen_at <= $2 order by seen_at, source, from_no limit $4
       for update skip locked
     )
     update sequence_gap g set reported_at = $3 from due
     where g.tenant_id = $1 and g.source = due.source and g.from_no = due.from_no
     returning ${GAP}`,
    [tx.tenantId, seenBefore, now, limit],
  );
  return lines.map(gapOf);
}

function gapOf({ occurredAt, ...line }: GapLine): StoredGap {
  return { ...line, occurredAt: occurredAt.toISOString() };
}

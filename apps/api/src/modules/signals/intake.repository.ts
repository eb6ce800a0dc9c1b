import type { Tx } from '@throughline/persistence';
import { EXACT_COUNT_LIMIT, instantCursorSql, type Page } from '../../graphql/connection.js';

/** A sample of what was refused. */
export type RefusedInputRow = {
  id: string;
  at: Date;
  atText: string;
  protocol: string;
  reason: string;
  sample: Buffer;
};

export const COUNT_REFUSED = 'select 1 from refused_input where tenant_id = $1';

/** Samples, latest first, one more than asked. */
export async function listRefusedInputs(tx: Tx, page: Page): Promise<RefusedInputRow[]> {
  return tx.query<RefusedInputRow>(
    `select refused_id as id, at, ${instantCursorSql('at')} as "atText", protocol, reason, sample from refused_input
     where tenant_id = $1 and ($2::timestamptz is null or (at, refused_id) < ($2::timestamptz, $3::uuid))
     order by at desc, refused_id desc limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** Figures over everything that comes in. */
export type IntakeFigures = {
  receivedToday: string;
  refusedToday: string;
  unmapped: number;
  pending: string;
  oldestPendingAt: Date | null;
  lastReceivedAt: Date | null;
};

/** Figures of the intake; each part is one range of an index. */
export async function findIntakeFigures(tx: Tx, startOfDay: Date): Promise<IntakeFigures> {
  const [row] = await tx.query<IntakeFigures>(
    `select today.items as "receivedToday", today.refused as "refusedToday", unmapped.signals as unmapped,
            waiting.items as pending, waiting.oldest as "oldestPendingAt",
            greatest(
              (select max(last_received_at) from (select last_received_at from ingest_usage where tenant_id = $1
                                                  order by hour desc limit 200) latest),
              (select received_at from signal where tenant_id = $1 order by received_at desc limit 1)) as "lastReceivedAt"
     from (select coalesce(sum(items), 0) as items, coalesce(sum(refused), 0) as refused
           from ingest_usage where tenant_id = $1 and hour >= $2) today,
          (select count(*)::int as signals
           from (select 1 from signal where tenant_id = $1 and mapping_outcome = 'unmapped' limit $3) found) unmapped,
          (select coalesce(sum(items), 0) as items, min(received_at) as oldest
           from intake_batch where tenant_id = $1) waiting`,
    [tx.tenantId, startOfDay, EXACT_COUNT_LIMIT + 1],
  );
  if (row === undefined) throw new Error('a select of aggregates gives one row');
  return row;
}

/** What a source system sent. */
export type SourceTraffic = {
  lastReceivedAt: Date | null;
  signalsToday: number;
  unmappedToday: number;
  longestLagSecondsToday: number | null;
};

type TrafficRow = { name: string; lastReceivedAt: Date | null; items: string; unmapped: string; lagMs: string | null };

/** What source systems sent since an instant, in the order of the names. Fits Operation.loader. */
export async function findSourceTraffic(
  tx: Tx,
  names: readonly string[],
  startOfDay: Date,
): Promise<(SourceTraffic | null)[]> {
  const rows = await tx.query<TrafficRow>(
    `select n.name, coalesce(today.items, 0) as items, coalesce(unmapped.signals, 0) as unmapped, today.lag as "lagMs",
            greatest(
              (select max(last_received_at) from (select last_received_at from ingest_usage u
                                                  where u.tenant_id = $1 and u.source_system = n.name
                                                  order by hour desc limit 50) latest),
              (select received_at from signal s where s.tenant_id = $1 and s.source_system = n.name
               order by received_at desc limit 1)) as "lastReceivedAt"
     from unnest($2::text[]) as n(name)
     left join (select source_system, greatest(0, sum(items - refused - duplicates)) as items, max(longest_lag_ms) as lag
                from ingest_usage where tenant_id = $1 and source_system = any($2::text[]) and hour >= $3
                group by source_system) today on today.source_system = n.name
     left join (select source_system, count(*) as signals
                from (select source_system from signal
                      where tenant_id = $1 and mapping_outcome = 'unmapped' and received_at >= $3 limit 100000) found
                group by source_system) unmapped on unmapped.source_system = n.name`,
    [tx.tenantId, names, startOfDay],
  );
  const byName = new Map(
    rows.map((row) => [
      row.name,
      {
        lastReceivedAt: row.lastReceivedAt,
        signalsToday: Number(row.items),
        unmappedToday: Number(row.unmapped),
        longestLagSecondsToday: row.lagMs === null ? null : Number(row.lagMs) / 1_000,
      },
    ]),
  );
  return names.map((name) => byName.get(name) ?? null);
}

/** How many unmapped signals came to grief in mappings, in the order of the names. Fits Operation.loader. */
export async function countUnmappedByMapping(tx: Tx, mappings: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ name: string | null; signals: number }>(
    `select mapping_note -> 'mapping' ->> 'name' as name, count(*)::int as signals
     from (select mapping_note from signal where tenant_id = $1 and mapping_outcome = 'unmapped' limit 100000) found
     group by 1`,
    [tx.tenantId],
  );
  const byName = new Map(rows.map(({ name, signals }) => [name, signals]));
  return mappings.map((name) => byName.get(name) ?? 0);
}

import type { Logger } from '@throughline/observability';
import type { Database } from '@throughline/persistence';
import { PeriodicFlush } from './periodic-flush.js';

/** Who used it: a key, and the source system that it is taken for ('' = none). */
export type UsageOf = { tenantId: string; keyId: string; sourceSystem: string };

/** What was used; absent = none. `lagMs`: how long after they happened the items came. */
export type Usage = Partial<
  Record<'requests' | 'items' | 'duplicates' | 'refused' | 'bytes' | 'limited' | 'lagMs', number>
>;

type Entry = UsageOf & { hour: string; lastReceivedAt: Date } & Required<Usage>;

const FLUSH_MS = 3_000;
/** While the database is away the ledger grows no further: counts are lost, never requests. */
const MOST_ENTRIES = 50_000;

const UPSERT = `
  insert into ingest_usage (tenant_id, key_id, source_system, hour, requests, items, duplicates, refused, bytes, limited,
                            last_received_at, longest_lag_ms)
  select $1::uuid, used.*
    from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
                $9::bigint[], $10::bigint[], $11::timestamptz[], $12::bigint[]) as used
   order by 1, 2, 3
      on conflict (tenant_id, key_id, source_system, hour) do update
     set requests = ingest_usage.requests + excluded.requests,
         items = ingest_usage.items + excluded.items,
         duplicates = ingest_usage.duplicates + excluded.duplicates,
         refused = ingest_usage.refused + excluded.refused,
         bytes = ingest_usage.bytes + excluded.bytes,
         limited = ingest_usage.limited + excluded.limited,
         last_received_at = greatest(ingest_usage.last_received_at, excluded.last_received_at),
         longest_lag_ms = greatest(ingest_usage.longest_lag_ms, excluded.longest_lag_ms)`;

/** What each ingest key sent, by hour: added up in memory and written every few seconds, off the way of the requests. */
export class UsageLedger {
  private entries = new Map<string, Entry>();
  private readonly periodic: PeriodicFlush;

  constructor(
    private readonly database: Pick<Database, 'withTenant'>,
    log: Logger,
  ) {
    this.periodic = new PeriodicFlush('usage of ingest keys', () => this.write(), log, FLUSH_MS);
  }

  add(of: UsageOf, at: Date, usage: Usage): void {
    const hour = `${at.toISOString().slice(0, 13)}:00:00Z`;
    const entry = this.entryOf(of, hour, at);
    if (!entry) return;
    for (const name of ['requests', 'items', 'duplicates', 'refused', 'bytes', 'limited'] as const) {
      entry[name] += usage[name] ?? 0;
    }
    entry.lagMs = Math.max(entry.lagMs, Math.round(usage.lagMs ?? 0));
    if (at > entry.lastReceivedAt) entry.lastReceivedAt = at;
  }

  /** Writes what was added so far. */
  flush(): Promise<void> {
    return this.periodic.now();
  }

  close(): Promise<void> {
    return this.periodic.close();
  }

  private entryOf(of: UsageOf, hour: string, at: Date): Entry | undefined {
    const name = `${of.tenantId} ${of.keyId} ${hour} ${of.sourceSystem}`;
    const known = this.entries.get(name);
    if (known || this.entries.size >= MOST_ENTRIES) return known;
    const { tenantId, keyId, sourceSystem } = of;
    const none = { requests: 0, items: 0, duplicates: 0, refused: 0, bytes: 0, limited: 0, lagMs: 0 };
    const entry: Entry = { tenantId, keyId, sourceSystem, hour, lastReceivedAt: at, ...none };
    this.entries.set(name, entry);
    return entry;
  }

  private async write(): Promise<void> {
    const waiting = new Set(this.entries.values());
    this.entries = new Map();
    for (const tenantId of new Set([...waiting].map((entry) => entry.tenantId))) {
      const entries = [...waiting].filter((entry) => entry.tenantId === tenantId);
      try {
        await this.database.withTenant(tenantId, (tx) => tx.query(UPSERT, [tenantId, ...columnsOf(entries)]));
      } catch (error) {
        for (const entry of waiting) this.add(entry, entry.lastReceivedAt, entry);
        throw error;
      }
      for (const entry of entries) waiting.delete(entry);
    }
  }
}

function columnsOf(entries: readonly Entry[]): unknown[] {
  return [
    entries.map((entry) => entry.keyId),
    entries.map((entry) => entry.sourceSystem),
    entries.map((entry) => entry.hour),
    entries.map((entry) => entry.requests),
    entries.map((entry) => entry.items),
    entries.map((entry) => entry.duplicates),
    entries.map((entry) => entry.refused),
    entries.map((entry) => entry.bytes),
    entries.map((entry) => entry.limited),
    entries.map((entry) => entry.lastReceivedAt),
    entries.map((entry) => entry.lagMs),
  ];
}

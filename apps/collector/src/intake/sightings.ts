import type { Logger } from '@throughline/observability';
import type { Database } from '@throughline/persistence';
import { PeriodicFlush } from './periodic-flush.js';

/** What was seen: a service (service.name), an event source (CloudEvents source), an integration (finance.integration.name). */
export type SightingKind = 'service' | 'source' | 'integration';

type Seen = { kind: SightingKind; name: string; signals: number; firstAt: Date; lastAt: Date };

const FLUSH_MS = 5_000;
const LONGEST_NAME = 250;
/** Names are the sender's: one that makes up a new one for each span must not fill memory or table. */
const MOST_NAMES_A_FLUSH = 500;
const MOST_NAMES_A_TENANT = 2_000;

/** Names that are configured are known; of the others those already listed are updated, and new ones listed while there is room. */
const UPSERT = `
  with seen as (
    select s.*
      from unnest($2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::timestamptz[])
           as s (kind, name, signals, first_at, last_at)
     where not exists (select 1 from integration i where i.tenant_id = $1 and i.name = s.name)
       and not exists (select 1 from integration i where i.tenant_id = $1 and i.adopted_from = s.name)
       and not exists (select 1 from source_system y where y.tenant_id = $1 and y.name = s.name)
  ), room as (
    select greatest(0, $7 - count(*)) as left from unclaimed_integration where tenant_id = $1
  ), listed as (
    select s.*, u.name is null as is_new,
           row_number() over (partition by u.name is null order by s.kind, s.name) as position
      from seen s
      left join unclaimed_integration u on u.tenant_id = $1 and u.kind = s.kind and u.name = s.name
  )
  insert into unclaimed_integration (tenant_id, kind, name, first_seen_at, last_seen_at, signals)
  select $1::uuid, kind, name, first_at, last_at, signals
    from listed, room
   where not is_new or position <= room.left
   order by kind, name
      on conflict (tenant_id, kind, name) do update
     set first_seen_at = least(unclaimed_integration.first_seen_at, excluded.first_seen_at),
         last_seen_at = greatest(unclaimed_integration.last_seen_at, excluded.last_seen_at),
         signals = unclaimed_integration.signals + excluded.signals`;

/** Senders that nobody has configured: added up in memory and listed every few seconds as integrations to adopt. */
export class Sightings {
  private byTenant = new Map<string, Map<string, Seen>>();
  private readonly periodic: PeriodicFlush;

  constructor(
    private readonly database: Pick<Database, 'withTenant'>,
    log: Logger,
  ) {
    this.periodic = new PeriodicFlush('sightings', () => this.write(), log, FLUSH_MS);
  }

  add(tenantId: string, kind: SightingKind, name: string, signals: number, at: Date): void {
    const trimmed = name.trim().slice(0, LONGEST_NAME);
    if (trimmed === '') return;
    const ofTenant = this.byTenant.get(tenantId) ?? new Map<string, Seen>();
    this.byTenant.set(tenantId, ofTenant);
    const key = `${kind} ${trimmed}`;
    const known = ofTenant.get(key);
    if (known) {
      known.signals += signals;
      if (at > known.lastAt) known.lastAt = at;
      if (at < known.firstAt) known.firstAt = at;
    } else if (ofTenant.size < MOST_NAMES_A_FLUSH) {
      ofTenant.set(key, { kind, name: trimmed, signals, firstAt: at, lastAt: at });
    }
  }

  /** Writes what was seen so far. */
  flush(): Promise<void> {
    return this.periodic.now();
  }

  close(): Promise<void> {
    return this.periodic.close();
  }

  private async write(): Promise<void> {
    const waiting = this.byTenant;
    this.byTenant = new Map();
    for (const [tenantId, ofTenant] of waiting) {
      const seen = [...ofTenant.values()];
      try {
        await this.database.withTenant(tenantId, (tx) =>
          tx.query(UPSERT, [tenantId, ...columnsOf(seen), MOST_NAMES_A_TENANT]),
        );
      } catch (error) {
        for (const [unwritten, names] of waiting)
          for (const one of names.values()) this.add(unwritten, one.kind, one.name, one.signals, one.lastAt);
        throw error;
      }
      waiting.delete(tenantId);
    }
  }
}

function columnsOf(seen: readonly Seen[]): unknown[] {
  return [
    seen.map((one) => one.kind),
    seen.map((one) => one.name),
    seen.map((one) => one.signals),
    seen.map((one) => one.firstAt),
    seen.map((one) => one.lastAt),
  ];
}

import type { Database, Tx } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';

type Sighting = { count: number; lastSeenAt: Date };

/** Most names of a tenant remembered between two writings; a sender that makes up names does not fill the memory. */
const MOST_NAMES = 1_000;
const LONGEST_NAME = 256;

/** Names of integrations that activities mention, counted in memory and written every few seconds. */
export class IntegrationSightings {
  private readonly byTenant = new Map<string, Map<string, Sighting>>();

  note(tenantId: string, counts: ReadonlyMap<string, number>, at: Date): void {
    if (counts.size === 0) return;
    const seen = this.byTenant.get(tenantId) ?? new Map<string, Sighting>();
    this.byTenant.set(tenantId, seen);
    for (const [name, count] of counts) {
      const known = seen.get(name);
      if (known === undefined && (seen.size >= MOST_NAMES || name.length > LONGEST_NAME)) continue;
      seen.set(name, { count: (known?.count ?? 0) + count, lastSeenAt: at });
    }
  }

  /** What was noted of a tenant since the last time. */
  take(tenantId: string): Map<string, Sighting> {
    const seen = this.byTenant.get(tenantId) ?? new Map<string, Sighting>();
    this.byTenant.delete(tenantId);
    return seen;
  }
}

/** Writes which integrations send without being configured, to be adopted by somebody. */
export function createSightingsStage(database: Database, sightings: IntegrationSightings): Stage {
  return {
    name: 'sightings',
    wakesOn: [],
    pollMs: 3_000,
    async run(tenantId) {
      const seen = sightings.take(tenantId);
      if (seen.size === 0) return false;
      try {
        await database.withTenant(tenantId, (tx) => writeSightings(tx, seen));
      } catch (error) {
        for (const [name, { count, lastSeenAt }] of seen)
          sightings.note(tenantId, new Map([[name, count]]), lastSeenAt);
        throw error;
      }
      return false;
    },
  };
}

async function writeSightings(tx: Tx, seen: ReadonlyMap<string, Sighting>): Promise<void> {
  const rows = [...seen].map(([name, { count, lastSeenAt }]) => ({ name, count, lastSeenAt }));
  await tx.query(
    `insert into unclaimed_integration as u (tenant_id, kind, name, first_seen_at, last_seen_at, signals)
     select $1, 'integration', s.name, s."lastSeenAt", s."lastSeenAt", s.count
     from jsonb_to_recordset($2::jsonb) as s(name text, count bigint, "lastSeenAt" timestamptz)
     where not exists (select 1 from integration i where i.tenant_id = $1 and i.name = s.name)
     order by s.name
     on conflict (tenant_id, kind, name) do update
       set last_seen_at = greatest(u.last_seen_at, excluded.last_seen_at), signals = u.signals + excluded.signals`,
    [tx.tenantId, JSON.stringify(rows)],
  );
}

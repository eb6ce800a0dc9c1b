import type { Activity, ActivityLink, ActivityObject } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';

/** Most activities that a signal shows. */
const MOST_ACTIVITIES = 100;

/** An activity of a signal, as the mapping stored it. */
export type SignalActivityRow = Pick<
  Activity,
  'activityId' | 'type' | 'outcome' | 'system' | 'integration' | 'mapping'
> & {
  signalId: string;
  occurredAt: Date;
  objects: ActivityObject[];
  links: ActivityLink[];
  problem: { taxonomy: string; message: string; field?: string } | null;
};

/** Activities of signals, at most 100 each, in the order of the ids. Fits Operation.loader. */
export async function findActivitiesOfSignals(tx: Tx, signalIds: readonly string[]): Promise<SignalActivityRow[][]> {
  const rows = await tx.query<SignalActivityRow>(
    `select a.signal_id as "signalId", a.activity_id as "activityId", a.type, a.occurred_at as "occurredAt", a.outcome,
            a.system, a.integration, a.objects, a.links, a.problem - 'payload' as problem,
            jsonb_build_object('name', a.mapping_name, 'version', a.mapping_version, 'rule', a.mapping_rule) as mapping
     from unnest($2::uuid[]) as s(id)
     cross join lateral (select * from activity each where each.tenant_id = $1 and each.signal_id = s.id
                         order by each.occurred_at, each.activity_id limit ${MOST_ACTIVITIES}) a
     order by a.occurred_at, a.activity_id`,
    [tx.tenantId, signalIds],
  );
  const bySignal = new Map<string, SignalActivityRow[]>(signalIds.map((id) => [id, []]));
  for (const row of rows) bySignal.get(row.signalId)?.push(row);
  return signalIds.map((id) => bySignal.get(id) ?? []);
}

/** Objects by alias, in the order of the ids; null = not projected (yet). Fits Operation.loader. */
export async function findObjectsOfAliases(tx: Tx, aliasIds: readonly string[]): Promise<(string | null)[]> {
  const rows = await tx.query<{ aliasId: string; objectId: string }>(
    `select alias_id as "aliasId", object_id as "objectId" from object_alias
     where tenant_id = $1 and alias_id = any($2::uuid[])`,
    [tx.tenantId, aliasIds],
  );
  const byAlias = new Map(rows.map(({ aliasId, objectId }) => [aliasId, objectId]));
  return aliasIds.map((id) => byAlias.get(id) ?? null);
}

import type { Tx } from '@throughline/persistence';
import type { QueueName } from './domain/queues.js';
import type { RoutingRule } from './domain/routing.js';

type RuleRow = {
  name: string;
  queue: QueueName;
  taxonomies: string[] | null;
  objectTypes: string[] | null;
  legalEntities: string[] | null;
  integrations: string[] | null;
  fromMinor: string | null;
  personId: string | null;
};

/** The tenant's own rules, in order. */
export async function listRoutingRules(tx: Tx): Promise<RoutingRule[]> {
  const rows = await tx.query<RuleRow>(
    `select name, queue, taxonomies, object_types as "objectTypes", legal_entities as "legalEntities", integrations,
            from_minor as "fromMinor", person_id as "personId"
     from routing_rule where tenant_id = $1 order by position`,
    [tx.tenantId],
  );
  return rows.map(({ name, queue, taxonomies, objectTypes, legalEntities, integrations, fromMinor, personId }) => ({
    name,
    queue,
    ...(taxonomies !== null && { taxonomies }),
    ...(objectTypes !== null && { objectTypes }),
    ...(legalEntities !== null && { legalEntities }),
    ...(integrations !== null && { integrations }),
    ...(fromMinor !== null && { fromMinor }),
    ...(personId !== null && { personId }),
  }));
}

/** The same, until the end of the transaction nobody else's to replace. */
export async function lockRoutingRules(tx: Tx): Promise<RoutingRule[]> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('routing rules ' || $1, 0))`, [tx.tenantId]);
  return listRoutingRules(tx);
}

/** Puts these in the place of all rules that the tenant had, which are locked. */
export async function replaceRoutingRules(tx: Tx, rules: readonly RoutingRule[]): Promise<void> {
  await tx.query(`delete from routing_rule where tenant_id = $1`, [tx.tenantId]);
  await tx.query(
    `insert into routing_rule (tenant_id, position, name, queue, taxonomies, object_types, legal_entities, integrations, from_minor,
                               person_id)
     select $1, r.position, r.name, r.queue, r.taxonomies, r."objectTypes", r."legalEntities", r.integrations, r."fromMinor", r."personId"
     from jsonb_to_recordset($2::jsonb) as r(position integer, name text, queue text, taxonomies text[], "objectTypes" text[],
                                             "legalEntities" text[], integrations text[], "fromMinor" bigint,
                                             "personId" uuid)`,
    [tx.tenantId, JSON.stringify(rules.map((rule, position) => ({ ...rule, position })))],
  );
}

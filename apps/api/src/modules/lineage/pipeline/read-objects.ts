import type { Alias, Direction, Money, ObjectType } from '@throughline/canonical';
import type { Happened, ObjectState } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

/** One success as the projection keeps it with its object. */
export type HappenedLine = [activityId: string, type: string, occurredAt: string];

type ObjectLine = {
  object_id: string;
  type: ObjectType;
  key: string;
  legal_entity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  direction: Direction | null;
  attributes: Record<string, string>;
  is_placeholder: boolean;
  first_occurred_at: Date;
  last_occurred_at: Date;
  happened: HappenedLine[] | null;
};

/** The objects that names belong to in the projection. */
export async function readObjectIds(tx: Tx, aliasIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ aliasId: string; objectId: string }>(
    `select alias_id as "aliasId", object_id as "objectId" from object_alias where tenant_id = $1 and alias_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(aliasIds)],
  );
  return new Map(rows.map((row) => [row.aliasId, row.objectId]));
}

/** All names of objects, as the projection has them. */
export async function readAliases(tx: Tx, objectIds: readonly string[]): Promise<Map<string, Map<string, Alias>>> {
  const aliases = new Map<string, Map<string, Alias>>();
  if (objectIds.length === 0) return aliases;
  const rows = await tx.query<Alias & { aliasId: string; objectId: string }>(
    `select alias_id as "aliasId", object_id as "objectId", system, kind, scope, value from object_alias
     where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  for (const { aliasId, objectId, ...alias } of rows) {
    const names = aliases.get(objectId) ?? new Map<string, Alias>();
    aliases.set(objectId, names.set(aliasId, alias));
  }
  return aliases;
}

/** Objects as the projection has them. */
export async function readObjects(tx: Tx, objectIds: readonly string[]): Promise<Map<string, ObjectState>> {
  if (objectIds.length === 0) return new Map();
  const lines = await tx.query<ObjectLine>(
    `select object_id, type, key, legal_entity, counterparty, amount, currency, direction, attributes, is_placeholder,
            first_occurred_at, last_occurred_at, happened
     from business_object where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return new Map(lines.map((line) => [line.object_id, stateOf(line)]));
}

/** Two columns as an amount of money; null when either says nothing. */
export function moneyOf({ amount, currency }: { amount: string | null; currency: string | null }): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}

export function happenedOf(lines: readonly HappenedLine[] | null): Happened[] | null {
  return lines?.map(([activityId, type, occurredAt]) => ({ activityId, type, occurredAt })) ?? null;
}

function stateOf(line: ObjectLine): ObjectState {
  return {
    objectId: line.object_id,
    type: line.type,
    key: line.key,
    legalEntity: line.legal_entity,
    counterparty: line.counterparty,
    amount: moneyOf(line),
    direction: line.direction,
    attributes: line.attributes,
    isPlaceholder: line.is_placeholder,
    firstOccurredAt: line.first_occurred_at.toISOString(),
    lastOccurredAt: line.last_occurred_at.toISOString(),
    happened: happenedOf(line.happened),
  };
}

import type { Tx } from '@throughline/persistence';

export type BusinessObjectRow = {
  id: string;
  type: string;
  key: string;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  direction: string | null;
  isPlaceholder: boolean;
  firstSeenAt: Date;
  lastSeenAt: Date;
};

/** Columns of an object `b` as BusinessObjectRow. */
export const OBJECT_COLUMNS = `b.object_id as id, b.type, b.key, b.legal_entity as "legalEntity", b.counterparty, b.amount, b.currency,
  b.direction, b.is_placeholder as "isPlaceholder", b.first_occurred_at as "firstSeenAt", b.last_occurred_at as "lastSeenAt"`;

/**
 * Today's id of an asked one `w`, by its alias `v` where it has one. Not COALESCE, which PostgreSQL does not take for leakproof:
 * under row-level security the comparison would then read every object.
 */
export const TODAYS_ID = 'case when v.object_id is null then w.id else v.object_id end';

/**
 * Objects by id, in that order, following the ids that merged objects had before: an earlier id is one of today's aliases.
 * The answers carry today's ids.
 */
export async function findBusinessObjects(tx: Tx, ids: readonly string[]): Promise<(BusinessObjectRow | null)[]> {
  const rows = await tx.query<BusinessObjectRow & { askedId: string }>(
    `select w.id as "askedId", ${OBJECT_COLUMNS}
     from unnest($2::uuid[]) as w(id)
     left join object_alias v on v.tenant_id = $1 and v.alias_id = w.id
     join business_object b on b.tenant_id = $1 and b.object_id = ${TODAYS_ID}`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map(({ askedId, ...row }) => [askedId, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

export type AliasRow = {
  objectId: string;
  aliasId: string;
  system: string;
  kind: string;
  scope: string;
  value: string;
};

/** All names of objects. */
export async function findAliases(tx: Tx, objectIds: readonly string[]): Promise<AliasRow[]> {
  return tx.query<AliasRow>(
    `select object_id as "objectId", alias_id as "aliasId", system, kind, scope, value from object_alias
     where tenant_id = $1 and object_id = any($2::uuid[]) order by object_id, system, kind, scope, value`,
    [tx.tenantId, objectIds],
  );
}

/** Latest transactions that objects are members of (of hubs: that are linked to them), as ids. */
export async function findTransactionIdsOf(
  tx: Tx,
  objectIds: readonly string[],
  limit: number,
): Promise<{ objectId: string; transactionId: string }[]> {
  return tx.query<{ objectId: string; transactionId: string }>(
    `select w.id as "objectId", t.transaction_id as "transactionId"
     from unnest($2::uuid[]) as w(id)
     cross join lateral (
       select o.transaction_id, t.last_occurred_at
       from transaction_object o join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id
       where o.tenant_id = $1 and o.object_id = w.id
       order by t.last_occurred_at desc, o.transaction_id limit $3) t
     order by w.id, t.last_occurred_at desc, t.transaction_id`,
    [tx.tenantId, objectIds, limit],
  );
}

import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';

/** A key as the catalog lists it, without its hash. */
export type IngestKeyRow = {
  id: string;
  name: string;
  sourceSystem: string | null;
  createdAt: Date;
  createdAtText: string;
  expiresAt: Date | null;
  revokedAt: Date | null;
  replacesKeyId: string | null;
  itemsPerSecond: number | null;
};

const COLUMNS = `key_id as id, name, source_system as "sourceSystem", created_at as "createdAt",
  ${instantCursorSql('created_at')} as "createdAtText", expires_at as "expiresAt", revoked_at as "revokedAt",
  replaces_key_id as "replacesKeyId", items_per_second as "itemsPerSecond"`;

/** Keys, latest first, one more than asked. */
export async function listIngestKeys(tx: Tx, page: Page): Promise<IngestKeyRow[]> {
  return tx.query<IngestKeyRow>(
    `select ${COLUMNS} from ingest_key
     where tenant_id = $1 and ($2::timestamptz is null or (created_at, key_id) < ($2::timestamptz, $3::uuid))
     order by created_at desc, key_id desc limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countIngestKeys(tx: Tx): Promise<RowCount> {
  return countRows(tx, 'select 1 from ingest_key where tenant_id = $1', [tx.tenantId]);
}

/** One key; `lock` holds it against another act until the transaction ends. */
export async function findIngestKeyById(tx: Tx, id: string, lock: boolean): Promise<IngestKeyRow | null> {
  const [row] = await tx.query<IngestKeyRow>(
    `select ${COLUMNS} from ingest_key where tenant_id = $1 and key_id = $2 ${lock ? 'for update' : ''}`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

/** Whether a key was issued in the place of this one. */
export async function hasSuccessor(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(`select 1 from ingest_key where tenant_id = $1 and replaces_key_id = $2 limit 1`, [
    tx.tenantId,
    id,
  ]);
  return rows.length > 0;
}

/** A key to store: its hash, never its text. */
export type NewIngestKey = {
  id: string;
  hash: Buffer;
  name: string;
  sourceSystem: string | null;
  itemsPerSecond: number | null;
  expiresAt: Date | null;
  replacesKeyId: string | null;
  createdBy: string;
  createdAt: Date;
};

export async function addIngestKey(tx: Tx, key: NewIngestKey): Promise<void> {
  await tx.query(
    `insert into ingest_key (tenant_id, key_id, key_hash, name, source_system, items_per_second, expires_at,
                             replaces_key_id, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.tenantId,
      key.id,
      key.hash,
      key.name,
      key.sourceSystem,
      key.itemsPerSecond,
      key.expiresAt,
      key.replacesKeyId,
      key.createdBy,
      key.createdAt,
    ],
  );
}

/** Sets the end of a key. */
export async function endIngestKey(tx: Tx, id: string, end: { expiresAt: Date } | { revokedAt: Date }): Promise<void> {
  const [column, at] = 'expiresAt' in end ? ['expires_at', end.expiresAt] : ['revoked_at', end.revokedAt];
  await tx.query(`update ingest_key set ${column as string} = $3 where tenant_id = $1 and key_id = $2`, [
    tx.tenantId,
    id,
    at,
  ]);
}

/** One hour of a key. Counts arrive as text. */
type UsageRow = {
  keyId: string;
  hour: Date;
  requests: string;
  items: string;
  duplicates: string;
  refused: string;
  bytes: string;
  limited: string;
};

export type IngestUsageRow = {
  hour: Date;
  requests: number;
  items: number;
  duplicates: number;
  refused: number;
  bytes: number;
  limited: number;
};

/** What keys sent since an instant, hour by hour, in the order of the ids. Fits Operation.loader. */
export async function findIngestUsage(tx: Tx, keyIds: readonly string[], since: Date): Promise<IngestUsageRow[][]> {
  const rows = await tx.query<UsageRow>(
    `select key_id as "keyId", hour, sum(requests) as requests, sum(items) as items, sum(duplicates) as duplicates,
            sum(refused) as refused, sum(bytes) as bytes, sum(limited) as limited
     from ingest_usage where tenant_id = $1 and key_id = any($2::uuid[]) and hour >= $3
     group by key_id, hour order by key_id, hour`,
    [tx.tenantId, keyIds, since],
  );
  const byKey = new Map<string, IngestUsageRow[]>(keyIds.map((id) => [id, []]));
  for (const { keyId, hour, ...counts } of rows) {
    const numbers = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)]));
    byKey.get(keyId)?.push({ hour, ...numbers } as IngestUsageRow);
  }
  return keyIds.map((id) => byKey.get(id) ?? []);
}

/** When keys were last used, in the order of the ids; null = never. Fits Operation.loader. */
export async function findLastUses(tx: Tx, keyIds: readonly string[]): Promise<(Date | null)[]> {
  const rows = await tx.query<{ id: string; at: Date | null }>(
    `select k.id, (select max(last_received_at)
                   from (select last_received_at from ingest_usage u
                         where u.tenant_id = $1 and u.key_id = k.id order by hour desc limit 50) latest) as at
     from unnest($2::uuid[]) as k(id)`,
    [tx.tenantId, keyIds],
  );
  const byId = new Map(rows.map(({ id, at }) => [id, at]));
  return keyIds.map((id) => byId.get(id) ?? null);
}

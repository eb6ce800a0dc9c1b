import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { statfs } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BenchStore } from '../spans/bench-store.js';

const LOADER = fileURLToPath(new URL('../../../../apps/api/dist/load-history.js', import.meta.url));
const LOADERS = 2;
const TABLES = [
  ...['activity', 'alias_statement', 'object_alias', 'business_object', 'object_link'],
  ...['business_transaction', 'transaction_object', 'milestone', 'problem'],
];
/** Measured with a million transactions: tables and indexes, 18.4. A fifth more is asked for, for building the indexes. */
const BYTES_PER_TRANSACTION = 17_000;
const SPARE = 1.2;

/** End of every history that is loaded: the same numbers give the same rows on any day. */
export const HISTORY_ENDS_AT = '2026-11-01T12:00:00.000Z';

/** What filling took. */
export type Filling = { transactions: number; seconds: number; bytes: number };

/** Transactions that the store holds. */
export async function countTransactions(store: BenchStore): Promise<number> {
  const { rows } = await store.owner.query<{ transactions: string }>(
    'select count(*) as transactions from business_transaction where tenant_id = $1',
    [store.tenantId],
  );
  return Number(rows[0]?.transactions ?? 0);
}

/**
 * Fills an empty store with a history of so many transactions: rows into tables without indexes, by two processes, then the
 * indexes, then what the server knows of them. Says beforehand what disk that needs, and does not begin without it.
 */
export async function fillHistory(store: BenchStore, dataDir: string, transactions: number): Promise<Filling> {
  const needed = transactions * BYTES_PER_TRANSACTION * SPARE;
  const { bavail, bsize } = await statfs(dataDir);
  console.log(`${transactions} transactions need ${gigabytes(needed)} of disk; ${gigabytes(bavail * bsize)} are free`);
  if (bavail * bsize < needed) throw new Error('there is not enough disk for this history');
  const startedAt = performance.now();
  const indexes = await dropIndexes(store);
  await Promise.all(Array.from({ length: LOADERS }, (_, part) => runLoader(store, transactions, part)));
  console.log(`rows written after ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  await store.owner.query(`set maintenance_work_mem = '1GB'`);
  for (const definition of indexes) await store.owner.query(definition);
  for (const table of TABLES) await store.owner.query(`vacuum analyze ${table}`);
  const { rows } = await store.owner.query<{ bytes: string }>(
    'select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) as name',
    [TABLES],
  );
  return { transactions, seconds: (performance.now() - startedAt) / 1_000, bytes: Number(rows[0]?.bytes ?? 0) };
}

/** Drops every index of the tables; answers what makes them again, keys first. */
async function dropIndexes(store: BenchStore): Promise<string[]> {
  const { rows } = await store.owner.query<{ table: string; name: string; key: string | null; definition: string }>(
    `select t.relname as table, i.relname as name, pg_get_constraintdef(k.oid) as key, pg_get_indexdef(i.oid) as definition
     from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
     left join pg_constraint k on k.conindid = i.oid and k.contype = 'p'
     where t.relname = any($1::text[]) and t.relnamespace = 'public'::regnamespace order by k.oid is null, i.relname`,
    [TABLES],
  );
  for (const { table, name, key } of rows)
    await store.owner.query(key === null ? `drop index ${name}` : `alter table ${table} drop constraint ${name}`);
  return rows.map(({ table, name, key, definition }) =>
    key === null ? definition : `alter table ${table} add constraint ${name} ${key}`,
  );
}

async function runLoader(store: BenchStore, transactions: number, part: number): Promise<void> {
  const given = { tenant: store.tenantId, transactions, 'ends-at': HISTORY_ENDS_AT, part, parts: LOADERS };
  const options = Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const loader = spawn(process.execPath, [LOADER, ...options], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_URL: store.appUrl,
      THROUGHLINE_SECRET_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(loader, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`a loader ended with ${code}`);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

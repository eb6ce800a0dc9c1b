import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BenchStore } from '../spans/bench-store.js';
import { watchProcessors } from '../spans/processor-time.js';

const LOADER = fileURLToPath(new URL('../../../../apps/api/dist/load-history.js', import.meta.url));
const TABLES = [
  ...['activity', 'alias_statement', 'object_alias', 'business_object', 'object_link'],
  ...['business_transaction', 'transaction_object', 'milestone', 'problem'],
];

/** End of every history that is loaded: the same numbers give the same rows on any day. */
export const HISTORY_ENDS_AT = '2026-11-01T12:00:00.000Z';

/** Settings of a server that is filled: a table that is emptied and filled in one transaction is then not written twice. */
export const FILLING_SETTINGS = { wal_level: 'minimal', max_wal_senders: '0' };

/** What filling took, in seconds of time and of processors (the loader's and the server's), and how much it is. */
export type Filling = { seconds: number; processorSeconds: number; bytes: number };

/** Transactions that the store holds. */
export async function countTransactions(store: BenchStore): Promise<number> {
  const { rows } = await store.owner.query<{ transactions: string }>(
    'select count(*) as transactions from business_transaction where tenant_id = $1',
    [store.tenantId],
  );
  return Number(rows[0]?.transactions ?? 0);
}

/** Fills an empty store with a history of so many transactions, indexes included. The loader says what disk that needs, and how far it is. */
export async function fillHistory(store: BenchStore, dataDir: string, transactions: number): Promise<Filling> {
  const startedAt = performance.now();
  const watched = watchProcessors();
  await runLoader(store, dataDir, transactions);
  const { rows } = await store.owner.query<{ bytes: string }>(
    'select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) as name',
    [TABLES],
  );
  const { ownSeconds } = watched();
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, processorSeconds: ownSeconds, bytes: Number(rows[0]?.bytes ?? 0) };
}

async function runLoader(store: BenchStore, dataDir: string, transactions: number): Promise<void> {
  const given = { tenant: store.tenantId, transactions, 'ends-at': HISTORY_ENDS_AT, disk: dataDir };
  const options = Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const loader = spawn(process.execPath, [LOADER, ...options], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_URL: store.appUrl,
      DATABASE_OWNER_URL: store.ownerUrl,
      THROUGHLINE_SECRET_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(loader, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the loader ended with ${code}`);
}

import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { BenchStore } from './bench-store.js';

const CONNECTIONS = 2;
const SPANS_PER_STATEMENT = 1_000;
const SPANS_PER_TRACE = 8;
const SPANS_OF_PART = [3, 3, 2];
const BATCHES_PREPARED = 40;
/** Rows of one prefill statement. */
const PREFILL_ROWS = 500_000;

const TABLE = `
create table if not exists bench_span_row (
  tenant_id uuid not null, received_on date not null, trace_id uuid not null, span_id bytea not null, parent_span_id bytea,
  name text not null, kind smallint not null, start_unix_nano bigint not null, end_unix_nano bigint not null,
  status_code smallint not null, service_name text not null, attributes jsonb not null, key_hash bigint
)`;
const INDEXES = [
  'create index if not exists bench_span_row_trace on bench_span_row (tenant_id, trace_id)',
  'create index if not exists bench_span_row_key on bench_span_row (tenant_id, key_hash) where key_hash is not null',
];
// The kinds of values are those of the load.
const FILL = `
insert into bench_span_row
select $1, current_date, md5((($2 + i) / 8)::text || $3)::uuid, decode(left(md5(($2 + i)::text || $3), 16), 'hex'), decode(left(md5(($2 + i - 1)::text || $3), 16), 'hex'),
       (array['POST /orders', 'price order', 'SELECT orders', 'orders publish'])[1 + i % 4], i % 5, 1790000000000000000 + ($2 + i)::bigint * 40000, 1790000000100000000 + ($2 + i)::bigint * 40000,
       0, (array['order-intake', 'pricing', 'sap-adapter', 'billing', 'bank-gateway', 'ledger-writer'])[1 + i % 6],
       jsonb_build_object('http.request.header.x-request-id', gen_random_uuid(), 'messaging.message.id', gen_random_uuid(),
         'messaging.message.conversation_id', md5(random()::text), 'db.operation.document', lpad((random() * 1e12)::bigint::text, 13, '45'),
         'http.request.method', 'POST', 'http.response.status_code', 200, 'server.address', 'node-' || i % 40 || '.internal',
         'messaging.destination.name', 'orders', 'thread.id', i % 64, 'url.scheme', 'https', 'finance.legal_entity', 'DE' || 10 + i % 20),
       case when i % 8 = 0 then ('x' || left(md5(($2 + i)::text || 'k' || $3), 16))::bit(64)::bigint end
from generate_series(1, ${PREFILL_ROWS}) as i`;
const INSERT = `
insert into bench_span_row
select $1, $2, * from unnest($3::uuid[], $4::bytea[], $5::bytea[], $6::text[], $7::smallint[], $8::bigint[], $9::bigint[], $10::smallint[], $11::text[], $12::jsonb[], $13::bigint[])`;

type Batch = unknown[][];

/** The table of the reference: one row per span, found by the same trace and key; filled up to so many rows. */
export async function prefillReference(store: BenchStore, rows: number): Promise<void> {
  await store.owner.query(TABLE);
  const { rows: counted } = await store.owner.query<{ count: string }>('select count(*) as count from bench_span_row');
  const missing = rows - Number(counted[0]?.count ?? 0);
  if (missing > 0) {
    const startedAt = Date.now();
    await store.owner.query('drop index if exists bench_span_row_trace');
    await store.owner.query('drop index if exists bench_span_row_key');
    const statements = Math.ceil(missing / PREFILL_ROWS);
    const clients = await connect(store.ownerUrl);
    let next = 0;
    await Promise.all(
      clients.map(async (client) => {
        while (next < statements) {
          const from = (next += 1) * PREFILL_ROWS;
          await client.query(FILL, [store.tenantId, from, String(startedAt)]);
        }
        await client.end();
      }),
    );
    await store.owner.query(`set maintenance_work_mem = '512MB'`);
    for (const index of INDEXES) await store.owner.query(index);
    await store.owner.query('vacuum analyze bench_span_row');
    console.log(`reference prefilled with ${missing} rows: ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  for (const index of INDEXES) await store.owner.query(index);
}

/** Spans a second that a minimal client stores with one row each, for so many seconds, every statement durable. */
export async function measureReference(store: BenchStore, seconds: number): Promise<number> {
  const clients = await connect(store.ownerUrl);
  // The client's own work is not what is measured: values are made before, only ids are fresh in each batch.
  const prepared = Array.from({ length: BATCHES_PREPARED }, makeBatch);
  const receivedOn = new Date().toISOString().slice(0, 10);
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  let stored = 0;
  let turn = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        const batch = refreshed(prepared[(turn += 1) % prepared.length]!);
        await client.query({ name: 'insert', text: INSERT, values: [store.tenantId, receivedOn, ...batch] });
        stored += SPANS_PER_STATEMENT;
      }
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1_000;
  for (const client of clients) await client.end();
  return stored / elapsed;
}

async function connect(url: string): Promise<pg.Client[]> {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: url }));
  for (const client of clients) await client.connect();
  return clients;
}

function makeBatch(): Batch {
  const indexes = Array.from({ length: SPANS_PER_STATEMENT }, (_, index) => index);
  const start = BigInt(Date.now()) * 1_000_000n;
  return [
    [],
    indexes.map(() => randomBytes(8)),
    indexes.map(() => randomBytes(8)),
    indexes.map((index) => ['POST /orders', 'price order', 'SELECT orders'][index % 3]),
    indexes.map((index) => index % 5),
    indexes.map((index) => String(start + BigInt(index * 1_000))),
    indexes.map((index) => String(start + BigInt(index * 5_000))),
    indexes.map(() => 0),
    indexes.map((index) => ['order-intake', 'pricing', 'sap-adapter'][index % 3]),
    indexes.map((index) =>
      JSON.stringify({
        'http.request.header.x-request-id': randomUUID(),
        'messaging.message.id': randomUUID(),
        'messaging.message.conversation_id': randomBytes(16).toString('hex'),
        'db.operation.document': String(Math.floor(Math.random() * 1e12)).padStart(12, '1'),
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'server.address': `node-${index % 40}.internal`,
        'messaging.destination.name': 'orders',
        'thread.id': index % 64,
        'url.scheme': 'https',
        'finance.legal_entity': `DE${10 + (index % 20)}`,
      }),
    ),
    [],
  ];
}

/** Traces of the two batches before: each arrives in three. */
const growing: string[][] = [[], []];

/** A batch with fresh ids: as many spans of new traces as of those that began one and two batches ago, keys on the new ones. */
function refreshed(batch: Batch): Batch {
  const begun = Array.from({ length: SPANS_PER_STATEMENT / SPANS_PER_TRACE }, () => randomUUID());
  const traces: string[] = [];
  const keys: (string | null)[] = [];
  for (const [part, ids] of [begun, ...growing].entries()) {
    for (const id of ids.length > 0 ? ids : begun) {
      const spans = SPANS_OF_PART[part] ?? 0;
      for (let index = 0; index < spans; index += 1) {
        traces.push(id);
        keys.push(part === 0 && index === 0 ? randomBytes(8).readBigInt64BE().toString() : null);
      }
    }
  }
  growing.unshift(begun);
  growing.pop();
  return [traces, ...batch.slice(1, -1), keys];
}

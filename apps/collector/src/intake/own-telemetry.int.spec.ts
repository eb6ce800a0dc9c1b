import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decodeSpanChunk, mergeTraceGroups } from '@throughline/ingest';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { TEST_KEY } from '../testing/collector-harness.js';
import { jsonEvent, jsonSpan, jsonTraces, post } from '../testing/signals.js';

const path = (relative: string): string => fileURLToPath(new URL(`../../../../${relative}`, import.meta.url));
const REGISTER = path('libs/observability/dist/register.js');
const MAIN = path('apps/collector/dist/main.js');

/** The whole process as it is started in earnest, with its traces pointed at itself. */
const isBuilt = existsSync(REGISTER) && existsSync(MAIN);

let test: TestDatabase;
let collector: ChildProcess;
let httpPort: number;
const logged: string[] = [];

beforeAll(async () => {
  if (!isBuilt) throw new Error('the collector is not built: run "npm run build" first');
  test = await createTestDatabase();
  await test.database.withTenant(test.tenantId, (tx) =>
    tx.query('insert into ingest_key (tenant_id, key_id, key_hash, name) values ($1, $2, $3, $4)', [
      test.tenantId,
      randomUUID(),
      createHash('sha256').update(TEST_KEY).digest(),
      'test',
    ]),
  );
  httpPort = await freePort();
  collector = spawn(process.execPath, ['--import', REGISTER, MAIN], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: test.appUrl,
      COLLECTOR_HTTP_PORT: String(httpPort),
      COLLECTOR_GRPC_PORT: '0',
      THROUGHLINE_TELEMETRY_ENDPOINT: `http://127.0.0.1:${httpPort}`,
      THROUGHLINE_TELEMETRY_KEY: TEST_KEY,
      // Sent after 100 ms instead of 5 s: a loop would turn fifty times as fast.
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: collector.stdout! }).on('line', (line) => {
      logged.push(line);
      if (line.includes('collector is listening')) resolve();
    });
    createInterface({ input: collector.stderr! }).on('line', (line) => logged.push(line));
    collector.once('exit', (code) => reject(new Error(`the collector ended with ${code}: ${logged.join('\n')}`)));
  });
}, 30_000);

afterAll(async () => {
  const left = new Promise((resolve) => collector.once('exit', (code) => resolve(code)));
  collector.kill('SIGTERM');
  expect(await left).toBe(0);
  await test.close();
});

describe('telemetry about ingest, pointed at its own collector', () => {
  it('tells of the batches of others once, and of its own never', async () => {
    const base = `http://127.0.0.1:${httpPort}`;
    expect((await post(`${base}/v1/traces`, jsonTraces([jsonSpan()]))).status).toBe(200);
    expect(
      (await post(`${base}/v1/events`, JSON.stringify(jsonEvent()), { 'content-type': 'application/cloudevents+json' }))
        .status,
    ).toBe(200);

    await until(async () => (await ownSpans()).filter((name) => name === 'store batch').length === 2);
    const settled = await ownSpans();
    // The statements of the two transactions are told of too; what matters is that nothing follows from telling.
    expect(settled.length).toBeGreaterThan(2);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await ownSpans()).toEqual(settled);
    const [work] = await rows<{ count: string }>('select count(*) from intake_batch where tenant_id = $1');
    // The event alone: the span names no business object.
    expect(work!.count).toBe('1');
  }, 20_000);
});

async function ownSpans(): Promise<string[]> {
  const chunks = await rows<{ content: Buffer | null; candidates: Buffer | null }>(
    'select content, candidates from span_chunk where tenant_id = $1',
  );
  const parts = chunks.flatMap((chunk) => [chunk.content, chunk.candidates]).filter((part) => part !== null);
  const groups = await Promise.all(parts.map((part) => decodeSpanChunk(part)));
  const spans = mergeTraceGroups(groups.flat()).flatMap((group) => group.spans);
  return spans
    .filter((span) => span.serviceName === 'collector')
    .toSorted((left, right) => (left.spanId < right.spanId ? -1 : 1))
    .map((span) => span.name);
}

function rows<R>(sql: string): Promise<R[]> {
  return test.database.withTenant(test.tenantId, (tx) => tx.query<R>(sql, [test.tenantId]));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    if (await isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`did not happen in time: ${logged.join('\n')}`);
}

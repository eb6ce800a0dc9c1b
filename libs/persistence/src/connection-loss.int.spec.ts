import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CopyColumn } from './binary-copy.js';
import { Database } from './database.js';
import { createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';
import { isTransientDatabaseError } from './transient-error.js';

const columns: CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'code', type: 'text' },
  ...['name', 'country', 'currency', 'calendar', 'time_zone'].map((name) => ({ name, type: 'text' }) as const),
];
const rowsPerBatch = 200;
const batches = 120;
const poolSize = 3;

describe('when connections are cut at any moment, also in the middle of COPY', () => {
  let test: TestDatabase;
  let proxy: Server;
  let database: Database;
  const sockets = new Set<Socket>();
  const cut = (): void => sockets.forEach((socket) => socket.destroy());

  beforeAll(async () => {
    test = await createTestDatabase();
    const url = new URL(test.appUrl);
    const port = Number(url.port);
    proxy = createServer((client) => {
      const upstream = connect(port, url.hostname);
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    url.port = String((proxy.address() as AddressInfo).port);
    database = await Database.open({ url: url.href, poolSize, applicationName: 'cut' });
  });
  afterAll(async () => {
    await database.close();
    proxy.close();
    cut();
    await test.close();
  });

  it('every failure is transient, retries store each row once, and the pool keeps its size', async () => {
    let isStorming = true;
    // Pauses of all lengths, so that the cuts meet every step of a transaction.
    const storm = (async () => {
      for (let pauseMs = 1; isStorming; pauseMs = (pauseMs * 7 + 3) % 97) {
        await sleep(pauseMs);
        cut();
      }
    })();
    const unexpected: unknown[] = [];
    let failures = 0;
    const storeBatch = async (batch: number): Promise<void> => {
      const rows = Array.from({ length: rowsPerBatch }, (_, index) => [
        test.tenantId,
        `${batch}-${index}`,
        ...Array.from({ length: 5 }, () => 'x'.repeat(200)),
      ]);
      for (;;) {
        try {
          await database.withTenant(test.tenantId, (tx) =>
            tx.copyRows('legal_entity', columns, rows, 'on conflict do nothing'),
          );
          return;
        } catch (error) {
          failures += 1;
          if (!isTransientDatabaseError(error)) unexpected.push(error);
        }
      }
    };
    const stored = Promise.all(Array.from({ length: batches }, (_, batch) => storeBatch(batch)));
    await Promise.race([stored, sleep(3_000, undefined, { ref: false })]);
    isStorming = false;
    await storm;
    await stored;

    expect(unexpected).toEqual([]);
    expect(failures).toBeGreaterThan(5);
    const [count] = await test.database.withTenant(test.tenantId, (tx) =>
      tx.query<{ n: number }>('select count(*)::int as n from legal_entity where tenant_id = $1', [test.tenantId]),
    );
    expect(count).toEqual({ n: batches * rowsPerBatch });
    // Nothing leaked: as many transactions as the pool is large run side by side.
    let running = 0;
    const meet = (): Promise<void> =>
      database.withTenant(test.tenantId, async (tx) => {
        running += 1;
        for (const end = Date.now() + 4_000; running < poolSize && Date.now() < end;) await sleep(5);
        await tx.query('select 1');
      });
    await Promise.all(Array.from({ length: poolSize }, meet));
    expect(running).toBe(poolSize);
  }, 30_000);
});

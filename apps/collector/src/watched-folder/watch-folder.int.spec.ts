import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { startCollector, type Collector } from '../collector.js';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';

const CSV = (rows: number): string =>
  [
    'Load Id,Version,Legal Entity,Cost Center,Account,Period,Amount,Currency,Source Document',
    ...Array.from({ length: rows }, (_, index) => `L-1,V,DE10,CC-1,400000,2024-04,1.50,EUR,INV-${index}`),
  ].join('\n');

let folder: string;
let harness: CollectorHarness;
let others: { collector: Collector; database: Database }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-watched-'));
  await mkdir(join(folder, 'pigment/csv/pigment-actuals'), { recursive: true });
  harness = await startCollectorHarness({ watchedFolder: { path: folder, key: TEST_KEY, pollMs: 50 } });
  await harness.test.database.withTenant(harness.tenantId, (tx) =>
    tx.query(`insert into source_system (tenant_id, name, kind, title) values ($1, 'pigment', 'pigment', 'Pigment')`, [
      harness.tenantId,
    ]),
  );
});
afterEach(async () => {
  for (const { collector, database } of others) {
    await collector.close();
    await database.close();
  }
  others = [];
  await harness.close();
  await rm(folder, { recursive: true });
});

const inFolder = (...path: string[]): string => join(folder, 'pigment/csv/pigment-actuals', ...path);
const names = (...path: string[]): Promise<string[]> => readdir(inFolder(...path)).catch(() => []);
const files = (): Promise<{ name: string; records: number; source_system: string; layout: string }[]> =>
  harness.rows('select name, records, source_system, layout from received_file where tenant_id = $1 order by name');

async function until(isDone: () => Promise<boolean>, turns = 200): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    if (await isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`did not happen in time: ${(await names()).join(', ')}`);
}

async function addCollector(): Promise<void> {
  const database = await Database.open({ url: harness.test.appUrl, poolSize: 3, applicationName: 'second collector' });
  const options = {
    listenHost: '127.0.0.1',
    httpPort: 0,
    grpcPort: 0,
    maxRequestBytes: 1024 * 1024,
    maxWebhookBytes: 1024 * 1024,
    maxInFlightBytes: 96 * 1024 * 1024,
    itemsPerSecond: null,
    secretKey: null,
    maxFileBytes: 16 * 1024 * 1024,
    watchedFolder: { path: folder, key: TEST_KEY, pollMs: 50 },
  };
  others.push({
    collector: await startCollector(database, options, createLogger({ service: 'test', level: 'silent' })),
    database,
  });
}

describe('the watched folder', () => {
  it('takes a complete file, puts it into done, and tells source, layout and name', async () => {
    await writeFile(inFolder('.load.csv'), CSV(3));
    await rename(inFolder('.load.csv'), inFolder('load.csv'));
    await until(async () => (await names('done')).length === 1);
    expect(await names()).toEqual(['done']);
    expect(await files()).toEqual([
      { name: 'load.csv', records: 3, source_system: 'pigment', layout: 'pigment-actuals' },
    ]);
  });

  it('refuses a bad file with the reason beside it', async () => {
    await writeFile(inFolder('wrong.csv'), 'Load Id,Amount\n1,2\n');
    await until(async () => (await names('refused')).length === 2);
    expect((await names('refused')).sort()).toEqual(['wrong.csv', 'wrong.csv.reason.txt']);
    expect(await readFile(inFolder('refused', 'wrong.csv.reason.txt'), 'utf8')).toMatch(/expected "Load Id".*found/s);
    expect(await files()).toEqual([]);
  });

  it('a file for a source that nobody configured is listed among what was refused, and its source among the unclaimed', async () => {
    await mkdir(join(folder, 'nobody/bai2'), { recursive: true });
    await writeFile(join(folder, 'nobody/bai2/new.txt'), '01,');
    const refusedFolder = join(folder, 'nobody/bai2/refused');
    await until(async () => (await readdir(refusedFolder).catch(() => [])).length === 2);
    expect(await harness.rows('select protocol, reason from refused_input where tenant_id = $1')).toEqual([
      { protocol: 'file', reason: expect.stringMatching(/"nobody".*is not configured/) },
    ]);
    await harness.collector.flush();
    expect(await harness.rows('select kind, name from unclaimed_integration where tenant_id = $1')).toEqual([
      { kind: 'source', name: 'nobody' },
    ]);
    expect(await harness.rows('select refused::int from ingest_usage where tenant_id = $1')).toEqual([{ refused: 1 }]);
  });

  it('leaves alone what is unfinished, hidden, a link, or grows', async () => {
    const outside = join(folder, '..', `outside-${process.pid}.csv`);
    await writeFile(outside, CSV(1));
    await symlink(outside, inFolder('link.csv'));
    await symlink(join(folder, '..'), join(folder, 'loop'));
    for (const name of ['a.csv.part', 'b.csv.tmp', '.c.csv']) await writeFile(inFolder(name), CSV(1));
    const growing = setInterval(() => void writeFile(inFolder('growing.csv'), CSV(2), { flag: 'a' }), 20);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await files()).toEqual([]);
    clearInterval(growing);
    await rm(outside);
    expect((await names()).sort()).toEqual(['.c.csv', 'a.csv.part', 'b.csv.tmp', 'growing.csv', 'link.csv']);
  });

  it('several collectors take every file exactly once', async () => {
    await addCollector();
    await addCollector();
    for (let index = 0; index < 20; index += 1) await writeFile(inFolder(`load-${index}.csv`), CSV(index + 1));
    await until(async () => (await names('done')).length === 20);
    expect(await files()).toHaveLength(20);
    const [row] = await harness.rows<{ count: string }>('select count(*) from signal where tenant_id = $1');
    expect(Number(row!.count)).toBe(20 + (20 * 21) / 2);
    expect(await names()).toEqual(['done']);
  }, 30_000);

  it('takes over the file of a collector that died, and a second file of the same name is kept beside the first', async () => {
    const taking = inFolder('dead.csv.taking-00000000-0000-4000-8000-000000000000');
    await writeFile(taking, CSV(4));
    const longAgo = new Date(Date.now() - 10 * 60_000);
    await utimes(taking, longAgo, longAgo);
    await until(async () => (await names('done')).length === 1);
    await writeFile(inFolder('dead.csv'), CSV(5));
    await until(async () => (await names('done')).length === 2);
    expect((await names('done')).sort()).toEqual(['dead.csv', 'dead.csv.2']);
    expect((await files()).map(({ records }) => records).sort()).toEqual([4, 5]);
  });

  it.each<[string, () => Promise<void>]>([
    ['name is as long as a name may be', () => writeFile(inFolder(`a${'ä'.repeat(125)}.csv`), CSV(1))],
    [
      'name is not UTF-8',
      () =>
        writeFile(Buffer.concat([Buffer.from(`${inFolder('a')}`), Buffer.from([0xfc]), Buffer.from('.csv')]), CSV(1)),
    ],
    [
      'folder for what was taken cannot be made',
      async () => {
        await mkdir(join(folder, 'netsuite/csv/pigment-actuals'), { recursive: true });
        await symlink('/nowhere/at/all', join(folder, 'netsuite/csv/pigment-actuals/done'));
        await symlink('/nowhere/at/all', join(folder, 'netsuite/csv/pigment-actuals/refused'));
        await writeFile(join(folder, 'netsuite/csv/pigment-actuals/bad.csv'), 'no such columns');
      },
    ],
  ])('a file whose %s holds up no other', async (_what, make) => {
    await make();
    await writeFile(inFolder('z.csv'), CSV(2));
    await until(async () => (await names('done')).includes('z.csv'));
    await until(async () => {
      const text = await (await fetch(`${harness.httpUrl}/metrics`)).text();
      // Once, however often it is tried again.
      const isTold = /requests_total\{protocol="file",result="unavailable"[^}]*\} 1\n/.test(text);
      return isTold || (await files()).some(({ name }) => /^aä.*~[0-9a-f]{12}\.csv$/.test(name));
    });
  });

  it('one that grows while it is read waits until it rests, and is taken whole', async () => {
    const [head, ...rows] = CSV(24_000).split('\n');
    await writeFile(inFolder('slow.csv'), [head, ...rows.slice(0, 20_000)].join('\n'));
    let taking: string | undefined;
    await until(async () => {
      for (let look = 0; look < 40 && taking === undefined; look += 1) {
        taking = (await names()).find((name) => name.includes('.taking-'));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return taking !== undefined;
    });
    await appendFile(inFolder(taking!), `\n${rows.slice(20_000).join('\n')}`);
    await until(async () => (await names('done')).length === 1, 800);
    expect(await files()).toMatchObject([{ name: 'slow.csv', records: 24_000 }]);
  }, 60_000);
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { embeddedAddresses, openDatabaseFolder, secretsOf, startDatabaseServer } from '../database-server.js';
import { emptyDataFolder } from '../data-folder.js';
import { type EmbeddedPostgres, stopPostgresOn } from './embedded-postgres.js';
import { findPostmaster, postmasterPath } from './postmaster-file.js';

const SLOW_MS = 60_000;

let parent: string;
let root: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'throughline-embedded-'));
  chmodSync(parent, 0o755);
  root = path.join(parent, 'data');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  if (existsSync(root)) {
    await stopPostgresOn(openDatabaseFolder(root).cluster, 'immediate');
    emptyDataFolder(root);
  }
  rmSync(parent, { recursive: true, force: true });
});

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

async function start(port = 0): Promise<{ server: EmbeddedPostgres; appUrl: string; ownerUrl: string }> {
  const folder = openDatabaseFolder(root);
  const { server, addresses } = await startDatabaseServer(folder, { port });
  return { server, ...addresses };
}

/** Starts the server from a process of its own, which can then be killed. */
async function startElsewhere(): Promise<ChildProcess> {
  const script = `
    import { openDatabaseFolder, startDatabaseServer } from ${JSON.stringify(new URL('../../dist/database-server.js', import.meta.url).href)};
    const folder = openDatabaseFolder(${JSON.stringify(root)});
    await startDatabaseServer(folder, { port: 0 });
    process.stdout.write('started');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('did not start'))),
  ]);
  return child;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !isTrue();) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('the embedded server', () => {
  it(
    'starts with durable settings, on this machine only, and keeps data and port over a restart',
    async () => {
      const first = await start();
      await query(first.ownerUrl, `create table ledger (amount numeric); insert into ledger values (12.50)`);
      const [settings] = await query(
        first.appUrl,
        `select current_user, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
              current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listens, current_setting('server_encoding') as encoding`,
      );
      expect(settings).toEqual({
        current_user: 'throughline',
        fsync: 'on',
        commit: 'on',
        pages: 'on',
        listens: '127.0.0.1',
        encoding: 'UTF8',
      });
      await first.server.stop();
      await first.server.exited;
      expect(findPostmaster(openDatabaseFolder(root).cluster)).toBeUndefined();
      const second = await start();
      expect(second.server.port).toBe(first.server.port);
      expect(await query(second.ownerUrl, 'select amount from ledger')).toEqual([{ amount: '12.50' }]);
      await second.server.stop();
    },
    SLOW_MS,
  );

  it(
    'gives the app role no more than it needs, and the owner no superuser',
    async () => {
      const { appUrl, ownerUrl } = await start();
      const roles = await query(
        ownerUrl,
        `select rolname, rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname like 'throughline%' order by 1`,
      );
      expect(roles).toEqual([
        { rolname: 'throughline', rolsuper: false, rolcreaterole: false, rolbypassrls: false },
        { rolname: 'throughline_owner', rolsuper: false, rolcreaterole: true, rolbypassrls: false },
      ]);
      await expect(query(appUrl, 'create table mine (id int)')).rejects.toThrow('permission denied');
      const wrong = new URL(appUrl);
      wrong.password = 'guessed';
      await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    },
    SLOW_MS,
  );

  it(
    'keeps its secrets to its owner',
    async () => {
      await start();
      expect(statSync(path.join(root, 'secrets.json')).mode & 0o077).toBe(0);
      expect(statSync(openDatabaseFolder(root).cluster).mode & 0o077).toBe(0);
    },
    SLOW_MS,
  );

  it(
    'comes back after kill -9 with what was committed',
    async () => {
      const first = await start();
      await query(first.ownerUrl, `create table ledger (amount numeric); insert into ledger values (1)`);
      process.kill(first.server.pid, 'SIGKILL');
      await first.server.exited;
      const second = await start();
      expect(await query(second.ownerUrl, 'select count(*)::int as rows from ledger')).toEqual([{ rows: 1 }]);
    },
    SLOW_MS,
  );

  it(
    'comes back although a query of the killed server still runs',
    async () => {
      const first = await start();
      const busy = query(first.ownerUrl, `do $$ begin loop perform 1; end loop; end $$`).catch(
        (error: Error) => error.message,
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      process.kill(first.server.pid, 'SIGKILL');
      await first.server.exited;
      const second = await start();
      expect(await query(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(await busy).toMatch(/terminat/);
    },
    SLOW_MS,
  );

  it(
    'clears away the file of a dead server, also when its process id lives on as something else',
    async () => {
      const first = await start();
      await first.server.stop();
      const { cluster } = openDatabaseFolder(root);
      writeFileSync(postmasterPath(cluster), `${process.pid}\n${cluster}\n1790000000\n${first.server.port}\n`);
      const second = await start();
      expect(await query(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
    SLOW_MS,
  );

  it(
    'ends by itself, in order, when the process that started it is killed',
    async () => {
      const child = await startElsewhere();
      const { cluster } = openDatabaseFolder(root);
      expect(findPostmaster(cluster)).toMatchObject({ status: 'ready' });
      child.kill('SIGKILL');
      await until(() => findPostmaster(cluster) === undefined);
    },
    SLOW_MS,
  );

  it(
    'that was left running is stopped in order and started anew',
    async () => {
      const child = await startElsewhere();
      const { cluster } = openDatabaseFolder(root);
      const left = findPostmaster(cluster);
      child.kill('SIGKILL');
      const { server, appUrl } = await start();
      expect(typeof left === 'object' && server.pid !== left.pid).toBe(true);
      expect(await query(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
    SLOW_MS,
  );

  it(
    'takes another port when the remembered one is taken, but not when it was asked for',
    async () => {
      const first = await start();
      await first.server.stop();
      const thief = createServer();
      await new Promise<void>((resolve) => thief.listen(first.server.port, '127.0.0.1', resolve));
      try {
        await expect(start((thief.address() as AddressInfo).port)).rejects.toThrow(
          'Choose another port with --database-port',
        );
        const second = await start();
        expect(second.server.port).not.toBe(first.server.port);
        expect(embeddedAddresses(secretsOf(openDatabaseFolder(root))).appUrl).toBe(second.appUrl);
        await second.server.stop();
      } finally {
        thief.close();
      }
    },
    SLOW_MS,
  );

  it(
    'says what is wrong with a cluster of another version, or with lost secrets',
    async () => {
      const { server } = await start();
      await server.stop();
      const folder = openDatabaseFolder(root);
      writeFileSync(path.join(folder.cluster, 'PG_VERSION'), '14\n');
      await expect(start()).rejects.toThrow(/was made by PostgreSQL 14; this version of Throughline brings \d+/);
      rmSync(folder.secrets);
      await expect(start()).rejects.toThrow('is missing, and without it the database cannot be signed in to');
    },
    SLOW_MS,
  );

  it(
    'leaves no half of a database when making it was interrupted',
    async () => {
      const folder = openDatabaseFolder(root);
      mkdirSync(path.join(`${folder.cluster}.new`, 'cluster/base'), { recursive: true });
      const { server } = await start();
      expect(existsSync(`${folder.cluster}.new`)).toBe(false);
      await server.stop();
    },
    SLOW_MS,
  );

  // Only root needs another account for the server, and only then can a folder be out of its reach.
  (process.getuid?.() === 0 ? it : it.skip)(
    'works where the account of the server cannot enter the data folder',
    async () => {
      chmodSync(parent, 0o700);
      const { appUrl, server } = await start();
      expect(await query(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
      const { cluster } = openDatabaseFolder(root);
      expect(cluster.startsWith(root)).toBe(false);
      await server.stop();
      emptyDataFolder(root);
      expect(existsSync(path.dirname(cluster))).toBe(false);
      expect(readdirSync(root)).toEqual([]);
    },
    SLOW_MS,
  );
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PORTS, readOptions, type LaunchOptions } from '../options.mjs';
import { isPortFree, processStartOf, readLockHolder, whyNotStartable } from '../preflight.mjs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { emptyDataFolder, isDataFolder, openDataFolder } from './data-folder.js';
import { lockDataFolder } from './folder-lock.js';
import { readSecrets, saveSecrets } from './secrets.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'throughline-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is made, marked and found again', () => {
    const folder = openDataFolder(path.join(root, 'deep/data'));
    expect(folder.cluster).toBe(path.join(root, 'deep/data/postgres'));
    expect(openDataFolder(path.join(root, 'deep/data'))).toEqual(folder);
  });

  it("is refused when it holds somebody else's things, which a reset never touches", () => {
    writeFileSync(path.join(root, 'thesis.txt'), 'years of work');
    expect(() => openDataFolder(root)).toThrow(
      `The data folder ${root} is not empty and was not made by Throughline (it holds thesis.txt).`,
    );
    emptyDataFolder(root);
    expect(readdirSync(root)).toEqual(['thesis.txt']);
  });

  it('is emptied but for the lock', () => {
    const folder = openDataFolder(root);
    const unlock = lockDataFolder(root);
    mkdirSync(folder.cluster);
    readSecrets(folder.secrets, false);
    emptyDataFolder(root);
    expect(readdirSync(root)).toEqual(['launcher.lock']);
    expect(isDataFolder(root)).toBe(false);
    unlock();
  });
});

describe('secrets', () => {
  it('are made once, for the owner alone', () => {
    const file = path.join(root, 'secrets.json');
    const secrets = readSecrets(file, false);
    expect(Buffer.from(secrets.secretKey, 'base64')).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readSecrets(file, true)).toEqual(secrets);
    saveSecrets(file, { ...secrets, databasePort: 5555 });
    expect(readSecrets(file, true)).toEqual({ ...secrets, databasePort: 5555 });
    expect(new Set(Object.values(secrets)).size).toBe(5);
  });

  it('that are lost or damaged are said to be so', () => {
    const file = path.join(root, 'secrets.json');
    expect(() => readSecrets(file, true)).toThrow('is missing, and without it the database cannot be signed in to');
    writeFileSync(file, '{"databasePort":"x"}');
    expect(() => readSecrets(file, true)).toThrow('is damaged (databasePort)');
  });
});

describe('the lock', () => {
  const lockFile = (): string => path.join(root, 'launcher.lock');

  it('keeps a second launcher out, until it is let go', () => {
    const unlock = lockDataFolder(root);
    expect(readLockHolder(root)).toMatchObject({ pid: process.pid });
    expect(() => lockDataFolder(root)).toThrow(
      `Throughline already runs on the data folder ${root} (process ${process.pid}).`,
    );
    unlock();
    expect(existsSync(lockFile())).toBe(false);
    lockDataFolder(root)();
    expect(readdirSync(root)).toEqual([]);
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 30 })],
    ['of a process whose id was given to another', JSON.stringify({ pid: process.pid, start: '1' })],
    ['that is damaged', '{"pid"'],
    ['that is empty', ''],
  ])('%s is taken over', (_name, text) => {
    writeFileSync(lockFile(), text);
    expect(readLockHolder(root)).toBe('stale');
    lockDataFolder(root);
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toEqual({
      pid: process.pid,
      start: processStartOf(process.pid),
    });
  });
});

describe('before anything is started', () => {
  let server: Server;
  let busy: number;
  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    busy = (server.address() as AddressInfo).port;
  });
  afterEach(() => {
    server.close();
  });
  const optionsOf = (more: string[]): LaunchOptions =>
    readOptions(
      [
        '--data-dir',
        root,
        '--collector-http-port=0',
        '--collector-grpc-port=0',
        '--worker-port=0',
        '--simulator-port=0',
        ...more,
      ],
      {},
    ) as LaunchOptions;

  it('a port in use is named with the flag and the variable', async () => {
    expect(await isPortFree('127.0.0.1', busy)).toBe(false);
    expect(await whyNotStartable(optionsOf(['--api-port', String(busy)]))).toMatch(
      new RegExp(
        `^Port ${busy} \\(API and console\\) is in use\\. Stop what uses it, or choose another: npm start -- --api-port \\d+ \\(or API_PORT=\\d+\\)\\.$`,
      ),
    );
    expect(await whyNotStartable(optionsOf(['--api-port', '0']))).toBeUndefined();
  });

  it('a folder that cannot be used is named with what to do', async () => {
    writeFileSync(path.join(root, 'file'), '');
    const problem = await whyNotStartable(optionsOf(['--api-port', '0', '--data-dir', path.join(root, 'file')]));
    expect(problem).toContain(`The data folder ${path.join(root, 'file')} cannot be used: there is a file in its way.`);
    expect(problem).toContain('--data-dir DIR');
  });

  it('the known passwords of an earlier demo are not taken along into an installation without it', async () => {
    mkdirSync(path.join(root, 'simulator'));
    writeFileSync(path.join(root, 'simulator/estate.json'), '{}');
    const free = PORTS.flatMap(({ flag }) => [flag, '0']);
    const problem = await whyNotStartable(optionsOf(['--no-demo', ...free]));
    expect(problem).toContain(`The data folder ${root} holds a demo`);
    expect(problem).toContain('--data-dir DIR');
    expect(await whyNotStartable(optionsOf(free))).toBeUndefined();
    expect(await whyNotStartable(optionsOf(['--no-demo', '--reset', ...free]))).toBeUndefined();
  });

  it('a launcher that runs already is named before its ports are', async () => {
    const unlock = lockDataFolder(root);
    expect(await whyNotStartable(optionsOf(['--api-port', String(busy)]))).toContain(
      `already runs on the data folder ${root}`,
    );
    unlock();
  });
});

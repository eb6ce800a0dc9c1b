import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPostmaster, parsePostmasterFile, postmasterPath } from './postmaster-file.js';
import { accountNamed } from './server-account.js';

describe('postmaster.pid', () => {
  it('says process, folder, port and whether the server takes connections', () => {
    const text = '4711\n/data/postgres\n1790000000\n5433\n\n127.0.0.1\n  1234567   0\nready   \n';
    expect(parsePostmasterFile(text)).toEqual({ pid: 4711, dataFolder: '/data/postgres', port: 5433, status: 'ready' });
  });

  it('may be half written, or no such file at all', () => {
    expect(parsePostmasterFile('4711\n/data/postgres\n')).toEqual({
      pid: 4711,
      dataFolder: '/data/postgres',
      port: undefined,
      status: undefined,
    });
    expect(parsePostmasterFile('')).toBeUndefined();
    expect(parsePostmasterFile('rubbish\n')).toBeUndefined();
    expect(parsePostmasterFile('-5\n')).toBeUndefined();
  });

  it('is stale when its process is gone, and when the id now belongs to another program', () => {
    const cluster = mkdtempSync(path.join(tmpdir(), 'throughline-postmaster-'));
    try {
      expect(findPostmaster(cluster)).toBeUndefined();
      for (const pid of [2 ** 30, process.pid, 1]) {
        writeFileSync(postmasterPath(cluster), `${pid}\n${cluster}\n1790000000\n5433\n`);
        expect(findPostmaster(cluster)).toBe('stale');
      }
    } finally {
      rmSync(cluster, { recursive: true });
    }
  });
});

describe('the account of the server', () => {
  const passwd =
    'root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\nbroken:x\n';

  it('is looked up by its name', () => {
    expect(accountNamed('postgres', passwd)).toEqual({ uid: 101, gid: 104 });
    expect(accountNamed('post', passwd)).toBeUndefined();
    expect(accountNamed('broken', passwd)).toBeUndefined();
    expect(accountNamed('postgres', '')).toBeUndefined();
  });
});

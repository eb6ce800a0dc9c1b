import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FileRecord } from '@throughline/ingest';
import { FileSpool, removeStaleSpools, type SpooledRecord } from './file-spool.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const record = (no: number, text: string): FileRecord => ({
  no,
  type: 'csv.row',
  externalId: `id ${no}\n"`,
  occurredAt: null,
  statementNo: no % 3,
  body: { context: { row: no }, record: { text } },
});

async function read(spool: FileSpool): Promise<SpooledRecord[]> {
  const records: SpooledRecord[] = [];
  for await (const piece of spool.pieces()) records.push(...piece);
  return records;
}

describe('the spool', () => {
  it('gives back every record as it was, of any length, and is in no folder meanwhile', async () => {
    const spool = await FileSpool.create(folder);
    const records = Array.from({ length: 700 }, (_, no) => record(no, 'ä\n{}"'.repeat((no * 37) % 997)));
    records.push(record(700, 'x'.repeat(300_000)), record(701, ''));
    for (let at = 0; at < records.length; at += 60) await spool.add(records.slice(at, at + 60));
    await spool.flush();
    expect(await readdir(folder)).toEqual([]);
    const found = await read(spool);
    expect(found.map(({ body, ...facts }) => ({ ...facts, body: JSON.parse(body.toString('utf8')) }))).toEqual(records);
    expect(spool.bytes).toBeGreaterThan(300_000);
    await spool.close();
  });

  it('of nothing is empty', async () => {
    const spool = await FileSpool.create(folder);
    await spool.flush();
    expect(await read(spool)).toEqual([]);
    await spool.close();
  });

  it('of a crash long ago is removed, one in use and other files are not', async () => {
    const now = Date.now();
    for (const [name, age] of [
      ['throughline-spool-old', 48],
      ['throughline-spool-new', 1],
      ['other', 48],
    ] as const) {
      await writeFile(join(folder, name), '');
      const at = new Date(now - age * 3_600_000);
      await utimes(join(folder, name), at, at);
    }
    await removeStaleSpools(now, folder);
    expect((await readdir(folder)).sort()).toEqual(['other', 'throughline-spool-new']);
  });
});

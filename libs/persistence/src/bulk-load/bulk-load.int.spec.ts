import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, connected, createTestDatabase } from '../testing/index.js';
import { BulkLoad, type BulkTable } from './bulk-load.js';
import { encodeTableRows } from './table-rows.js';

const TABLES: readonly BulkTable[] = [
  {
    name: 'transaction_object',
    columns: [
      { name: 'tenant_id', type: 'uuid' },
      { name: 'transaction_id', type: 'uuid' },
      { name: 'object_id', type: 'uuid' },
      { name: 'is_hub', type: 'bool' },
      { name: 'depth', type: 'int2' },
    ],
  },
];
const [TABLE] = TABLES as [BulkTable];
const ID = '0196f0a0-0000-7000-8000-00000000000a';

describe('filling empty tables from end to end', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
  });

  afterAll(() => test.close());

  const rows = (depths: readonly number[]) =>
    encodeTableRows(
      TABLE.columns,
      depths.map((depth) => [test.tenantId, ID, ID, false, depth]),
    );
  const state = () =>
    connected(test.ownerUrl, async (owner) => {
      const held = await owner.query(`select depth from ${TABLE.name} order by depth`);
      const indexes = await owner.query(
        `select indexdef from pg_indexes where tablename = $1 and schemaname = 'public' order by indexname`,
        [TABLE.name],
      );
      return {
        depths: held.rows.map((row: { depth: number }) => row.depth),
        indexes: indexes.rows.map((row: { indexdef: string }) => row.indexdef),
      };
    });
  const load = async (bytes: Buffer) => {
    const bulk = await BulkLoad.begin(test.ownerUrl, TABLES);
    await bulk.write(TABLE.name, bytes);
    await bulk.finish(() => undefined);
  };

  it('leaves all as it was when rows cannot be read, or keys are there twice', async () => {
    const before = await state();
    expect(before.indexes.length).toBeGreaterThan(1);
    await expect(load(Buffer.from([0, 9]))).rejects.toThrow('row field count is 9');
    await expect(load(rows([1, 2]))).rejects.toThrow('could not create unique index');
    expect(await state()).toEqual(before);
  });

  it('writes rows and builds the same indexes again, and refuses a table that is not empty', async () => {
    const { indexes } = await state();
    await load(rows([7]));
    expect(await state()).toEqual({ depths: [7], indexes });
    await expect(load(rows([8]))).rejects.toThrow('transaction_object is not empty');
    expect(await state()).toEqual({ depths: [7], indexes });
  });
});

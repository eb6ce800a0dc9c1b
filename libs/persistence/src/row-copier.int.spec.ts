import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CopyColumn } from './binary-copy.js';
import { connected, createTenant, createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';

// A table with every type, isolated like the real ones.
const tableSql = `
  create table sample (
    tenant_id uuid not null, id int4 not null, label text collate "C", bytes bytea, document jsonb, small int2, big int8,
    is_set bool, at timestamptz, on_day date, amount numeric, primary key (tenant_id, id)
  );
  alter table sample enable row level security;
  create policy tenant_isolation on sample
    using (tenant_id = nullif(current_setting('throughline.tenant_id', true), '')::uuid);
  grant select, insert, update on sample to throughline_app`;

const columns: CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'id', type: 'int4' },
  { name: 'label', type: 'text' },
  { name: 'bytes', type: 'bytea' },
  { name: 'document', type: 'jsonb' },
  { name: 'small', type: 'int2' },
  { name: 'big', type: 'int8' },
  { name: 'is_set', type: 'bool' },
  { name: 'at', type: 'timestamptz' },
  { name: 'on_day', type: 'date' },
  { name: 'amount', type: 'numeric' },
];
const keyColumns = columns.slice(0, 3);

describe('copyRows', () => {
  let test: TestDatabase;
  const other = randomUUID();

  beforeAll(async () => {
    test = await createTestDatabase();
    await createTenant(test.ownerUrl, other);
    await connected(test.ownerUrl, (client) => client.query(tableSql));
  });
  afterAll(() => test.close());

  const largeRow = (id: number) => [test.tenantId, id, 'x'.repeat(5_000_000), ...Array<null>(8).fill(null)];
  async function* inPieces(rows: unknown[][]): AsyncGenerator<unknown[][]> {
    for (const row of rows) yield await Promise.resolve([row]);
  }

  const read = (id: number): Promise<Record<string, unknown>[]> =>
    test.database.withTenant(test.tenantId, (tx) =>
      tx.query(
        `select label, bytes, document, small, big, is_set, at::text as at, on_day, amount from sample where tenant_id = $1 and id = $2`,
        [test.tenantId, id],
      ),
    );

  it.each([
    ['a list, as arrays', 1, (rows: unknown[][]) => rows],
    ['pieces, by COPY', 3, inPieces],
    ['a list too large for arrays, by COPY', 5, (rows: unknown[][]) => [...rows, largeRow(7)]],
  ])('stores every type as it was given: %s', async (_how, first, given) => {
    const label = 'Müller & Söhne \u{1F4B6} \u200B "quoted" \\N \t\n';
    const values = [label, Buffer.from([0, 1, 255]), { a: ['ä', null, 1.5] }, -32768, '9223372036854775807', true];
    const rows = [
      [
        test.tenantId,
        first,
        ...values,
        '2026-03-29T01:59:59.123456+01:00',
        '2028-02-29',
        '-12345678901234567890.000000001',
      ],
      [test.tenantId, first + 1, null, null, null, null, null, null, null, null, null],
    ];
    const count = await test.database.withTenant(test.tenantId, (tx) => tx.copyRows('sample', columns, given(rows)));
    expect(count).toBe(first === 5 ? 3 : 2);
    expect(await read(first)).toEqual([
      {
        label,
        bytes: Buffer.from([0, 1, 255]),
        document: { a: ['ä', null, 1.5] },
        small: -32768,
        big: '9223372036854775807',
        is_set: true,
        at: expect.stringContaining('.123456'),
        on_day: '2028-02-29',
        amount: '-12345678901234567890.000000001',
      },
    ]);
    expect(Object.values((await read(first + 1))[0] ?? {}).every((value) => value === null)).toBe(true);
  });

  it('rounds nanoseconds to the microsecond that the server would choose', async () => {
    const instants = [
      '2026-01-01T00:00:00.000000499Z',
      '2026-01-01T00:00:00.000000501Z',
      '2026-01-01T00:00:00.123456789Z',
      '2026-01-01T00:00:00.999999999Z',
      '1970-01-01T00:00:00.000001Z',
      '1899-12-31T23:59:59.999999999Z',
      '2026-10-25T02:30:00.1+02:00',
    ];
    const differing = await test.database.withTenant(test.tenantId, async (tx) => {
      const rows = instants.map((at, index) => [tx.tenantId, 100 + index, at]);
      await tx.copyRows('sample', [columns[0]!, columns[1]!, columns[8]!], rows);
      return tx.query(
        `select s.at::text, given from sample s join unnest($2::text[]) with ordinality as g (given, position) on s.id = 99 + g.position
          where s.tenant_id = $1 and s.at <> given::timestamptz`,
        [tx.tenantId, instants],
      );
    });
    expect(differing).toEqual([]);
  });

  it('counts what the conflict clause let through, also when called twice in one transaction', async () => {
    const counts = await test.database.withTenant(test.tenantId, async (tx) => {
      const row = (id: number, label: string): unknown[] => [tx.tenantId, id, label];
      const skip = 'on conflict do nothing';
      const update = 'on conflict (tenant_id, id) do update set label = excluded.label';
      return [
        await tx.copyRows('sample', keyColumns, [row(10, 'a'), row(11, 'a'), row(10, 'b')], skip),
        await tx.copyRows('sample', keyColumns, [row(11, 'c'), row(12, 'c')], skip),
        await tx.copyRows('sample', keyColumns, [row(12, 'd'), row(13, 'd')], update),
        await tx.copyRows('sample', keyColumns, [], skip),
      ];
    });
    expect(counts).toEqual([2, 1, 2, 0]);
    const labels = await test.database.withTenant(test.tenantId, (tx) =>
      tx.query<{ label: string }>(
        'select label from sample where tenant_id = $1 and id between 10 and 13 order by id',
        [tx.tenantId],
      ),
    );
    expect(labels.map((row) => row.label)).toEqual(['a', 'a', 'd', 'd']);
  });

  it('leaves nothing behind for the next transaction on the connection', async () => {
    const row = (id: number): unknown[][] => [[test.tenantId, id, 'x']];
    const copy = (id: number, fail: boolean): Promise<number> =>
      test.database.withTenant(test.tenantId, async (tx) => {
        const count = await tx.copyRows('sample', keyColumns, row(id));
        if (fail) throw new Error('undone');
        return count;
      });
    await expect(copy(20, true)).rejects.toThrow('undone');
    expect(await copy(21, false)).toBe(1);
    expect(await copy(22, false)).toBe(1);
    expect(await read(20)).toEqual([]);
  });

  it("refuses another tenant's rows and keeps the connection usable", async () => {
    const copy = test.database.withTenant(test.tenantId, (tx) => tx.copyRows('sample', keyColumns, [[other, 30, 'x']]));
    await expect(copy).rejects.toMatchObject({ code: '42501' });
    expect(await read(30)).toEqual([]);
  });

  it('refuses a cell of another type before anything is stored, and says which', async () => {
    const copy = test.database.withTenant(test.tenantId, (tx) =>
      tx.copyRows('sample', keyColumns, [
        [tx.tenantId, 40, 'x'],
        [tx.tenantId, 'forty-one', 'x'],
      ]),
    );
    await expect(copy).rejects.toThrow('row 1, column id: not a valid int4');
    expect(await read(40)).toEqual([]);
  });

  it('passes on that the server cannot store NUL in text', async () => {
    const copy = test.database.withTenant(test.tenantId, (tx) =>
      tx.copyRows('sample', keyColumns, [[tx.tenantId, 50, 'a\0b']]),
    );
    await expect(copy).rejects.toMatchObject({ code: '22021' });
  });

  it('takes no identifier that would have to be quoted', async () => {
    const copy = test.database.withTenant(test.tenantId, (tx) =>
      tx.copyRows('sample"; drop table x', keyColumns, [[]]),
    );
    await expect(copy).rejects.toThrow('not a plain identifier');
  });

  it('stores 20 000 rows in one call', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [test.tenantId, 1_000 + index, `row ${index}`]);
    const count = await test.database.withTenant(test.tenantId, (tx) => tx.copyRows('sample', keyColumns, rows));
    expect(count).toBe(20_000);
  });
});

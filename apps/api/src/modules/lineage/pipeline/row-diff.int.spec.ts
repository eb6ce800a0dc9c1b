import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { randomUUID } from 'node:crypto';
import { OBJECT_ALIAS, BUSINESS_OBJECT } from './projection-tables.js';
import { writeDiff } from './row-diff.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const HOSTILE = [
  'plain',
  'NULL',
  'null',
  '',
  ' ',
  'a,b',
  '{a,b}',
  '"quoted"',
  'back\\slash',
  '\\"',
  'line\nbreak',
  'ünïcode ✓ 😀',
  "it's",
  '0x',
  '1e5',
];

describe('the difference between rows and a table', () => {
  it('is written with every text exactly as it is, and not written again', async () => {
    const rows = HOSTILE.map((value) => ({
      alias_id: randomUUID(),
      object_id: randomUUID(),
      system: value,
      kind: value,
      scope: value,
      value,
    }));
    const scope = { condition: 't.alias_id = any($2::uuid[])', params: [rows.map((row) => row.alias_id)] };
    const write = (given: typeof rows) =>
      db.database.withTenant(db.tenantId, (tx) => writeDiff(tx, OBJECT_ALIAS, scope, given));
    expect((await write(rows)).written).toHaveLength(rows.length);
    const stored = await db.database.withTenant(db.tenantId, (tx) =>
      tx.query<{ alias_id: string }>(
        'select alias_id, object_id, system, kind, scope, value from object_alias where tenant_id = $1',
        [tx.tenantId],
      ),
    );
    const byId = (left: { alias_id: string }, right: { alias_id: string }) => (left.alias_id < right.alias_id ? -1 : 1);
    expect(stored.sort(byId)).toEqual([...rows].sort(byId));
    expect(await write(rows)).toEqual({ written: [], deleted: [] });
    const [first, second, ...others] = rows;
    const changed = await write([{ ...first!, value: 'other' }, ...others]);
    expect(changed).toEqual({ written: [{ alias_id: first!.alias_id }], deleted: [{ alias_id: second!.alias_id }] });
  });

  it('keeps nulls, structured values and the text of amounts', async () => {
    const row = {
      object_id: randomUUID(),
      type: 'invoice',
      key: '1',
      legal_entity: null,
      counterparty: 'NULL',
      amount: '10.50',
      currency: 'EUR',
      direction: null,
      attributes: { 'a "b"': 'c\\d, {e}' },
      is_placeholder: false,
      first_occurred_at: '2026-10-01T09:00:00.000Z',
      last_occurred_at: '2026-10-01T09:00:00.000Z',
    };
    const scope = { condition: 't.object_id = any($2::uuid[])', params: [[row.object_id]] };
    const write = (amount: string) =>
      db.database.withTenant(db.tenantId, (tx) => writeDiff(tx, BUSINESS_OBJECT, scope, [{ ...row, amount }]));
    await write('10.50');
    expect((await write('10.50')).written).toEqual([]);
    expect((await write('10.5')).written).toHaveLength(1);
    const [stored] = await db.database.withTenant(db.tenantId, (tx) =>
      tx.query('select legal_entity, counterparty, amount, attributes from business_object where tenant_id = $1', [
        tx.tenantId,
      ]),
    );
    expect(stored).toEqual({ legal_entity: null, counterparty: 'NULL', amount: '10.5', attributes: row.attributes });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { searchKey } from '@throughline/canonical';
import fc from 'fast-check';
import { migrate, revertLastMigration } from './migrate.js';
import { migrationNames } from './migrations/index.js';
import { connected, createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';

const SAMPLES = [
  ...[
    'SO-000123',
    '0000004711',
    '2024/000123',
    ' a-b/c.d_e#f\\g\th',
    'ＳＯ１２３',
    'Müller-É9',
    'ØLŁ-ÆÐ',
    'СЧЁТ-0012',
    '000',
  ],
  ...['a‐b‒c–d—e―f', 'x\u00a0y', 'ﷺ'.repeat(60), 'ΑΒΓ ΩΨΧ', '½-¼', 'İi', 'ẞß', '\u1112\u1161\u11ab', '각-0', 'Dž'],
];

/** Modifier letters that came with Unicode 15: PostgreSQL 15 does not take them apart yet. */
const OF_LATER_UNICODE = /[\u{1e030}-\u{1e08f}]/u;

describe('the search key that the database makes', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.close());

  it('is the one that searchKey makes, of whatever text', async () => {
    const texts = [
      ...SAMPLES,
      ...fc.sample(fc.string({ unit: 'grapheme', maxLength: 40 }), { numRuns: 1_000, seed: 1 }),
      ...fc.sample(fc.string({ unit: fc.constantFrom(...'aZ019-/ .ÉØ#'), maxLength: 40 }), { numRuns: 1_000, seed: 2 }),
    ].filter((text) => !text.includes('\0') && !OF_LATER_UNICODE.test(text));
    const made = await test.database.withTenant(test.tenantId, (tx) =>
      tx.query<{ key: string }>(
        'select throughline_search_key(value) as key from unnest($1::text[]) with ordinality as given(value, place) order by place',
        [texts],
      ),
    );
    expect(made.map(({ key }) => key)).toEqual(texts.map(searchKey));
  });
});

describe('the migration that makes it', () => {
  it('fills the rows that are there, and gives back what it took', async () => {
    const test = await createTestDatabase();
    await test.database.close();
    const later = migrationNames.slice(migrationNames.findIndex((name) => name.startsWith('FindByKey')));
    for (const _name of later) await revertLastMigration(test.ownerUrl);
    await connected(test.ownerUrl, async (owner) => {
      const fill = (sql: string) => owner.query(sql, [test.tenantId]);
      await fill(
        `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
         values ($1, $1, $1, 'sap', 'sales-order', '', 'SO-000123')`,
      );
      await fill(
        `insert into business_object (tenant_id, object_id, type, key, attributes, is_placeholder, first_occurred_at, last_occurred_at)
         values ($1, $1, 'payment', 'P', '{"endToEndId": "E2E-007", "remittance": "Invoice 0815", "valueDate": "2026-09-04"}', false, now(), now())`,
      );
      await fill(
        `insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, legal_entity, amount,
                                           currency, started_at, last_occurred_at)
         values ($1, $1, 'order-to-cash', $1, 'running', 'DE01', -1234.50, 'EUR', now(), now())`,
      );
    });
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: () => undefined });
    const read = (sql: string) => connected(test.ownerUrl, async (owner) => (await owner.query(sql)).rows as unknown[]);
    expect(await read('select search_key from object_alias')).toEqual([{ search_key: 'so123' }]);
    expect(await read('select end_to_end_key, remittance_key, value_on, due_on from business_object')).toEqual([
      { end_to_end_key: 'e2e7', remittance_key: 'invoice815', value_on: '2026-09-04', due_on: null },
    ]);
    expect(await read('select facet from business_transaction')).toEqual([
      { facet: ['running', 'order-to-cash', 'DE01', 'EUR', '4'].join('\u001f') },
    ]);
    for (const _name of later) await revertLastMigration(test.ownerUrl);
    expect(await read('select value_folded from object_alias')).toEqual([{ value_folded: 'so-000123' }]);
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: () => undefined });
    await test.close();
  });
});

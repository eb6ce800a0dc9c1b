import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { appDataSourceOptions } from './data-source.js';
import { entities } from './entities/index.js';
import { connected, createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';

// TypeORM's own difference knows neither collations nor partial indexes and would find hundreds, so columns are compared.
describe('entities and migrations', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    test = await createTestDatabase();
    dataSource = await new DataSource(appDataSourceOptions({ url: test.appUrl, applicationName: 'test' })).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await test.close();
  });

  const typeNames: Record<string, string> = { timestamptz: 'timestamp with time zone' };

  const catalogColumns = (table: string): Promise<unknown[]> =>
    connected(test.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as "isNullable",
                coalesce(a.attnum = any(k.conkey), false) as "isPrimary"
           from pg_attribute a
           left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'p'
          where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
          order by a.attname collate "C"`,
        [table],
      );
      return rows;
    });

  it.each(entities.map((entity) => [entity.name, entity] as const))(
    '%s has the columns of its table',
    async (_name, entity) => {
      const metadata = dataSource.getMetadata(entity);
      const columns = metadata.columns.map((column) => ({
        name: column.databaseName,
        type: `${typeNames[String(column.type)] ?? String(column.type)}${column.isArray ? '[]' : ''}`,
        isNullable: column.isNullable,
        isPrimary: column.isPrimary,
      }));
      columns.sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(columns).toEqual(await catalogColumns(metadata.tableName));
    },
  );
});

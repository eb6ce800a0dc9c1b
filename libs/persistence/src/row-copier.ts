import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { arrayType, encodeArray } from './binary-array.js';
import { checkWidth, encodeCopy, encodeCopyStream } from './binary-copy.js';
import type { CopyColumn } from './binary-copy.js';
import type { CopyRows } from './tx.js';

const identifierPattern = /^[a-z_][a-z0-9_]{0,50}$/;
/** Rows that go as parameters of one statement; more are not held in memory a second time. */
const MOST_AS_ARRAYS = 10_000;
const MOST_ARRAY_BYTES = 4 * 1024 * 1024;

/**
 * COPY into a table under row-level security is refused by the server, and knows no ON CONFLICT. A batch goes as arrays, one
 * per column, in one statement. More goes to a temporary table, then by INSERT … SELECT into its own; the temporary table lives
 * as long as the session and is emptied at each end of a transaction, because creating and dropping one bloats the system catalog.
 */
export class RowCopier {
  private readonly used = new Set<string>();

  constructor(private readonly client: PoolClient) {}

  async copy(table: string, columns: readonly CopyColumn[], rows: CopyRows, onConflict = ''): Promise<number> {
    const names = [table, ...columns.map((column) => column.name)];
    const bad = names.find((name) => !identifierPattern.test(name));
    if (bad !== undefined) throw new TypeError(`not a plain identifier: ${bad}`);
    const isList = Symbol.iterator in rows;
    if (isList && rows.length === 0) return 0;
    const list = columns.map((column) => `"${column.name}"`).join(', ');
    const select = columns.map((column) =>
      column.type === 'numeric' ? `"${column.name}"::numeric` : `"${column.name}"`,
    );
    const into = `insert into "${table}" (${list}) select ${select.join(', ')}`;
    const arrays = isList ? encodeArrays(columns, rows) : null;
    if (arrays !== null) {
      const given = columns.map(({ type }, index) => `$${index + 1}::${arrayType(type)}`);
      const inserted = await this.client.query(
        `${into} from unnest(${given.join(', ')}) as r(${list}) ${onConflict}`,
        arrays,
      );
      return inserted.rowCount ?? 0;
    }
    const stage = await this.prepareStage(table, columns);
    await pipeline(
      Readable.from(isList ? encodeCopy(columns, rows) : encodeCopyStream(columns, rows)),
      this.client.query(copyFrom(`copy pg_temp."${stage}" (${list}) from stdin with (format binary)`)),
    );
    const inserted = await this.client.query(`${into} from pg_temp."${stage}" ${onConflict}`);
    return inserted.rowCount ?? 0;
  }

  private async prepareStage(table: string, columns: readonly CopyColumn[]): Promise<string> {
    const definition = columns
      .map((column) => `"${column.name}" ${column.type === 'numeric' ? 'text' : column.type}`)
      .join(', ');
    const stage = `copy_${createHash('sha256').update(`${table}:${definition}`).digest('hex').slice(0, 24)}`;
    if (this.used.has(stage)) await this.client.query(`truncate pg_temp."${stage}"`);
    else
      await this.client.query(`create temporary table if not exists "${stage}" (${definition}) on commit delete rows`);
    this.used.add(stage);
    return stage;
  }
}

/** The columns as arrays; null when they are too large for it. */
function encodeArrays(columns: readonly CopyColumn[], rows: readonly (readonly unknown[])[]): Buffer[] | null {
  if (rows.length > MOST_AS_ARRAYS) return null;
  rows.forEach((row, index) => checkWidth(columns, row, index));
  const arrays: Buffer[] = [];
  let bytes = 0;
  for (const [index, { type, name }] of columns.entries()) {
    const array = encodeArray(
      type,
      rows.map((row) => row[index]),
      name,
    );
    bytes += array.length;
    if (bytes > MOST_ARRAY_BYTES) return null;
    arrays.push(array);
  }
  return arrays;
}

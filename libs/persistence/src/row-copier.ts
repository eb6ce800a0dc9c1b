import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { encodeCopy, encodeCopyStream } from './binary-copy.js';
import type { CopyColumn } from './binary-copy.js';
import type { CopyRows } from './tx.js';

const identifierPattern = /^[a-z_][a-z0-9_]{0,50}$/;

/**
 * COPY into a table under row-level security is refused by the server, and knows no ON CONFLICT: rows go to a temporary
 * table, then by INSERT … SELECT into their own. The temporary table lives as long as the session and is emptied at each
 * end of a transaction, because creating and dropping one per batch bloats the system catalog.
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
    const stage = await this.prepareStage(table, columns);
    const list = columns.map((column) => `"${column.name}"`).join(', ');
    await pipeline(
      Readable.from(isList ? encodeCopy(columns, rows) : encodeCopyStream(columns, rows)),
      this.client.query(copyFrom(`copy pg_temp."${stage}" (${list}) from stdin with (format binary)`)),
    );
    const select = columns.map((column) =>
      column.type === 'numeric' ? `"${column.name}"::numeric` : `"${column.name}"`,
    );
    const inserted = await this.client.query(
      `insert into "${table}" (${list}) select ${select.join(', ')} from pg_temp."${stage}" ${onConflict}`,
    );
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

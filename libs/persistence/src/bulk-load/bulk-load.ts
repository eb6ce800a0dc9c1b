import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import { COPY_HEADER, COPY_TRAILER, type CopyColumn } from '../binary-copy.js';

/** A table that is filled, and the columns that are given. */
export type BulkTable = { name: string; columns: readonly CopyColumn[] };

/** Indexes that are built at the same time: one for each processor that a small server has. */
const BUILDERS = 2;
const MOST_WAITING_BYTES = 4 * 1024 * 1024;
const SETTINGS = [
  `set local maintenance_work_mem = '512MB'`,
  'set local max_parallel_maintenance_workers = 0',
  'set local synchronous_commit = off',
];

/** A table that is being filled, in a transaction of its own. */
type Filling = BulkTable & { client: pg.Client; stream: CopyStreamQuery; indexes: string[] };

/**
 * Fills empty tables from end to end, as their owner: rows first, all tables at once and already frozen, then the indexes. Each
 * table has a transaction of its own, because COPY writes frozen rows only into a table that its own transaction emptied;
 * they end together, so that after a failure all is as it was. Nobody else can use the tables meanwhile.
 */
export class BulkLoad {
  private constructor(private readonly fillings: ReadonlyMap<string, Filling>) {}

  /** Throws, and changes nothing, when a table holds a row of anybody. */
  static async begin(ownerUrl: string, tables: readonly BulkTable[]): Promise<BulkLoad> {
    const fillings = new Map<string, Filling>();
    const load = new BulkLoad(fillings);
    try {
      for (const table of tables) fillings.set(table.name, await beginTable(ownerUrl, table));
    } catch (error) {
      await load.abort();
      throw error;
    }
    return load;
  }

  /** Hands over whole rows of a table; settles when it takes more. The bytes belong to the load from then on. */
  async write(table: string, rows: Buffer): Promise<void> {
    const { stream } = this.fillingOf(table);
    if (stream.destroyed) throw stream.errored ?? new Error(`${table} takes no more rows`);
    stream.write(rows);
    // Some of it waits in memory, so that no table is without rows while another takes its own.
    if (stream.writableLength > MOST_WAITING_BYTES) await once(stream, 'drain');
  }

  /** Ends the rows, builds the indexes, tells the planner what is there, and makes all of it visible; says what it does. */
  async finish(say: (line: string) => void): Promise<void> {
    try {
      await Promise.all([...this.fillings.values()].map(endRows));
      say('rows written');
      const waiting = await this.largestFirst();
      await Promise.all(Array.from({ length: BUILDERS }, () => buildIndexes(waiting, say)));
      for (const { client } of this.fillings.values()) await client.query('commit');
    } catch (error) {
      await this.abort();
      throw error;
    }
    await Promise.all([...this.fillings.values()].map(({ client }) => client.end()));
  }

  /** Leaves every table as it was. */
  async abort(): Promise<void> {
    // The end of a connection is the end of its transaction, wherever it stood.
    for (const { stream, client } of this.fillings.values()) {
      stream.on('error', () => undefined).destroy();
      await client.end().catch(() => undefined);
    }
  }

  private fillingOf(table: string): Filling {
    const filling = this.fillings.get(table);
    if (filling === undefined) throw new TypeError(`${table} is not being filled`);
    return filling;
  }

  private async largestFirst(): Promise<Filling[]> {
    const sized = await Promise.all(
      [...this.fillings.values()].map(async (filling) => {
        const { rows } = await filling.client.query<{ bytes: string }>(
          'select pg_relation_size($1::regclass) as bytes',
          [filling.name],
        );
        return { filling, work: Number(rows[0]?.bytes) * filling.indexes.length };
      }),
    );
    return sized.sort((left, right) => right.work - left.work).map(({ filling }) => filling);
  }
}

async function beginTable(ownerUrl: string, table: BulkTable): Promise<Filling> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'throughline bulk load' });
  await client.connect();
  try {
    await client.query('begin');
    for (const setting of SETTINGS) await client.query(setting);
    await client.query(`lock table ${table.name} in access exclusive mode`);
    const { rows } = await client.query(`select from ${table.name} limit 1`);
    if (rows.length > 0) throw new Error(`${table.name} is not empty: only empty tables are filled from end to end`);
    const indexes = await dropIndexes(client, table.name);
    await client.query(`truncate ${table.name}`);
    const columns = table.columns.map(({ name }) => name).join(', ');
    const stream = client.query(copyFrom(`copy ${table.name} (${columns}) from stdin with (format binary, freeze)`));
    // What goes wrong is told where rows are handed over next, or the rows end.
    stream.on('error', () => undefined);
    stream.write(COPY_HEADER);
    return { ...table, client, stream, indexes };
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** Drops every index of a table; answers what makes them again, the key first. */
async function dropIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; key: string | null; definition: string }>(
    `select i.relname as name, pg_get_constraintdef(k.oid) as key, pg_get_indexdef(i.oid) as definition
     from pg_index x join pg_class i on i.oid = x.indexrelid
     left join pg_constraint k on k.conindid = i.oid and k.contype = 'p'
     where x.indrelid = $1::regclass order by k.oid is null, i.relname`,
    [table],
  );
  for (const { name, key } of rows)
    await client.query(key === null ? `drop index ${name}` : `alter table ${table} drop constraint ${name}`);
  return rows.map(({ name, key, definition }) =>
    key === null ? definition : `alter table ${table} add constraint ${name} ${key}`,
  );
}

async function endRows({ stream }: Filling): Promise<void> {
  if (stream.errored) throw stream.errored;
  stream.end(COPY_TRAILER);
  await finished(stream);
}

/** Takes one table after another, until none waits. */
async function buildIndexes(waiting: Filling[], say: (line: string) => void): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { client, name, indexes } = next;
    for (const definition of indexes) await client.query(definition);
    await client.query(`analyze ${name}`);
    say(`indexes of ${name} built`);
  }
}

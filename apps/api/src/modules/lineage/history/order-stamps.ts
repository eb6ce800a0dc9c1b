import { NIL_UUID, hashedText } from '@throughline/canonical';
import { hash } from 'node:crypto';
import { HISTORY_TABLES, HISTORY_TABLE_NAMES, type DigestedRows, type HistoryTable, columnOf } from './history-rows.js';
import type { OrderActivities, OrderRows } from './order-rows.js';
import type { RowSink } from './row-sink.js';
import { type Stamp, cellAt, stampOfRows, stampOfText } from './stamp.js';
import type { ValueSheet } from './value-sheet.js';
import { encodeTableRows } from '@throughline/persistence';

/** What a cash position says of one of its entries. */
export type EntryOfPosition = { object: string; link: string; name: string; statement: Buffer };

/** A value that is a hash of others. */
type Made = { at: number; stamp: Stamp };

const DIGEST_LENGTH = 11;
/** How the first entry of a position is linked; its place is left out of what is stamped. */
const FIRST_ENTRY = '{"from":1,';

/** Places on a sheet for what orders have beside their values: ids of transactions, and digests of rows. */
export type MadePlaces = { transactions: number[]; digests: number[] };

/** Makes places for what the rows of an order have. */
export function placesFor({ transactions }: OrderRows, sheet: ValueSheet): MadePlaces {
  return {
    transactions: transactions.map(() => sheet.addId()),
    digests: transactions.flatMap((one) => textsOf(one).map(() => sheet.addText(DIGEST_LENGTH))),
  };
}

/** The rows of orders of one kind as bytes, made of the rows of one of them, whose values the sheet holds. */
export class OrderStamps {
  private readonly transactions: Made[];
  private readonly digests: Made[];
  private readonly tables: { table: HistoryTable; stamp: Stamp }[];
  private readonly entry: { object: Stamp; link: Stamp; statement: Stamp; name: Stamp } | undefined;

  constructor(
    { rows, transactions, projection, entryStatement }: OrderRows,
    { hub }: OrderActivities,
    private readonly sheet: ValueSheet,
    places: MadePlaces,
    tenantId: string,
  ) {
    this.transactions = projection.transactions.map(({ workflow, anchorObjectId }, index) => ({
      at: placeAt(places.transactions, index),
      stamp: stampOfText(hashedText(['transaction', workflow, anchorObjectId]), sheet),
    }));
    this.fillIds();
    this.digests = transactions.flatMap(textsOf).map(({ text, digest }, index) => {
      if (digestOf(text) !== digest) throw new Error('digests of rows are no longer made like this');
      return { at: placeAt(places.digests, index), stamp: stampOfText(text, sheet) };
    });
    this.fillDigests();
    const constants = [tenantId, NIL_UUID];
    this.tables = HISTORY_TABLE_NAMES.filter((table) => rows[table].length > 0).map((table) => ({
      table,
      stamp: stampOfRows(HISTORY_TABLES[table].columns, rows[table], sheet, constants),
    }));
    const entry = entryOf(hub, entryStatement);
    if (entry === undefined || entryStatement === undefined) return;
    this.entry = {
      object: stampOfText(entry.object, sheet),
      link: stampOfText(entry.link, sheet),
      statement: stampOfRows(HISTORY_TABLES.alias_statement.columns, [entryStatement], sheet, constants),
      name: stampOfText(entry.name, sheet),
    };
  }

  /** Hands over the rows of the order whose values the sheet holds; they are good for that call alone. */
  fill(sink: RowSink): void {
    this.fillIds();
    this.fillDigests();
    for (const { table, stamp } of this.tables) sink.add(table, stamp.fill(this.sheet));
  }

  /** What its position says of its entry. */
  fillEntry(): EntryOfPosition | undefined {
    if (this.entry === undefined) return undefined;
    const { object, link, statement, name } = this.entry;
    const text = (stamp: Stamp) => stamp.fill(this.sheet).toString();
    return {
      object: text(object),
      link: text(link),
      name: text(name),
      statement: statement.fill(this.sheet),
    };
  }

  private fillIds(): void {
    for (const { at, stamp } of this.transactions) this.sheet.setHashOf(at, stamp.fill(this.sheet));
  }

  private fillDigests(): void {
    for (const { at, stamp } of this.digests) this.sheet.setText(at, digestOf(stamp.fill(this.sheet)));
  }
}

/** What a position that gathers one entry alone says of it. */
export function entryOf(
  hub: OrderActivities['hub'],
  entryStatement: OrderRows['entryStatement'],
): EntryOfPosition | undefined {
  if (hub === undefined || entryStatement === undefined) return undefined;
  const link = JSON.stringify(hub.links[0]);
  if (!link.startsWith(FIRST_ENTRY)) throw new Error('entries of positions are no longer linked like this');
  return {
    object: JSON.stringify(hub.objects[1]),
    link: link.slice(FIRST_ENTRY.length),
    name: String(entryStatement[columnOf('alias_statement', 'alias_id')]),
    statement: encodeTableRows(HISTORY_TABLES.alias_statement.columns, [entryStatement]),
  };
}

/** The objects and links of a position with these entries, as JSON; `hub` is the first of its objects. */
export function gathering(hub: unknown, entries: readonly EntryOfPosition[]): { objects: string; links: string } {
  return {
    objects: `[${[JSON.stringify(hub), ...entries.map(({ object }) => object)].join(',')}]`,
    links: `[${entries.map(({ link }, index) => `{"from":${index + 1},${link}`).join(',')}]`,
  };
}

/** A statement's row at this place of its activity. */
export function placed(statement: Buffer, position: number): Buffer {
  statement.writeInt16BE(position, cellAt(HISTORY_TABLES.alias_statement.columns, statement, 'position'));
  return statement;
}

/** What the digests of a transaction are made of. */
function textsOf({ transaction, objects, milestones, digests }: DigestedRows): { text: string; digest: string }[] {
  const { digests: _, ...own } = transaction;
  const keyed: [string, Record<string, unknown>][] = [['t', own], ...objects, ...milestones];
  return keyed.map(([key, row]) => ({
    text: JSON.stringify(Object.values(row)),
    digest: digests.get(key) ?? '',
  }));
}

function digestOf(text: string | Buffer): string {
  return hash('sha1', text, 'base64url').slice(0, DIGEST_LENGTH);
}

function placeAt(places: readonly number[], index: number): number {
  const at = places[index];
  if (at === undefined) throw new Error('orders of one kind have different rows');
  return at;
}

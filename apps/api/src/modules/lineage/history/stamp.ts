import { type CopyColumn, encodeTableRows } from '@throughline/persistence';
import { type Form, type ValueSheet, formKindOf } from './value-sheet.js';

/** Where in a stamp bytes of a sheet are put: its place, theirs, and how many, for each. */
type Places = number[];

/** Bytes of which some are another's values: filled from a sheet, they are that one's. */
export class Stamp {
  private readonly places: Int32Array;

  constructor(
    private readonly bytes: Buffer,
    places: Places,
  ) {
    this.places = Int32Array.from(places);
  }

  /** The bytes with the values of the sheet; they are good until the next call. */
  fill({ bytes: values }: ValueSheet): Buffer {
    const { bytes, places } = this;
    for (let place = 0; place < places.length; place += 3) {
      let [to, from] = [places[place]!, places[place + 1]!];
      for (const end = to + places[place + 2]!; to < end; to += 1, from += 1) bytes[to] = values[from]!;
    }
    return bytes;
  }
}

/** Text in which the values of the sheet stand, as a stamp. */
export function stampOfText(text: string, sheet: ValueSheet): Stamp {
  const bytes = Buffer.from(text);
  return new Stamp(
    bytes,
    placesIn(
      bytes,
      0,
      bytes.length,
      sheet,
      sheet.forms.filter(({ kind }) => kind === 'text'),
    ),
  );
}

/**
 * Rows in which the values of the sheet stand, as a stamp. Throws where an id or a time is none of them, nor one that every row
 * has: whatever it is, it is not the same for the next.
 */
export function stampOfRows(
  columns: readonly CopyColumn[],
  rows: readonly (readonly unknown[])[],
  sheet: ValueSheet,
  constants: readonly unknown[],
): Stamp {
  const bytes = encodeTableRows(columns, rows);
  const forms = sheet.forms;
  const places: Places = [];
  let at = 0;
  for (const row of rows) {
    at += 2;
    for (const [index, { name, type }] of columns.entries()) {
      const length = Math.max(bytes.readInt32BE(at), 0);
      at += 4;
      const kind = formKindOf(type);
      const found = placesIn(
        bytes,
        at,
        at + length,
        sheet,
        forms.filter((form) => form.kind === kind),
      );
      const mustDiffer = type === 'uuid' || type === 'timestamptz';
      if (mustDiffer && length > 0 && found.length === 0 && !constants.includes(row[index]))
        throw new Error(`nothing tells what ${name} is made of`);
      places.push(...found);
      at += length;
    }
  }
  return new Stamp(bytes, places);
}

/** Where the cell of this name begins in a row. */
export function cellAt(columns: readonly CopyColumn[], row: Buffer, name: string): number {
  let at = 2;
  for (const column of columns) {
    if (column.name === name) return at + 4;
    at += 4 + Math.max(row.readInt32BE(at), 0);
  }
  throw new TypeError(`no column ${name}`);
}

/** Rows that stand one after another, each by itself. */
export function splitRows(columns: readonly CopyColumn[], rows: Buffer): Buffer[] {
  const split: Buffer[] = [];
  for (let at = 0; at < rows.length;) {
    const start = at;
    at += 2;
    for (let cell = 0; cell < columns.length; cell += 1) at += 4 + Math.max(rows.readInt32BE(at), 0);
    split.push(rows.subarray(start, at));
  }
  return split;
}

function placesIn(bytes: Buffer, start: number, end: number, sheet: ValueSheet, forms: readonly Form[]): Places {
  const places: Places = [];
  const isTaken = new Uint8Array(end - start);
  const cell = bytes.subarray(start, end);
  for (const { at, length } of forms) {
    const value = sheet.bytes.subarray(at, at + length);
    for (let found = cell.indexOf(value); found >= 0; found = cell.indexOf(value, found + 1)) {
      if (isTaken.subarray(found, found + length).includes(1)) continue;
      isTaken.fill(1, found, found + length);
      places.push(start + found, at, length);
    }
  }
  return places;
}

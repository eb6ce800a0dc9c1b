import { ByteSink, CHUNK_BYTES, type CopyType, UnencodableCell, writeValue } from './binary-values.js';

/** A column of copyRows: its name in the table and its type. */
export type CopyColumn = { readonly name: string; readonly type: CopyType };

// https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format": signature, flags, header extension length.
export const COPY_HEADER: Buffer = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
export const COPY_TRAILER: Buffer = Buffer.from([0xff, 0xff]);

/** Encodes rows as chunks of PostgreSQL's binary COPY format. */
export function* encodeCopy(
  columns: readonly CopyColumn[],
  rows: Iterable<readonly unknown[]>,
): Generator<Buffer, void, undefined> {
  const sink = new ByteSink();
  sink.bytes(COPY_HEADER);
  let rowNumber = 0;
  for (const row of rows) {
    writeRow(sink, columns, row, rowNumber);
    rowNumber += 1;
    if (sink.length >= CHUNK_BYTES) yield sink.take();
  }
  sink.bytes(COPY_TRAILER);
  yield sink.take();
}

/** The same for rows that come in pieces, of which no more than one is held. */
export async function* encodeCopyStream(
  columns: readonly CopyColumn[],
  pieces: AsyncIterable<readonly (readonly unknown[])[]>,
): AsyncGenerator<Buffer, void, undefined> {
  const sink = new ByteSink();
  sink.bytes(COPY_HEADER);
  let rowNumber = 0;
  for await (const rows of pieces) {
    for (const row of rows) {
      writeRow(sink, columns, row, rowNumber);
      rowNumber += 1;
    }
    if (sink.length >= CHUNK_BYTES) yield sink.take();
  }
  sink.bytes(COPY_TRAILER);
  yield sink.take();
}

/** Writes one row: how many cells, then each. */
export function writeRow(
  sink: ByteSink,
  columns: readonly CopyColumn[],
  row: readonly unknown[],
  rowNumber: number,
): void {
  checkWidth(columns, row, rowNumber);
  sink.int16(columns.length);
  for (const [index, column] of columns.entries()) writeCell(sink, column, row[index], rowNumber);
}

function writeCell(sink: ByteSink, column: CopyColumn, value: unknown, rowNumber: number): void {
  try {
    writeValue(sink, column.type, value);
  } catch (cause) {
    throw new UnencodableCell(`row ${rowNumber}, column ${column.name}: not a valid ${column.type}`, { cause });
  }
}

/** Throws UnencodableCell when a row has not one cell for each column. */
export function checkWidth(columns: readonly CopyColumn[], row: readonly unknown[], rowNumber: number): void {
  if (row.length === columns.length) return;
  throw new UnencodableCell(`row ${rowNumber} has ${row.length} cells, expected ${columns.length}`);
}

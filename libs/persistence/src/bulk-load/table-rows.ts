import { type CopyColumn, writeRow } from '../binary-copy.js';
import { ByteSink } from '../binary-values.js';

/** Digits of one group of a number's binary form. */
const GROUP = 4;

/** Rows as binary COPY straight into their table takes them, one after another, without what stands before and after them. */
export function encodeTableRows(columns: readonly CopyColumn[], rows: readonly (readonly unknown[])[]): Buffer {
  const sink = new ByteSink();
  // A cast has no place in COPY: numbers go in their own binary form.
  const sent = columns.map((column) => (column.type === 'numeric' ? ({ ...column, type: 'bytea' } as const) : column));
  for (const [number, row] of rows.entries()) {
    const cells = row.map((cell, index) =>
      columns[index]?.type === 'numeric' && typeof cell === 'string' ? encodeNumeric(cell) : cell,
    );
    writeRow(sink, sent, cells, number);
  }
  return sink.take();
}

/**
 * A decimal number in the binary form of PostgreSQL's `numeric`: groups of four digits. Its size depends on the places before
 * and after the point alone; zeros at the end are left for the server to drop.
 */
export function encodeNumeric(text: string): Buffer {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new TypeError('not a decimal number');
  const places = Math.ceil(whole.length / GROUP);
  const digits = whole.padStart(places * GROUP, '0') + fraction.padEnd(Math.ceil(fraction.length / GROUP) * GROUP, '0');
  const bytes = Buffer.alloc(8 + digits.length / 2);
  bytes.writeInt16BE(digits.length / GROUP, 0);
  bytes.writeInt16BE(places - 1, 2);
  bytes.writeInt16BE(sign === '-' ? 0x4000 : 0, 4);
  bytes.writeInt16BE(fraction.length, 6);
  for (let at = 0; at < digits.length; at += GROUP)
    bytes.writeInt16BE(Number(digits.slice(at, at + GROUP)), 8 + at / 2);
  return bytes;
}

import type { SectionWriter, Sections } from './chunk-sections.js';

/** A value of a column: whatever JSON holds without loss. */
export type ColumnValue = unknown;

/**
 * A column as it stands in the header of a chunk: one value for all rows, values as JSON, indexes into distinct values,
 * whole numbers byte plane by byte plane, or ids as bytes behind a common prefix.
 */
export type EncodedColumn =
  | ['constant', ColumnValue]
  | ['json', ColumnValue[]]
  | ['distinct', values: ColumnValue[], width: number, offset: number, rows: number]
  | ['integer', least: number, width: number, offset: number, rows: number]
  | ['hex', prefix: string, size: number, offset: number]
  | ['uuid', prefix: string, offset: number];

/** Reads the value of a row. */
export type ColumnReader = (row: number) => ColumnValue;

const MOST_DISTINCT = 65_535;
/** So many rows tell whether distinct values are worth collecting. */
const SAMPLE_ROWS = 64;
const MOST_DISTINCT_IN_SAMPLE = 48;
const UUID_LENGTH = 36;
const UUID_BYTES = 16;
const SHORTEST_HEX = 8;
const LONGEST_HEX = 128;
const DASHES = [8, 13, 18, 23] as const;
const DASH = 0x2d;

/** Writes the values in the form that needs the least room. */
export function encodeColumn(values: readonly ColumnValue[], sections: Sections<SectionWriter>): EncodedColumn {
  const first = values[0];
  if (values.every((value) => value === first) && typeof first !== 'object') return ['constant', first ?? null];
  return (
    distinctColumn(values, sections.packed) ??
    textColumn(values, sections.raw) ??
    integerColumn(values, sections.packed) ?? ['json', [...values]]
  );
}

/** The values of an encoded column, by row. */
export function columnReader(column: EncodedColumn, sections: Sections<Buffer>): ColumnReader {
  switch (column[0]) {
    case 'constant':
      return () => column[1];
    case 'json':
      return (row) => column[1][row];
    case 'distinct': {
      const [, values, width, offset, rows] = column;
      const index = planeReader(sections.packed, offset, width, rows);
      return (row) => values[index(row)];
    }
    case 'integer': {
      const [, least, width, offset, rows] = column;
      const above = planeReader(sections.packed, offset, width, rows);
      return (row) => least + above(row);
    }
    case 'hex': {
      const [, prefix, size, offset] = column;
      return (row) => prefix + sections.raw.toString('hex', offset + row * size, offset + (row + 1) * size);
    }
    case 'uuid': {
      const [, prefix, offset] = column;
      return (row) => prefix + uuidText(sections.raw, offset + row * UUID_BYTES);
    }
  }
}

function distinctColumn(values: readonly ColumnValue[], packed: SectionWriter): EncodedColumn | undefined {
  const most = Math.min(MOST_DISTINCT, Math.max(16, values.length >> 2));
  const indexes = new Uint16Array(values.length);
  const known = new Map<ColumnValue, number>();
  let last: ColumnValue;
  let lastIndex = -1;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row];
    if (lastIndex < 0 || value !== last) {
      if (typeof value === 'object' && value !== null) return undefined;
      const index = known.get(value);
      lastIndex = index ?? known.size;
      last = value;
      if (index === undefined) {
        known.set(value, lastIndex);
        if (known.size > most || (row < SAMPLE_ROWS && known.size > MOST_DISTINCT_IN_SAMPLE)) return undefined;
      }
    }
    indexes[row] = lastIndex;
  }
  const width = known.size <= 256 ? 1 : 2;
  return ['distinct', [...known.keys()], width, writePlanes(indexes, width, packed), values.length];
}

function integerColumn(values: readonly ColumnValue[], packed: SectionWriter): EncodedColumn | undefined {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || Object.is(value, -0)) return undefined;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!Number.isSafeInteger(most - least)) return undefined;
  const above = (values as readonly number[]).map((value) => value - least);
  const width = bytesOf(most - least);
  return ['integer', least, width, writePlanes(above, width, packed), values.length];
}

function textColumn(values: readonly ColumnValue[], raw: SectionWriter): EncodedColumn | undefined {
  const [first] = values;
  if (typeof first !== 'string' || first.length < SHORTEST_HEX || first.length > LONGEST_HEX) return undefined;
  const texts = values as readonly string[];
  if (!values.every((value) => typeof value === 'string' && value.length === first.length)) return undefined;
  return uuidColumn(texts, first, raw) ?? hexColumn(texts, first, raw);
}

function uuidColumn(texts: readonly string[], first: string, raw: SectionWriter): EncodedColumn | undefined {
  const from = first.length - UUID_LENGTH;
  if (from < 0) return undefined;
  const prefix = first.slice(0, from);
  for (const text of texts) {
    if (DASHES.some((dash) => text.charCodeAt(from + dash) !== DASH) || !text.startsWith(prefix)) return undefined;
  }
  const joined = (from === 0 ? texts : texts.map((text) => text.slice(from))).join('').replaceAll('-', '');
  const offset = joined.length === texts.length * UUID_BYTES * 2 ? writeHex(joined, raw) : undefined;
  return offset === undefined ? undefined : ['uuid', prefix, offset];
}

function hexColumn(texts: readonly string[], first: string, raw: SectionWriter): EncodedColumn | undefined {
  let from = first.length;
  while (from > 0 && isHexDigit(first.charCodeAt(from - 1))) from -= 1;
  if ((first.length - from) % 2 === 1) from += 1;
  if (first.length - from < SHORTEST_HEX) return undefined;
  const prefix = first.slice(0, from);
  if (from > 0 && !texts.every((text) => text.startsWith(prefix))) return undefined;
  const offset = writeHex((from === 0 ? texts : texts.map((text) => text.slice(from))).join(''), raw);
  return offset === undefined ? undefined : ['hex', prefix, (first.length - from) / 2, offset];
}

/** Only lower-case digits come back as they were; anything else is no id to us. */
function writeHex(digits: string, raw: SectionWriter): number | undefined {
  const bytes = Buffer.from(digits, 'hex');
  return bytes.length * 2 === digits.length && bytes.toString('hex') === digits ? raw.append(bytes) : undefined;
}

function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
}

function uuidText(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + UUID_BYTES);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function bytesOf(most: number): number {
  let width = 1;
  for (let limit = 256; most >= limit; limit *= 256) width += 1;
  return width;
}

/** All lowest bytes, then all second ones …: the high planes are nearly constant and compress to nothing. */
function writePlanes(values: ArrayLike<number>, width: number, packed: SectionWriter): number {
  const rows = values.length;
  const { offset, view } = packed.reserve(rows * width);
  for (let row = 0; row < rows; row += 1) {
    let rest = values[row] ?? 0;
    for (let plane = 0; plane < width; plane += 1) {
      const above = Math.floor(rest / 256);
      view[plane * rows + row] = rest - above * 256;
      rest = above;
    }
  }
  return offset;
}

function planeReader(bytes: Buffer, offset: number, width: number, rows: number): (row: number) => number {
  return (row) => {
    let value = 0;
    for (let plane = width - 1; plane >= 0; plane -= 1) value = value * 256 + (bytes[offset + plane * rows + row] ?? 0);
    return value;
  };
}

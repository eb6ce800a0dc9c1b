/**
 * How a value is written. `decimal` is decimal text, never a float; `instant` is ISO 8601 UTC; `whole` counts; everything
 * else, keys of digits alone too, is text.
 */
export type ColumnKind = 'text' | 'decimal' | 'instant' | 'whole';

/** A column of an export: its heading, its kind, and its value of a row as text; null = nothing. */
export type ExportColumn<Row> = { name: string; kind: ColumnKind; value: (row: Row) => string | null };

/** A table of an export; its name is the sheet's and what `table=` asks for. */
export type ExportTable<Row> = { name: string; title: string; columns: readonly ExportColumn<Row>[] };

export function textColumn<Row>(name: string, value: (row: Row) => string | null): ExportColumn<Row> {
  return { name, kind: 'text', value };
}

export function decimalColumn<Row>(name: string, value: (row: Row) => string | null): ExportColumn<Row> {
  return { name, kind: 'decimal', value };
}

export function instantColumn<Row>(name: string, value: (row: Row) => Date | null): ExportColumn<Row> {
  return { name: `${name} (UTC)`, kind: 'instant', value: (row) => value(row)?.toISOString() ?? null };
}

export function wholeColumn<Row>(name: string, value: (row: Row) => number): ExportColumn<Row> {
  return { name, kind: 'whole', value: (row) => String(value(row)) };
}

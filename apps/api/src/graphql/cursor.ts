import { CodedError } from './coded-error.js';

/** What a part of a cursor may hold; checked on the way in, so that a forged cursor never reaches SQL as a cast error. */
export type CursorPart = 'uuid' | 'instant' | 'date' | 'integer' | 'decimal' | 'span-id' | 'text';

const PATTERNS: Record<CursorPart, RegExp> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  integer: /^-?\d{1,18}$/,
  decimal: /^-?\d{1,30}(\.\d{1,12})?$/,
  'span-id': /^[0-9a-f]{16}$/,
  // any text that PostgreSQL can hold
  text: /^[^\u0000]{0,500}$/su,
};

/** SQL text of a timestamptz column with all its microseconds, as cursors of kind `instant` carry it. */
export function instantCursorSql(column: string): string {
  return `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Opaque cursor: the list's name (cursors of another list or order are refused) and the key values of the row. */
export function encodeCursor(list: string, values: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...values]), 'utf8').toString('base64url');
}

/** The key values of a cursor, or INVALID_INPUT. */
export function decodeCursor(list: string, cursor: string, parts: readonly CursorPart[]): string[] {
  const values = parseJsonArray(Buffer.from(cursor, 'base64url').toString('utf8'));
  const isOurs =
    values !== undefined &&
    values.length === parts.length + 1 &&
    values[0] === list &&
    parts.every((part, index) => isPart(part, values[index + 1]));
  if (!isOurs) {
    throw new CodedError('INVALID_INPUT', 'after must be a cursor that this list gave, with the same orderBy');
  }
  return values.slice(1) as string[];
}

function isPart(part: CursorPart, value: unknown): boolean {
  return (
    typeof value === 'string' &&
    PATTERNS[part].test(value) &&
    ((part !== 'instant' && part !== 'date') || !Number.isNaN(Date.parse(value)))
  );
}

function parseJsonArray(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

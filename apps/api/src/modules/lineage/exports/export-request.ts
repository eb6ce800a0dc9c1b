import { parseInstant } from '@throughline/canonical';
import { CodedError } from '../../../graphql/coded-error.js';
import { requireUuid } from '../../../graphql/identifier.js';

/** What can be exported, by the last part of its address. */
export const EXPORT_FILES = {
  'transactions.csv': 'csv',
  'transactions.xlsx': 'xlsx',
  'transactions.ocel.json': 'ocel',
  'transactions.openlineage.ndjson': 'openlineage',
} as const;

export type ExportFormat = (typeof EXPORT_FILES)[keyof typeof EXPORT_FILES];

export const EXPORT_TABLES = ['transactions', 'milestones', 'objects', 'links'] as const;
export type ExportTableName = (typeof EXPORT_TABLES)[number];

const ORDERS = ['LAST_ACTIVITY_DESC', 'STARTED_DESC'] as const;
type Order = (typeof ORDERS)[number];

/** A checked request; `filter` is still as it was sent, to be read as the list's own filter. */
export type ExportRequest = {
  format: ExportFormat;
  /** The table of a CSV; a workbook holds all of them. */
  table: ExportTableName;
  /** Whether a CSV begins with a byte order mark, by which spreadsheets tell UTF-8. */
  isMarked: boolean;
  /** One transaction; null = all that the filter and the range let through. */
  id: string | null;
  filter: unknown;
  orderBy: Order;
  /** Of the time that the order goes by: from this instant on, and before that one. */
  from: string | null;
  before: string | null;
};

const PARAMETERS = ['id', 'filter', 'orderBy', 'from', 'to', 'table', 'bom'];

/** Reads an address; throws INVALID_INPUT naming the parameter. An unknown one is refused: left out it would widen the export. */
export function readExportRequest(format: ExportFormat, query: Readonly<Record<string, unknown>>): ExportRequest {
  for (const name of Object.keys(query)) {
    if (!PARAMETERS.includes(name)) {
      throw invalid(`${name} is no parameter of an export; there are ${PARAMETERS.join(', ')}`);
    }
  }
  const text = (name: string): string | null => {
    const value = query[name];
    if (value === undefined || value === '') return null;
    if (typeof value !== 'string') throw invalid(`${name} may be given once`);
    return value;
  };
  const [id, filter, from, to] = [text('id'), text('filter'), text('from'), text('to')];
  if (id !== null && (filter !== null || from !== null || to !== null)) {
    throw invalid('id names one transaction: it cannot stand beside filter, from or to');
  }
  if (text('table') !== null && format !== 'csv')
    throw invalid('table chooses what a CSV holds; other formats hold all');
  return {
    format,
    table: oneOf(text('table'), EXPORT_TABLES, 'table'),
    isMarked: oneOf(text('bom'), ['0', '1'], 'bom') === '1',
    id: id === null ? null : requireUuid(id, 'id'),
    filter: filter === null ? null : parseJson(filter),
    orderBy: oneOf(text('orderBy'), ORDERS, 'orderBy'),
    from: instant(from, 'from'),
    before: instant(to, 'to'),
  };
}

function oneOf<T extends string>(value: string | null, allowed: readonly [T, ...T[]] | readonly T[], name: string): T {
  const found = value === null ? allowed[0] : allowed.find((each) => each === value);
  if (found === undefined) throw invalid(`${name} must be one of ${allowed.join(', ')}`);
  return found;
}

function instant(text: string | null, name: string): string | null {
  if (text === null) return null;
  const parsed = parseInstant(text);
  if (!parsed.ok) throw invalid(`${name} must be an instant such as 2026-09-30T00:00:00Z`);
  return new Date(parsed.value).toISOString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('filter must be the filter of the query transactions, as JSON');
  }
}

function invalid(message: string): CodedError {
  return new CodedError('INVALID_INPUT', message);
}

import { CodedError } from '../../../graphql/coded-error.js';
import { requireUuid } from '../../../graphql/identifier.js';
import { INBOX_ORDERS, type InboxOrder } from '../inbox.repository.js';
import { isShipped } from '../views/change-views.js';

/** What can be exported, by the last part of its address. */
export const EXCEPTION_FILES = { 'exceptions.csv': 'csv', 'exceptions.xlsx': 'xlsx' } as const;

export type ExceptionFormat = (typeof EXCEPTION_FILES)[keyof typeof EXCEPTION_FILES];

/** A checked request: a saved view, or a filter as it was sent. */
export type ExceptionExportRequest = {
  format: ExceptionFormat;
  /** Whether a CSV begins with a byte order mark, by which spreadsheets tell UTF-8. */
  isMarked: boolean;
  of: { viewId: string } | { filter: unknown; orderBy: InboxOrder };
};

const PARAMETERS = ['view', 'filter', 'orderBy', 'bom'];

/** Reads an address; throws INVALID_INPUT naming the parameter. An unknown one is refused: left out it would widen the export. */
export function readExportRequest(
  format: ExceptionFormat,
  query: Readonly<Record<string, unknown>>,
): ExceptionExportRequest {
  const unknown = Object.keys(query).find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) {
    throw invalid(`${unknown} is no parameter of an export; there are ${PARAMETERS.join(', ')}`);
  }
  const text = (name: string): string | null => {
    const value = query[name];
    if (value === undefined || value === '') return null;
    if (typeof value !== 'string') throw invalid(`${name} may be given once`);
    return value;
  };
  const [view, filter, orderBy] = [text('view'), text('filter'), text('orderBy')];
  if (view !== null && (filter !== null || orderBy !== null)) {
    throw invalid('view names a filter and an order: it cannot stand beside others');
  }
  return {
    format,
    isMarked: oneOf(text('bom'), ['0', '1'], 'bom') === '1',
    of:
      view === null
        ? { filter: filter === null ? {} : parseJson(filter), orderBy: oneOf(orderBy, INBOX_ORDERS, 'orderBy') }
        : { viewId: isShipped(view) ? view : requireUuid(view, 'view') },
  };
}

function oneOf<T extends string>(value: string | null, allowed: readonly [T, ...T[]], name: string): T {
  const found = value === null ? allowed[0] : allowed.find((each) => each === value);
  if (found === undefined) throw invalid(`${name} must be one of ${allowed.join(', ')}`);
  return found;
}

function parseJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // said below, as of what is JSON and no filter
  }
  throw invalid('filter must be the filter of the query exceptions, as JSON');
}

function invalid(message: string): CodedError {
  return new CodedError('INVALID_INPUT', message);
}

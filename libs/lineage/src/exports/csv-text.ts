import type { ExportTable } from './export-table.js';
import type { TextFilter } from './ocel-log.js';

/** What makes a spreadsheet read UTF-8 as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

const LINE_END = '\r\n';

/**
 * Text that a spreadsheet would take for a formula: it begins, perhaps after blanks, with a sign that begins one (full-width
 * forms are read alike), or with a control character that hides what follows.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** The line of headings, RFC 4180. */
export function csvHead(table: ExportTable<never>): string {
  return table.columns.map(({ name }) => quoted(name)).join(',') + LINE_END;
}

/**
 * A row, RFC 4180. Amounts and instants are written as they are, also negative ones; other text that a spreadsheet would run
 * as a formula gets an apostrophe before it.
 */
export function csvLine<Row>(table: ExportTable<Row>, row: Row, shown: TextFilter): string {
  return (
    table.columns
      .map(({ kind, value }) => {
        const written = value(row);
        if (written === null) return '';
        return quoted(kind === 'text' ? guarded(shown(written)) : written);
      })
      .join(',') + LINE_END
  );
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

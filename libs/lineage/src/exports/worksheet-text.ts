import type { ExportColumn, ExportTable } from './export-table.js';
import type { TextFilter } from './ocel-log.js';

/** Rows that a worksheet can hold, its head included. */
export const MOST_SHEET_ROWS = 1_048_576;

const LONGEST_CELL = 32_767;
/** Digits that a spreadsheet keeps of a number. */
const EXACT_DIGITS = 15;
/** Amounts with up to so many decimals have a number format of their own. */
export const MOST_DECIMALS = 12;
const DAY_MS = 86_400_000;
/** The day number of 1970-01-01, counted from 1900 as spreadsheets count. */
const EPOCH_DAY = 25_569;
/** Before March 1900 the day numbers of spreadsheets are wrong (they know a 29 February 1900). */
const FIRST_RIGHT_DAY = 61;
const LAST_DAY = 2_958_465;

const DECIMAL = /^-?(\d+)(?:\.(\d+))?$/;

/** Index of a cell format in the workbook's styles: general, head, instant, then amounts by their decimals. */
export const CELL_STYLES = { general: 0, head: 1, instant: 2, decimals: 3 } as const;

/** True when a spreadsheet shows exactly these digits; a number of more significant digits than 15 it would change. */
export function isExactNumber(text: string): boolean {
  const match = DECIMAL.exec(text);
  if (match === null) return false;
  const [, whole = '', fraction = ''] = match;
  const significant = `${whole}${fraction}`.replace(/^0+/, '').replace(/0+$/, '');
  return significant.length <= EXACT_DIGITS && whole.length <= 300 && fraction.length <= MOST_DECIMALS;
}

/** The day number of an instant in UTC, as text; undefined when spreadsheets cannot count it. */
export function dayNumber(instant: string): string | undefined {
  const day = Date.parse(instant) / DAY_MS + EPOCH_DAY;
  return day >= FIRST_RIGHT_DAY && day < LAST_DAY + 1 ? day.toFixed(9) : undefined;
}

/** What stands before the rows of a sheet: the head stays in sight. */
export function sheetHead(table: ExportTable<never>): string {
  const widths = table.columns.map(({ name, kind }, index) => {
    const width = kind === 'instant' ? 22 : Math.max(12, Math.min(40, name.length + 4));
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  const cells = table.columns.map(({ name }) => textCell(name, CELL_STYLES.head));
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>
<row>${cells.join('')}</row>
`;
}

/** One row of a sheet. Amounts are numbers where a spreadsheet keeps them exactly, else text; instants are dates in UTC. */
export function sheetRow<Row>(table: ExportTable<Row>, row: Row, shown: TextFilter): string {
  return `<row>${table.columns.map((column) => cell(column, row, shown)).join('')}</row>\n`;
}

/** What stands after the rows. */
export function sheetEnd(): string {
  return '</sheetData></worksheet>';
}

function cell<Row>({ kind, value }: ExportColumn<Row>, row: Row, shown: TextFilter): string {
  const text = value(row);
  if (text === null || text === '') return '<c/>';
  if (kind === 'instant') {
    const day = dayNumber(text);
    return day === undefined ? textCell(text) : numberCell(day, CELL_STYLES.instant);
  }
  if ((kind === 'decimal' || kind === 'whole') && isExactNumber(text)) {
    const decimals = text.split('.')[1]?.length ?? 0;
    return numberCell(text, kind === 'whole' ? CELL_STYLES.general : CELL_STYLES.decimals + decimals);
  }
  return textCell(kind === 'text' ? shown(text) : text);
}

function numberCell(text: string, style: number): string {
  return `<c s="${style}"><v>${text}</v></c>`;
}

/** Inline text is never a formula, whatever it begins with. */
function textCell(text: string, style: number = CELL_STYLES.general): string {
  const cut = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cut)}</t></is></c>`;
}

// what XML 1.0 cannot hold: control characters, halves of surrogate pairs, and two non-characters
const UNWRITABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text as XML; what a spreadsheet would read as one of its own escapes (`_x0041_`) is escaped itself. */
export function xmlText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(UNWRITABLE, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

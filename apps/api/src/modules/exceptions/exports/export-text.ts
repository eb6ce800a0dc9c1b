import { createHash } from 'node:crypto';
import {
  BYTE_ORDER_MARK,
  csvHead,
  csvLine,
  sheetEnd,
  sheetHead,
  sheetPath,
  sheetRow,
  workbookParts,
  type TextFilter,
} from '@throughline/lineage';
import { zipStream, type ZipFile } from '../../lineage/index.js';
import { EXCEPTION_TABLE, type ExportedException } from './exception-table.js';
import { STATEMENT_SHEET, statementTable, type StatementLine } from './export-statement.js';

/** What files are written from. `written` counts the rows; the statement is asked for when all of them are. */
export type ExportText = {
  pages: AsyncIterable<readonly ExportedException[]>;
  shown: TextFilter;
  written: { rows: number };
  stated: (rowsHash: string) => readonly StatementLine[];
};

const asItIs: TextFilter = (text) => text;

/** The hash of the rows: of the same rows the same in every format. */
class RowHash {
  private readonly hash = createHash('sha256');

  constructor() {
    this.hash.update(csvHead(EXCEPTION_TABLE), 'utf8');
  }

  add(lines: string): void {
    this.hash.update(lines, 'utf8');
  }

  end(): string {
    return this.hash.digest('hex');
  }
}

/** Heading, rows, and below them the statement. */
export async function* csvText(
  { pages, shown, written, stated }: ExportText,
  isMarked: boolean,
): AsyncGenerator<string> {
  const hash = new RowHash();
  yield `${isMarked ? BYTE_ORDER_MARK : ''}${csvHead(EXCEPTION_TABLE)}`;
  for await (const page of pages) {
    const lines = page.map((row) => csvLine(EXCEPTION_TABLE, row, shown)).join('');
    hash.add(lines);
    written.rows += page.length;
    yield lines;
  }
  const table = statementTable(EXCEPTION_TABLE.columns.length);
  yield stated(hash.end())
    .map((line) => csvLine(table, line, asItIs))
    .join('');
}

/** The rows as a sheet, and the statement as another. */
export function workbook(text: ExportText): AsyncGenerator<Buffer> {
  return zipStream(workbookFiles(text));
}

async function* workbookFiles(text: ExportText): AsyncGenerator<ZipFile> {
  const hash = new RowHash();
  yield { path: sheetPath(0), text: rowsSheet(text, hash) };
  const lines = text.stated(hash.end());
  yield {
    path: sheetPath(1),
    text: [sheetHead(STATEMENT_SHEET), ...lines.map((line) => sheetRow(STATEMENT_SHEET, line, asItIs)), sheetEnd()],
  };
  for (const part of workbookParts([EXCEPTION_TABLE.title, STATEMENT_SHEET.title])) {
    yield { path: part.path, text: [part.text] };
  }
}

async function* rowsSheet({ pages, shown, written }: ExportText, hash: RowHash): AsyncGenerator<string> {
  yield sheetHead(EXCEPTION_TABLE);
  for await (const page of pages) {
    hash.add(page.map((row) => csvLine(EXCEPTION_TABLE, row, shown)).join(''));
    written.rows += page.length;
    yield page.map((row) => sheetRow(EXCEPTION_TABLE, row, shown)).join('');
  }
  yield sheetEnd();
}

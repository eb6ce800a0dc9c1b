import {
  BYTE_ORDER_MARK,
  csvHead,
  csvLine,
  isSameRun,
  MOST_SHEET_ROWS,
  OcelLog,
  type RunActivity,
  runEventsOf,
  sheetEnd,
  sheetHead,
  sheetPath,
  sheetRow,
  type TextFilter,
  workbookParts,
} from '@throughline/lineage';
import { EXPORT_TABLES, type ExportTableName } from './export-request.js';
import { logActivities, logObjects, runActivities } from './log.repository.js';
import { TABLES, type WorkflowOf, writtenRows } from './table-rows.js';
import { type ExportSource, pagesOfIds, transactionPages } from './transaction-pages.js';
import { zipStream, type ZipFile } from './zip-stream.js';

/** What an export is made with; `written` counts its rows by what they are. */
export type ExportParts = {
  source: ExportSource;
  workflowOf: WorkflowOf;
  shown: TextFilter;
  written: Record<string, number>;
};

function count(written: Record<string, number>, what: string, rows: number): void {
  written[what] = (written[what] ?? 0) + rows;
}

/** One table as CSV, a piece a page of transactions. */
export async function* csvText(parts: ExportParts, name: ExportTableName, isMarked: boolean): AsyncGenerator<string> {
  const { source, workflowOf, shown, written } = parts;
  yield `${isMarked ? BYTE_ORDER_MARK : ''}${csvHead(TABLES[name])}`;
  for await (const page of transactionPages(source)) {
    const rows = await writtenRows(name, page, source, workflowOf, (table, row) => csvLine(table, row, shown));
    count(written, name, rows.length);
    if (rows.length > 0) yield rows.join('');
  }
}

/** All tables as a workbook, a sheet each; one that is full is continued on the next. */
export function workbook(parts: ExportParts, ids: readonly string[]): AsyncGenerator<Buffer> {
  return zipStream(workbookFiles(parts, ids));
}

async function* workbookFiles(parts: ExportParts, ids: readonly string[]): AsyncGenerator<ZipFile> {
  const names: string[] = [];
  for (const name of EXPORT_TABLES) {
    const rows = new SheetRows(sheetPages(parts, ids, name));
    for (let part = 1; part === 1 || !rows.isDone; part += 1) {
      names.push(part === 1 ? TABLES[name].title : `${TABLES[name].title} ${part}`);
      yield { path: sheetPath(names.length - 1), text: oneSheet(name, rows) };
    }
  }
  for (const { path, text } of workbookParts(names)) yield { path, text: [text] };
}

async function* oneSheet(name: ExportTableName, rows: SheetRows): AsyncGenerator<string> {
  yield sheetHead(TABLES[name]);
  let free = MOST_SHEET_ROWS - 1;
  while (free > 0 && !rows.isDone) {
    const taken = await rows.take(free);
    free -= taken.length;
    yield taken.join('');
  }
  yield sheetEnd();
}

/** Pages of rows, taken in the portions that sheets have room for. */
class SheetRows {
  isDone = false;
  private rest: readonly string[] = [];

  constructor(private readonly pages: AsyncGenerator<string[]>) {}

  async take(most: number): Promise<readonly string[]> {
    while (this.rest.length === 0) {
      const next = await this.pages.next();
      if (next.done === true) {
        this.isDone = true;
        return [];
      }
      this.rest = next.value;
    }
    const taken = this.rest.slice(0, most);
    this.rest = this.rest.slice(most);
    return taken;
  }
}

async function* sheetPages(
  { source, workflowOf, shown, written }: ExportParts,
  ids: readonly string[],
  name: ExportTableName,
): AsyncGenerator<string[]> {
  for await (const page of pagesOfIds(source, ids)) {
    const rows = await writtenRows(name, page, source, workflowOf, (table, row) => sheetRow(table, row, shown));
    count(written, name, rows.length);
    yield rows;
  }
}

/** The log of the chosen transactions in the JSON form of OCEL 2.0. */
export async function* ocelText(
  { source, shown, written }: ExportParts,
  ids: readonly string[],
): AsyncGenerator<string> {
  const log = new OcelLog(shown);
  yield log.begin();
  for await (const page of logActivities(source.tx, ids)) {
    count(written, 'events', page.length);
    yield page.map((row) => log.event({ ...row, occurredAt: row.occurredAt.toISOString() })).join('');
  }
  yield log.turn();
  for await (const page of logObjects(source.tx, ids)) {
    count(written, 'objects', page.length);
    yield page.map((row) => log.object({ ...row, firstOccurredAt: row.firstOccurredAt.toISOString() })).join('');
  }
  yield log.end();
}

/** The runs of the chosen transactions as OpenLineage events, one a line. */
export async function* openLineageText(
  { source, shown, written }: ExportParts,
  ids: readonly string[],
): AsyncGenerator<string> {
  let before: RunActivity | undefined;
  // an activity is the last of its run when the one after it is of another: it is written one step late
  let held: RunActivity | undefined;
  const linesOf = (activity: RunActivity, next: RunActivity | undefined): string => {
    const isFirst = before === undefined || !isSameRun(before, activity);
    const events = runEventsOf(activity, { isFirst, isLast: next === undefined || !isSameRun(activity, next) }, shown);
    before = activity;
    count(written, 'events', events.length);
    return events.map((event) => `${JSON.stringify(event)}\n`).join('');
  };
  for await (const page of runActivities(source.tx, ids)) {
    const lines: string[] = [];
    for (const activity of page) {
      if (held !== undefined) lines.push(linesOf(held, activity));
      held = activity;
    }
    if (lines.length > 0) yield lines.join('');
  }
  if (held !== undefined) yield linesOf(held, undefined);
}

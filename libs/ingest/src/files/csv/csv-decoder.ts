import { ByteLines, type Line } from '../byte-lines.js';
import { ControlLedger } from '../control-ledger.js';
import { addExact, readExact, ZERO, type Exact } from '../exact-decimal.js';
import { InvalidFile, type FileDecoder, type FileRecord, type FileSummary, type JsonMembers } from '../file-record.js';
import { RecordSink } from '../record-sink.js';
import { amountTextOf } from './csv-values.js';
import type { CsvColumn, CsvLayout } from './csv-layout.js';
import { CsvRows, type CsvRow } from './csv-rows.js';

/** Reads the rows of a CSV file by a declared layout; columns are found by name where there is a header row. */
export class CsvDecoder implements FileDecoder {
  private readonly lines = new ByteLines();
  private readonly rows: CsvRows;
  private readonly sink = new RecordSink();
  private readonly ledger = new ControlLedger();
  /** By position in the row. */
  private columns: (CsvColumn | undefined)[] | undefined;
  private readonly sums = new Map<string, Exact>();
  private totals: JsonMembers | undefined;

  constructor(private readonly layout: CsvLayout) {
    this.rows = new CsvRows(layout.delimiter);
    if (!layout.header) this.columns = layout.columns;
  }

  write(chunk: Uint8Array): FileRecord[] {
    for (const line of this.lines.push(chunk)) this.line(line);
    return this.sink.drain();
  }

  end(): { records: FileRecord[]; summary: FileSummary } {
    for (const line of this.lines.end()) this.line(line);
    this.rows.end();
    if (this.columns === undefined) throw new InvalidFile(`the file is empty; expected the columns ${this.expected()}`);
    if (this.layout.totals !== undefined && this.totals === undefined)
      throw new InvalidFile(`the file breaks off: it has no totals row (${this.layout.totals.value})`);
    return {
      records: this.sink.drain(),
      summary: {
        header: { format: 'csv', layout: this.layout.name, layoutVersion: this.layout.version, rows: this.sink.count },
        record: { columns: this.columns.map((column) => column?.name ?? ''), totals: this.totals ?? null },
        controls: this.ledger.results(),
        controlsChecked: this.ledger.checked,
        controlsBroken: this.ledger.broken,
        closingDates: [],
        records: this.sink.count,
      },
    };
  }

  private line(line: Line): void {
    const row = this.rows.push(line);
    if (row === undefined) return;
    if (this.columns === undefined) this.columns = this.readHeader(row);
    else this.row(row, this.columns);
  }

  private readHeader({ cells, line }: CsvRow): (CsvColumn | undefined)[] {
    const found = cells.map((cell) => cell.trim());
    const byName = new Map(this.layout.columns.map((column) => [column.name.toLowerCase(), column]));
    const columns = found.map((name) => byName.get(name.toLowerCase()));
    const missing = this.layout.columns.filter((column) => !column.optional && !columns.includes(column));
    const isTwice = columns.some((column, index) => columns.indexOf(column) !== index);
    if (missing.length > 0 || isTwice || columns.includes(undefined)) {
      throw new InvalidFile(
        `the columns are not those of the layout ${this.layout.name}: expected ${this.expected()}; found ${listed(found)}`,
        { line },
      );
    }
    return columns;
  }

  private row({ cells, line }: CsvRow, columns: readonly (CsvColumn | undefined)[]): void {
    if (cells.length !== columns.length) {
      throw new InvalidFile(`a row has ${cells.length} cells, expected ${columns.length}: ${this.expected()}`, {
        line,
        record: this.sink.count + 1,
      });
    }
    if (this.totals !== undefined) throw new InvalidFile('there are rows behind the totals row', { line });
    const record: JsonMembers = {};
    const byField = new Map<string, string>();
    for (const [index, column] of columns.entries()) {
      if (column === undefined) continue;
      record[column.name] = cells[index]!;
      byField.set(column.field, cells[index]!);
    }
    const { totals } = this.layout;
    if (totals !== undefined && byField.get(totals.column)?.trim() === totals.value) {
      this.checkTotals(byField, record);
      return;
    }
    for (const field of totals?.sums ?? []) {
      const amount = this.exact(byField.get(field));
      if (amount !== undefined) this.sums.set(field, addExact(this.sums.get(field) ?? ZERO, amount));
    }
    this.sink.add({
      type: 'csv.row',
      externalId: (byField.get(this.layout.activity.objects[0]!.keys[0]!.field) ?? '').trim().slice(0, 256),
      occurredAt: null,
      body: {
        context: {
          format: 'csv',
          layout: this.layout.name,
          layoutVersion: this.layout.version,
          row: this.sink.count + 1,
          line,
        },
        record,
      },
    });
  }

  private checkTotals(byField: ReadonlyMap<string, string>, record: JsonMembers): void {
    const { totals } = this.layout;
    this.totals = record;
    for (const field of totals?.sums ?? []) {
      const stated = byField.get(field)?.trim() ?? '';
      const [expected, actual] = [this.exact(stated), this.sums.get(field) ?? ZERO];
      const control = { name: `total-${field}`, kind: 'amount' as const, scope: 'file' };
      if (expected !== undefined) this.ledger.check({ ...control, expected, actual });
      else this.ledger.fail({ ...control, expected: stated, actual: 'no amount is stated' });
    }
    if (totals?.count !== undefined)
      this.ledger.checkCount(
        { name: 'total-rows', scope: 'file' },
        byField.get(totals.count)?.trim() ?? '',
        this.sink.count,
      );
  }

  private exact(text: string | undefined): Exact | undefined {
    const amount = amountTextOf(text ?? '', this.layout.decimal);
    return amount === undefined ? undefined : readExact(amount);
  }

  private expected(): string {
    return listed(this.layout.columns.map(({ name, optional }) => (optional ? `${name} (may be missing)` : name)));
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 50).map((name) => JSON.stringify(name.slice(0, 60)));
  return `${shown.join(', ')}${names.length > 50 ? ` and ${names.length - 50} more` : ''}`;
}

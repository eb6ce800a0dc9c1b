import type { Line } from '../byte-lines.js';
import { InvalidFile } from '../file-record.js';

/** The cells of one row and the line on which it begins. */
export type CsvRow = { cells: string[]; line: number };

const LONGEST_ROW = 1024 * 1024;
const QUOTE = '"';

/** Puts lines together to rows as RFC 4180 says: a quoted cell may hold the delimiter, doubled quotes and line ends. */
export class CsvRows {
  private cells: string[] = [];
  private cell = '';
  private isQuoted = false;
  private line = 0;
  private length = 0;

  constructor(private delimiter: string) {}

  /** The row that this line completes. */
  push(line: Line): CsvRow | undefined {
    if (!this.isQuoted) {
      if (line.text.trim() === '') return undefined;
      // Written by and for spreadsheets.
      const [, separator] = line.no === 1 ? (/^sep=(.)$/i.exec(line.text) ?? []) : [];
      if (separator !== undefined) {
        this.delimiter = separator;
        return undefined;
      }
      this.line = line.no;
      this.length = 0;
    }
    // Line ends are part of a quoted cell, and may be all of it.
    this.length += line.text.length + line.ending.length;
    if (this.length > LONGEST_ROW) throw new InvalidFile('a row is longer than 1 MiB', { line: this.line });
    this.read(line);
    if (this.isQuoted) {
      this.cell += line.ending;
      return undefined;
    }
    this.cells.push(this.cell);
    const row = { cells: this.cells, line: this.line };
    this.cells = [];
    this.cell = '';
    return row;
  }

  end(): void {
    if (this.isQuoted) throw new InvalidFile('a quoted cell is not closed: the file breaks off', { line: this.line });
  }

  private read({ text, no }: Line): void {
    let at = 0;
    let wasQuoted = false;
    while (at < text.length) {
      if (this.isQuoted) {
        const close = text.indexOf(QUOTE, at);
        if (close < 0) {
          this.cell += text.slice(at);
          return;
        }
        this.cell += text.slice(at, close);
        at = close + 1;
        if (text[at] === QUOTE) {
          this.cell += QUOTE;
          at += 1;
        } else {
          this.isQuoted = false;
          wasQuoted = true;
        }
        continue;
      }
      if (text[at] === QUOTE && this.cell === '' && !wasQuoted) {
        this.isQuoted = true;
        at += 1;
        continue;
      }
      const next = text.indexOf(this.delimiter, at);
      const plain = text.slice(at, next < 0 ? text.length : next);
      if (wasQuoted && plain.trim() !== '')
        throw new InvalidFile('text stands behind a closing quote', { line: no, column: at + 1 });
      if (!wasQuoted) this.cell += plain;
      if (next < 0) return;
      this.cells.push(this.cell);
      this.cell = '';
      wasQuoted = false;
      at = next + 1;
    }
  }
}

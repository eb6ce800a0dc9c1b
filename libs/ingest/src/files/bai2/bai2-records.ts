import type { Line } from '../byte-lines.js';
import { InvalidFile } from '../file-record.js';

/** One logical record: its code, the text behind the code without the closing slash, and its physical pieces as they stand. */
export type Bai2Record = {
  code: string;
  content: string;
  line: number;
  raw: string[];
  /** It ends with a slash: only a text may go without. */
  isTerminated: boolean;
};

/** Of one record with its continuations. */
export const LONGEST_RECORD = 1024 * 1024;
export const MOST_PARTS = 10_000;

const CODES = '01|02|03|16|49|88|98|99';
const BEGIN = new RegExp(`^\\s*(${CODES}),`);
/**
 * Some banks put several records on a line. The blank between them is demanded, and a detail must go on with a type code,
 * because a text may hold "12/16,500".
 */
const NEXT = /\/\s+(?=(?:0[123]|49|88|98|99),|16,\d{3},)/;

/**
 * Cuts lines into records. A line that begins with no record code goes on with the text of the one before it: it was
 * wrapped on its way.
 */
export class Bai2Records {
  private waiting: Bai2Record | undefined;

  push(line: Line): Bai2Record[] {
    const done: Bai2Record[] = [];
    const pieces = line.text.split(NEXT);
    for (const [index, piece] of pieces.entries()) {
      const isCut = index < pieces.length - 1;
      const text = isCut ? `${piece}/` : piece;
      const [, code] = BEGIN.exec(text) ?? [];
      if (code === undefined && this.waiting === undefined) {
        if (text.trim() !== '') done.push({ code: '', content: text, line: line.no, raw: [text], isTerminated: false });
        continue;
      }
      if (code === undefined) {
        if (text.trim() !== '') goOn(this.waiting!, text);
        continue;
      }
      if (this.waiting) done.push(finished(this.waiting));
      this.waiting = { code, content: text.trimStart().slice(3), line: line.no, raw: [text], isTerminated: false };
    }
    return done;
  }

  end(): Bai2Record[] {
    const done = this.waiting ? [finished(this.waiting)] : [];
    this.waiting = undefined;
    return done;
  }
}

function goOn(record: Bai2Record, text: string): void {
  if (record.content.length + text.length > LONGEST_RECORD || record.raw.length >= MOST_PARTS)
    throw new InvalidFile(`a record is longer than 1 MiB, or than ${MOST_PARTS} lines`, { line: record.line });
  record.content = `${record.content}\n${text}`;
  record.raw.push(text);
}

function finished(record: Bai2Record): Bai2Record {
  const content = record.content.trimEnd();
  const isTerminated = content.endsWith('/');
  return { ...record, content: isTerminated ? content.slice(0, -1) : content, isTerminated };
}

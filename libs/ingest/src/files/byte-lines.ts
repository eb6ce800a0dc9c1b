import { isUtf8 } from 'node:buffer';
import { InvalidFile } from './file-record.js';

/** A physical line: its text, the line end as it stood ("" at the end of the file), its number from 1, its byte offset. */
export type Line = { text: string; ending: '\n' | '\r\n' | '\r' | ''; no: number; offset: number };

const LF = 0x0a;
const CR = 0x0d;
const LONGEST_LINE_BYTES = 1024 * 1024;
const WINDOWS_1252 = new TextDecoder('windows-1252');

/**
 * Splits bytes into lines and decodes each by itself: UTF-8 where it is, else Windows-1252 (of which Latin-1 is a part).
 * By line, because bank files are put together from parts with different encodings.
 */
export class ByteLines {
  private rest: Buffer = Buffer.alloc(0);
  private no = 0;
  private offset = 0;
  private isFirst = true;

  push(chunk: Uint8Array): Line[] {
    const bytes = this.rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.rest, chunk]);
    const lines: Line[] = [];
    let start = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte !== LF && byte !== CR) continue;
      // Whether a carriage return at the end of the bytes is one half of a line end is told by the next ones.
      if (byte === CR && at === bytes.length - 1) break;
      const ending = byte === LF ? '\n' : bytes[at + 1] === LF ? '\r\n' : '\r';
      lines.push(this.line(bytes.subarray(start, at), ending));
      at += ending.length - 1;
      start = at + 1;
    }
    this.rest = bytes.subarray(start);
    if (this.rest.length > LONGEST_LINE_BYTES) throw this.tooLong();
    return lines;
  }

  end(): Line[] {
    const rest = this.rest;
    this.rest = Buffer.alloc(0);
    if (rest.length === 0) return [];
    return rest.at(-1) === CR ? [this.line(rest.subarray(0, -1), '\r')] : [this.line(rest, '')];
  }

  private line(bytes: Buffer, ending: Line['ending']): Line {
    this.no += 1;
    const offset = this.offset;
    this.offset += bytes.length + ending.length;
    if (bytes.length > LONGEST_LINE_BYTES) throw this.tooLong();
    let content = bytes;
    if (this.isFirst) {
      this.isFirst = false;
      if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
        throw new InvalidFile('the file is UTF-16; send it as UTF-8 or Latin-1', { line: 1 });
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) content = bytes.subarray(3);
    }
    const nul = content.indexOf(0);
    if (nul >= 0) throw new InvalidFile('a NUL character is no text', { line: this.no, column: nul + 1 });
    const text = isUtf8(content) ? content.toString('utf8') : WINDOWS_1252.decode(content);
    return { text, ending, no: this.no, offset };
  }

  private tooLong(): InvalidFile {
    return new InvalidFile(`a line is longer than ${LONGEST_LINE_BYTES} bytes`, { line: this.no + 1 });
  }
}

import { isUtf8 } from 'node:buffer';
import { InvalidFile } from './file-record.js';
import { Utf16Bytes } from './utf16-bytes.js';

/**
 * A physical line: its text, the line end as it stood ("" at the end of the file), its number from 1, its byte offset (of a
 * UTF-16 file: within its UTF-8 form).
 */
export type Line = { text: string; ending: '\n' | '\r\n' | '\r' | ''; no: number; offset: number };

const LF = 0x0a;
const CR = 0x0d;
const LONGEST_LINE_BYTES = 1024 * 1024;
const WINDOWS_1252 = new TextDecoder('windows-1252');

/**
 * Splits bytes into lines and decodes each by itself: UTF-8 where it is, else Windows-1252 (of which Latin-1 is a part).
 * By line, because bank files are put together from parts with different encodings. A file with the byte order mark of UTF-16
 * (the "Unicode text" of spreadsheets) is UTF-16 as a whole.
 */
export class ByteLines {
  private readonly encoding = new Utf16Bytes();
  private rest: Buffer = Buffer.alloc(0);
  private no = 0;
  private offset = 0;
  private isFirst = true;

  push(chunk: Uint8Array): Line[] {
    return this.cut(this.encoding.push(chunk));
  }

  private cut(chunk: Uint8Array): Line[] {
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
    const lines = this.cut(this.encoding.end());
    const rest = this.rest;
    this.rest = Buffer.alloc(0);
    if (rest.length === 0) return lines;
    lines.push(rest.at(-1) === CR ? this.line(rest.subarray(0, -1), '\r') : this.line(rest, ''));
    return lines;
  }

  private line(bytes: Buffer, ending: Line['ending']): Line {
    this.no += 1;
    const offset = this.offset;
    this.offset += bytes.length + ending.length;
    if (bytes.length > LONGEST_LINE_BYTES) throw this.tooLong();
    let content = bytes;
    if (this.isFirst) {
      this.isFirst = false;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) content = bytes.subarray(3);
    }
    const nul = content.indexOf(0);
    if (nul >= 0) throw new InvalidFile('a NUL character is no text', { line: this.no, column: nul + 1 });
    // As a stream: at once, Node reads Windows-1252 as Latin-1, and the euro sign is lost.
    const text = isUtf8(content) ? content.toString('utf8') : WINDOWS_1252.decode(content, { stream: true });
    return { text, ending, no: this.no, offset };
  }

  private tooLong(): InvalidFile {
    return new InvalidFile(`a line is longer than ${LONGEST_LINE_BYTES} bytes`, { line: this.no + 1 });
  }
}

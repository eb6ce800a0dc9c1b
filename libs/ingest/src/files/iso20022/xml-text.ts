import { InvalidFile } from '../file-record.js';

const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'iso-8859-2': 'iso-8859-2',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'iso-8859-9': 'windows-1254',
  'windows-1254': 'windows-1254',
};

/** The declaration stands in the first bytes, or it is none. */
const DECLARATION_BYTES = 256;

/** Turns the bytes of an XML file into text, by byte order mark, XML declaration, or UTF-8. Throws InvalidFile. */
export class XmlText {
  private decoder: InstanceType<typeof TextDecoder> | undefined;
  private first: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): string {
    if (this.decoder === undefined) {
      this.first = Buffer.concat([this.first, chunk]);
      if (this.first.length < DECLARATION_BYTES && !this.first.includes('?>')) return '';
      return this.begin();
    }
    return this.decode(chunk, true);
  }

  end(): string {
    const begun = this.decoder === undefined ? this.begin() : '';
    return begun + this.decode(new Uint8Array(0), false);
  }

  private begin(): string {
    const bytes = this.first;
    this.first = Buffer.alloc(0);
    this.decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    return this.decode(bytes, true);
  }

  private decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.decoder!.decode(bytes, { stream });
    } catch {
      throw new InvalidFile(`the bytes are not ${this.decoder!.encoding}, although the file says so (or says nothing)`);
    }
  }
}

function encodingOf(bytes: Buffer): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x3c && b === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    bytes.subarray(0, DECLARATION_BYTES).toString('latin1'),
  )?.[1];
  // Declared as UTF-16 in single bytes: written by a program that converted the text and forgot the declaration.
  if (declared === undefined || /^utf-?16/i.test(declared)) return 'utf-8';
  const encoding = ENCODINGS[declared.toLowerCase()];
  if (encoding === undefined)
    throw new InvalidFile(`the encoding ${JSON.stringify(declared)} is not taken; send UTF-8`, { line: 1 });
  return encoding;
}

import { InvalidFile } from './file-record.js';

const MARK_BYTES = 2;
const NOTHING = Buffer.alloc(0);

/** Turns the bytes of a UTF-16 file, told by its byte order mark, into UTF-8; all others pass as they are. Throws InvalidFile. */
export class Utf16Bytes {
  /** Until there are enough to see a mark. */
  private first: Buffer | undefined = NOTHING;
  private decoder: InstanceType<typeof TextDecoder> | undefined;

  push(chunk: Uint8Array): Uint8Array {
    if (this.first === undefined) return this.asUtf8(chunk, true);
    this.first = Buffer.concat([this.first, chunk]);
    return this.first.length < MARK_BYTES ? NOTHING : this.asUtf8(this.begin(this.first), true);
  }

  /** What was held back. */
  end(): Uint8Array {
    return this.asUtf8(this.begin(this.first ?? NOTHING), false);
  }

  private begin(first: Buffer): Buffer {
    if (first[0] === 0xff && first[1] === 0xfe) this.decoder = new TextDecoder('utf-16le', { fatal: true });
    if (first[0] === 0xfe && first[1] === 0xff) this.decoder = new TextDecoder('utf-16be', { fatal: true });
    this.first = undefined;
    return first;
  }

  private asUtf8(bytes: Uint8Array, stream: boolean): Uint8Array {
    if (this.decoder === undefined) return bytes;
    try {
      return Buffer.from(this.decoder.decode(bytes, { stream }));
    } catch {
      throw new InvalidFile('the file begins as UTF-16 and breaks off, or is none');
    }
  }
}

import type { CopyType } from '@throughline/persistence';
import { encodeNumeric } from '@throughline/persistence';
import { hash } from 'node:crypto';

/** Cells in which a form of a value can stand. */
type FormKind = 'text' | 'id' | 'time' | 'numeric';

/** Where in a sheet one form of a value stands. */
export type Form = { at: number; length: number; kind: FormKind };

const KIND_OF: Partial<Record<CopyType, FormKind>> = {
  text: 'text',
  jsonb: 'text',
  uuid: 'id',
  bytea: 'id',
  timestamptz: 'time',
  numeric: 'numeric',
};
const SHEET_BYTES = 8_192;
const MS_TO_2000 = Date.UTC(2000, 0, 1);
const [ID_BYTES, ID_TEXT, ID_DIGITS] = [16, 36, 32];
/** An id's first digits, where it is cut short: a span's id, the key of a digest, the end of an event's name. */
const CUT_SHORT = [16, 12, 8];
const TIME_BYTES = 8;
const TIME_TEXT = 24;
const HEX = Buffer.from('0123456789abcdef', 'latin1');
const HYPHEN = '-'.charCodeAt(0);

/** The form that a cell of this type holds values in; undefined = it holds none that differ. */
export function formKindOf(type: CopyType): FormKind | undefined {
  return KIND_OF[type];
}

/**
 * The values of one thing, each in every form in which rows hold it, at places that stay: of the next one they are written over
 * these. All text is ASCII, and of the same length from one to the next.
 */
export class ValueSheet {
  readonly bytes = Buffer.alloc(SHEET_BYTES);
  private readonly known: Form[] = [];
  private used = 0;

  /** Every form, longest first: where a longer one stands, no shorter one is looked for. */
  get forms(): readonly Form[] {
    return [...this.known].sort((left, right) => right.length - left.length);
  }

  addText(length: number): number {
    return this.add([{ length, kind: 'text' }]);
  }

  addNumeric(length: number): number {
    return this.add([{ length, kind: 'numeric' }]);
  }

  addTime(): number {
    return this.add([
      { length: TIME_BYTES, kind: 'time' },
      { length: TIME_TEXT, kind: 'text' },
    ]);
  }

  addId(): number {
    const at = this.add([
      { length: ID_BYTES, kind: 'id' },
      { length: ID_TEXT, kind: 'text' },
      { length: ID_DIGITS, kind: 'text' },
    ]);
    this.known.push({ at, length: ID_BYTES / 2, kind: 'id' });
    for (const length of CUT_SHORT) this.known.push({ at: at + ID_BYTES + ID_TEXT, length, kind: 'text' });
    return at;
  }

  setText(at: number, text: string): void {
    this.bytes.write(text, at, text.length, 'latin1');
  }

  setNumeric(at: number, text: string): void {
    this.bytes.set(encodeNumeric(text), at);
  }

  setTime(at: number, ms: number): void {
    const microseconds = (ms - MS_TO_2000) * 1_000;
    const high = Math.floor(microseconds / 2 ** 32);
    this.bytes.writeInt32BE(high, at);
    this.bytes.writeUInt32BE(microseconds - high * 2 ** 32, at + 4);
    this.bytes.write(new Date(ms).toISOString(), at + TIME_BYTES, TIME_TEXT, 'latin1');
  }

  /** The id that is the hash of a text: see hashedUuid. */
  setHashOf(at: number, content: string | Buffer): void {
    const { bytes } = this;
    // One byte a character: half the cost of a buffer that is thrown away.
    const hashed = hash('sha256', content, 'binary');
    let text = at + ID_BYTES;
    let digits = text + ID_TEXT;
    for (let index = 0; index < ID_BYTES; index += 1) {
      let byte = hashed.charCodeAt(index);
      if (index === 6) byte = (byte & 0x0f) | 0x80;
      else if (index === 8) byte = (byte & 0x3f) | 0x80;
      bytes[at + index] = byte;
      if (index === 4 || index === 6 || index === 8 || index === 10) bytes[text++] = HYPHEN;
      bytes[text++] = bytes[digits++] = HEX[byte >> 4]!;
      bytes[text++] = bytes[digits++] = HEX[byte & 15]!;
    }
  }

  setId(at: number, id: string): void {
    const digits = id.replaceAll('-', '');
    this.bytes.write(digits, at, 'hex');
    this.bytes.write(id, at + ID_BYTES, ID_TEXT, 'latin1');
    this.bytes.write(digits, at + ID_BYTES + ID_TEXT, ID_DIGITS, 'latin1');
  }

  /** An id that another sheet holds. */
  copyId(at: number, from: ValueSheet, place: number): void {
    for (let index = 0; index < ID_BYTES + ID_TEXT + ID_DIGITS; index += 1)
      this.bytes[at + index] = from.bytes[place + index]!;
  }

  private add(forms: readonly Omit<Form, 'at'>[]): number {
    const start = this.used;
    for (const form of forms) {
      this.known.push({ ...form, at: this.used });
      this.used += form.length;
    }
    if (this.used > SHEET_BYTES) throw new RangeError('the sheet is full');
    return start;
  }
}

/**
 * Types that the binary encoders write. `jsonb`: an object, or a string that is JSON text already. `timestamptz`: a Date,
 * or ISO text with an offset and any number of fraction digits (rounded to microseconds as the server does). `date`: `YYYY-MM-DD`.
 * `int8`: bigint, decimal text or safe number. `numeric`: decimal text, sent as text and cast by the server.
 */
export type CopyType =
  'uuid' | 'text' | 'bytea' | 'jsonb' | 'int2' | 'int4' | 'int8' | 'bool' | 'timestamptz' | 'date' | 'numeric';

/** A cell that cannot be written as its column's type; names row and column, never the value. */
export class UnencodableCell extends Error {
  override readonly name = 'UnencodableCell';
}

/** Bytes after which what is written in pieces is handed on. */
export const CHUNK_BYTES = 256 * 1024;
const daysTo2000 = 10_957;
const millisecondsTo2000 = daysTo2000 * 86_400_000;
const microsecondsTo2000 = BigInt(millisecondsTo2000) * 1000n;

/** Writes a value with its length before it, in the binary form of its type; null and undefined are NULL. */
export function writeValue(sink: ByteSink, type: CopyType, value: unknown): void {
  if (value === null || value === undefined) sink.int32(-1);
  else writers[type](sink, value);
}

const writers: Record<CopyType, (sink: ByteSink, value: unknown) => void> = {
  uuid: (sink, value) => {
    sink.int32(16);
    sink.uuid(asText(value));
  },
  text: (sink, value) => sink.text(asText(value)),
  numeric: (sink, value) => sink.text(asText(value)),
  bytea: (sink, value) => {
    if (!(value instanceof Uint8Array)) throw new TypeError('not bytes');
    sink.sized(value);
  },
  // The leading 1 is the version of jsonb's binary form.
  jsonb: (sink, value) => sink.text(typeof value === 'string' ? value : asJson(value), 1),
  int2: (sink, value) => {
    const number = asInteger(value, -0x8000, 0x7fff);
    sink.int32(2);
    sink.int16(number);
  },
  int4: (sink, value) => {
    const number = asInteger(value, -0x80000000, 0x7fffffff);
    sink.int32(4);
    sink.int32(number);
  },
  int8: (sink, value) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError('not a safe integer');
    if (typeof value !== 'bigint' && typeof value !== 'number' && typeof value !== 'string')
      throw new TypeError('not an integer');
    sink.int32(8);
    sink.int64(BigInt(value));
  },
  bool: (sink, value) => {
    if (typeof value !== 'boolean') throw new TypeError('not a boolean');
    sink.int32(1);
    sink.int8(value ? 1 : 0);
  },
  timestamptz: (sink, value) => {
    const milliseconds = value instanceof Date ? value.getTime() : canonicalMilliseconds(asText(value));
    sink.int32(8);
    if (milliseconds === undefined) sink.int64(microsecondsOf(asText(value)) - microsecondsTo2000);
    else sink.int64(BigInt(milliseconds - millisecondsTo2000) * 1000n);
  },
  date: (sink, value) => {
    sink.int32(4);
    sink.int32(daysOf(asText(value)) - daysTo2000);
  },
};

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('not text');
}

function asJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError('has no JSON form');
  return text;
}

function asInteger(value: unknown, lowest: number, highest: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < lowest || value > highest) {
    throw new TypeError('not an integer in range');
  }
  return value;
}

/** Rows that are written together are mostly of one day or a few. */
let lastDay = { text: '', days: 0 };

function daysOf(text: string): number {
  if (text !== lastDay.text) lastDay = { text, days: parseDay(text) };
  return lastDay.days;
}

function parseDay(text: string): number {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 10) !== text)
    throw new TypeError('not a date');
  return milliseconds / 86_400_000;
}

const canonicalPattern = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Milliseconds since 1970 of an instant in the one form that nearly all of them have; undefined = another form. */
function canonicalMilliseconds(text: string): number | undefined {
  if (text.length !== 24 || !canonicalPattern.test(text)) return undefined;
  const digits = (at: number) => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
  const seconds = digits(11) * 3_600 + digits(14) * 60 + digits(17);
  const milliseconds = (text.charCodeAt(20) - 48) * 100 + digits(21);
  return daysOf(text.slice(0, 10)) * 86_400_000 + seconds * 1_000 + milliseconds;
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})$/i;

/** Microseconds since 1970 of an ISO instant; more than six fraction digits are rounded, ties to even, as PostgreSQL does. */
export function microsecondsOf(text: string): bigint {
  const match = instantPattern.exec(text);
  if (!match) throw new TypeError('not an ISO instant with an offset');
  const [, date = '', time = '', fraction = '', offset = ''] = match;
  daysOf(date);
  const seconds = Date.parse(`${date}T${time}${isoOffset(offset)}`);
  if (Number.isNaN(seconds)) throw new TypeError('not an instant');
  const kept = BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  const rest = fraction.slice(6).replace(/0+$/, '');
  const first = rest.charCodeAt(0) - 48;
  const roundsUp = first > 5 || (first === 5 && (rest.length > 1 || kept % 2n === 1n));
  return BigInt(seconds) * 1000n + kept + (roundsUp ? 1n : 0n);
}

function isoOffset(offset: string): string {
  if (offset.length === 3) return `${offset}:00`;
  return offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
}

const HYPHEN = '-'.charCodeAt(0);
/** Values of hexadecimal digits by character code; 16 = none. */
const nibbles = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 16 : value;
});

/** Where in the usual text of a uuid its hyphens stand, and the first digit of each byte. */
const hyphenPlaces = [8, 13, 18, 23] as const;
const digitPlaces = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);
const NOTHING = Buffer.alloc(0);

/**
 * Collects bytes, numbers in network order. A growing buffer: Buffer.concat of millions of small cells costs more than the
 * encoding itself. It begins small (`smallest` bytes): most of what is written is some rows, and is garbage right after.
 */
export class ByteSink {
  private buffer: Buffer = NOTHING;
  length = 0;

  constructor(private smallest = 16 * 1024) {}

  int8(value: number): void {
    this.reserve(1);
    this.length = this.buffer.writeInt8(value, this.length);
  }

  int16(value: number): void {
    this.reserve(2);
    this.length = this.buffer.writeInt16BE(value, this.length);
  }

  int32(value: number): void {
    this.reserve(4);
    this.length = this.buffer.writeInt32BE(value, this.length);
  }

  int64(value: bigint): void {
    this.reserve(8);
    this.length = this.buffer.writeBigInt64BE(value, this.length);
  }

  /** 32 hexadecimal digits, with or without hyphens between them. */
  uuid(value: string): void {
    this.reserve(16);
    if (!this.putUsualUuid(value)) this.putUuid(value);
    this.length += 16;
  }

  /** By place, where digits and hyphens are where they mostly are; false = they are not. */
  private putUsualUuid(value: string): boolean {
    if (value.length !== 36 || hyphenPlaces.some((at) => value.charCodeAt(at) !== HYPHEN)) return false;
    let all = 0;
    for (let byte = 0; byte < 16; byte += 1) {
      const at = digitPlaces[byte] ?? 0;
      const high = nibbles[value.charCodeAt(at)] ?? 16;
      const low = nibbles[value.charCodeAt(at + 1)] ?? 16;
      this.buffer[this.length + byte] = (high << 4) | low;
      all |= high | low;
    }
    return all < 16;
  }

  private putUuid(value: string): void {
    let digits = 0;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code === HYPHEN) continue;
      const nibble = nibbles[code] ?? 16;
      if (nibble > 15 || digits === 32) throw new TypeError('not a uuid');
      const place = this.length + (digits >> 1);
      this.buffer[place] = digits % 2 === 0 ? nibble << 4 : (this.buffer[place] ?? 0) | nibble;
      digits += 1;
    }
    if (digits !== 32 || value.length > 36) throw new TypeError('not a uuid');
  }

  bytes(value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }

  sized(value: Uint8Array): void {
    this.int32(value.length);
    this.bytes(value);
  }

  text(value: string, version?: number): void {
    const size = Buffer.byteLength(value);
    this.int32(size + (version === undefined ? 0 : 1));
    this.reserve(size + 1);
    if (version !== undefined) this.length = this.buffer.writeUInt8(version, this.length);
    this.length += this.buffer.write(value, this.length);
  }

  take(): Buffer {
    const taken = this.buffer.subarray(0, this.length);
    this.buffer = NOTHING;
    this.smallest = CHUNK_BYTES + 16 * 1024;
    this.length = 0;
    return taken;
  }

  private reserve(size: number): void {
    if (this.length + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + size, this.smallest));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }
}

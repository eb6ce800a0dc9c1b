import { InvalidField, type ScalarReaders } from './field-readers.js';

/** What the generated decoder yields for a 64-bit integer. */
type Long = { low: number; high: number; unsigned: boolean };

/** Scalars of OTLP/protobuf, as the generated decoder yields them. */
export const protobufScalars: ScalarReaders = {
  id: (value) => (value instanceof Uint8Array ? asBuffer(value).toString('hex') : ''),
  unsigned64: (value) => (isLong(value) ? BigInt.asUintN(64, bits(value)).toString() : String(Number(value ?? 0))),
  signed64: (value) => (isLong(value) ? BigInt.asIntN(64, bits(value)).toString() : String(Number(value ?? 0))),
  bytes: (value) => (value instanceof Uint8Array ? asBuffer(value).toString('base64') : ''),
  double: (value) => Number(value ?? 0),
  enumNumber: (value, _names, _prefix, field) => {
    const number = Number(value ?? 0);
    if (number < 0 || number > 32767) throw new InvalidField(`${field} ${number} is not a value of the protocol`);
    return number;
  },
};

function isLong(value: unknown): value is Long {
  return typeof value === 'object' && value !== null && 'low' in value && 'high' in value;
}

function bits(long: Long): bigint {
  return (BigInt(long.high >>> 0) << 32n) | BigInt(long.low >>> 0);
}

/** The bytes without a copy; the decoder's slices point into the request. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

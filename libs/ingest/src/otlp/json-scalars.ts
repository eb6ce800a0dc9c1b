import { InvalidField, type ScalarReaders } from './field-readers.js';

const MAX_UNSIGNED_64 = 2n ** 64n - 1n;
const MAX_SIGNED_64 = 2n ** 63n - 1n;
const MIN_SIGNED_64 = -(2n ** 63n);
/** Parts of a whole number with an exponent, which JSON of protobuf allows in numbers and texts alike. */
const SCIENTIFIC = /^(-?\d{1,20})(?:\.(\d{1,20}))?[eE]\+?(\d{1,2})$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * Scalars of OTLP/JSON: hex ids in any case, 64-bit integers as text, number or the `{low, high}` objects of some old
 * senders. Enums ought to be numbers; names are taken too, and `onEnumName` hears of each.
 */
export function jsonScalars(onEnumName: () => void): ScalarReaders {
  return {
    id: (value, field) => {
      if (value === undefined || value === null || value === '') return '';
      if (typeof value !== 'string' || value.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(value)) {
        throw new InvalidField(`${field} must be hexadecimal text`);
      }
      return value.toLowerCase();
    },
    unsigned64: (value, field) => integer(value, 0n, MAX_UNSIGNED_64, field),
    signed64: (value, field) => integer(value, MIN_SIGNED_64, MAX_SIGNED_64, field),
    bytes: (value, field) => {
      if (value === undefined || value === null) return '';
      if (typeof value !== 'string' || !BASE64.test(value)) throw new InvalidField(`${field} must be base64 text`);
      return Buffer.from(value, 'base64').toString('base64');
    },
    double: (value, field) => {
      if (value === undefined || value === null) return 0;
      const isNumericText = typeof value === 'string' && /^-?(?:Infinity|\d[\d.eE+-]*)$|^NaN$/.test(value);
      const double = isNumericText ? Number(value) : value;
      if (typeof double !== 'number' || (Number.isNaN(double) && value !== 'NaN')) {
        throw new InvalidField(`${field} must be a number`);
      }
      return double;
    },
    enumNumber: (value, names, prefix, field) => {
      if (value === undefined || value === null) return 0;
      if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 32767) return value;
      const position = typeof value === 'string' ? names.indexOf(value.replace(prefix, '')) : -1;
      if (position < 0) throw new InvalidField(`${field} must be an integer of the protocol's enum`);
      onEnumName();
      return position;
    },
  };
}

function integer(value: unknown, lowest: bigint, highest: bigint, field: string): string {
  if (value === undefined || value === null) return '0';
  const parsed = toBigInt(value);
  if (parsed === undefined || parsed < lowest || parsed > highest) {
    throw new InvalidField(`${field} must be an integer from ${lowest} to ${highest}`);
  }
  return parsed.toString();
}

function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value === 'string') return /^-?\d{1,20}$/.test(value) ? BigInt(value) : scientific(value);
  if (typeof value !== 'object' || value === null || !('low' in value) || !('high' in value)) return undefined;
  const { low, high } = value;
  if (!Number.isInteger(low) || !Number.isInteger(high)) return undefined;
  const unsigned = (BigInt(Number(high) >>> 0) << 32n) | BigInt(Number(low) >>> 0);
  // Senders that leave `unsigned` out mean the JavaScript object of a signed Long; times never reach the sign bit.
  return Number(high) < 0 ? BigInt.asIntN(64, unsigned) : unsigned;
}

function scientific(text: string): bigint | undefined {
  const [, whole = '', fraction = '', exponent = ''] = SCIENTIFIC.exec(text) ?? [];
  if (exponent === '') return undefined;
  const shift = Number(exponent) - fraction.length;
  if (shift >= 0) return BigInt(whole + fraction + '0'.repeat(shift));
  return /^0*$/.test(fraction.slice(shift)) ? BigInt((whole + fraction).slice(0, shift)) : undefined;
}

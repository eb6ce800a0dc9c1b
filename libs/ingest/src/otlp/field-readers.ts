import { toStorableText } from '@throughline/canonical';

/**
 * A field of a request that does not hold what the protocol says; `message` names the field and the expectation. Thrown,
 * yet no Error: a request may hold a million bad items, and a stack trace for each would stop the process for seconds.
 */
export class InvalidField {
  constructor(readonly message: string) {}
}

const MOST_ENTRIES = 200_000;

/** A message of the request, field names in lowerCamelCase; fields of unknown names are never looked at. */
export type WireMessage = Readonly<Record<string, unknown>>;

/** How one encoding of OTLP writes its scalars. Every reader throws InvalidField and treats an absent field as its default. */
export type ScalarReaders = {
  /** An id as lower-case hex; empty when absent. */
  id(value: unknown, field: string): string;
  /** fixed64 as decimal text. */
  unsigned64(value: unknown, field: string): string;
  /** int64 as decimal text. */
  signed64(value: unknown, field: string): string;
  /** bytes as base64. */
  bytes(value: unknown, field: string): string;
  double(value: unknown, field: string): number;
  /** An enum as its number. */
  enumNumber(value: unknown, names: readonly string[], prefix: string, field: string): number;
};

/** The field as a message; an absent one is empty. */
export function messageField(value: unknown, field: string): WireMessage {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new InvalidField(`${field} must be an object`);
  return value as WireMessage;
}

/** The field as a list; an absent one is empty. */
export function listField(value: unknown, field: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new InvalidField(`${field} must be a list`);
  return value;
}

/** The field as a list of what one item holds; it is decoded at a stretch, while others wait. */
export function boundedList(value: unknown, field: string): readonly unknown[] {
  const list = listField(value, field);
  if (list.length > MOST_ENTRIES) throw new InvalidField(`${field} holds more than ${MOST_ENTRIES} entries`);
  return list;
}

/**
 * The field as text; an absent one is empty. U+0000 and lone surrogates, which no text column holds, become U+FFFD, as the
 * UTF-8 decoder does with bytes that are not UTF-8: refusing the span for one such character would lose more.
 */
export function textField(value: unknown, field: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new InvalidField(`${field} must be text`);
  return toStorableText(value);
}

/** The field as an unsigned 32-bit number; an absent one is 0. */
export function countField(value: unknown, field: string): number {
  if (value === undefined || value === null) return 0;
  const count = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > 0xffffffff) {
    throw new InvalidField(`${field} must be an integer from 0 to 4294967295`);
  }
  return count;
}

import { InvalidField, boundedList, messageField, textField, type ScalarReaders } from './field-readers.js';
import type { AttributeValue, Attributes } from './span-record.js';

/** Deeper nesting is refused: recursion must end. Below what the protobuf decoder bears (100 messages, three a level), so that one span is refused and not its batch. */
const MAX_NESTING = 20;
/** Of a key in a reason: reasons go into answers, and a key may be as long as its request. */
const LONGEST_SHOWN_KEY = 100;
const LONGEST_SHOWN_PATH = 150;

/** A list of KeyValue messages as attributes; where a key is repeated, the last one counts. */
export function decodeAttributes(scalars: ScalarReaders, value: unknown, field: string, nesting = 0): Attributes {
  const attributes: Attributes = {};
  for (const item of boundedList(value, field)) {
    const pair = messageField(item, `${field}[]`);
    const key = textField(pair['key'], `${field}[].key`);
    const decoded = decodeNamed(scalars, pair['value'], field, key, nesting);
    if (key === '__proto__') defineOwn(attributes, key, decoded);
    else attributes[key] = decoded;
  }
  return attributes;
}

/** An AnyValue; `field` names it in reasons. */
export function decodeAnyValue(scalars: ScalarReaders, value: unknown, field: string): AttributeValue {
  return decodeValue(scalars, value, field, 0);
}

function decodeNamed(
  scalars: ScalarReaders,
  value: unknown,
  field: string,
  key: string,
  nesting: number,
): AttributeValue {
  // By far the most: no name is made of field and key where nothing can be wrong.
  const text = isMessage(value) ? value['stringValue'] : undefined;
  if (typeof text === 'string') return textField(text, field);
  return decodeValue(scalars, value, `${field}["${key.slice(0, LONGEST_SHOWN_KEY)}"]`, nesting);
}

function isMessage(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A key "__proto__" is an attribute like any other. */
function defineOwn(attributes: Attributes, key: string, value: AttributeValue): void {
  Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
}

function decodeValue(scalars: ScalarReaders, value: unknown, field: string, nesting: number): AttributeValue {
  if (nesting > MAX_NESTING)
    throw new InvalidField(`${field.slice(0, LONGEST_SHOWN_PATH)} is nested more than ${MAX_NESTING} deep`);
  const message = messageField(value, field);
  if (isSet(message['stringValue'])) return textField(message['stringValue'], field);
  if (isSet(message['boolValue'])) {
    if (typeof message['boolValue'] !== 'boolean') throw new InvalidField(`${field} must be true or false`);
    return message['boolValue'];
  }
  if (isSet(message['intValue'])) return exactInteger(scalars.signed64(message['intValue'], field));
  if (isSet(message['doubleValue'])) return exactDouble(scalars.double(message['doubleValue'], field));
  if (isSet(message['bytesValue'])) return { bytes: scalars.bytes(message['bytesValue'], field) };
  if (isSet(message['arrayValue'])) {
    const list = messageField(message['arrayValue'], field);
    return boundedList(list['values'], field).map((item) => decodeValue(scalars, item, field, nesting + 1));
  }
  if (isSet(message['kvlistValue'])) {
    const list = messageField(message['kvlistValue'], field);
    return { map: decodeAttributes(scalars, list['values'], field, nesting + 1) };
  }
  return null;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function exactInteger(decimal: string): AttributeValue {
  const number = Number(decimal);
  return Number.isSafeInteger(number) ? number : { int: decimal };
}

function exactDouble(double: number): AttributeValue {
  if (Number.isNaN(double)) return { double: 'NaN' };
  if (!Number.isFinite(double)) return { double: double > 0 ? 'Infinity' : '-Infinity' };
  if (Object.is(double, -0)) return { double: '-0' };
  return Number.isInteger(double) ? { double } : double;
}

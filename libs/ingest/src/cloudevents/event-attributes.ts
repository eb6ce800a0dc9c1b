import { parseInstant } from '@throughline/canonical';
import type { CloudEventAttribute } from './cloud-event.js';

/** Why something is not a CloudEvent; the message names the attribute and the expectation. */
export class InvalidEvent extends Error {}

const ATTRIBUTE_NAME = /^[a-z0-9]+$/;
const URI_REFERENCE = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:./;
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*(?:;.*)?$/;
// Control characters, noncharacters and lone surrogates: CloudEvents 1.0, "Type System".
const FORBIDDEN = /[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;
const LONGEST_ATTRIBUTE = 8192;
/** Events are found by their type, and sequences by their source: a row of an index has room for so much. */
const MOST_INDEXED_BYTES = 2_048;
const MAX_INTEGER = 2 ** 31 - 1;
const MIN_INTEGER = -(2 ** 31);

/** Checks one attribute as it was received. Throws InvalidEvent. */
export function checkAttribute(name: string, value: unknown): CloudEventAttribute {
  if (!ATTRIBUTE_NAME.test(name) || name === 'data') {
    throw new InvalidEvent(`attribute name "${name.slice(0, 60)}" must consist of a-z and 0-9 and not be "data"`);
  }
  if (typeof value === 'string') {
    if (value.length > LONGEST_ATTRIBUTE)
      throw new InvalidEvent(`${name} is longer than ${LONGEST_ATTRIBUTE} characters`);
    if (FORBIDDEN.test(value))
      throw new InvalidEvent(`${name} holds a character that CloudEvents forbids (control or not Unicode)`);
    return value;
  }
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isInteger(value) && value >= MIN_INTEGER && value <= MAX_INTEGER)
    return value;
  throw new InvalidEvent(`${name} must be text, true or false, or a 32-bit integer`);
}

/** True for what the core attributes of a URI type may hold: `source` a URI reference, `dataschema` an absolute URI. */
export function isUriOf(name: string, value: string): boolean {
  if (name !== 'source' && name !== 'dataschema') return false;
  return URI_REFERENCE.test(value) && (name === 'source' || ABSOLUTE_URI.test(value));
}

/** Checks that the core attributes are there and hold what CloudEvents 1.0 says. Throws InvalidEvent. */
export function checkCoreAttributes(attributes: Record<string, CloudEventAttribute>): void {
  const version = required(attributes, 'specversion');
  if (version !== '1.0') throw new InvalidEvent(`specversion must be "1.0", got "${version.slice(0, 20)}"`);
  required(attributes, 'id');
  demandShort('type', required(attributes, 'type'));
  const source = required(attributes, 'source');
  if (!isUriOf('source', source)) throw new InvalidEvent('source must be a URI reference');
  demandShort('source', source);

  const schema = optional(attributes, 'dataschema');
  if (schema !== undefined && !isUriOf('dataschema', schema)) {
    throw new InvalidEvent('dataschema must be an absolute URI');
  }
  const contentType = optional(attributes, 'datacontenttype');
  if (contentType !== undefined && !MEDIA_TYPE.test(contentType)) {
    throw new InvalidEvent('datacontenttype must be a media type such as application/json');
  }
  optional(attributes, 'subject');
  const time = optional(attributes, 'time');
  if (time !== undefined) {
    const parsed = parseInstant(time);
    if (!parsed.ok) throw new InvalidEvent(`time ${parsed.reasons.join('; ')}`);
  }
}

/** True when the content type declares JSON: subtype `json` or ending in `+json`, in any case. */
export function isJsonContentType(contentType: string): boolean {
  return /^[^/;]+\/(?:json|[^;]*\+json)\s*(?:;|$)/i.test(contentType.trim());
}

function demandShort(name: string, value: string): void {
  if (Buffer.byteLength(value, 'utf8') > MOST_INDEXED_BYTES)
    throw new InvalidEvent(`${name} is longer than ${MOST_INDEXED_BYTES} bytes`);
}

function required(attributes: Record<string, CloudEventAttribute>, name: string): string {
  const value = optional(attributes, name);
  if (value === undefined) throw new InvalidEvent(`${name} is missing`);
  return value;
}

function optional(attributes: Record<string, CloudEventAttribute>, name: string): string | undefined {
  const value = attributes[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new InvalidEvent(`${name} must be text`);
  if (value === '') throw new InvalidEvent(`${name} must not be empty`);
  return value;
}

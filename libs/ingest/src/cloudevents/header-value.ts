import { InvalidEvent, isUriOf } from './event-attributes.js';

const STRAY_PERCENT = /%(?![0-9A-Fa-f]{2})/;

/**
 * The attribute value of an HTTP header (HTTP protocol binding 3.1.3.2): unquote, then one round of percent-decoding.
 * Encoded bytes that are not UTF-8, overlong forms included, are refused. A "%" that begins no encoded byte can mean only
 * itself: SDKs forget to encode it, so it is kept, and `warn` hears of it. So is a URI that is one only as it stands: its
 * encoded bytes are its own. Node hands header bytes over as Latin-1.
 */
export function decodeHeaderValue(name: string, value: string, warn: (reason: string) => void): string {
  const unquoted = unquote(value.trim());
  const decoded = percentDecoded(unquoted);
  const isUriAsItStands = isUriOf(name, unquoted) && (decoded === undefined || !isUriOf(name, decoded));
  if (isUriAsItStands || STRAY_PERCENT.test(unquoted)) warn(`${name} holds a "%" that is not encoded as %25`);
  if (isUriAsItStands) return unquoted;
  if (decoded === undefined) throw new InvalidEvent(`${name} does not decode to UTF-8`);
  return decoded;
}

/** Undefined when the bytes are not UTF-8. */
function percentDecoded(unquoted: string): string | undefined {
  const bytes: number[] = [];
  for (let position = 0; position < unquoted.length; position += 1) {
    const digits = unquoted[position] === '%' ? unquoted.slice(position + 1, position + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      position += 2;
    } else {
      bytes.push(unquoted.charCodeAt(position) & 0xff);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replace(/\\(.)/gs, '$1');
}

import { InvalidEvent } from './event-attributes.js';

/**
 * The attribute value of an HTTP header (HTTP protocol binding 3.1.3.2): unquote, then one round of percent-decoding.
 * Bytes that are not UTF-8, overlong forms included, are refused. Node hands header bytes over as Latin-1.
 */
export function decodeHeaderValue(name: string, value: string): string {
  const unquoted = unquote(value.trim());
  if (/%(?![0-9A-Fa-f]{2})/.test(unquoted))
    throw new InvalidEvent(`${name} holds a "%" that is not followed by two hexadecimal digits`);
  const bytes: number[] = [];
  for (let position = 0; position < unquoted.length; position += 1) {
    if (unquoted[position] === '%') {
      bytes.push(Number.parseInt(unquoted.slice(position + 1, position + 3), 16));
      position += 2;
    } else {
      bytes.push(unquoted.charCodeAt(position) & 0xff);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    throw new InvalidEvent(`${name} does not decode to UTF-8`);
  }
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replace(/\\(.)/gs, '$1');
}

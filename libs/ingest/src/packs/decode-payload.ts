import { parseJsonSteps } from '../json-steps.js';
import { atOnce } from '../otlp/decode-in-steps.js';
import { utf8Text } from '../utf8-text.js';
import type { PayloadFormat } from './mapping-pack.js';
import { InvalidXml, parseXmlSteps } from './xml-tree.js';

/** The bytes are not what their format says. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';
}

const DECLARED_ENCODING = /^<\?xml[^>]{0,200}?encoding=["']([A-Za-z0-9._-]{1,40})["']/;

/** Decodes a body to plain JSON: numbers that a double cannot hold arrive as text. Throws UnreadablePayload with the place. */
export function decodePayload(body: Uint8Array, format: PayloadFormat): unknown {
  return atOnce(payloadSteps(body, format));
}

/** The same in steps. */
export function* payloadSteps(body: Uint8Array, format: PayloadFormat): Generator<void, unknown> {
  const text = payloadText(body, format);
  if (text.trim() === '') throw new UnreadablePayload('the body is empty');
  try {
    if (format === 'xml') return yield* parseXmlSteps(text);
    if (format === 'form') return formMembers(text);
    return yield* parseJsonSteps(text, { exact: { most: Infinity, found: 0 } });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new UnreadablePayload(`the body is no ${format === 'xml' ? 'XML' : 'JSON'}: ${reason}`, {
      cause: error instanceof InvalidXml ? error : undefined,
    });
  }
}

/** The text of a body; XML says its own encoding. Throws UnreadablePayload. */
export function payloadText(body: Uint8Array, format: PayloadFormat): string {
  const encoding = format === 'xml' ? xmlEncoding(body) : 'utf-8';
  try {
    return encoding === 'utf-8' ? utf8Text(body) : declaredText(body, encoding);
  } catch {
    throw new UnreadablePayload(`the body is not ${encoding.toUpperCase()}`);
  }
}

/** As a stream: at once, Node reads Windows-1252 as Latin-1, and the euro sign is lost. */
function declaredText(body: Uint8Array, encoding: string): string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return decoder.decode(body, { stream: true }) + decoder.decode();
}

/** The format that a media type names; undefined for one that names none that a pack reads. */
export function payloadFormatOf(contentType: string | undefined): PayloadFormat | undefined {
  const mediaType = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType.endsWith('/xml') || mediaType.endsWith('+xml')) return 'xml';
  return mediaType.endsWith('/json') || mediaType.endsWith('+json') ? 'json' : undefined;
}

/** The format that the first character shows: senders say text/plain for XML and JSON alike. */
export function payloadFormatIn(body: Uint8Array): PayloadFormat | undefined {
  const start = Buffer.from(body.subarray(0, 100))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s+/, '')
    .replace(/^\xef\xbb\xbf/, '');
  if (start.startsWith('<')) return 'xml';
  return start.startsWith('{') || start.startsWith('[') ? 'json' : undefined;
}

/** XML says its own encoding, by byte order mark or declaration. */
function xmlEncoding(body: Uint8Array): string {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  const start = Buffer.from(body.subarray(0, 300))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  return DECLARED_ENCODING.exec(start)?.[1]?.toLowerCase() ?? 'utf-8';
}

function formMembers(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

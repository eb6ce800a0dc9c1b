import { parseExactJson } from '../exact-json.js';
import type { PayloadFormat } from './mapping-pack.js';
import { InvalidXml, parseXml } from './xml-tree.js';

/** The bytes are not what their format says. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';
}

/** Decodes a body to plain JSON: numbers that a double cannot hold arrive as text. Throws UnreadablePayload with the place. */
export function decodePayload(body: Uint8Array, format: PayloadFormat): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new UnreadablePayload('the body is not UTF-8');
  }
  try {
    if (format === 'xml') return parseXml(text);
    return format === 'form' ? formMembers(text) : parseExactJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new UnreadablePayload(`the body is no ${format === 'xml' ? 'XML' : 'JSON'}: ${reason}`, {
      cause: error instanceof InvalidXml ? error : undefined,
    });
  }
}

/** The format that a media type names; undefined for one that no pack reads. */
export function payloadFormatOf(contentType: string | undefined): PayloadFormat | undefined {
  const mediaType = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType.endsWith('/xml') || mediaType.endsWith('+xml')) return 'xml';
  return mediaType.endsWith('/json') || mediaType.endsWith('+json') ? 'json' : undefined;
}

function formMembers(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

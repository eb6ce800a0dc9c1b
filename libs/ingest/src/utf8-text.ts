import { isAscii, isUtf8 } from 'node:buffer';

/** Up to here the decoder that knows all encodings is as good. */
const SMALL_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * The text of UTF-8 bytes, without byte order mark. At a stretch, however many they are: put together of pieces, the text
 * would stand in memory twice. Throws TypeError where they are no UTF-8.
 */
export function utf8Text(body: Uint8Array): string {
  if (body.length <= SMALL_BYTES || !isUtf8(body)) return new TextDecoder('utf-8', { fatal: true }).decode(body);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (isAscii(bytes)) return bytes.toString('latin1');
  const hasMark = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return bytes.subarray(hasMark ? BYTE_ORDER_MARK.length : 0).toString('utf8');
}

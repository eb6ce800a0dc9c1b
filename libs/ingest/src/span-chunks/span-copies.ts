import { hash } from 'node:crypto';
import type { SpanRecord } from '../otlp/span-record.js';

const MS_DIGITS = 15;
const HASH_DIGITS = 16;

/**
 * Orders the copies of a span: the first received is the lowest as text, of those of one millisecond always the same one,
 * wherever they are stored.
 */
export function spanCopy(span: SpanRecord, receivedAtMs: number): string {
  return `${String(receivedAtMs).padStart(MS_DIGITS, '0')}-${contentHash(span)}`;
}

/** Equal for copies that say the same. */
export function contentHash(span: SpanRecord): string {
  return hash('sha256', JSON.stringify(span)).slice(0, HASH_DIGITS);
}

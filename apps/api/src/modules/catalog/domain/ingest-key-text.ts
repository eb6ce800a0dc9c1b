import { createHash, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 40;

/** A new ingest key as its sender gets it: 40 random characters, 238 bits. Only its hash is ever stored. */
export function newIngestKeyText(): string {
  return `tl_${Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
}

/** What is stored and looked up. */
export function ingestKeyHash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

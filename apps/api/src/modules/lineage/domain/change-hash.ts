import { createHash } from 'node:crypto';
import type { ChangeReport } from './change-report.js';

/** One digest of several texts, in their order. */
export function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts), 'utf8').digest('hex');
}

/** What a change of lineage is made by. */
export type ChangeBasis = {
  kind: 'remap' | 'rebuild';
  /** The range, as it was asked for. */
  scope: unknown;
  /** The mappings in force; of a rebuild none. */
  mappings: string;
};

/** Stands for exactly this change: made by these mappings of this range, with all that it changes. */
export function hashOfChange(
  { kind, scope, mappings }: ChangeBasis,
  { activities, money, exceptions, documents }: ChangeReport,
  digest: string,
): string {
  const { opens, closes, changes } = exceptions;
  return digestOf([
    JSON.stringify({ kind, scope, mappings, activities, money, documents, opens, closes, changes }),
    digest,
  ]);
}

/** Adds a text to a digest of a set: in whichever order texts are added, the digest is the same. */
export function addToDigest(digest: string, text: string): string {
  const one = BigInt(`0x${createHash('sha256').update(text, 'utf8').digest('hex')}`);
  return ((BigInt(`0x${digest}`) + one) % 2n ** 256n).toString(16).padStart(64, '0');
}

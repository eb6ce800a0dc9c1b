import { NIL_UUID } from './identifiers.js';
import { isStorableText } from './storable-text.js';

/** Longest alias value: it is part of index keys, and no business number is near it. */
export const LONGEST_ALIAS_VALUE = 256;

// What systems write where they have no number: SEPA's NOTPROVIDED, SWIFT's NONREF, and what people type.
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '',
  'na',
  'nan',
  'nil',
  'null',
  'none',
  'undefined',
  'unknown',
  'unbekannt',
  'inconnu',
  'desconocido',
  'desconhecido',
  'notprovided',
  'notavailable',
  'notapplicable',
  'notassigned',
  'notset',
  'notspecified',
  'nonref',
  'noref',
  'noreference',
  'noid',
  'novalue',
  'unassigned',
  'unspecified',
  'blank',
  'empty',
  'dummy',
  'placeholder',
  'default',
  'missing',
  'invalid',
  'error',
  'tbd',
  'tba',
  'tbc',
  'todo',
  'objectobject',
  'true',
  'false',
]);

/**
 * False for blank and dummy values (empty, NOTPROVIDED, 0, 0000, N/A, null, unknown, ---, xxx, the nil uuid): they are
 * never aliases, or every document without a number would become one object.
 */
export function isUsableAliasValue(value: string): boolean {
  const text = value.trim();
  if (text.length > LONGEST_ALIAS_VALUE || text === NIL_UUID || !isStorableText(text)) return false;
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return !PLACEHOLDERS.has(bare) && !/^0+$/.test(bare) && !/^x+$/.test(bare);
}

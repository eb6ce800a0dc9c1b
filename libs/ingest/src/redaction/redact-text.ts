import { createHmac } from 'node:crypto';
import { findIbans, isIban, maskAccountNumber } from '@throughline/canonical';

const DOTS = '••••';
const HASH_LENGTH = 32;
const EMAIL = /^([^\s@<>]+)@([^\s@<>]+\.[^\s@<>]+)$/;
const KEEPS_LAST_FOUR = 8;
/** Shorter values say nothing: nearly every identity holds a "1" somewhere. */
const SHORTEST_TELLING = 4;

/**
 * Shows only so much of a value that people can tell two apart: of an account, a card or another number the last four
 * characters (an IBAN with its country), of an e-mail address the first character and the domain, of other text nothing.
 */
export function maskValue(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return text;
  if (isIban(trimmed)) return maskAccountNumber(trimmed);
  const mail = EMAIL.exec(trimmed);
  if (mail) return `${trimmed.slice(0, 1)}${DOTS}@${mail[2]!}`;
  // Several numbers in one text, or words: what is left of it would still tell too much.
  const compact = trimmed.replace(/[ \u00a0-]/g, '');
  const isNumberLike = /^[A-Za-z0-9./]+$/.test(compact) && /\d{4}/.test(compact);
  if (!isNumberLike || compact.length < KEEPS_LAST_FOUR || findIbans(trimmed).length > 0) return DOTS;
  return `${DOTS}${compact.slice(-4)}`;
}

/** What a redaction replaces values by, and which texts it replaced: identities made of them must not leak them. */
export class TextRedaction {
  private readonly replaced = new Set<string>();

  constructor(private readonly pepper: Uint8Array) {}

  /** The text that stands in the place of a value. */
  replace(text: string, action: 'mask' | 'hash'): string {
    this.note(text);
    if (action === 'mask') return maskValue(text);
    return text.trim() === '' ? text : this.hash(text);
  }

  /** Equal values have equal hashes (an IBAN in any grouping); without the pepper nobody can try values out. */
  hash(text: string): string {
    const trimmed = text.trim();
    const value = isIban(trimmed) ? trimmed.replace(/\s/g, '').toUpperCase() : trimmed;
    return createHmac('sha256', this.pepper).update(value, 'utf8').digest('hex').slice(0, HASH_LENGTH);
  }

  /** Remembers that a value was taken out. */
  note(text: string): void {
    const trimmed = text.trim();
    if (trimmed.length >= SHORTEST_TELLING) this.replaced.add(trimmed);
  }

  /** True when the text is a value that was taken out, or holds one as a word or number of its own. */
  isTelling(text: string): boolean {
    for (const value of this.replaced) {
      if (holds(text, value) || (value !== encodeURIComponent(value) && holds(text, encodeURIComponent(value))))
        return true;
    }
    return false;
  }

  /** True when the text as a whole is a value that was taken out. */
  isReplaced(text: string): boolean {
    return this.replaced.has(text.trim());
  }
}

function holds(text: string, value: string): boolean {
  // A long number is told wherever it stands; "Posted" within "InvoicePosted" is no leak.
  const isNumber = /\d{5}/.test(value);
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const isAlone = !isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + value.length]);
    if (isNumber || isAlone) return true;
  }
  return false;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

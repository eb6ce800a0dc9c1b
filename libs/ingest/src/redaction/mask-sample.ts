import { findIbans } from '@throughline/canonical';

/** Card numbers: 13 to 19 digits, in groups or not. */
const CARD = /(?<![\dA-Za-z])\d(?:[ -]?\d){12,18}(?![\dA-Za-z])/g;

/** What proves who somebody is, by its own form or by the name before it. */
const SECRETS: readonly RegExp[] = [
  /\b(?:whsec_|whsk_|sk_live_|sk_test_|rk_live_|rk_test_|xox[abprs]-|gh[pousr]_|glpat-|AKIA|tl_)[A-Za-z0-9+/_=-]{8,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
  /(?<=\b(?:bearer|basic)\s{1,4})[A-Za-z0-9+/._~=-]{8,}/gi,
  /(?<=:\/\/[^\s:/@"'<>]{0,64}:)[^\s/@"'<>]{1,128}(?=@)/g,
  /(?<=(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|sessionid|sig(?:nature)?|cvv|cvc|pin)["']?\s{0,4}[:=>]\s{0,4}["']?)[^\s"'<>&,;{}[\]]{3,}/gi,
];

/**
 * A sample of what could not be read, safe to keep: account and card numbers and everything that looks like a secret are
 * starred, whatever the rules say. Works on bytes of any kind; what is not masked stays as it is.
 */
export function maskSample(sample: Uint8Array): Uint8Array {
  const text = Buffer.from(sample).toString('latin1');
  return Buffer.from(maskSampleText(text), 'latin1');
}

/** The same for a text, such as the reason of a refusal that quotes what was sent. */
export function maskSampleText(text: string): string {
  let masked = '';
  let at = 0;
  for (const { start, end, iban } of findIbans(text)) {
    masked += `${text.slice(at, start)}${iban.slice(0, 2)}****${iban.slice(-4)}`;
    at = end;
  }
  masked += text.slice(at);
  masked = masked.replace(CARD, (digits) => (isCard(digits) ? `****${digits.slice(-4)}` : digits));
  for (const secret of SECRETS) masked = masked.replace(secret, '****');
  return masked;
}

/** A reason without what it quotes of what was sent: where nothing may be told of that, as in a log. */
export function withoutQuotes(reason: string): string {
  return reason.replace(/"(?:[^"\\]|\\.)*"/g, '"…"');
}

/** The check digit of ISO/IEC 7812 (Luhn). */
function isCard(text: string): boolean {
  const digits = [...text.replace(/[ -]/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && digits.some((digit) => digit !== 0);
}

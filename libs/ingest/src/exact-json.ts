import { OversizedRequest } from './request-size.js';

/** A number that a double may not hold: sixteen digits or more, or a large exponent. */
const MAYBE_INEXACT = /[:,[]\s*-?(?:[\d.]{16}|[\d.]+[eE]\+?\d{3})/;
const MIN_INEXACT_LENGTH = 5;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * JSON.parse, except that numbers which a double cannot hold exactly arrive as text: it would lose nanoseconds
 * (1790000000000500123 becomes 1790000000000500200) or the cents of a large amount. Throws SyntaxError like JSON.parse, and
 * OversizedRequest when there are more than `most` of them.
 */
export function parseExactJson(text: string, most = Infinity): unknown {
  return JSON.parse(exactNumbers(text, { most, found: 0 }));
}

/** How many numbers that a double cannot hold may be found, and have been: counted over the pieces of a text. */
export type NumberBudget = { readonly most: number; found: number };

/** The JSON text with those numbers in quotes. Throws OversizedRequest when there are too many. */
export function exactNumbers(text: string, budget: NumberBudget): string {
  return MAYBE_INEXACT.test(text) ? quoteInexactNumbers(text, budget) : text;
}

function isExact(token: string): boolean {
  const number = Number(token);
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(number);
  return Number.isFinite(number) && (token.length <= 16 || String(number) === token);
}

function quoteInexactNumbers(text: string, budget: NumberBudget): string {
  const pieces: string[] = [];
  let copiedTo = 0;
  let position = 0;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      position = endOfString(text, position);
    } else if (code === 0x2d || isDigit(code)) {
      const end = endOfNumber(text, position);
      const token = text.slice(position, end);
      if (token.length >= MIN_INEXACT_LENGTH && JSON_NUMBER.test(token) && !isExact(token)) {
        if ((budget.found += 1) > budget.most)
          throw new OversizedRequest(`the request holds more than ${budget.most} long numbers; send smaller batches`);
        pieces.push(text.slice(copiedTo, position), `"${token}"`);
        copiedTo = end;
      }
      position = end;
    } else {
      position += 1;
    }
  }
  pieces.push(text.slice(copiedTo));
  return pieces.join('');
}

function endOfString(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === 0x5c) position += 1;
    else if (code === 0x22) return position + 1;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let position = start + 1;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    // digits . e E + -
    if (!isDigit(code) && code !== 0x2e && code !== 0x65 && code !== 0x45 && code !== 0x2b && code !== 0x2d) break;
    position += 1;
  }
  return position;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

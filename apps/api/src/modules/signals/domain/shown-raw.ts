import { maskPayload, maskText } from '@throughline/canonical';
import { decodePayload, InvalidXml, parseXml, UnreadablePayload, type XmlNode } from '@throughline/ingest';

/** The raw form of something received, as a person may see it. */
export type ShownRaw = { text: string | null; base64: string | null; isMasked: boolean; isTruncated: boolean };

/** Longest text shown, in characters. */
export const LONGEST_RAW = 200_000;

// What is cut or has no form that is known is masked by the look of it: account numbers are long runs of digits.
const DIGITS = /\d(?:[ .-]?\d){5,}/g;

/**
 * The raw form. Whoever may not see bank accounts whole gets them masked: by member name in JSON and XML, by form in any other
 * text. `isWhole` = `body` is all of it.
 */
export function shownRaw(body: Uint8Array, isWhole: boolean, mayUnmask: boolean): ShownRaw {
  const text = decodedText(body, isWhole);
  if (text === null) return shownBytes(body, isWhole, mayUnmask);
  const shown = mayUnmask ? { value: text, isMasked: false } : maskedText(text, isWhole);
  const isTruncated = !isWhole || shown.value.length > LONGEST_RAW;
  return { text: cutText(shown.value), base64: null, isMasked: shown.isMasked, isTruncated };
}

/** A sample of what was refused: a text of it, masked by form unless it may be seen whole. */
export function shownSample(sample: Uint8Array, mayUnmask: boolean): string {
  const text = printable(sample);
  return mayUnmask ? text : maskedByForm(text).value;
}

function decodedText(body: Uint8Array, isWhole: boolean): string | null {
  try {
    // the last character of what was cut may be half of one
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: !isWhole });
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}

function shownBytes(body: Uint8Array, isWhole: boolean, mayUnmask: boolean): ShownRaw {
  const cut = body.subarray(0, LONGEST_RAW / 2);
  const isTruncated = !isWhole || cut.length < body.length;
  if (mayUnmask) return { text: null, base64: Buffer.from(cut).toString('base64'), isMasked: false, isTruncated };
  const masked = maskedByForm(printable(cut));
  return { text: masked.value, base64: null, isMasked: masked.isMasked, isTruncated };
}

function maskedText(text: string, isWhole: boolean): { value: string; isMasked: boolean } {
  if (!isWhole) return maskedByForm(text);
  const start = text.trimStart()[0];
  if (start === '{' || start === '[') return maskedJson(text) ?? maskedByForm(text);
  if (start === '<') return maskedXml(text) ?? maskedByForm(text);
  return maskedByForm(text);
}

function maskedJson(text: string): { value: string; isMasked: boolean } | null {
  let parsed: unknown;
  try {
    // exact: numbers that a double cannot hold become text
    parsed = decodePayload(Buffer.from(text), 'json');
  } catch (error) {
    if (error instanceof UnreadablePayload) return null;
    throw error;
  }
  const { value, isMasked } = maskPayload(parsed);
  // untouched, it stays as it came: with its own numbers, order and spaces
  return isMasked ? { value: JSON.stringify(value, null, 2), isMasked } : { value: text, isMasked };
}

function maskedXml(text: string): { value: string; isMasked: boolean } | null {
  let tree: XmlNode;
  try {
    tree = parseXml(text);
  } catch (error) {
    if (error instanceof InvalidXml) return null;
    throw error;
  }
  const { value, isMasked } = maskPayload(tree);
  if (!isMasked) return { value: text, isMasked };
  const replaced = replacedLeaves(text, leaves(tree), leaves(value as XmlNode));
  return { value: replaced ?? JSON.stringify(value, null, 2), isMasked };
}

/** The document with each masked text in its place; null when one of them is written in another way than it reads. */
function replacedLeaves(text: string, before: readonly string[], after: readonly string[]): string | null {
  if (before.length !== after.length) return null;
  const changed = new Map(before.map((leaf, position) => [leaf, after[position] ?? '']));
  const longestFirst = [...changed]
    .filter(([leaf, masked]) => leaf !== masked)
    .sort(([left], [right]) => right.length - left.length);
  let replaced = text;
  for (const [leaf, masked] of longestFirst) {
    if (!text.includes(leaf)) return null;
    replaced = replaced.replaceAll(leaf, masked);
  }
  return replaced;
}

function leaves(node: XmlNode): string[] {
  if (typeof node === 'string') return [node];
  return Object.values(node).flatMap(leaves);
}

function maskedByForm(text: string): { value: string; isMasked: boolean } {
  const value = maskText(text).value.replace(DIGITS, '••••');
  return { value, isMasked: value !== text };
}

/** Text of bytes of any kind: what is no printable ASCII or line break is written as \xNN. */
function printable(bytes: Uint8Array): string {
  let utf8: string | undefined;
  try {
    utf8 = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    utf8 = undefined;
  }
  if (utf8 !== undefined) return utf8.replace(/[\p{Cc}\p{Cf}]/gu, (character) => escaped(character));
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^\x20-\x7e\n\t]/g, (character) => escaped(character));
}

function escaped(character: string): string {
  if (character === '\n' || character === '\t') return character;
  const code = character.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

function cutText(text: string): string {
  if (text.length <= LONGEST_RAW) return text;
  // never half a surrogate pair
  const end = /[\uD800-\uDBFF]/.test(text[LONGEST_RAW - 1] ?? '') ? LONGEST_RAW - 1 : LONGEST_RAW;
  return text.slice(0, end);
}

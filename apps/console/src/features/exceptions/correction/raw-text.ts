import { prepareJsonText, readJsonText } from '../../../shared/payload/prepare-json-text.js';

const INDENT = 2;

/** A payload as it is written down to be edited: a member a line, every digit as it came. */
export function textOfPayload(payloadJson: string): string {
  const lines = prepareJsonText(payloadJson);
  if (lines === undefined) return payloadJson;
  return lines
    .map(({ depth, before, value, after }) => `${' '.repeat(depth * INDENT)}${before}${value}${after}`)
    .join('\n');
}

/** Where a text stops being JSON, in words: "Line 3, column 5: it is not JSON from here on."; undefined = it is. */
export function jsonFault(text: string): string | undefined {
  const read = readJsonText(text);
  if ('lines' in read) return isStrict(text) ? undefined : 'It is not JSON: look at its numbers and quotes.';
  const before = text.slice(0, read.stopsAt).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `Line ${before.length}, column ${column}: it is not JSON from here on.`;
}

/** What only shows a payload is not strict about how a number or a text is written. */
function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

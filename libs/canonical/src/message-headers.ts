import { toStorableText } from './storable-text.js';

/** Headers of a message, by name as it was sent; values as text. */
export type MessageHeaders = Record<string, string>;

const MOST_HEADERS = 60;
const LONGEST_NAME = 200;
const LONGEST_VALUE = 1_000;
/** What stands for a value that lets somebody in: it is no fact, whoever may read payloads. */
const REDACTED = '(redacted)';
const CREDENTIALS =
  /authori[sz]ation|cookie|token|secret|passw|credential|api[-_.]?key|access[-_.]?key|signature|session|(?:^|[-_.])auth(?:$|[-_.])/i;

/**
 * Headers as they may be stored, the first 60: whatever lets somebody in is redacted, a list or an object (`x-death`) is JSON, and
 * a long value is cut. Undefined when the value is no object.
 */
export function readMessageHeaders(value: unknown): MessageHeaders | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, header]) => header !== null && header !== undefined)
      .slice(0, MOST_HEADERS)
      .map(([name, header]) => [
        toStorableText(name.slice(0, LONGEST_NAME)),
        CREDENTIALS.test(name) ? REDACTED : toStorableText(textOf(header).slice(0, LONGEST_VALUE)),
      ]),
  );
}

function textOf(header: unknown): string {
  return typeof header === 'string' ? header : JSON.stringify(header);
}

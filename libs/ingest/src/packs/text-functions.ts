/** What JSONata gives a function as `this`: the value that the expression stands on. */
type Context = { input?: unknown };
type TextFunction = (...values: unknown[]) => unknown;

/**
 * The text and number functions of the language, made lenient: the language's own end the whole expression when a member is
 * of another type than its writer thought (a status as a number, a key as a list), and with it the mapping of the record.
 * These take numbers and booleans as their text, and answer nothing for what has none. For texts they answer the same.
 */
export const TEXT_FUNCTIONS: Readonly<Record<string, (this: Context, ...values: unknown[]) => unknown>> =
  Object.fromEntries(
    Object.entries<[arity: number, implementation: TextFunction]>({
      lowercase: [1, (value) => textOf(value)?.toLowerCase()],
      uppercase: [1, (value) => textOf(value)?.toUpperCase()],
      trim: [1, (value) => textOf(value)?.replace(/\s+/g, ' ').trim()],
      length: [1, (value) => lengthOf(textOf(value))],
      number: [1, numberOf],
      sum: [1, sumOf],
      contains: [2, (value, part) => containsText(textOf(value), textOf(part))],
      split: [2, (value, separator, most) => splitText(textOf(value), textOf(separator), most)],
      join: [1, (values, separator) => joinTexts(values, textOf(separator) ?? '')],
      replace: [3, (value, part, by, most) => replaceText(textOf(value), textOf(part), textOf(by), most)],
      substring: [2, (value, start, length) => substringOf(textOf(value), start, length)],
      substringBefore: [2, (value, part) => before(textOf(value), textOf(part))],
      substringAfter: [2, (value, part) => after(textOf(value), textOf(part))],
    }).map(([name, [arity, implementation]]) => [
      name,
      // As in the language: with an argument too few the first is what the expression stands on.
      function (this: Context, ...values: unknown[]): unknown {
        return values.length < arity ? implementation(this.input, ...values) : implementation(...values);
      },
    ]),
  );

/** Text of a text, number, boolean, or XML element with text beside its attributes. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'object' && value !== null && '#' in value ? textOf(value['#']) : undefined;
}

function lengthOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : [...text].length;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = textOf(value)?.trim() ?? '';
  return /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?$/.test(text) ? Number(text) : undefined;
}

/** What is not there counts nothing; undefined where one of them is no number: without it the sum would be another one. */
function sumOf(values: unknown): number | undefined {
  if (values === undefined) return undefined;
  const numbers = (Array.isArray(values) ? values : [values]).filter((value) => value !== null).map(numberOf);
  return numbers.includes(undefined) ? undefined : numbers.reduce((sum: number, one) => sum + (one ?? 0), 0);
}

function containsText(text: string | undefined, part: string | undefined): boolean | undefined {
  return text === undefined || part === undefined ? undefined : text.includes(part);
}

function splitText(text: string | undefined, separator: string | undefined, most: unknown): string[] | undefined {
  if (text === undefined || separator === undefined) return undefined;
  return text.split(separator, typeof most === 'number' ? Math.max(0, Math.floor(most)) : undefined);
}

function joinTexts(values: unknown, separator: string): string | undefined {
  if (!Array.isArray(values)) return textOf(values);
  return values
    .map(textOf)
    .filter((text) => text !== undefined)
    .join(separator);
}

function replaceText(
  text: string | undefined,
  part: string | undefined,
  by: string | undefined,
  most: unknown,
): string | undefined {
  if (text === undefined || part === undefined || part === '' || by === undefined) return text;
  const parts = text.split(part);
  const times = typeof most === 'number' ? Math.max(0, Math.floor(most)) : parts.length;
  const replaced = parts.slice(0, times + 1).join(by);
  return times + 1 < parts.length ? [replaced, ...parts.slice(times + 1)].join(part) : replaced;
}

function substringOf(text: string | undefined, start: unknown, length: unknown): string | undefined {
  if (text === undefined || typeof start !== 'number') return text;
  const characters = [...text];
  const from = Math.max(start < 0 ? characters.length + start : start, 0);
  return characters.slice(from, typeof length === 'number' ? from + Math.max(length, 0) : undefined).join('');
}

function before(text: string | undefined, part: string | undefined): string | undefined {
  const at = text !== undefined && part !== undefined ? text.indexOf(part) : -1;
  return at < 0 ? text : text!.slice(0, at);
}

function after(text: string | undefined, part: string | undefined): string | undefined {
  const at = text !== undefined && part !== undefined ? text.indexOf(part) : -1;
  return at < 0 ? text : text!.slice(at + part!.length);
}

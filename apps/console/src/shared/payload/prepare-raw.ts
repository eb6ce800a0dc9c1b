import type { PayloadLine } from './prepare-payload.js';
import { prepareJsonText } from './prepare-json-text.js';
import { prepareXmlText } from './prepare-xml-text.js';

export type RawForm = 'JSON' | 'XML' | 'form' | 'text';
export type PreparedRaw = { form: RawForm; lines: PayloadLine[] };

/** Marks what the mapping says is wrong: a JSON pointer, or the line or position that the words name. */
export function prepareRaw(
  text: string,
  contentType: string | null,
  trouble: { place: string | null; reason: string } | undefined,
): PreparedRaw {
  const read = readForm(text, contentType);
  const lines = read?.lines ?? textLines(text);
  const marked = markTrouble(lines, read === undefined ? text : undefined, trouble);
  return { form: read?.form ?? 'text', lines: marked };
}

function readForm(text: string, contentType: string | null): PreparedRaw | undefined {
  const start = text.trimStart().charAt(0);
  if (start === '{' || start === '[') {
    const lines = prepareJsonText(text);
    return lines && { form: 'JSON', lines };
  }
  if (start === '<') {
    const lines = prepareXmlText(text);
    return lines && { form: 'XML', lines };
  }
  if (contentType?.startsWith('application/x-www-form-urlencoded')) return { form: 'form', lines: formLines(text) };
  return undefined;
}

function formLines(text: string): PayloadLine[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({
    pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    depth: 0,
    before: `${name} = `,
    value,
    kind: 'text',
    after: '',
    isFailing: false,
  }));
}

function textLines(text: string): PayloadLine[] {
  return text.split(/\r?\n/).map((value) => ({
    pointer: '',
    depth: 0,
    before: '',
    value,
    kind: 'text',
    after: '',
    isFailing: false,
  }));
}

function markTrouble(
  lines: PayloadLine[],
  plainText: string | undefined,
  trouble: { place: string | null; reason: string } | undefined,
): PayloadLine[] {
  if (!trouble) return lines;
  const { place } = trouble;
  const pointed = place ? lines.findIndex((line) => line.pointer === place) : -1;
  const at =
    pointed >= 0 || plainText === undefined ? pointed : lineNamed(plainText, `${place ?? ''} ${trouble.reason}`);
  return lines.map((line, index) => (index === at ? { ...line, isFailing: true } : line));
}

/** "line 3" or "position 120" in words → the index of that line; -1 when neither is named. */
function lineNamed(text: string, words: string): number {
  const line = /\bline (\d+)/i.exec(words)?.[1];
  if (line !== undefined) return Number(line) - 1;
  const position = /\bposition (\d+)/i.exec(words)?.[1];
  return position === undefined ? -1 : text.slice(0, Number(position)).split('\n').length - 1;
}

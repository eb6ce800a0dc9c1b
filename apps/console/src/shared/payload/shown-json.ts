import { prepareJsonText } from './prepare-json-text.js';

const INDENT = 2;

/** Both sides of a difference; as JSON where they read alike: the number 5 is not the text "5". */
export function shownChange({ from, to }: { from: string | null; to: string | null }): { from: string; to: string } {
  const shown = { from: shownJson(from), to: shownJson(to) };
  return shown.from === shown.to && from !== to ? { from: from ?? shown.from, to: to ?? shown.to } : shown;
}

/** A JSON text as a person reads it in a difference. */
export function shownJson(text: string | null): string {
  if (text === null) return 'nothing';
  if (/^[{[]/.test(text)) return membersOf(text);
  return text === '""' ? '“” (empty)' : text.startsWith('"') ? String(JSON.parse(text)) : text;
}

/** What was added or taken away as a whole, a member a line: "tax: V1". */
function membersOf(text: string): string {
  const lines = prepareJsonText(text)?.filter(({ before, value }) => before !== '' || !/^[{}[\]]+$/.test(value));
  if (lines === undefined || lines.length === 0) return text;
  return lines
    .map(({ depth, before, value, kind }) => {
      const name = before === '' ? '' : `${shownJson(before.replace(/: $/, ''))}: `;
      return `${' '.repeat(Math.max(0, depth - 1) * INDENT)}${name}${kind === 'bracket' ? '' : shownJson(value)}`.trimEnd();
    })
    .join('\n');
}

import { count } from '../../shared/format/words.js';
import type { ChangeableRow } from './changeable-documents.js';

/** "In 2 of 9 integrations a payload may be corrected." */
export function changeableAnswer(rows: readonly ChangeableRow[]): string {
  const some = rows.filter(({ corrections }) => (corrections?.fields.length ?? 0) > 0).length;
  if (some === 0) return 'No payload may be corrected: no integration declares a field as changeable.';
  return `Payloads of ${some} of ${count(rows.length, 'integration')} may be corrected.`;
}

/** One place a line; blank lines say nothing. */
export function fieldsIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Why a line is no place; undefined = it is one. The server decides, this only says it at once. */
export function lineProblem(text: string): string | undefined {
  const wrong = fieldsIn(text).find((line) => !line.startsWith('/') || line.includes('//') || line.includes('**'));
  return wrong === undefined ? undefined : `${wrong} is no place such as /lines/*/costCentre`;
}

/** What declares something first, then by title. */
export function byDeclared(rows: readonly ChangeableRow[]): ChangeableRow[] {
  const rank = ({ corrections }: ChangeableRow) => ((corrections?.fields.length ?? 0) > 0 ? 0 : 1);
  return rows.toSorted((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));
}

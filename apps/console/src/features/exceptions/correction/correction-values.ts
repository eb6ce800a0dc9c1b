import type { CorrectableField } from './correction-documents.js';

/** What stands in the inputs, by pointer; what was not touched is absent. */
export type Drafts = Readonly<Record<string, string>>;
export type Edit = { pointer: string; to: string | null };

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

type Typed = Pick<CorrectableField, 'kind' | 'valueJson'>;

/** A JSON text as it is typed: texts without their quotes, a number with every digit that it was sent with. */
export function draftOf({ kind, valueJson }: Typed): string {
  if (valueJson === null || valueJson === 'null') return '';
  if (kind === 'choice' || !valueJson.startsWith('"')) return valueJson;
  return String(JSON.parse(valueJson));
}

/**
 * What is typed as JSON text; null = nothing is to stand there. A number is never read, only passed on; what is none goes as text, and
 * the contract says what is wrong with it.
 */
export function jsonOf(field: Typed, draft: string): string | null {
  if (draft === draftOf(field)) return field.valueJson;
  if (field.kind === 'text') return JSON.stringify(draft);
  const trimmed = draft.trim();
  if (trimmed === '') return null;
  if (field.kind === 'choice' || field.kind === 'boolean') return trimmed;
  return field.kind === 'number' && JSON_NUMBER.test(trimmed) ? trimmed : JSON.stringify(trimmed);
}

/** What differs from what stands there, in the order of the fields. */
export function editsOf(fields: readonly CorrectableField[], drafts: Drafts): Edit[] {
  return fields.flatMap((field) => {
    const draft = drafts[field.pointer];
    if (draft === undefined || field.lock !== null || field.isMasked) return [];
    const to = jsonOf(field, draft);
    return to === field.valueJson ? [] : [{ pointer: field.pointer, to }];
  });
}

/** "Correct 2 fields", "Nothing changed yet". */
export function changesSentence(count: number, failedVersion: number): string {
  if (count === 0) return `Nothing differs from version ${failedVersion}, which failed.`;
  return `${count === 1 ? 'One field differs' : `${count} fields differ`} from version ${failedVersion}, which failed.`;
}

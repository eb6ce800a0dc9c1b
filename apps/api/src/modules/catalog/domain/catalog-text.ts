import { isStorableText } from '@throughline/canonical';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Problems of a free text at a place; empty when it can be taken. Limits count trimmed characters. */
export function textProblems(place: string, text: string, limits: { min?: number; max: number }): string[] {
  const { min = 1, max } = limits;
  const { length } = text.trim();
  if (!isStorableText(text)) return [`${place}: holds characters that cannot be stored`];
  return length < min || length > max ? [`${place}: must have ${min} to ${max} characters`] : [];
}

/** Problems of a name that stands in addresses and keys. */
export function slugProblems(place: string, text: string): string[] {
  return SLUG.test(text) && text.length <= 63
    ? []
    : [`${place}: must be words of lower-case letters and digits joined by "-", at most 63 characters`];
}

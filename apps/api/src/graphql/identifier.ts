import { isStorableText } from '@throughline/canonical';
import { CodedError } from './coded-error.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id in lower case, or INVALID_INPUT naming the argument; what is no uuid never reaches SQL. */
export function requireUuid(text: string, argument: string): string {
  if (!UUID.test(text)) {
    throw new CodedError('INVALID_INPUT', `${argument} must be an id as this API gives them (a uuid)`);
  }
  return text.toLowerCase();
}

/** The same for a list, at most `limit` long (default 500), without repeats, in the order given. */
export function requireUuids(texts: readonly string[], argument: string, limit = 500): string[] {
  if (texts.length > limit) {
    throw new CodedError('INVALID_INPUT', `${argument} may hold at most ${limit} ids`);
  }
  return [...new Set(texts.map((text) => requireUuid(text, argument)))];
}

/** Free text of a person: trimmed, storable, of a length within the limits; else INVALID_INPUT. */
export function requireText(text: string, argument: string, limits: { min?: number; max: number }): string {
  const trimmed = text.trim();
  const { min = 1, max } = limits;
  if (!isStorableText(trimmed) || trimmed.length < min || trimmed.length > max) {
    throw new CodedError('INVALID_INPUT', `${argument} must have ${min} to ${max} characters`);
  }
  return trimmed;
}

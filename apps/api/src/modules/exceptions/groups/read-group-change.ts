import { CodedError } from '../../../graphql/coded-error.js';
import { requireText } from '../../../graphql/identifier.js';
import { SPLIT_BY, type SplitBy } from '../domain/group-rules.js';
import { optionalUuid } from '../read-selection.js';
import type { GroupChange } from './change-groups.js';
import type { ChangeExceptionGroupInput } from './graphql/group-list.types.js';

/** Longest reason, note and reference, in characters. */
export const GROUP_TEXT = { max: 1_000 };
const NOTE = { min: 0, max: 20_000 };
const REFERENCE = { min: 0, max: 200 };

/** What a person says of a group, checked; what was not given is not there. */
export function readGroupChange(input: ChangeExceptionGroupInput): GroupChange {
  const { ownerId, note, isKnownError, knownErrorReference, snoozedUntil, snoozeReason } = input;
  const reference = text(knownErrorReference, 'change.knownErrorReference', REFERENCE);
  const reason = text(snoozeReason, 'change.snoozeReason', { min: 0, max: GROUP_TEXT.max });
  return {
    ...(ownerId !== undefined && { ownerId: optionalUuid(ownerId, 'change.ownerId') }),
    ...(note !== undefined && { note: text(note, 'change.note', NOTE) ?? '' }),
    ...(isKnownError !== undefined && { isKnownError: isKnownError === true }),
    ...(reference !== undefined && { knownErrorReference: reference === '' ? null : reference }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(reason !== undefined && { snoozeReason: reason === '' ? null : reason }),
  };
}

function text(
  value: string | null | undefined,
  argument: string,
  limits: { min: number; max: number },
): string | null | undefined {
  return value === null || value === undefined ? value : requireText(value, argument, limits);
}

/** What a group is split by, each once, in their order. */
export function readSplit(by: readonly SplitBy[]): SplitBy[] {
  const known = SPLIT_BY.filter((dimension) => by.includes(dimension));
  if (known.length === SPLIT_BY.length) {
    throw new CodedError(
      'INVALID_INPUT',
      'by: a group split by everything is a list of its members; choose up to three',
    );
  }
  return known;
}

import { maskText, toStorableText } from '@throughline/canonical';
import type { OutboundResult } from '../../../outbound/index.js';
import type { ValidationAnswer } from '../adapters/adapter.js';

/** What a target says of an item of the plan; `NOT_ASKED` = it has no such call, or gave no answer that says it. */
export const VALIDATIONS = ['PASSED', 'FAILED', 'NOT_ASKED'] as const;

export type Validation = (typeof VALIDATIONS)[number];

/** Marks a call that must change nothing at the target. */
export const VALIDATE_ONLY_HEADER = 'throughline-validate-only';

/** How many of a plan are asked about: as many as a canary. */
export const MOST_VALIDATED = 10;

/** Wait between two questions to targets. */
export const BETWEEN_QUESTIONS_MS = 250;

/** After that long the rest is not asked about: a person waits for it. */
export const LONGEST_ASKING_MS = 20_000;

/** Longest kept words of an answer, in characters. */
const LONGEST_WORDS = 300;

/** 2xx = it would be taken, refusals say why not; whatever else comes says nothing of the item. */
export function readValidation(result: OutboundResult): ValidationAnswer {
  switch (result.kind) {
    case 'success':
      return { isAccepted: true, words: told(result.body, 'it would take it') };
    case 'rejected': {
      // it is the address that is wrong then, not the item
      const isOfItem = result.status === null || result.status < 300 || result.status >= 400;
      const words = told(result.body, `it would refuse it with ${result.status ?? 'an error'}`);
      return isOfItem && !NOT_OF_THE_ITEM.includes(result.status ?? 0)
        ? { isAccepted: false, words }
        : { isAccepted: null, words: `it could not be asked: answer ${result.status}` };
    }
    case 'retryable':
      return { isAccepted: null, words: `it could not be asked now: answer ${result.status}` };
    case 'notSent':
    case 'unknown':
      return { isAccepted: null, words: `it could not be asked: ${result.reason}` };
  }
}

/** Refusals that speak of the call and not of what is in it. */
const NOT_OF_THE_ITEM: readonly number[] = [401, 403, 404, 405, 410];

function told(body: string, otherwise: string): string {
  const text = toStorableText(body.slice(0, LONGEST_WORDS)).trim();
  return text === '' ? otherwise : maskText(text).value;
}

export function validationOf({ isAccepted }: ValidationAnswer): Validation {
  if (isAccepted === null) return 'NOT_ASKED';
  return isAccepted ? 'PASSED' : 'FAILED';
}

import { isStorableText, money, toMinorUnits } from '@throughline/canonical';
import { CodedError } from '../../graphql/coded-error.js';
import type { Bounds } from './domain/inbox-buckets.js';
import type { InboxNarrowing } from './domain/inbox-narrowing.js';
import { REPORTING_CURRENCY } from './domain/priority.js';
import type { ExceptionNarrowingInput } from './graphql/exception-narrowing.types.js';

const MOST_VALUES = 200;
const LONGEST_VALUE = 300;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
/** More cannot be stored. */
const AMOUNT = /^-?\d{1,15}(\.\d{1,6})?$/;
/** A hundred years. */
const MOST_DAYS = 36_600;

type Maybe<T> = T | null | undefined;

/** Checks what narrows; what is left out does not narrow, and a list that is empty narrows to nothing. */
export function readNarrowing(filter: ExceptionNarrowingInput, now: Date): InboxNarrowing {
  return {
    priorities: filter.priorities ?? null,
    integrations: values(filter.integrations, 'integrations'),
    regions: values(filter.regions, 'regions'),
    counterparties: values(filter.counterparties, 'counterparties')?.map((name) => name.toLowerCase()) ?? null,
    postingPeriods: months(filter.postingPeriods),
    amount: bounds(minorUnits(filter.amountFrom, 'amountFrom'), minorUnits(filter.amountTo, 'amountTo')),
    ages: filter.ages ?? null,
    cutOffs: filter.cutOffs ?? null,
    daysPastDue: bounds(days(filter.daysPastDueFrom, 'daysPastDueFrom'), days(filter.daysPastDueTo, 'daysPastDueTo')),
    isEscalated: filter.isEscalated ?? null,
    isStatutory: filter.isStatutory ?? null,
    isRecurring: filter.isRecurring ?? null,
    isKnownError: filter.isKnownError ?? null,
    at: now,
  };
}

function invalid(message: string): CodedError {
  return new CodedError('INVALID_INPUT', message);
}

function values(list: Maybe<string[]>, name: string): string[] | null {
  if (!list) return null;
  if (list.length > MOST_VALUES || list.some((value) => value.length > LONGEST_VALUE || !isStorableText(value))) {
    throw invalid(`filter.${name} may hold at most ${MOST_VALUES} values of at most ${LONGEST_VALUE} characters`);
  }
  return [...new Set(list)];
}

function months(list: Maybe<string[]>): string[] | null {
  const periods = values(list, 'postingPeriods');
  if (periods?.some((period) => !MONTH.test(period))) {
    throw invalid('filter.postingPeriods must hold months such as 2026-09');
  }
  return periods;
}

/** What is finer than a cent is rounded to one, as the amounts are that it is compared with. */
function minorUnits(amount: Maybe<string>, name: string): string | null {
  if (typeof amount !== 'string' || amount.trim() === '') return null;
  if (!AMOUNT.test(amount.trim())) throw invalid(`filter.${name} must be decimal text such as "1234.50"`);
  return toMinorUnits(money(amount.trim(), REPORTING_CURRENCY)).toString();
}

function days(count: Maybe<number>, name: string): number | null {
  if (typeof count !== 'number') return null;
  if (Math.abs(count) > MOST_DAYS) throw invalid(`filter.${name} must be from -${MOST_DAYS} to ${MOST_DAYS} days`);
  return count;
}

function bounds<T>(from: T | null, to: T | null): Bounds<T> | null {
  return from === null && to === null ? null : { from, to };
}

import { isObjectType, searchKey } from '@throughline/canonical';
import { CodedError } from '../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { waitReason } from './domain/declared-reasons.js';
import type { Predicate } from './domain/predicate.js';
import { LONGEST_WAIT_DAYS, MS_PER_DAY, whyInvalidTerms } from './domain/wait.js';
import type {
  ChangeExceptionStateInput,
  ExceptionResolveInput,
  ExceptionWaitInput,
  SeenExceptionInput,
  WaitPredicateInput,
} from './graphql/change-state.types.js';
import type { SeenException } from './usecases/act-outcome.js';
import type { StateChange } from './usecases/change-exception-state.js';

/** Longest comment, in characters. */
export const COMMENT = { max: 4_000 };

/** A number of an object in some system. */
const KEY = { max: 200 };

/** Exceptions changed in one act. */
export const MOST_AT_ONCE = 500;

/** The exceptions of an act, each once. */
export function readSeen(inputs: readonly SeenExceptionInput[], most = MOST_AT_ONCE): SeenException[] {
  if (inputs.length === 0 || inputs.length > most) {
    throw invalid(`exceptions must hold 1 to ${most}`);
  }
  const seen = inputs.map(({ id, version }) => ({ exceptionId: requireUuid(id, 'exceptions.id'), version }));
  return [...new Map(seen.map((one) => [one.exceptionId, one])).values()];
}

/** What is to be done, checked as far as it can be without looking. */
export function readStateChange(input: ChangeExceptionStateInput, now: Date): StateChange {
  const { act, wait, resolve, duplicateOf } = input;
  const note = input.comment?.trim() ? requireText(input.comment, 'comment', COMMENT) : '';
  switch (act) {
    case 'START':
      return { kind: 'start' };
    case 'PUT_BACK':
      return { kind: 'put-back' };
    case 'WAIT':
      return readWait(wait ?? missing('wait'), note, now);
    case 'RESOLVE':
      return readResolve(resolve ?? missing('resolve'), note);
    case 'MARK_DUPLICATE':
      return { kind: 'mark-duplicate', note, of: requireUuid(duplicateOf ?? missing('duplicateOf'), 'duplicateOf') };
  }
}

/** Until when exceptions are snoozed. */
export function readSnooze(until: Date | null, isUntilNextOccurrence: boolean, now: Date) {
  if (until === null && !isUntilNextOccurrence) {
    throw invalid('until or untilNextOccurrence must say when they come back');
  }
  const latest = now.getTime() + LONGEST_WAIT_DAYS * MS_PER_DAY;
  if (until !== null && (until <= now || until.getTime() > latest)) {
    throw invalid(`until must lie in the next ${LONGEST_WAIT_DAYS} days`);
  }
  return { until, isUntilNextOccurrence };
}

function readWait(wait: ExceptionWaitInput, note: string, now: Date): StateChange {
  if (waitReason(wait.reason) === undefined) {
    throw invalid(`wait.reason must be one of the declared reasons, got "${wait.reason.slice(0, 40)}"`);
  }
  const until = wait.until ?? null;
  const terms = {
    until,
    predicate: wait.predicate ? readPredicate(wait.predicate) : null,
    expiresAt: wait.expiresAt ?? until ?? missing('wait.expiresAt'),
  };
  const fault = whyInvalidTerms(terms, now);
  if (fault !== null) {
    throw invalid(fault);
  }
  return { kind: 'wait', reason: wait.reason, note, terms };
}

function readPredicate({ kind, legalEntity, period, objectType, key, system }: WaitPredicateInput): Predicate {
  const text = (value: string | null | undefined, name: string) =>
    requireText(value ?? '', `wait.predicate.${name}`, KEY);
  switch (kind) {
    case 'POSTING_PERIOD_OPEN':
      return {
        kind: 'posting-period-open',
        legalEntity: text(legalEntity, 'legalEntity'),
        period: text(period, 'period'),
      };
    case 'CUSTOMER_MAPPED':
      return { kind: 'customer-mapped', key: text(key, 'key'), system: text(system, 'system') };
    case 'OBJECT_KNOWN':
      return { kind: 'object-known', type: text(objectType, 'objectType'), key: text(key, 'key') };
    case 'PREDECESSOR_POSTED':
      return { kind: 'predecessor-posted', type: text(objectType, 'objectType'), key: text(key, 'key') };
  }
}

function readResolve({ resolution, documentType, documentKey }: ExceptionResolveInput, note: string): StateChange {
  if (resolution === 'SOURCE_FIXED') {
    return { kind: 'resolve-source-fixed', note };
  }
  if (resolution !== 'POSTED_BY_HAND') {
    throw invalid('resolve.resolution must be SOURCE_FIXED or POSTED_BY_HAND: the others come from the facts');
  }
  const key = requireText(documentKey ?? '', 'resolve.documentKey', KEY);
  if (documentType === null || documentType === undefined || !isObjectType(documentType) || searchKey(key) === '') {
    throw invalid('resolve.documentType and documentKey must name the document that was posted by hand');
  }
  return { kind: 'resolve-posted-by-hand', note, document: { type: documentType, key } };
}

function missing(name: string): never {
  throw invalid(`${name} is needed for this act`);
}

function invalid(message: string): CodedError {
  return new CodedError('INVALID_INPUT', message);
}

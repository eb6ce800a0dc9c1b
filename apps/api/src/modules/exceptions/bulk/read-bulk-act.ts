import { CodedError } from '../../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { acceptanceReason } from '../domain/declared-reasons.js';
import { LONGEST_NOTE } from '../domain/mentions.js';
import { isQueueName, QUEUE_NAMES } from '../domain/queues.js';
import { readSelection } from '../read-selection.js';
import { COMMENT, readSeen, readSnooze, readStateChange } from '../read-state-change.js';
import { NEEDS_REASON, type BulkAct } from './domain/bulk-act.js';
import type { BulkActInput, BulkPreviewedInput, BulkSelectionInput } from './graphql/bulk-act.inputs.js';
import type { Picked } from './submit-bulk-act.js';
import type { Previewed } from './selection.repository.js';

/** Exceptions that are named one by one. */
const MOST_NAMED = 10_000;

/** Longest reason where it is kept beside each exception's queue or priority. */
const SHORT_REASON = { max: 500 };

/** Whether a note is too long is told when it is read, as on one exception; this keeps out what nobody wrote by hand. */
const NOTE = { max: 1_100_000 };

/** What is to be done, checked as far as it can be without looking; a preview needs no reason. */
export function readBulkAct(
  input: BulkActInput,
  now: Date,
  { isPreview = false } = {},
): { act: BulkAct; reason: string } {
  const { kind } = input;
  const isGiven = Boolean(input.reason?.trim());
  const limits = limitsOf(kind, isGiven);
  const reason =
    (NEEDS_REASON.has(kind) && !isPreview) || isGiven ? requireText(input.reason ?? '', 'act.reason', limits) : '';
  return { act: readAct(input, now), reason };
}

function limitsOf(kind: BulkActInput['kind'], isGiven: boolean): { max: number } {
  if (kind === 'NOTE') return isGiven ? NOTE : { max: LONGEST_NOTE };
  return kind === 'MOVE' || kind === 'PRIORITISE' ? SHORT_REASON : COMMENT;
}

function readAct(input: BulkActInput, now: Date): BulkAct {
  const { kind } = input;
  switch (kind) {
    case 'ASSIGN':
      return {
        kind,
        ownerId: requireUuid(input.ownerId ?? missing('ownerId'), 'act.ownerId'),
        ...(input.isForwarded === true && { isForwarded: true }),
      };
    case 'MOVE':
      return { kind, queue: requireQueue(input.queue ?? missing('queue')) };
    case 'PRIORITISE':
      return { kind, band: input.band ?? null };
    case 'SNOOZE':
      return { kind, ...readSnooze(input.until ?? null, input.untilNextOccurrence ?? false, now) };
    case 'WAIT': {
      const change = readStateChange({ exceptions: [], act: 'WAIT', wait: input.wait ?? missing('wait') }, now);
      if (change.kind !== 'wait') throw new Error('what was read as a wait is none');
      return { kind, waitReason: change.reason, terms: change.terms };
    }
    case 'ACCEPT':
      return { kind, reasonCode: requireAcceptReason(input.acceptReason ?? missing('acceptReason')) };
    case 'APPROVE_ACCEPTANCES':
    case 'REJECT_ACCEPTANCES':
    case 'WITHDRAW_ACCEPTANCES':
      throw invalid('act.kind decides what another act asked for, and is asked for by that act');
    default:
      return { kind };
  }
}

function requireQueue(queue: string) {
  if (!isQueueName(queue)) throw invalid(`act.queue must be one of ${QUEUE_NAMES.join(', ')}`);
  return queue;
}

function requireAcceptReason(code: string): string {
  if (acceptanceReason(code) === undefined) throw invalid('act.acceptReason must be one of the declared reasons');
  return code;
}

/** What it is to be done with: exceptions as they were seen, or all that match a filter. */
export function readPicked({ exceptions, filter }: BulkSelectionInput, now: Date): Picked {
  const isNamed = exceptions !== null && exceptions !== undefined;
  const isFiltered = filter !== null && filter !== undefined;
  if (isNamed === isFiltered) {
    throw invalid('selection must hold exceptions or a filter, one of both');
  }
  if (isFiltered) return { matching: readSelection(filter, now), filter: { ...filter } };
  return { seen: readSeen(exceptions ?? [], MOST_NAMED) };
}

/** What the person was shown; whoever accepts whatever matches need not have looked. */
export function readPreviewed(previewed: BulkPreviewedInput | null | undefined, acceptChanged: boolean): Previewed {
  const { count = null, hash = null } = previewed ?? {};
  if (acceptChanged) return { count: null, hash: null };
  if (count === null && hash === null) {
    throw invalid('previewed must state the count or the hash of the preview, or acceptChanged must be true');
  }
  return { count, hash: hash?.toLowerCase() ?? null };
}

function missing(name: string): never {
  throw invalid(`act.${name} is needed for this act`);
}

function invalid(message: string): CodedError {
  return new CodedError('INVALID_INPUT', message);
}

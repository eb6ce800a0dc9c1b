import type { BulkActInput, BulkActKind, BulkSelection, ExceptionWaitInput, PriorityBand } from '../../gql/graphql.js';
import { fromLocalInput } from '../../shared/format/local-input.js';
import type { Act } from './use-exception-acts.js';

/** Acts that can be done with many at once, by the key and the button that do them with one. */
export const BULK_KINDS: Readonly<Partial<Record<Act, BulkActKind>>> = {
  assign: 'ASSIGN',
  mine: 'ASSIGN',
  move: 'MOVE',
  prioritise: 'PRIORITISE',
  note: 'NOTE',
  start: 'START',
  back: 'PUT_BACK',
  wait: 'WAIT',
  resolve: 'RESOLVE',
  snooze: 'SNOOZE',
  accept: 'ACCEPT',
  handBack: 'HAND_BACK',
  reroute: 'REROUTE',
};

/** What is picked in the inbox. */
export type BulkTarget = {
  selection: BulkSelection;
  /** As the inbox counts them; the preview counts again. */
  count: number;
};

/** What a person has said so far of a bulk act. */
export type BulkWords = {
  kind: BulkActKind;
  reason: string;
  ownerId: string;
  /** for who is away the deputy gets them */
  isForwarded: boolean;
  queue: string;
  /** "rated" = as rated */
  band: string;
  /** as a field for local times holds it */
  end: string;
  isUntilAgain: boolean;
  waitReason: string;
  /** a time, or what all of them can wait for together */
  waitFor: 'TIME' | 'POSTING_PERIOD_OPEN';
  legalEntity: string;
  /** 2026-10 */
  period: string;
  acceptReason: string;
};

const NEEDS_REASON: ReadonlySet<BulkActKind> = new Set(['MOVE', 'PRIORITISE', 'SNOOZE', 'NOTE', 'ACCEPT']);

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The act as far as it is told, enough for a preview; undefined = more must be said first. */
export function bulkInputOf(words: BulkWords): BulkActInput | undefined {
  const { kind } = words;
  const reason = words.reason.trim();
  const said: BulkActInput = reason === '' ? { kind } : { kind, reason };
  const until = fromLocalInput(words.end);
  switch (kind) {
    case 'ASSIGN':
      if (words.ownerId === '') return undefined;
      return { ...said, ownerId: words.ownerId, ...(words.isForwarded && { isForwarded: true }) };
    case 'MOVE':
      return words.queue === '' ? undefined : { ...said, queue: words.queue };
    case 'PRIORITISE':
      return words.band === '' ? undefined : { ...said, band: bandOf(words.band) };
    case 'SNOOZE':
      return until === undefined && !words.isUntilAgain
        ? undefined
        : { ...said, until: until ?? null, untilNextOccurrence: words.isUntilAgain };
    case 'WAIT': {
      const wait = waitOf(words, until);
      return wait && { ...said, wait };
    }
    case 'ACCEPT':
      return words.acceptReason === '' ? undefined : { ...said, acceptReason: words.acceptReason };
    default:
      return said;
  }
}

/** Until a time, or until the books of an entity are open for a period, with an end as well. */
function waitOf(words: BulkWords, until: string | undefined): ExceptionWaitInput | undefined {
  const { waitReason: reason, legalEntity } = words;
  if (reason === '' || until === undefined) return undefined;
  if (words.waitFor === 'TIME') return { reason, until };
  const period = words.period.trim();
  if (legalEntity === '' || !MONTH.test(period)) return undefined;
  return { reason, predicate: { kind: 'POSTING_PERIOD_OPEN', legalEntity, period }, expiresAt: until };
}

function bandOf(band: string): PriorityBand | null {
  return band === 'rated' ? null : (band as PriorityBand);
}

/** Whether the act can be asked for: it is told whole, with a reason where it needs one. */
export function isWhole(input: BulkActInput | undefined): input is BulkActInput {
  return input !== undefined && (!NEEDS_REASON.has(input.kind) || (input.reason ?? '') !== '');
}

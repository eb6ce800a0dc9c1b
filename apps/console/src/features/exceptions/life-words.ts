import { dateTime } from '../../shared/format/time.js';
import { plainWords } from '../../shared/format/words.js';
import type { Tone } from '../../shared/status/status.js';
import { told, type Details } from './event-details.js';
import type { ExceptionRow } from './exception-documents.js';

type Entry = { tone: Tone; words: string; text?: string | undefined };

const OVER: Readonly<Record<string, string>> = {
  'predicate-met': 'Waits no longer: it came true',
  'time-reached': 'Waits no longer: its time came',
  'expired-unmet': 'Waits no longer: it did not come true in time',
  'cannot-be-evaluated': 'Waits no longer: nobody can tell whether it comes true',
};

const BACK: Readonly<Record<string, string>> = {
  'time-reached': 'Back in the inbox: its time came',
  'occurred-again': 'Back in the inbox: it failed again',
  closed: 'Snoozed no longer: it is closed',
};

/** What people and deadlines do with an exception, in the words of its time line. */
export const LIFE_ENTRIES: Readonly<Record<string, (details: Details) => Entry>> = {
  started: (details) => {
    const owner = told(details, 'ownerName');
    return { tone: 'info', words: owner ? `Taken in hand by ${owner}` : 'Work on it began' };
  },
  'put-back': () => ({ tone: 'info', words: 'Put back: nobody works on it' }),
  waiting: (details) => ({ tone: 'waiting', words: startOfWait(details), text: told(details, 'note') }),
  'wait-over': (details) => ({
    tone: told(details, 'why') === 'predicate-met' ? 'good' : 'warning',
    words: OVER[told(details, 'why') ?? ''] ?? 'Waits no longer',
    text: told(details, 'detail'),
  }),
  snoozed: (details) => ({ tone: 'unknown', words: `Snoozed ${snoozeEnd(details)}`, text: told(details, 'reason') }),
  'snooze-over': (details) => ({ tone: 'info', words: BACK[told(details, 'why') ?? ''] ?? 'Back in the inbox' }),
  'marked-duplicate': (details) => ({
    tone: 'unknown',
    words: 'Called a duplicate of another exception',
    text: told(details, 'note'),
  }),
  escalated: (details) => ({
    tone: 'critical',
    words: `Its ${told(details, 'clock') ?? 'clock'} is overdue: brought to ${told(details, 'leadName') ?? 'nobody, as its queue has no lead'}`,
  }),
  'hand-posting-verified': () => ({ tone: 'good', words: 'The document posted by hand was seen: verified' }),
  accepted: (details) => {
    const maker = told(details, 'makerName');
    const words = maker ? `Closed without correction, as ${maker} asked` : 'Closed without correction';
    return { tone: 'unknown', words, text: told(details, 'decisionReason', 'comment') };
  },
  'acceptance-requested': (details) => ({
    tone: 'waiting',
    words: 'Asked to close it without correction',
    text: told(details, 'comment'),
  }),
  'acceptance-rejected': (details) => ({
    tone: 'warning',
    words: 'Not closed: a second person refused',
    text: told(details, 'decisionReason'),
  }),
  'acceptance-left': (details) => ({
    tone: 'warning',
    words: 'Left waiting by a decision on many',
    text: told(details, 'why'),
  }),
  'acceptance-expired': () => ({ tone: 'warning', words: 'Not closed: nobody decided in time' }),
  'acceptance-withdrawn': () => ({ tone: 'info', words: 'The request to close it was withdrawn' }),
};

function startOfWait(details: Details): string {
  const waitsFor = told(details, 'waitsFor');
  const until = told(details, 'until');
  const expiresAt = told(details, 'expiresAt');
  return waitSentence({ waitsFor: waitsFor ?? null, until: until ?? null, expiresAt: expiresAt ?? until ?? '' });
}

function snoozeEnd(details: Details): string {
  const until = told(details, 'until');
  const again = details['isUntilNextOccurrence'] === true ? 'until it fails again' : undefined;
  return [until && `until ${dateTime(until)}`, again].filter(Boolean).join(' or ');
}

type WaitTerms = Pick<NonNullable<ExceptionRow['wait']>, 'waitsFor' | 'until' | 'expiresAt'>;

/** "Waits for posting period 2026-10 of DE01, until 4 Dec 09:00 CET at the latest". */
export function waitSentence({ waitsFor, until, expiresAt }: WaitTerms, zone?: string): string {
  const end = until ?? expiresAt;
  const written = end === '' ? '' : dateTime(end, zone);
  if (waitsFor === null) return written === '' ? 'Waits' : `Waits until ${written}`;
  return written === '' ? `Waits for ${waitsFor}` : `Waits for ${waitsFor}, until ${written} at the latest`;
}

/** "Snoozed until 4 Dec 09:00 CET by Anna Lindqvist: known, mended tomorrow". */
export function snoozeSentence(snooze: NonNullable<ExceptionRow['snooze']>): string {
  return `Snoozed ${snoozeEnd({ ...snooze })} by ${snooze.snoozedByName}: ${snooze.reason}`;
}

/** "Snoozed with its group until 4 Dec 09:00 CET: known"; undefined = it is not, or it is over. */
export function groupSnoozeSentence(
  {
    group,
    resolvedAt,
  }: { group: Pick<ExceptionRow['group'], 'snoozedUntil' | 'snoozeReason'>; resolvedAt: string | null },
  now: Date,
): string | undefined {
  const { snoozedUntil, snoozeReason } = group;
  if (resolvedAt !== null || snoozedUntil === null || new Date(snoozedUntil) <= now) return undefined;
  return [`Snoozed with its group until ${dateTime(snoozedUntil)}`, snoozeReason].filter(Boolean).join(': ');
}

/** "Posted by hand with journal entry JE-77, which the lineage does not show yet: unverified". */
export function handPostingSentence(posting: {
  documentType: string;
  documentKey: string;
  verifiedAt: string | null;
}): string {
  const document = `${plainWords(posting.documentType)} ${posting.documentKey}`;
  return posting.verifiedAt === null
    ? `Posted by hand with ${document}, which was not seen yet: unverified.`
    : `Posted by hand with ${document}, seen on ${dateTime(posting.verifiedAt)}: verified.`;
}

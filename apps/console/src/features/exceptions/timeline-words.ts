import { capital, plainWords } from '../../shared/format/words.js';
import { dateTime } from '../../shared/format/time.js';
import type { Tone } from '../../shared/status/status.js';

import { told, type Details } from './event-details.js';
import { LIFE_ENTRIES } from './life-words.js';

export type TimelineEntry = { tone: Tone; words: string; text?: string | undefined };

function detailsOf(value: unknown): Details {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Details) : {};
}

function attemptOf(details: Details): string {
  const attempt = told(details, 'attempt');
  return attempt ? `, attempt ${attempt}` : '';
}

const ASKED_WORDS: Readonly<Record<string, string>> = {
  applied: 'Asked: the integration has it',
  'not-applied': 'Asked: the integration does not have it, so the same bytes may go out again',
  unknown: 'Asked: the integration cannot tell',
};

function askedBy(details: Details): string | undefined {
  const name = told(details, 'wantedBy');
  return name && `asked for by ${name}`;
}

function ticketOf(details: Details): string {
  return [told(details, 'system'), told(details, 'number')].filter(Boolean).join(' ') || 'a ticket';
}

/** "at /companyCode", "in 3 fields". */
function fieldsOf({ fields }: Details): string {
  const named = Array.isArray(fields) ? fields.filter((field): field is string => typeof field === 'string') : [];
  return named.length === 1 ? `at ${named[0] ?? ''}` : `in ${named.length} fields`;
}

/** What was asked for: it is …, it was …, to …; of any action that is no undoing it is sending again. */
const ASKED: Readonly<Record<string, readonly [done: string, doing: string, toDo: string]>> = {
  reverse: ['reversed', 'reversing it', 'reverse it'],
  cancel: ['cancelled', 'cancelling it', 'cancel it'],
  notify: ['told of', 'telling of it', 'tell of it'],
};

const SENT_AGAIN = ['sent again', 'sending it again', 'send it again'] as const;

function askedOf(details: Details): readonly [done: string, doing: string, toDo: string] {
  return ASKED[told(details, 'action') ?? ''] ?? SENT_AGAIN;
}

const doneOf = (details: Details) => askedOf(details)[0];
const doingOf = (details: Details) => askedOf(details)[1];
const toDoOf = (details: Details) => askedOf(details)[2];

/** ", invoice 9001": what of it, where that is told. */
function documentOf(details: Details): string {
  const document = told(details, 'document');
  return document ? `, ${plainWords(document)}` : '';
}

const REQUEST_WORDS: Readonly<Record<string, string>> = {
  corrected: 'Asked to be sent again, corrected',
  'extract-anew': 'Asked to be extracted anew',
};

const RESOLUTIONS: Readonly<Record<string, string>> = {
  VERIFIED_REQUEUE: 'Resolved: the outcome of sending it again was verified',
  PROVED_BY_PERSON: 'Resolved: a second person saw that it was applied',
  COMPENSATED: 'Resolved: its document was undone',
  SOURCE_FIXED: 'Resolved at its source',
  POSTED_BY_HAND: 'Resolved: posted by hand, not verified yet',
  VANISHED: 'Resolved: the step was overcome by itself',
};

const REOPENED: Readonly<Record<string, string>> = {
  'there-again': 'Reopened: it was gone, and is there again',
  'still-there': 'Reopened: said to be put right three days ago, and still there',
};

const ENTRIES: Readonly<Record<string, (details: Details) => TimelineEntry>> = {
  opened: () => ({ tone: 'critical', words: 'Opened' }),
  'occurred-again': (details) => {
    const times = told(details, 'occurrences');
    return { tone: 'critical', words: times ? `Failed again, ${times} times by now` : 'Failed again' };
  },
  reopened: (details) => ({
    tone: 'critical',
    words: REOPENED[told(details, 'why') ?? ''] ?? 'Reopened: it failed after it was resolved',
  }),
  resolved: (details) => ({
    tone: 'good',
    words: RESOLUTIONS[told(details, 'resolution') ?? ''] ?? 'Resolved',
    text: told(details, 'why', 'note'),
  }),
  ...LIFE_ENTRIES,
  assigned: (details) => {
    const owner = told(details, 'ownerName', 'owner', 'to');
    const away = told(details, 'insteadOf');
    const rule = told(details, 'rule');
    const words = owner
      ? `Assigned to ${owner}${away ? `, for ${away}, who is away` : ''}${rule ? `, by the rule “${rule}”` : ''}`
      : 'Handed back to the queue';
    return { tone: 'info', words };
  },
  'not-assigned': (details) => {
    const rule = told(details, 'rule');
    return {
      tone: 'warning',
      words: `Nobody was given it${rule ? ` by the rule “${rule}”` : ''}`,
      text: told(details, 'why'),
    };
  },
  moved: (details) => {
    const to = told(details, 'to');
    const rule = told(details, 'rule');
    return {
      tone: 'info',
      words: to ? `Moved to ${plainWords(to)}${rule ? ` by the rule “${rule}”` : ''}` : 'Moved to another queue',
      text: told(details, 'reason'),
    };
  },
  prioritised: (details) => {
    const to = told(details, 'to');
    return { tone: 'info', words: to ? `Priority set to ${to}` : 'Priority set', text: told(details, 'reason') };
  },
  commented: (details) => ({
    tone: 'info',
    words: details['isOnGroup'] === true ? 'Note, also on the group' : 'Note',
    text: told(details, 'text'),
  }),
  'ticket-set': (details) => ({ tone: 'info', words: `Linked to ${ticketOf(details)}` }),
  'ticket-removed': (details) => ({ tone: 'info', words: `No longer linked to ${ticketOf(details)}` }),
  'step-done': (details) => ({ tone: 'info', words: 'Step of the runbook done', text: told(details, 'step') }),
  'step-undone': (details) => ({
    tone: 'info',
    words: 'Step of the runbook not done after all',
    text: told(details, 'step'),
  }),
  'payload-corrected': (details) => ({
    tone: 'info',
    words: `Payload corrected: version ${told(details, 'payloadVersion') ?? ''}, ${fieldsOf(details)}`,
    text: told(details, 'reason'),
  }),
  'requeue-requested': (details) => ({
    tone: 'info',
    words: `${REQUEST_WORDS[told(details, 'mode') ?? ''] ?? 'Asked to be sent again'}${attemptOf(details)}`,
    text: told(details, 'reason'),
  }),
  'compensation-requested': (details) => ({
    tone: 'info',
    words: `Asked to be ${doneOf(details)}${documentOf(details)}${attemptOf(details)}`,
    text: told(details, 'reason'),
  }),
  'compensation-verified': (details) => ({
    tone: 'good',
    words: `Resolved: seen ${doneOf(details)}${documentOf(details)}${attemptOf(details)}`,
  }),
  'compensation-overtaken': (details) => ({
    tone: 'good',
    words: `Resolved: undone by somebody else${documentOf(details)}`,
  }),
  'compensation-notified': (details) => ({
    tone: 'info',
    words: `Told of and taken, still open${documentOf(details)}${attemptOf(details)}`,
  }),
  'compensation-failed': (details) => ({
    tone: 'critical',
    words: `Could not be ${doneOf(details)}${documentOf(details)}${attemptOf(details)}`,
  }),
  'requeue-approval-requested': (details) => ({
    tone: 'waiting',
    words: `Asked to be ${doneOf(details)}${documentOf(details)}: waits for approval`,
    text: told(details, 'reason'),
  }),
  'requeue-approval-given': (details) => ({
    tone: 'info',
    words: `Approved ${doingOf(details)}; another person has to as well`,
    text: told(details, 'comment'),
  }),
  'requeue-approved': (details) => ({
    tone: 'good',
    words: `${capital(doingOf(details))} was approved`,
    text: told(details, 'decisionReason'),
  }),
  'requeue-break-glass': (details) => ({
    tone: 'warning',
    words: `${capital(doneOf(details))} in an emergency, without approval`,
    text: told(details, 'decisionReason'),
  }),
  'requeue-rejected': (details) => ({
    tone: 'warning',
    words: `${capital(doingOf(details))} was not approved`,
    text: told(details, 'decisionReason'),
  }),
  'requeue-withdrawn': (details) => ({
    tone: 'info',
    words: `The request to ${toDoOf(details)} was withdrawn`,
    text: told(details, 'because'),
  }),
  'requeue-expired': (details) => ({
    tone: 'warning',
    words: `The request to ${toDoOf(details)} expired`,
    text: told(details, 'decisionReason'),
  }),
  'requeue-acknowledged': (details) => ({ tone: 'info', words: `Taken by the integration${attemptOf(details)}` }),
  'requeue-refused': (details) => ({
    tone: 'critical',
    words: `Refused by the integration${attemptOf(details)}`,
    text: told(details, 'answer'),
  }),
  'requeue-unknown': (details) => ({ tone: 'unknown', words: `No answer from the integration${attemptOf(details)}` }),
  'requeue-asked': (details) => ({
    tone: 'unknown',
    words: `${ASKED_WORDS[told(details, 'outcome') ?? ''] ?? 'The integration was asked what became of it'}${attemptOf(details)}`,
    text: [told(details, 'answer'), askedBy(details)].filter(Boolean).join(' · '),
  }),
  'requeue-looked': (details) => ({
    tone: 'unknown',
    words: `Not seen downstream, so the same goes out again under the same key${attemptOf(details)}`,
  }),
  'requeue-failed': (details) => ({
    tone: 'critical',
    words: `Sent again and failed again${attemptOf(details)}`,
    text: told(details, 'answer'),
  }),
  'requeue-cancelled': () => ({ tone: 'unknown', words: 'Not sent: its run was cancelled' }),
  'requeue-verified': (details) => ({
    tone: 'good',
    words: `Resolved: outcome verified downstream${attemptOf(details)}`,
  }),
  'requeue-proved': (details) => ({
    tone: 'good',
    words: `Resolved: a second person saw that it was applied${attemptOf(details)}`,
    text: told(details, 'reason'),
  }),
  'requeue-not-applied': (details) => ({
    tone: 'warning',
    words: `Open again: a second person saw that it was not applied${attemptOf(details)}`,
    text: told(details, 'reason'),
  }),
  'notice-proved': (details) => ({
    tone: 'info',
    words: `Open again: a second person saw that somebody was told${attemptOf(details)}`,
    text: told(details, 'reason'),
  }),
  'requeue-overtaken': () => ({ tone: 'good', words: 'Resolved: overcome before it was sent again' }),
  merged: () => ({ tone: 'unknown', words: 'Found to be a duplicate of another exception' }),
  restored: () => ({ tone: 'unknown', words: 'No duplicate any more: restored' }),
};

/** An event of the time line in words; a kind this console does not know yet is shown by its name. */
export function timelineEntry(kind: string, details: unknown): TimelineEntry {
  const values = detailsOf(details);
  const known = ENTRIES[kind];
  if (known) return known(values);
  const words = plainWords(kind);
  return { tone: 'unknown', words: capital(words) };
}

/** "happened 20 Nov 14:02 CET" where an event was recorded later than it happened. */
export function happenedWords(at: string, details: unknown, slackMs = 60_000): string | undefined {
  const happened = told(detailsOf(details), 'occurredAt');
  if (happened === undefined || Number.isNaN(Date.parse(happened))) return undefined;
  return Math.abs(Date.parse(at) - Date.parse(happened)) > slackMs ? `happened ${dateTime(happened)}` : undefined;
}

/** The bulk act that an event was part of. */
export function bulkActIdOf(details: unknown): string | undefined {
  return told(detailsOf(details), 'bulkActId');
}

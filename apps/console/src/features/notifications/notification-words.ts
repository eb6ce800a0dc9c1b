import type { ExceptionState } from '../../gql/graphql.js';
import { dateTime } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { exceptionState } from '../../shared/status/state-words.js';
import type { Tone } from '../../shared/status/status.js';
import { groupsHref } from '../../shared/url-groups.js';
import { approvalsHref, lineageApprovalsHref, requeueApprovalsHref } from '../../shared/url-approvals.js';
import { bulkActsHref } from '../../shared/url-bulk.js';
import { notificationsHref } from '../../shared/url-people.js';
import { runsHref } from '../../shared/url-requeue.js';
import { exceptionHref, exceptionsHref } from '../../shared/url.js';
import type { Notification } from './notification-documents.js';

export type NotificationWords = {
  tone: Tone;
  sentence: string;
  /** what somebody wrote */
  text: string | undefined;
  /** where it leads: to the exception, to the list that it is about, or to its own list */
  href: string;
};

type Details = Readonly<Record<string, unknown>>;

function textOf(details: Details, name: string): string | undefined {
  const value = details[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A notification in words: who did what with which exception, or with how many. */
export function notificationWords(notification: Notification): NotificationWords {
  const details = (notification.details ?? {}) as Details;
  const { tone, sentence } = SENTENCES[notification.kind](notification, details);
  const { forPerson } = notification;
  return {
    tone,
    sentence: forPerson ? `For ${forPerson.displayName}: ${sentence}` : sentence,
    text: textOf(details, 'text') ?? textOf(details, 'comment') ?? textOf(details, 'reason'),
    href: hrefOf(notification),
  };
}

type Sentence = { tone: Tone; sentence: string };

const SENTENCES: Record<Notification['kind'], (notification: Notification, details: Details) => Sentence> = {
  MENTIONED: ({ actorName, ...one }) => ({
    tone: 'info',
    sentence: `${actorName} called you in a note${isOne(one) ? ':' : ' on'} ${what(one)}`,
  }),
  ASSIGNED: ({ actorName, ...one }) => ({ tone: 'info', sentence: `${actorName} gave you ${what(one)}` }),
  APPROVAL_ASKED: ({ actorName, ...one }, details) => ({
    tone: 'waiting',
    sentence: `${actorName} asks to ${aboutRequeue(details) ? 'send again' : 'close without correction'}: ${what(one)}`,
  }),
  APPROVAL_DECIDED: ({ actorName, ...one }, details) => ({
    tone: details['decision'] === 'approved' ? 'good' : 'warning',
    sentence: `${decisionWords(actorName, details)}: ${what(one)}`,
  }),
  REOPENED: (one) => ({ tone: 'critical', sentence: `${capital(what(one))} ${isOne(one) ? 'is' : 'are'} open again` }),
  ESCALATED: (one, { to, clock }) => {
    if (typeof clock === 'string') {
      const late = clock === 'response' ? 'Not taken in hand in time' : 'Not solved in time';
      return {
        tone: 'warning',
        sentence: isOne(one) ? `${late}: ${one.title}` : `${capital(what(one))} are overdue`,
      };
    }
    const sentence = isOne(one)
      ? `More urgent now, ${String(to)}: ${one.title}`
      : `${capital(what(one))} are more urgent now`;
    return { tone: 'warning', sentence };
  },
  GROUP_ASSIGNED: ({ actorName, title }) => ({
    tone: 'info',
    sentence: `${actorName} made you the owner of the group ${title}`,
  }),
  GROUP_RECURRED: ({ title, count: n }, { was }) => ({
    tone: was === 'resolved' ? 'critical' : 'warning',
    sentence: `Your group ${title}${RECURRED[String(was)] ?? ''} has ${count(n, 'new exception')}`,
  }),
  GROUP_SET_ASIDE: ({ actorName, title }, details) => {
    const members = typeof details['members'] === 'number' ? details['members'] : 0;
    const until = textOf(details, 'snoozedUntil');
    const reference = textOf(details, 'reference');
    const acts = [
      ...(until === undefined ? [] : [`snoozed it until ${dateTime(until)}`]),
      ...(details['isKnownError'] === true ? [`marked it as a known error${reference ? `, ${reference}` : ''}`] : []),
    ];
    return {
      tone: 'waiting',
      sentence: `${title}, with ${count(members, 'exception')} of yours: ${actorName} ${acts.join(' and ')}`,
    };
  },
  REVIEW_OVERDUE: ({ title }, { letGoBy }) => ({
    tone: 'warning',
    sentence: `Nobody reviewed in time what ${typeof letGoBy === 'string' ? letGoBy : 'somebody'} let go in an emergency: ${title}`,
  }),
  RUN_STOPPED: ({ title }) => ({ tone: 'warning', sentence: `Sending stopped by itself: ${title}` }),
  STATE_CHANGED: (one, { state, resolution }) => {
    if (!isOne(one)) return { tone: 'info', sentence: `${one.actorName} changed the state of ${what(one)}` };
    const known = exceptionState(state as ExceptionState, resolution as never);
    // a state that this console does not know yet is still a change
    const word = (known as typeof known | undefined)?.word ?? 'changed';
    return { tone: known?.tone ?? 'info', sentence: `${one.title}: ${word.toLowerCase()}, by ${one.actorName}` };
  },
};

const RECURRED: Readonly<Record<string, string>> = {
  resolved: ', which was resolved,',
  snoozed: ', which is snoozed,',
  'known-error': ', a known error,',
};

/** A request to send again; else one to close without correction. */
function aboutRequeue(details: Details): boolean {
  return typeof details['requestId'] === 'string';
}

function decisionWords(actorName: string, details: Details): string {
  const act = aboutRequeue(details) ? 'sending again' : 'closing without correction';
  switch (details['decision']) {
    case 'approved':
      return `${actorName} approved ${act}`;
    case 'expired':
      return `Nobody decided in time on ${act}`;
    case 'released in an emergency':
      return `${actorName} released ${act} in an emergency`;
    default:
      return `${actorName} refused ${act}`;
  }
}

type Subject = Pick<Notification, 'count' | 'title'>;

const isOne = ({ count: n }: Subject) => n === 1;

function what(subject: Subject): string {
  return isOne(subject) ? subject.title : count(subject.count, 'exception');
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function hrefOf({ id, kind, count: n, exceptions, forPerson, details }: Notification): string {
  const [first] = exceptions;
  const groupId = textOf((details ?? {}) as Details, 'groupId');
  if (groupId !== undefined) return groupsHref({ open: groupId });
  const requestId = textOf((details ?? {}) as Details, 'requestId');
  if (kind === 'APPROVAL_ASKED' && requestId !== undefined) return requeueApprovalsHref({ open: requestId });
  if (kind === 'RUN_STOPPED') return runsHref({ open: requestId });
  if (kind === 'APPROVAL_ASKED') return approvalsHref();
  const reviewed = textOf((details ?? {}) as Details, 'subjectId');
  if (kind === 'REVIEW_OVERDUE' && reviewed !== undefined) {
    const search = { show: 'review', open: reviewed } as const;
    const isLineage = textOf((details ?? {}) as Details, 'reviewOf') === 'lineage-approval';
    return isLineage ? lineageApprovalsHref(search) : requeueApprovalsHref(search);
  }
  if (n === 1 && first) return exceptionHref(first.id);
  const bulkActId = textOf((details ?? {}) as Details, 'bulkActId');
  if (kind === 'APPROVAL_DECIDED' && bulkActId !== undefined) return bulkActsHref({ open: bulkActId });
  if (kind === 'ASSIGNED') return exceptionsHref({ owner: forPerson?.id ?? 'me' });
  return notificationsHref({ open: id, show: 'all' });
}

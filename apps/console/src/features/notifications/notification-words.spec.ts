import { describe, expect, it } from '@jest/globals';
import type { Notification } from './notification-documents.js';
import { notificationWords } from './notification-words.js';

const notification = (more: Partial<Notification>): Notification => ({
  id: 'n1',
  kind: 'ASSIGNED',
  at: '2026-11-30T08:00:00.000Z',
  readAt: null,
  actorName: 'Bruno Keller',
  count: 1,
  title: 'No company code — order O-1',
  details: {},
  forPerson: null,
  exceptions: [{ id: 'e1', title: 'No company code — order O-1' }],
  ...more,
});

describe('notificationWords', () => {
  it.each<[string, Partial<Notification>, string, string]>([
    ['one given', {}, 'Bruno Keller gave you No company code — order O-1', '/exceptions/e1'],
    ['many given', { count: 120 }, 'Bruno Keller gave you 120 exceptions', '/exceptions?owner=me'],
    [
      'many given to whom one stands in for',
      { count: 120, forPerson: { id: 'p9', displayName: 'Kim Lee' } },
      'For Kim Lee: Bruno Keller gave you 120 exceptions',
      '/exceptions?owner=p9',
    ],
    [
      'called',
      { kind: 'MENTIONED' },
      'Bruno Keller called you in a note: No company code — order O-1',
      '/exceptions/e1',
    ],
    [
      'asked',
      { kind: 'APPROVAL_ASKED' },
      'Bruno Keller asks to close without correction: No company code — order O-1',
      '/approvals',
    ],
    [
      'an emergency that nobody reviewed',
      {
        kind: 'REVIEW_OVERDUE',
        title: 'Sending again, asked for by Ana',
        details: { letGoBy: 'Cleo', subjectId: 'r1', reviewOf: 'requeue-request' },
      },
      'Nobody reviewed in time what Cleo let go in an emergency: Sending again, asked for by Ana',
      '/approvals/sending?show=review&open=r1',
    ],
    [
      'a change of lineage that nobody reviewed',
      {
        kind: 'REVIEW_OVERDUE',
        title: 'A change of lineage by Ana',
        details: { letGoBy: 'Cleo', subjectId: 'a1', reviewOf: 'lineage-approval' },
      },
      'Nobody reviewed in time what Cleo let go in an emergency: A change of lineage by Ana',
      '/approvals/lineage?show=review&open=a1',
    ],
    [
      'a run that stopped by itself',
      {
        kind: 'RUN_STOPPED',
        title: 'Sending 12 again, asked for by Ana',
        details: { requestId: 'r1', reason: 'One of the canary failed.' },
      },
      'Sending stopped by itself: Sending 12 again, asked for by Ana',
      '/requeues?open=r1',
    ],
    [
      'many approved as one',
      { kind: 'APPROVAL_DECIDED', count: 120, details: { decision: 'approved', bulkActId: 'b1' } },
      'Bruno Keller approved closing without correction: 120 exceptions',
      '/bulk-acts?open=b1',
    ],
    [
      'refused',
      { kind: 'APPROVAL_DECIDED', details: { decision: 'rejected' } },
      'Bruno Keller refused closing without correction: No company code — order O-1',
      '/exceptions/e1',
    ],
    ['open again', { kind: 'REOPENED' }, 'No company code — order O-1 is open again', '/exceptions/e1'],
    [
      'many open again',
      { kind: 'REOPENED', count: 3 },
      '3 exceptions are open again',
      '/notifications?open=n1&show=all',
    ],
    [
      'urgent',
      { kind: 'ESCALATED', details: { to: 'P1' } },
      'More urgent now, P1: No company code — order O-1',
      '/exceptions/e1',
    ],
    [
      'not taken in time',
      { kind: 'ESCALATED', details: { clock: 'response', dueAt: '2026-11-30T07:00:00.000Z' } },
      'Not taken in hand in time: No company code — order O-1',
      '/exceptions/e1',
    ],
    [
      'not solved in time',
      { kind: 'ESCALATED', details: { clock: 'resolution' } },
      'Not solved in time: No company code — order O-1',
      '/exceptions/e1',
    ],
    [
      'many overdue',
      { kind: 'ESCALATED', count: 7, details: { clock: 'response' } },
      '7 exceptions are overdue',
      '/notifications?open=n1&show=all',
    ],
    [
      'a group',
      { kind: 'GROUP_ASSIGNED', count: 0, title: 'No company code', details: { groupId: 'g1' }, exceptions: [] },
      'Bruno Keller made you the owner of the group No company code',
      '/groups?open=g1',
    ],
    ...(
      [
        ['resolved', ', which was resolved, has 1 new exception', 1],
        ['snoozed', ', which is snoozed, has 2 new exceptions', 2],
        ['known-error', ', a known error, has 2 new exceptions', 2],
        ['forgotten', ' has 2 new exceptions', 2],
      ] as const
    ).map(([was, words, count]): [string, Partial<Notification>, string, string] => [
      `a group again, ${was}`,
      { kind: 'GROUP_RECURRED', count, title: 'No company code', details: { groupId: 'g1', was } },
      `Your group No company code${words}`,
      '/groups?open=g1',
    ]),
    [
      'a group that was set aside',
      {
        kind: 'GROUP_SET_ASIDE',
        count: 0,
        title: 'No company code',
        details: { groupId: 'g1', members: 12, isKnownError: true, reference: 'CHG 7', reason: 'Mended tonight' },
        exceptions: [],
      },
      'No company code, with 12 exceptions of yours: Bruno Keller marked it as a known error, CHG 7',
      '/groups?open=g1',
    ],
    [
      'another state',
      { kind: 'STATE_CHANGED', details: { state: 'IN_PROGRESS', resolution: null } },
      'No company code — order O-1: in progress, by Bruno Keller',
      '/exceptions/e1',
    ],
    [
      'a state to come',
      { kind: 'STATE_CHANGED', details: { state: 'PARKED' } },
      'No company code — order O-1: changed, by Bruno Keller',
      '/exceptions/e1',
    ],
    [
      'many of another state',
      { kind: 'STATE_CHANGED', count: 4, details: { state: 'RESOLVED' } },
      'Bruno Keller changed the state of 4 exceptions',
      '/notifications?open=n1&show=all',
    ],
  ])('%s', (_name, more, sentence, href) => {
    expect(notificationWords(notification(more))).toMatchObject({ sentence, href });
  });

  it('repeats what was written', () => {
    expect(notificationWords(notification({ details: { text: 'please look' } })).text).toBe('please look');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  gather,
  isTellable,
  MOST_NAMED,
  noticesOf,
  withDeputies,
  type Audience,
  type Happening,
  type Notice,
  type Told,
} from './notices.js';

const told = (more: Partial<Told> = {}): Told => ({
  exceptionId: 'x1',
  title: 'No company code — order O-1',
  state: 'OPEN',
  resolution: null,
  ownerId: null,
  priorityBand: 'P3',
  statedBand: null,
  ...more,
});

const step = (
  kind: string,
  details: Record<string, unknown> = {},
  after: Partial<Told> = {},
  before: Partial<Told> = {},
): Happening => ({ before: told(before), after: told({ ...before, ...after }), kind, details });

const audience = (
  more: Partial<Record<'watchers' | 'muted' | 'approvers' | 'requeueApprovers', string[]>> = {},
): Audience => ({
  watchers: new Map([['x1', new Set(more.watchers ?? [])]]),
  muted: new Map([['x1', new Set(more.muted ?? [])]]),
  approvers: more.approvers ?? [],
  requeueApprovers: more.requeueApprovers ?? [],
});

const mention = (personId: string) => ({ personId, name: personId, text: `@${personId}` });

const hears = (happening: Happening, who: Audience, actorId = 'actor') =>
  noticesOf(happening, who, actorId).map(({ personId, kind }) => `${personId} ${kind}`);

describe('noticesOf', () => {
  it.each<[string, Happening, Audience, string[]]>([
    [
      'a note tells who is called',
      step('commented', { text: 'x', mentions: [mention('b')] }),
      audience(),
      ['b mentioned'],
    ],
    ['a note tells no watcher', step('commented', { text: 'x' }), audience({ watchers: ['w'] }), []],
    ['who calls oneself hears nothing', step('commented', { mentions: [mention('actor')] }), audience(), []],
    [
      'given to somebody',
      step('assigned', { ownerId: 'b' }, { ownerId: 'b' }),
      audience({ watchers: ['w'] }),
      ['b assigned'],
    ],
    ['taken by oneself', step('assigned', { ownerId: 'actor' }, { ownerId: 'actor' }), audience(), []],
    ['handed back', step('assigned', {}, { ownerId: null }, { ownerId: 'b' }), audience(), []],
    [
      'asked to approve, and the owner hears of the state',
      step('acceptance-requested', {}, { state: 'PENDING_APPROVAL' }, { ownerId: 'o' }),
      audience({ approvers: ['p', 'actor', 'q'] }),
      ['p approval-asked', 'q approval-asked', 'o state-changed'],
    ],
    [
      'sending again that needs approval asks those who approve that, and not its maker',
      step('requeue-approval-requested', { requestId: 'r' }, { state: 'PENDING_APPROVAL' }),
      audience({ approvers: ['p'], requeueApprovers: ['q', 'actor'] }),
      ['q approval-asked'],
    ],
    [
      'sending again that was not approved goes back to its maker',
      step('requeue-rejected', { requestId: 'r', makerId: 'm' }, { state: 'OPEN' }, { state: 'PENDING_APPROVAL' }),
      audience(),
      ['m approval-decided'],
    ],
    [
      'an approver who watches is asked, not told',
      step('acceptance-requested', {}, { state: 'PENDING_APPROVAL' }),
      audience({ approvers: ['p'], watchers: ['p'] }),
      ['p approval-asked'],
    ],
    [
      'approved',
      step('accepted', { makerId: 'm' }, { state: 'ACCEPTED' }, { state: 'PENDING_APPROVAL' }),
      audience({ watchers: ['m', 'w'] }),
      ['m approval-decided', 'w state-changed'],
    ],
    [
      'closed without approval: nobody was asked',
      step('accepted', {}, { state: 'ACCEPTED' }),
      audience({ watchers: ['w'] }),
      ['w state-changed'],
    ],
    [
      'rejected',
      step('acceptance-rejected', { makerId: 'm' }, { state: 'OPEN' }, { state: 'PENDING_APPROVAL' }),
      audience(),
      ['m approval-decided'],
    ],
    [
      'solved: watchers and owner',
      step('resolved', {}, { state: 'RESOLVED' }, { ownerId: 'o' }),
      audience({ watchers: ['w', 'actor'] }),
      ['w state-changed', 'o state-changed'],
    ],
    [
      'the owner turned it off',
      step('resolved', {}, { state: 'RESOLVED' }, { ownerId: 'o' }),
      audience({ muted: ['o'] }),
      [],
    ],
    [
      'who turned it off is still called by name',
      step('commented', { mentions: [mention('o')] }),
      audience({ muted: ['o'] }),
      ['o mentioned'],
    ],
    [
      'failed again after it was solved',
      step('reopened', {}, { state: 'OPEN' }, { state: 'RESOLVED' }),
      audience({ watchers: ['w'] }),
      ['w reopened'],
    ],
    [
      'more urgent by itself',
      step('occurred-again', {}, { priorityBand: 'P1' }),
      audience({ watchers: ['w'] }),
      ['w escalated'],
    ],
    [
      'more urgent by a person',
      step('prioritised', {}, { statedBand: 'P1' }),
      audience({ watchers: ['w'] }),
      ['w escalated'],
    ],
    [
      'a clock that is overdue tells the lead of its queue, and who has it',
      step('escalated', { clock: 'response', leadId: 'l' }, { ownerId: 'o' }, { ownerId: 'o' }),
      audience({ watchers: ['w'] }),
      ['l escalated', 'w escalated', 'o escalated'],
    ],
    ['a clock of a queue without a lead', step('escalated', { clock: 'response', leadId: null }), audience(), []],
    ['less urgent', step('prioritised', {}, { statedBand: 'P4' }), audience({ watchers: ['w'] }), []],
    [
      'against a person’s word the rating tells nothing',
      step('occurred-again', {}, { priorityBand: 'P1' }, { statedBand: 'P4' }),
      audience({ watchers: ['w'] }),
      [],
    ],
    [
      'more urgent while closed',
      step('occurred-again', {}, { priorityBand: 'P1' }, { state: 'RESOLVED' }),
      audience({ watchers: ['w'] }),
      [],
    ],
    [
      'a clock ran out: whoever leads the queue, who watches and the owner',
      step('escalated', { clock: 'resolution', leadId: 'l' }, {}, { ownerId: 'o' }),
      audience({ watchers: ['w', 'l'] }),
      ['l escalated', 'w escalated', 'o escalated'],
    ],
    [
      'a clock ran out in a queue that nobody leads',
      step('escalated', { clock: 'response', leadId: null }, {}, { ownerId: 'o' }),
      audience({ watchers: ['w'], muted: ['o'] }),
      ['w escalated'],
    ],
    [
      'whoever leads the queue turned it off',
      step('escalated', { clock: 'response', leadId: 'l' }),
      audience({ muted: ['l'] }),
      ['l escalated'],
    ],
    ['moved', step('moved', {}), audience({ watchers: ['w'] }), []],
  ])('%s', (_name, happening, who, expected) => {
    expect(hears(happening, who)).toEqual(expected);
    // what tells somebody is never thought untellable
    if (expected.length > 0) expect(isTellable(happening)).toBe(true);
  });

  it('repeats the beginning of a long note', () => {
    const [notice] = noticesOf(
      step('commented', { text: 'x\n'.repeat(300), mentions: [mention('b')] }),
      audience(),
      'a',
    );
    expect(String(notice?.details['text'])).toMatch(/^x x x .*…$/);
    expect(String(notice?.details['text'])).toHaveLength(200);
  });
});

const notice = (personId: string, exceptionId: string, more: Partial<Notice> = {}): Notice => ({
  personId,
  kind: 'assigned',
  exceptionId,
  title: `title ${exceptionId}`,
  details: {},
  ...more,
});

describe('withDeputies', () => {
  const deputyOf = (personId: string) => ({ away: 'deputy' })[personId] ?? null;
  it.each<[string, Notice[], string, string[]]>([
    ['who is there', [notice('b', 'x1')], 'actor', ['b']],
    ['who is away', [notice('away', 'x1')], 'actor', ['away', 'deputy for away']],
    ['both clocks of one', [notice('b', 'x1'), notice('b', 'x1')], 'actor', ['b']],
    ['the deputy did it', [notice('away', 'x1')], 'deputy', ['away']],
    ['the deputy hears it anyway', [notice('away', 'x1'), notice('deputy', 'x1')], 'actor', ['away', 'deputy']],
    [
      'not of the same exception',
      [notice('away', 'x1'), notice('deputy', 'x2')],
      'actor',
      ['away', 'deputy', 'deputy for away'],
    ],
    [
      'never what the deputy asked for',
      [notice('away', 'x1', { kind: 'approval-asked', makerId: 'deputy' })],
      'worker',
      ['away'],
    ],
  ])('%s', (_name, notices, actorId, expected) => {
    expect(
      withDeputies(notices, deputyOf, actorId).map(({ personId, forPersonId }) =>
        forPersonId === null ? personId : `${personId} for ${forPersonId}`,
      ),
    ).toEqual(expected);
  });
});

describe('gather', () => {
  it('makes one of many, names the first ones and counts all', () => {
    const many = Array.from({ length: MOST_NAMED + 20 }, (_, index) => ({
      ...notice('b', `x${index}`),
      forPersonId: null,
    }));
    const [one, ...more] = gather(many);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ personId: 'b', kind: 'assigned', count: MOST_NAMED + 20, title: 'title x0' });
    expect(one?.exceptionIds).toHaveLength(MOST_NAMED);
  });

  it('keeps apart people, kinds and whom one stands in for', () => {
    const mixed = [
      { ...notice('b', 'x1'), forPersonId: null },
      { ...notice('c', 'x1'), forPersonId: null },
      { ...notice('b', 'x1', { kind: 'escalated' }), forPersonId: null },
      { ...notice('b', 'x1'), forPersonId: 'away' },
    ];
    expect(gather(mixed)).toHaveLength(4);
  });

  it('loses nothing, whatever is told', () => {
    const any = fc.record({
      personId: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom('assigned' as const, 'escalated' as const),
      exceptionId: fc.constantFrom('x1', 'x2', 'x3'),
      forPersonId: fc.constantFrom(null, 'away'),
    });
    fc.assert(
      fc.property(fc.array(any), (rows) => {
        const gathered = gather(rows.map((row) => ({ ...row, title: '', details: {} })));
        expect(gathered.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      }),
    );
  });
});

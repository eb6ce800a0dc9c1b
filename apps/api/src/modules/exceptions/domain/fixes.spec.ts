import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  endingsOf,
  FIX_EVENTS,
  latestCases,
  medianMs,
  scopesToTell,
  summarizeFixes,
  verdictOf,
  type Ending,
  type FixWay,
  type PastEvent,
} from './fixes.js';

const DAY = 86_400_000;
const day = (n: number) => new Date(Date.UTC(2026, 8, 1) + n * DAY);
const EXCEPTION = { exceptionId: 'e1', objectType: 'sales-order', objectKey: 'O-1', openedAt: day(0) };

function event(
  kind: string,
  on: number,
  details: Record<string, unknown> = {},
  personId: string | null = 'p1',
): PastEvent {
  return { kind, at: day(on), actorName: personId === null ? 'Throughline' : 'Anna', personId, details };
}

const told = (events: PastEvent[]) =>
  endingsOf(EXCEPTION, events).map(({ way, startedAt, endedAt, cameAgainAt }) =>
    [way, startedAt, endedAt, ...(cameAgainAt === null ? [] : [cameAgainAt])].map((one) =>
      one instanceof Date ? (one.getTime() - day(0).getTime()) / DAY : one,
    ),
  );

describe('the past cases that are looked at', () => {
  const over = (id: string, on: number) => ({ id, resolvedAt: day(on) });
  const again = { id: 'again', resolvedAt: null };

  it('are the latest, and what came again is never cut off by what did not', () => {
    const { kept, since, isCut } = latestCases([over('old', 1), over('new', 3), over('mid', 2), again], 2);
    expect(kept.map(({ id }) => id)).toEqual(['new', 'mid', 'again']);
    expect([since, isCut]).toEqual([day(2), true]);
  });

  it('are all of them, from the beginning, where they are few', () => {
    expect(latestCases([over('one', 1), again], 2)).toMatchObject({ since: null, isCut: false });
  });
});

describe('the ends of an exception', () => {
  it.each([
    ['none while it is open', [event('commented', 1, { text: 'x' })], []],
    ['resolved at its source', [event('resolved', 2, { resolution: 'SOURCE_FIXED' })], [['SOURCE_FIXED', 0, 2]]],
    [
      'sent again and verified',
      [event('requeue-requested', 1), event('requeue-verified', 2)],
      [['VERIFIED_REQUEUE', 0, 2]],
    ],
    [
      'undone',
      [event('compensation-requested', 1), event('compensation-verified', 2, {}, null)],
      [['COMPENSATED', 0, 2]],
    ],
    ['undone by somebody else', [event('compensation-overtaken', 2, {}, null)], [['COMPENSATED', 0, 2]]],
    ['proved by a person', [event('requeue-proved', 2)], [['PROVED_BY_PERSON', 0, 2]]],
    ['overcome before it was sent', [event('requeue-overtaken', 2)], [['VANISHED', 0, 2]]],
    ['closed without correction', [event('accepted', 3)], [['ACCEPTED', 0, 3]]],
    [
      'two, as it came again',
      [event('resolved', 2, { resolution: 'VANISHED' }), event('reopened', 5), event('accepted', 9)],
      [
        ['VANISHED', 0, 2, 5],
        ['ACCEPTED', 5, 9],
      ],
    ],
    [
      'one where it is told twice',
      [event('requeue-verified', 2), event('resolved', 3, { resolution: 'VANISHED' })],
      [['VERIFIED_REQUEUE', 0, 2]],
    ],
    ['none as a duplicate', [event('marked-duplicate', 2), event('reopened', 3)], []],
    ['none in a way that is not known', [event('resolved', 2, { resolution: 'MAGIC' })], []],
  ])('are %s', (_name, events, expected) => {
    expect(told(events as PastEvent[])).toEqual(expected);
  });

  it('tell what people did on the way, each once, who ended it and what they said', () => {
    const [first, second] = endingsOf(EXCEPTION, [
      event('moved', 1, { to: 'tax', rule: 'by tax code' }, null),
      event('moved', 1, { to: 'platform' }),
      event('commented', 1, { text: 'The partner profile was closed' }),
      event('requeue-requested', 1),
      event('requeue-requested', 2),
      event('step-done', 2, { step: 'Open the period' }),
      event('requeue-verified', 3, {}, null),
      event('reopened', 4),
      event('resolved', 5, { resolution: 'SOURCE_FIXED', note: 'Mapping added' }),
    ]);
    expect(first).toMatchObject({
      acts: [
        { act: 'MOVED', what: 'platform' },
        { act: 'SENT_AGAIN', what: null },
        { act: 'STEP_DONE', what: 'Open the period' },
      ],
      note: 'The partner profile was closed',
      isByPerson: false,
    });
    expect(second).toMatchObject({ acts: [], note: 'Mapping added', byName: 'Anna', isByPerson: true });
  });

  it.each(['requeue-approved', 'requeue-break-glass'])('tell that it was sent again where it took a %s', (released) => {
    expect(FIX_EVENTS).toContain(released);
    const asked = event('requeue-approval-requested', 1);
    const [sent] = endingsOf(EXCEPTION, [asked, event(released, 2), event('requeue-verified', 3, {}, null)]);
    expect(sent?.acts).toEqual([{ act: 'SENT_AGAIN', what: null }]);
    const [refused] = endingsOf(EXCEPTION, [asked, event('resolved', 3, { resolution: 'SOURCE_FIXED' })]);
    expect(refused?.acts).toEqual([]);
    const undoing = event(released, 2, { action: 'reverse' });
    const [undone] = endingsOf(EXCEPTION, [asked, undoing, event('compensation-verified', 3, {}, null)]);
    expect(undone?.acts).toEqual([]);
  });
});

describe('the verdict on an end', () => {
  it.each([
    ['stayed away for thirty days', 30, null, 'STAYED'],
    ['is a moment too young', 29.999, null, 'TOO_EARLY'],
    ['came again', 60, 3, 'CAME_AGAIN'],
    ['came again just before', 60, 29.999, 'CAME_AGAIN'],
    ['came again when it had stayed away long enough', 60, 30, 'STAYED'],
    ['came again today', 3, 3, 'CAME_AGAIN'],
  ] as const)('%s', (_name, now, again, verdict) => {
    expect(verdictOf({ endedAt: day(0), cameAgainAt: again === null ? null : day(again) }, day(now))).toBe(verdict);
  });
});

function ending(over: Partial<Ending> = {}): Ending {
  return {
    ...{
      exceptionId: 'e1',
      objectType: 'sales-order',
      objectKey: 'O-1',
      way: 'SOURCE_FIXED' as FixWay,
      startedAt: day(0),
    },
    ...{ endedAt: day(1), byName: 'Anna', isByPerson: true, note: null, acts: [], cameAgainAt: null },
    ...over,
  };
}

describe('what solved a problem before', () => {
  it('is told by ways and acts with what became of them, the most frequent first, and by the latest ends', () => {
    const sent = { act: 'SENT_AGAIN' as const, what: null };
    const summary = summarizeFixes(
      [
        ending({ way: 'VERIFIED_REQUEUE', acts: [sent], endedAt: day(1) }),
        ending({ way: 'VERIFIED_REQUEUE', acts: [sent], endedAt: day(3), cameAgainAt: day(4) }),
        ending({ way: 'SOURCE_FIXED', endedAt: day(8), acts: [sent] }),
        ending({ way: 'VERIFIED_REQUEUE', endedAt: day(39) }),
      ],
      day(40),
    );
    expect(summary).toMatchObject({
      ...{ endings: 4, stayed: 2, cameAgain: 1, tooEarly: 1 },
      medianMs: 5.5 * DAY,
      ways: [
        { way: 'VERIFIED_REQUEUE', endings: 3, stayed: 1, cameAgain: 1, tooEarly: 1, medianMs: 3 * DAY },
        { way: 'SOURCE_FIXED', endings: 1, stayed: 1 },
      ],
      acts: [{ act: 'SENT_AGAIN', what: null, endings: 3, stayed: 2, cameAgain: 1, tooEarly: 0 }],
    });
    expect(summary.latest.map(({ endedAt }) => endedAt)).toEqual([day(39), day(8), day(3), day(1)]);
  });

  it('loses no end, whatever they are', () => {
    const any = fc.record({
      way: fc.constantFrom<FixWay>('VERIFIED_REQUEUE', 'SOURCE_FIXED', 'POSTED_BY_HAND', 'VANISHED', 'ACCEPTED'),
      endedAt: fc.integer({ min: 0, max: 100 }).map(day),
      cameAgainAt: fc.option(fc.integer({ min: 0, max: 100 }).map(day), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(any), (facts) => {
        const summary = summarizeFixes(facts.map(ending), day(100));
        expect(summary.stayed + summary.cameAgain + summary.tooEarly).toBe(facts.length);
        expect(summary.ways.reduce((sum, { endings }) => sum + endings, 0)).toBe(facts.length);
      }),
    );
  });

  it.each([
    ['nothing', [], null],
    ['one', [7], 7],
    ['an odd number', [9, 1, 5], 5],
    ['an even number', [1, 9, 5, 3], 4],
  ])('takes the median of %s', (_name, durations, median) => {
    expect(medianMs(durations)).toBe(median);
  });

  it.each([
    ['nothing is known', [0, 0, 0], []],
    ['the group knows enough', [10, 200, 900], ['GROUP']],
    ['the group knows little', [2, 14, 900], ['GROUP', 'STEP']],
    ['nobody knows more', [2, 2, 2], ['GROUP']],
    ['only other steps know it', [0, 0, 3], ['PROBLEM']],
    ['all know little', [1, 2, 3], ['GROUP', 'STEP', 'PROBLEM']],
  ])('is told of the closest cases first: %s', (_name, [group = 0, step = 0, problem = 0], scopes) => {
    const of = (length: number) => Array.from({ length }, () => ending());
    expect(scopesToTell({ GROUP: of(group), STEP: of(step), PROBLEM: of(problem) })).toEqual(scopes);
  });
});

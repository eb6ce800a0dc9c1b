import { describe, expect, it } from '@jest/globals';
import { msOfInstant } from '@throughline/canonical';
import { businessMsBetween } from '@throughline/sla';
import fc from 'fast-check';
import { ALWAYS_OPEN, NINE_TO_FIVE, journey, type EventDraft } from '../testing/journey-builder.js';
import { transactionCriticalPath } from './transaction-critical-path.js';

const CONTRACT = 'contract C';
const ORDER = 'sales-order S';
const INVOICE = 'invoice I';
const PAYMENT = 'payment P';
const ENTRY = 'bank-entry B';
const POSITION = 'cash-position H';
const CHAIN: [string, string][] = [
  [CONTRACT, ORDER],
  [ORDER, INVOICE],
  [INVOICE, PAYMENT],
  [PAYMENT, ENTRY],
  [ENTRY, POSITION],
];

const created: EventDraft = { at: '01 10:00', type: 'contract.created', on: [CONTRACT], system: 'crm' };
const approved: EventDraft = { at: '01 10:00', type: 'contract.approved', on: [CONTRACT], system: 'crm' };
const posted = (at: string, more: Partial<EventDraft> = {}): EventDraft => ({
  at,
  type: 'invoice.posted',
  on: [INVOICE],
  via: 'billing',
  ...more,
});
const rejected = (at: string): EventDraft => posted(at, { type: 'invoice.rejected', hasFailed: true });
const received = (at: string, more: Partial<EventDraft> = {}): EventDraft => ({
  at,
  type: 'payment.received',
  on: [PAYMENT, ENTRY],
  system: 'bank',
  ...more,
});
const positioned = (at: string): EventDraft => ({
  at,
  type: 'cash-position.updated',
  on: [POSITION],
  via: 'positions',
});

const day = (instant: string) => instant.slice(8, 16).replace('T', ' ');

/** "reason hop from > until", one a segment. */
function wayOf(draft: Parameters<typeof journey>[0]): string[] {
  return transactionCriticalPath(journey({ links: CHAIN, ...draft })).segments.map(
    ({ reason, system, integration, from, until }) =>
      `${reason ?? 'work'} ${integration || system || '?'} ${day(from)} > ${day(until)}`,
  );
}

type Case = [string, Omit<Parameters<typeof journey>[0], 'startedAt'>, string[]];
const billedAndDone = { progress: 'completed' as const, milestones: [['approved'], ['billed']] as [string][] };
const paidAndDone = {
  progress: 'completed' as const,
  milestones: [['approved'], ['paid', PAYMENT]] as [string, string?][],
};

/** Worked out by hand; 1 October 2026 is a Thursday, business hours where there are any are 9 to 17. */
const ENDED: Case[] = [
  [
    'a hop that takes up its work late',
    { ...billedAndDone, events: [approved, posted('01 12:00')] },
    ['queue billing 01 10:00 > 01 12:00'],
  ],
  [
    'a hop that is at work for half an hour',
    { ...billedAndDone, events: [approved, posted('01 12:00', { workingSince: '01 11:30' })] },
    ['queue billing 01 10:00 > 01 11:30', 'work billing 01 11:30 > 01 12:00'],
  ],
  [
    'a hop that was at work before it was its turn',
    { ...billedAndDone, events: [approved, posted('01 12:00', { workingSince: '01 09:00' })] },
    ['work billing 01 10:00 > 01 12:00'],
  ],
  [
    'two steps of one run',
    {
      ...billedAndDone,
      events: [approved, posted('01 11:00', { type: 'invoice.created', run: 'r' }), posted('01 11:20', { run: 'r' })],
    },
    ['queue billing 01 10:00 > 01 11:00', 'work billing 01 11:00 > 01 11:20'],
  ],
  [
    'one run over two hops',
    { ...billedAndDone, events: [{ ...approved, run: 'r' }, posted('01 11:20', { run: 'r' })] },
    ['queue billing 01 10:00 > 01 11:20'],
  ],
  [
    'an approval',
    { progress: 'completed', milestones: [['approved']], events: [created, { ...approved, at: '01 15:00' }] },
    ['approval crm 01 10:00 > 01 15:00'],
  ],
  [
    'two failures before a success',
    {
      ...billedAndDone,
      events: [approved, rejected('01 11:00'), rejected('01 13:00'), posted('01 14:00', { workingSince: '01 13:50' })],
    },
    [
      'queue billing 01 10:00 > 01 11:00',
      'retry billing 01 11:00 > 01 13:00',
      'retry billing 01 13:00 > 01 13:50',
      'work billing 01 13:50 > 01 14:00',
    ],
  ],
  [
    'a failure that another run of the same trace overcame',
    { ...billedAndDone, events: [approved, { ...rejected('01 11:00'), run: 'r' }, posted('01 11:05', { run: 'r' })] },
    ['queue billing 01 10:00 > 01 11:00', 'retry billing 01 11:00 > 01 11:05'],
  ],
  [
    'something that was sent again on request',
    { ...billedAndDone, events: [approved, posted('01 12:00', { isSentAgain: true })] },
    ['retry billing 01 10:00 > 01 12:00'],
  ],
  [
    'a night',
    { ...billedAndDone, calendar: NINE_TO_FIVE, events: [{ ...approved, at: '01 16:00' }, posted('02 10:00')] },
    [
      'queue billing 01 16:00 > 01 17:00',
      'calendar-closed billing 01 17:00 > 02 09:00',
      'queue billing 02 09:00 > 02 10:00',
    ],
  ],
  [
    'work through the night',
    {
      ...billedAndDone,
      calendar: NINE_TO_FIVE,
      events: [{ ...approved, at: '01 16:00' }, posted('02 10:00', { workingSince: '01 16:30' })],
    },
    ['queue billing 01 16:00 > 01 16:30', 'work billing 01 16:30 > 02 10:00'],
  ],
  [
    'a customer who pays after the weekend, whatever our hours',
    { ...paidAndDone, calendar: NINE_TO_FIVE, events: [approved, posted('01 11:00'), received('06 10:00')] },
    ['queue billing 01 10:00 > 01 11:00', 'upstream-missing bank 01 11:00 > 06 10:00'],
  ],
  [
    'what others are expected to do, however it is called',
    {
      ...billedAndDone,
      expectations: ['billed'],
      events: [approved, posted('01 12:00')],
    },
    ['upstream-missing billing 01 10:00 > 01 12:00'],
  ],
  [
    'an order that came after its invoice',
    {
      ...paidAndDone,
      events: [
        approved,
        posted('01 11:00', { on: [INVOICE, ORDER] }),
        { at: '01 12:00', type: 'sales-order.accepted', on: [ORDER] },
        received('01 13:00', { on: [PAYMENT, ORDER], type: 'payment.received' }),
      ],
    },
    [
      'queue billing 01 10:00 > 01 11:00',
      'upstream-missing erp 01 11:00 > 01 12:00',
      'upstream-missing bank 01 12:00 > 01 13:00',
    ],
  ],
  [
    'a file',
    { ...billedAndDone, events: [approved, posted('01 12:00', { form: 'file-record' })] },
    ['batch-window billing 01 10:00 > 01 12:00'],
  ],
  [
    'a position that is updated in the evening, after others have been',
    {
      progress: 'completed',
      milestones: [['approved'], ['positioned', '']].map(([name]) => [name!]),
      events: [approved, received('01 11:00'), positioned('01 21:00')],
    },
    ['upstream-missing bank 01 10:00 > 01 11:00', 'batch-window positions 01 11:00 > 01 21:00'],
  ],
  [
    'two invoices, of which the later one counts',
    {
      progress: 'completed',
      milestones: [['approved'], ['posted', INVOICE], ['posted', 'invoice J']],
      links: [...CHAIN, [ORDER, 'invoice J']],
      events: [approved, posted('01 11:00'), posted('01 15:00', { on: ['invoice J'] })],
    },
    ['queue billing 01 10:00 > 01 15:00'],
  ],
  [
    'an order without events of its own: what is above it counts',
    { ...paidAndDone, events: [approved, received('01 12:00')] },
    ['upstream-missing bank 01 10:00 > 01 12:00'],
  ],
  [
    'an order that was cancelled, and what came later',
    {
      progress: 'cancelled',
      milestones: [['approved'], ['billed']],
      events: [
        approved,
        { at: '01 12:00', type: 'contract.cancelled', on: [CONTRACT], system: 'crm' },
        posted('01 14:00'),
      ],
    },
    ['queue crm 01 10:00 > 01 12:00'],
  ],
  [
    'a beginning of which nothing is told',
    { ...billedAndDone, events: [{ ...approved, at: '01 11:00' }, posted('01 12:00')] },
    ['not-told crm 01 10:00 > 01 11:00', 'queue billing 01 11:00 > 01 12:00'],
  ],
  [
    'a deposit that was there before the transaction began',
    { ...billedAndDone, events: [received('01 08:00', { on: [PAYMENT, INVOICE] }), approved, posted('01 12:00')] },
    ['queue billing 01 10:00 > 01 12:00'],
  ],
].map(([name, draft, way]) => [name, draft, way] as Case);

const RUNNING: Case[] = [
  [
    'an approval',
    { milestones: [['approved']], now: '02 10:00', events: [created] },
    ['approval ? 01 10:00 > 02 10:00'],
  ],
  [
    'a hop that has not taken it up',
    { milestones: [['approved'], ['posted', INVOICE]], now: '01 12:00', events: [approved] },
    ['queue billing 01 10:00 > 01 12:00'],
  ],
  [
    'a hop that failed, not for what happened elsewhere since',
    {
      milestones: [['approved'], ['posted', INVOICE]],
      now: '01 15:00',
      events: [approved, rejected('01 11:00'), { at: '01 13:00', type: 'delivery.changed', on: ['delivery D'] }],
    },
    ['queue billing 01 10:00 > 01 11:00', 'retry billing 01 11:00 > 01 15:00'],
  ],
  [
    'a customer',
    {
      milestones: [['approved'], ['paid', PAYMENT]],
      expectations: ['paid'],
      now: '03 10:00',
      calendar: NINE_TO_FIVE,
      events: [approved],
    },
    ['upstream-missing ? 01 10:00 > 03 10:00'],
  ],
  [
    'the next run of the positions',
    {
      milestones: [['approved'], ['posted', INVOICE], ['positioned', ENTRY]],
      now: '01 20:00',
      events: [approved, posted('01 11:00'), received('01 12:00')],
    },
    [
      'queue billing 01 10:00 > 01 11:00',
      'upstream-missing bank 01 11:00 > 01 12:00',
      'batch-window positions 01 12:00 > 01 20:00',
    ],
  ],
  ['nobody knows what', { milestones: [], now: '01 11:00', events: [approved] }, ['not-told ? 01 10:00 > 01 11:00']],
  [
    'nobody knows what, since nothing is told',
    { milestones: [['approved']], now: '01 11:00', events: [] },
    ['not-told ? 01 10:00 > 01 11:00'],
  ],
  ['nothing, for a clock that is ahead', { milestones: [['approved']], now: '01 09:00', events: [approved] }, []],
  [
    'a hop, whatever is said of the future',
    { milestones: [['approved'], ['posted', INVOICE]], now: '01 12:00', events: [approved, posted('09 12:00')] },
    ['queue billing 01 10:00 > 01 12:00'],
  ],
];

describe('the critical path of a transaction', () => {
  it.each(ENDED)('that ended tells of %s', (_what, draft, way) => {
    const first =
      draft.events.find(({ type }) => type.startsWith('contract'))?.at === '01 16:00' ? '01 16:00' : '01 10:00';
    expect(wayOf({ startedAt: first, ...draft })).toEqual(way);
  });

  it.each(RUNNING)('that is running tells that it waits for %s', (_what, draft, way) => {
    expect(wayOf({ startedAt: '01 10:00', ...draft })).toEqual(way);
  });

  it('states wall-clock and business time', () => {
    const overNight = {
      ...billedAndDone,
      calendar: NINE_TO_FIVE,
      events: [{ ...approved, at: '01 16:00' }, posted('02 10:00')],
    };
    const path = transactionCriticalPath(journey({ startedAt: '01 16:00', links: CHAIN, ...overNight }));
    expect(path).toMatchObject({ wallMs: 18 * 3_600_000, businessMs: 2 * 3_600_000 });
    expect(path.segments.map(({ wallMs, businessMs }) => [wallMs / 3_600_000, businessMs / 3_600_000])).toEqual([
      [1, 1],
      [16, 0],
      [1, 1],
    ]);
  });

  it('names the milestone that each part leads to, and the activity that ended it', () => {
    const path = transactionCriticalPath(
      journey({
        startedAt: '01 10:00',
        links: CHAIN,
        milestones: [['approved'], ['billed'], ['paid', PAYMENT]],
        events: [created, { ...approved, at: '01 11:00' }, posted('01 12:00')],
        now: '01 13:00',
      }),
    );
    expect(path.segments.map(({ milestone, endedBy }) => [milestone, endedBy])).toEqual([
      ['approved', 'activity-001'],
      ['billed', 'activity-002'],
      ['paid', null],
    ]);
  });

  const anyEvent = fc.record({
    minute: fc.nat(6 * 24 * 60),
    type: fc.constantFrom(
      'contract.created',
      'contract.approved',
      'contract.cancelled',
      'invoice.posted',
      'payment.received',
      'cash-position.updated',
    ),
    on: fc.uniqueArray(fc.constantFrom(CONTRACT, ORDER, INVOICE, PAYMENT, ENTRY, POSITION), {
      minLength: 1,
      maxLength: 3,
    }),
    via: fc.constantFrom('', 'billing', 'positions'),
    run: fc.constantFrom('r1', 'r2', 'r3'),
    worked: fc.option(fc.nat(300), { nil: undefined }),
    hasFailed: fc.boolean(),
    isSentAgain: fc.boolean(),
    form: fc.constantFrom('span' as const, 'file-record' as const),
  });
  const clock = (minute: number) => {
    const text = new Date(Date.UTC(2026, 9, 1) + minute * 60_000).toISOString();
    return `${text.slice(8, 10)} ${text.slice(11, 16)}`;
  };
  const anyJourney = fc
    .record({
      events: fc.array(anyEvent, { maxLength: 12 }),
      links: fc.subarray([...CHAIN, [INVOICE, CONTRACT], [POSITION, ENTRY]] as [string, string][]),
      start: fc.nat(3 * 24 * 60),
      progress: fc.constantFrom('running' as const, 'completed' as const, 'cancelled' as const),
      calendar: fc.constantFrom(ALWAYS_OPEN, NINE_TO_FIVE),
      milestones: fc.subarray([
        ['approved'],
        ['billed'],
        ['posted', INVOICE],
        ['positioned', ENTRY],
        ['paid', PAYMENT],
      ] as [string, string?][]),
    })
    .map(({ events, start, ...rest }) =>
      journey({
        ...rest,
        startedAt: clock(start),
        now: '06 12:00',
        events: events.map(({ minute, worked, ...event }) => ({
          ...event,
          at: clock(minute),
          ...(worked !== undefined && { workingSince: clock(Math.max(0, minute - worked)) }),
        })),
      }),
    );

  it('adds up to the time from start to end, by the clock and in business time, without gap or overlap', () => {
    fc.assert(
      fc.property(anyJourney, (drawn) => {
        const { from, until, wallMs, businessMs, segments } = transactionCriticalPath(drawn);
        expect(from).toBe(drawn.startedAt);
        expect(wallMs).toBe(msOfInstant(until) - msOfInstant(from));
        expect(businessMs).toBe(businessMsBetween(drawn.calendar, from, until));
        const bounds = [from, ...segments.map((segment) => segment.until)];
        expect(segments.map((segment) => segment.from)).toEqual(bounds.slice(0, -1));
        expect(bounds.at(-1)).toBe(until);
        expect(segments.reduce((sum, segment) => sum + segment.wallMs, 0)).toBe(wallMs);
        expect(segments.reduce((sum, segment) => sum + segment.businessMs, 0)).toBe(businessMs);
        expect(segments.every((segment) => segment.wallMs > 0)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order in which things were told', () => {
    fc.assert(
      fc.property(anyJourney, (drawn) => {
        const disorder = {
          ...drawn,
          events: drawn.events.toReversed(),
          links: drawn.links.toReversed(),
          milestones: drawn.milestones.toReversed(),
        };
        expect(transactionCriticalPath(disorder)).toEqual(transactionCriticalPath(drawn));
      }),
      { numRuns: 300 },
    );
  });
});

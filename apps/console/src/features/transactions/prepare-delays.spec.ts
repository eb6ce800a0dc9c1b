import { describe, expect, it } from '@jest/globals';
import { delayAnswer, delaySummary, longestStretches, prepareDelays, prepareWay, wayAnswer } from './prepare-delays.js';

const HOUR = 3_600_000;
type Path = Parameters<typeof prepareDelays>[0];
type Segment = Path['segments'][number];

function segment(reason: string | null, from: number, until: number, more: Partial<Segment> = {}): Segment {
  const at = (hour: number) => new Date(Date.UTC(2026, 9, 1, hour)).toISOString();
  return {
    from: at(from),
    until: at(until),
    reason,
    durationMs: (until - from) * HOUR,
    businessMs: reason === 'CALENDAR_CLOSED' ? 0 : (until - from) * HOUR,
    system: 'sap-s4hana',
    systemTitle: 'SAP S/4HANA',
    integration: 'billing',
    milestoneTitle: 'Invoice posted',
    endedBy: 'a1',
    ...more,
  };
}

function pathOf(segments: Segment[], isRunning = false): Path {
  const sum = (read: (one: Segment) => number) => segments.reduce((total, one) => total + read(one), 0);
  return {
    isRunning,
    segments,
    durationMs: sum((one) => one.durationMs),
    businessMs: sum((one) => one.businessMs),
    waitingMs: sum((one) => (one.reason === null ? 0 : one.durationMs)),
  };
}

/** From ten in the morning: queue until five, a night, queue until ten, two hours of work, then a customer. */
const PAID = pathOf([
  segment('QUEUE', 10, 17),
  segment('CALENDAR_CLOSED', 17, 33),
  segment('QUEUE', 33, 34),
  segment(null, 34, 36),
  segment('UPSTREAM_MISSING', 36, 60, {
    system: 'bank',
    systemTitle: 'bank',
    milestoneTitle: 'Payment received',
    endedBy: 'a2',
  }),
]);

describe('where the time went', () => {
  it('is told by system and reason, the longest first', () => {
    expect(prepareDelays(PAID).map(({ name, system, durationMs }) => [name, system, durationMs / HOUR])).toEqual([
      ['Waiting for somebody else', 'Bank', 24],
      ['Outside business hours', '', 16],
      ['In the queue', 'SAP S/4HANA', 8],
      ['At work', 'SAP S/4HANA', 2],
    ]);
    expect(prepareDelays(PAID).reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1);
  });

  it('keeps no more parts than the eye tells apart, and loses no time', () => {
    const many = pathOf(
      Array.from({ length: 12 }, (_one, at) => segment('QUEUE', at, at + 1, { systemTitle: `System ${at}` })),
    );
    const parts = prepareDelays(many);
    expect(parts).toHaveLength(8);
    expect(parts.at(-1)).toMatchObject({ name: 'Others', durationMs: 5 * HOUR });
  });

  it.each([
    ['what it waited for longest', PAID, '1 d of 2 d 2 h were waiting for somebody else at Bank.'],
    [
      'what it still waits for',
      pathOf([segment('APPROVAL', 10, 15, { system: '', integration: '' })], true),
      '5 h of 5 h have been waiting for an approval.',
    ],
    ['work alone', pathOf([segment(null, 10, 12)]), 'All 2 h were work.'],
    ['no time', pathOf([]), 'No time has passed yet.'],
  ])('is answered with %s', (_what, path, answer) => {
    expect(delayAnswer(path)).toBe(answer);
  });

  it('is said in one sentence with every part', () => {
    expect(delaySummary(PAID)).toBe(
      'Of 2 d 2 h by the clock, 1 d 10 h of them business time: waiting for somebody else at Bank 1 d, outside business hours 16 h, in the queue at SAP S/4HANA 8 h, at work at SAP S/4HANA 2 h.',
    );
  });
});

describe('the way', () => {
  it('has one row for a wait that the night cut into pieces', () => {
    expect(
      prepareWay(PAID).map(({ name, where, towards, durationMs, closedMs, isWork }) => [
        name,
        where,
        towards,
        durationMs / HOUR,
        closedMs / HOUR,
        isWork,
      ]),
    ).toEqual([
      ['In the queue', 'SAP S/4HANA', 'Invoice posted', 24, 16, false],
      ['At work', 'SAP S/4HANA', 'Invoice posted', 2, 0, true],
      ['Waiting for somebody else', 'Bank', 'Payment received', 24, 0, false],
    ]);
  });

  it('covers the whole without a gap', () => {
    const rows = prepareWay(PAID);
    for (const [index, row] of rows.slice(1).entries()) {
      expect(row.start).toBeCloseTo((rows[index]?.start ?? 0) + (rows[index]?.length ?? 0));
    }
    expect(rows.reduce((sum, row) => sum + row.length, 0)).toBeCloseTo(1);
  });

  it('is drawn as far as there is room: the longest stretches, in their order', () => {
    const drawn = longestStretches(prepareWay(PAID), 2);
    expect(drawn.map(({ name }) => name)).toEqual(['In the queue', 'Waiting for somebody else']);
  });

  it('is answered with its longest stretch', () => {
    expect(wayAnswer(PAID)).toBe('The longest stretch, 1 d, lay before “invoice posted”.');
    expect(wayAnswer(pathOf([segment('RETRY', 1, 5)], true))).toBe(
      'The longest stretch is the one it is in: 4 h before “invoice posted”.',
    );
  });
});

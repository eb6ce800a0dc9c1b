import { describe, expect, it } from '@jest/globals';
import { executionDateIn, passedDateOf, type PaymentDates } from './payment-dates.js';

const NOW = new Date('2026-09-30T12:00:00Z');

const dates = (over: Partial<PaymentDates> = {}): PaymentDates => ({
  executionOn: null,
  timeZone: 'UTC',
  cutOffs: [],
  ...over,
});

describe('which date of a payment has passed', () => {
  it.each<[string, PaymentDates | null, Date, string | null]>([
    ['what moves no money has none', null, NOW, null],
    ['nobody said a date', dates(), NOW, null],
    ['it was to be executed yesterday', dates({ executionOn: '2026-09-29' }), NOW, '2026-09-29'],
    ['it is to be executed today', dates({ executionOn: '2026-09-30' }), NOW, null],
    [
      'its day is over where it is paid, though not in UTC',
      dates({ executionOn: '2026-09-30', timeZone: 'Asia/Singapore' }),
      new Date('2026-09-30T16:00:00Z'),
      '2026-09-30',
    ],
    [
      'its day goes on where it is paid, though not in UTC',
      dates({ executionOn: '2026-09-30', timeZone: 'America/New_York' }),
      new Date('2026-10-01T03:59:59Z'),
      null,
    ],
    ['its cut-off has passed', dates({ cutOffs: [new Date('2026-09-30T11:00:00Z')] }), NOW, '2026-09-30T11'],
    ['its cut-off is to come', dates({ cutOffs: [new Date('2026-09-30T13:00:00Z')] }), NOW, null],
  ])('%s', (_name, given, now, said) => {
    const passed = passedDateOf(given, now);
    if (said === null) expect(passed).toBeNull();
    else expect(passed).toContain(said);
  });
});

describe('a payment that was carried forward', () => {
  const carriedAt = new Date('2026-09-30T12:00:00Z');
  const [before, after, later] = ['11:00', '13:00', '14:00'].map((time) => new Date(`2026-09-30T${time}:00Z`));

  it.each<[string, PaymentDates, string, string | null]>([
    ['goes in spite of the day that was over', dates({ executionOn: '2026-09-29' }), '2026-10-05T12:00:00Z', null],
    ['goes in spite of the cut-off that had passed', dates({ cutOffs: [before!] }), '2026-10-05T12:00:00Z', null],
    ['stops for a day that ended since', dates({ executionOn: '2026-09-30' }), '2026-10-01T00:00:00Z', '2026-09-30'],
    ['stops for a cut-off that passed since', dates({ cutOffs: [after!] }), '2026-09-30T13:00:00Z', 'T13:00'],
    [
      'stops for a day that ended since, though its cut-off was accepted',
      dates({ cutOffs: [before!], executionOn: '2026-09-30' }),
      '2026-10-01T00:00:00Z',
      'execution date',
    ],
    [
      'stops for the next cut-off, though an earlier one was accepted',
      dates({ cutOffs: [later!, before!, after!] }),
      '2026-09-30T13:30:00Z',
      'T13:00',
    ],
    ['goes before that', dates({ cutOffs: [later!, before!, after!] }), '2026-09-30T12:59:00Z', null],
  ])('%s', (_name, given, now, said) => {
    const passed = passedDateOf(given, new Date(now), carriedAt);
    if (said === null) expect(passed).toBeNull();
    else expect(passed).toContain(said);
  });
});

describe('the execution date that an order to pay states', () => {
  it.each<[string, string, string | null]>([
    ['none', '<PmtInf><PmtMtd>TRF</PmtMtd></PmtInf>', null],
    ['a date', '<ReqdExctnDt>2026-10-01</ReqdExctnDt>', '2026-10-01'],
    ['a choice of dates', '<ReqdExctnDt>\\n  <Dt>2026-10-01</Dt></ReqdExctnDt>', '2026-10-01'],
    ['a time', '<p:ReqdExctnDt><p:DtTm>2026-10-01T09:00:00+02:00</p:DtTm></p:ReqdExctnDt>', '2026-10-01'],
    ['of a collection', '<ReqdColltnDt>2026-10-02</ReqdColltnDt>', '2026-10-02'],
    ['in JSON', '{"ReqdExctnDt":{"Dt":"2026-10-01"}}', '2026-10-01'],
    ['in JSON within JSON', '{\\"reqdExctnDt\\": \\"2026-10-01\\"}', '2026-10-01'],
    [
      'the earliest of several',
      '<ReqdExctnDt>2026-10-05</ReqdExctnDt>…<ReqdExctnDt>2026-10-03</ReqdExctnDt>',
      '2026-10-03',
    ],
    ['an empty one, before another date', '<ReqdExctnDt></ReqdExctnDt><Dt>2026-01-01</Dt>', null],
    ['an empty one of JSON', '{"ReqdExctnDt":"","at":"2026-01-01"}', null],
  ])('%s', (_name, text, date) => {
    expect(executionDateIn(text)).toBe(date);
  });
});

import { describe, expect, it } from '@jest/globals';
import { type DueRule, describeDueRule, dueAt, isStatedDate, whyInvalidDueRule } from './due-rules.js';
import { calendarNamed } from './known-calendars.js';
import { type MilestoneStanding, milestoneState, transactionState } from './milestone-state.js';
import { lateByMinutes, slaReport } from './sla-report.js';

const TARGET = calendarNamed('TARGET');
const appliedIn4Hours: DueRule = {
  kind: 'business-duration',
  commitment: 'service',
  after: 'payment-received',
  duration: 'PT4H',
};

describe('when a milestone is due', () => {
  it('counts business time from the milestone before it', () => {
    expect(dueAt(appliedIn4Hours, { calendar: TARGET, startedAt: '2026-11-20T15:00:00.000Z' })).toBe(
      '2026-11-23T08:00:00.000Z',
    );
    expect(dueAt(appliedIn4Hours, { calendar: TARGET })).toBeUndefined();
    expect(describeDueRule(appliedIn4Hours)).toBe('4 h of business time after payment-received');
  });

  it('knows local cut-offs of the day and of later business days', () => {
    const sameDay: DueRule = {
      kind: 'local-cut-off',
      commitment: 'service',
      after: 'goods-issued',
      time: '18:00',
      businessDaysLater: 0,
    };
    const nextDay: DueRule = { ...sameDay, time: '09:00', businessDaysLater: 1 };
    const onFriday = { calendar: TARGET, startedAt: '2026-11-20T15:00:00.000Z' };
    const onSaturday = { calendar: TARGET, startedAt: '2026-11-21T15:00:00.000Z' };
    expect(dueAt(sameDay, onFriday)).toBe('2026-11-20T17:00:00.000Z');
    expect(dueAt(nextDay, onFriday)).toBe('2026-11-23T08:00:00.000Z');
    expect(dueAt(sameDay, onSaturday)).toBe('2026-11-23T17:00:00.000Z');
    expect(dueAt(sameDay, { calendar: TARGET })).toBeUndefined();
    expect([sameDay, nextDay].map(describeDueRule)).toEqual([
      'by 18:00 local time of the day of goods-issued',
      'by 09:00 local time of the business day after the day of goods-issued',
    ]);
  });

  it('knows dates stated by the document', () => {
    const byDueDate: DueRule = { kind: 'stated-date', commitment: 'expectation', date: 'netDueDate' };
    expect(dueAt(byDueDate, { calendar: TARGET, statedDates: { netDueDate: '2026-10-31' } })).toBe(
      '2026-10-31T23:00:00.000Z',
    );
    expect(
      dueAt({ ...byDueDate, time: '12:00' }, { calendar: TARGET, statedDates: { netDueDate: '2026-07-01' } }),
    ).toBe('2026-07-01T10:00:00.000Z');
    expect(dueAt(byDueDate, { calendar: TARGET })).toBeUndefined();
    expect(describeDueRule(byDueDate)).toBe('by netDueDate');
    expect([isStatedDate('2026-10-31'), isStatedDate('31.10.2026')]).toEqual([true, false]);
  });

  it('says why a rule cannot be used', () => {
    expect(whyInvalidDueRule(appliedIn4Hours)).toBeUndefined();
    expect(whyInvalidDueRule({ ...appliedIn4Hours, duration: 'P1D' })).toContain(
      'is not a duration of hours, minutes and seconds',
    );
    const cutOff: DueRule = {
      kind: 'local-cut-off',
      commitment: 'service',
      after: 'a',
      time: '25:00',
      businessDaysLater: 0,
    };
    expect(whyInvalidDueRule(cutOff)).toContain('is not a time of day');
    expect(whyInvalidDueRule({ ...cutOff, time: '18:00', businessDaysLater: -1 })).toBe(
      'businessDaysLater must be a whole number from 0',
    );
  });
});

describe('state of a milestone', () => {
  const startedAt = '2026-11-20T09:00:00.000Z';
  const due = '2026-11-20T13:00:00.000Z';
  it.each([
    ['reached in time', { reachedAt: '2026-11-20T12:00:00.000Z', dueAt: due }, '2026-11-20T14:00:00.000Z', 'REACHED'],
    ['reached at the due instant', { reachedAt: due, dueAt: due }, '2026-11-20T14:00:00.000Z', 'REACHED'],
    [
      'reached after it',
      { reachedAt: '2026-11-20T13:00:00.001Z', dueAt: due },
      '2026-11-20T14:00:00.000Z',
      'REACHED_LATE',
    ],
    ['reached without a clock', { reachedAt: due }, '2026-11-20T14:00:00.000Z', 'REACHED'],
    [
      'reached though blocked before',
      { reachedAt: due, dueAt: due, isBlocked: true },
      '2026-11-20T14:00:00.000Z',
      'REACHED',
    ],
    ['blocked and past due', { dueAt: due, isBlocked: true }, '2026-11-20T14:00:00.000Z', 'BLOCKED'],
    ['skipped, whatever else', { isSkipped: true, isBlocked: true }, '2026-11-20T14:00:00.000Z', 'SKIPPED'],
    ['reached after all', { isSkipped: true, reachedAt: due, dueAt: due }, '2026-11-20T14:00:00.000Z', 'REACHED'],
    ['no clock yet', {}, '2026-11-20T14:00:00.000Z', 'PENDING'],
    [
      'nulls of a database row',
      { reachedAt: null, dueAt: null, startedAt: null },
      '2026-11-20T14:00:00.000Z',
      'PENDING',
    ],
    ['just started', { startedAt, dueAt: due }, '2026-11-20T09:00:00.000Z', 'PENDING'],
    ['exactly a fifth left', { startedAt, dueAt: due }, '2026-11-20T12:12:00.000Z', 'PENDING'],
    ['less than a fifth left', { startedAt, dueAt: due }, '2026-11-20T12:12:00.001Z', 'AT_RISK'],
    ['at the due instant', { startedAt, dueAt: due }, due, 'AT_RISK'],
    ['past it', { startedAt, dueAt: due }, '2026-11-20T13:00:00.001Z', 'OVERDUE'],
    ['past it, start unknown', { dueAt: due }, '2026-11-20T13:00:00.001Z', 'OVERDUE'],
  ])('%s', (_name, facts, now, state) => {
    expect(milestoneState(facts, now)).toBe(state);
  });

  it('counts what is left in open time: a weekend before the due time is no comfort', () => {
    const facts = { startedAt: '2026-11-20T13:30:00.000Z', dueAt: '2026-11-23T06:30:00.000Z' };
    const friday = '2026-11-20T17:00:00.000Z';
    expect(milestoneState(facts, friday)).toBe('PENDING');
    expect(milestoneState(facts, friday, TARGET)).toBe('AT_RISK');
  });
});

describe('state of a transaction', () => {
  const reached: MilestoneStanding = { state: 'REACHED' };
  const service = (state: MilestoneStanding['state']): MilestoneStanding => ({ state, commitment: 'service' });
  const expectation = (state: MilestoneStanding['state']): MilestoneStanding => ({ state, commitment: 'expectation' });
  it.each<[string, MilestoneStanding[], boolean, string]>([
    ['cancelled before all', [service('OVERDUE')], true, 'CANCELLED'],
    ['everything reached, late or not', [reached, service('REACHED_LATE')], false, 'COMPLETED'],
    ['blocked before late', [reached, service('BLOCKED'), service('OVERDUE')], false, 'BLOCKED'],
    ['late before at risk', [service('OVERDUE'), service('AT_RISK')], false, 'LATE'],
    ['at risk', [reached, service('AT_RISK')], false, 'AT_RISK'],
    ['only others are late', [reached, expectation('OVERDUE'), { state: 'PENDING', isReady: false }], false, 'WAITING'],
    ['others and we have to act', [expectation('PENDING'), service('PENDING')], false, 'RUNNING'],
    ['nothing has a clock', [reached, { state: 'PENDING' }], false, 'RUNNING'],
    ['all that is required is reached', [reached, { state: 'PENDING', isRequired: false }], false, 'COMPLETED'],
    ['skipped is done', [reached, { state: 'SKIPPED' }], false, 'COMPLETED'],
    [
      'an optional service is late all the same',
      [{ state: 'PENDING' }, { ...service('OVERDUE'), isRequired: false }],
      false,
      'LATE',
    ],
    [
      'nobody waits for an optional step',
      [expectation('PENDING'), { state: 'PENDING', isRequired: false }],
      false,
      'WAITING',
    ],
    ['nothing is known', [], false, 'RUNNING'],
  ])('%s', (_name, milestones, isCancelled, state) => {
    expect(transactionState(milestones, isCancelled)).toBe(state);
  });
});

describe('the SLA report', () => {
  const now = '2026-11-20T12:00:00.000Z';
  const row = (day: string, legalEntity: string | null, dueTime: string, reachedTime: string | null) => ({
    day,
    legalEntity,
    dueAt: `${day}T${dueTime}:00.000Z`,
    reachedAt: reachedTime === null ? null : `${day}T${reachedTime}:00.000Z`,
  });

  it('counts per day and entity, in order, with the share of those decided', () => {
    const rows = [
      row('2026-11-20', 'DE01', '10:00', '10:00'),
      row('2026-11-20', 'DE01', '10:00', '10:01'),
      row('2026-11-20', 'DE01', '13:00', null),
      row('2026-11-20', 'BR01', '11:59', null),
      row('2026-11-19', 'DE01', '10:00', '09:00'),
      row('2026-11-19', null, '10:00', '09:00'),
    ];
    expect(slaReport(rows, now)).toEqual({
      rows: [
        { day: '2026-11-19', legalEntity: 'DE01', onTime: 1, late: 0, open: 0 },
        { day: '2026-11-19', legalEntity: '–', onTime: 1, late: 0, open: 0 },
        { day: '2026-11-20', legalEntity: 'BR01', onTime: 0, late: 1, open: 0 },
        { day: '2026-11-20', legalEntity: 'DE01', onTime: 1, late: 1, open: 1 },
      ],
      onTime: 3,
      late: 2,
      open: 1,
      onTimeShare: 0.6,
    });
  });

  it('of nothing has no share', () => {
    expect(slaReport([], now)).toEqual({ rows: [], onTime: 0, late: 0, open: 0, onTimeShare: null });
  });

  it('says how late in whole minutes', () => {
    expect(lateByMinutes({ dueAt: '2026-11-20T10:00:00.000Z', reachedAt: null }, now)).toBe(120);
    expect(lateByMinutes({ dueAt: '2026-11-20T10:00:00.000Z', reachedAt: '2026-11-20T10:01:59.000Z' }, now)).toBe(1);
    expect(lateByMinutes({ dueAt: '2026-11-20T10:00:00.000Z', reachedAt: '2026-11-20T09:00:00.000Z' }, now)).toBe(0);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PRIORITY_BANDS, priorityOrder, ratePriority, type UrgencyFacts } from './priority.js';
import { priorityReasons, type TellingOf } from './priority-words.js';
import { statutoryKindOf, type StatutoryFacts } from './statutory.js';

const at = (time: string) => new Date(`2026-11-30T${time}:00.000Z`);

function facts(over: Partial<UrgencyFacts> = {}): UrgencyFacts {
  return {
    reportingMinor: null,
    isMoneyUnknown: false,
    nextDueAt: null,
    nextDueStep: null,
    missedDueAt: null,
    missedDueStep: null,
    blocks: 0,
    statutory: null,
    ...over,
  };
}

describe('the priority of an exception', () => {
  const euros = (whole: string) => `${whole}00`;
  const due = { nextDueAt: at('16:00'), nextDueStep: 'Batch sent' };
  const missed = { missedDueAt: at('15:00'), missedDueStep: 'Batch sent' };

  // money + due + held up + failures, worked by hand
  it.each<[string, Partial<UrgencyFacts>, number, number, string]>([
    ['nothing known', {}, 1, 0, 'P4'],
    ['a cent', { reportingMinor: '1' }, 1, 5, 'P4'],
    ['EUR 999.99', { reportingMinor: '99999' }, 1, 5, 'P4'],
    ['EUR 1 000', { reportingMinor: euros('1000') }, 1, 15, 'P4'],
    ['EUR 1 000 three times', { reportingMinor: euros('1000') }, 3, 15 + 5, 'P3'],
    ['EUR 500 before a cut-off', { reportingMinor: euros('500'), ...due }, 1, 5 + 20, 'P3'],
    ['EUR 12 k', { reportingMinor: euros('12000') }, 1, 30, 'P3'],
    ['EUR 12 k before a cut-off', { reportingMinor: euros('12000'), ...due }, 1, 30 + 20, 'P2'],
    ['EUR 12 k after it', { reportingMinor: euros('12000'), ...missed }, 1, 30 + 15, 'P2'],
    ['EUR 120 k', { reportingMinor: euros('120000') }, 1, 45, 'P2'],
    ['EUR 1.2 m', { reportingMinor: euros('1200000') }, 1, 60, 'P2'],
    [
      'EUR 1.2 m, a cut-off, 14 held up',
      { reportingMinor: euros('1200000'), ...due, blocks: 14 },
      1,
      60 + 20 + 10,
      'P1',
    ],
    ['EUR 12 m', { reportingMinor: euros('12000000') }, 1, 75, 'P1'],
    ['EUR 12 m, all else', { reportingMinor: euros('12000000'), ...due, blocks: 100 }, 10, 100, 'P1'],
    ['both due times', { ...due, ...missed }, 1, 20, 'P3'],
    ['no rate', { isMoneyUnknown: true }, 1, 25, 'P3'],
    ['unreadable, eleven times', { isMoneyUnknown: true }, 11, 25 + 10, 'P3'],
    ['a customer that 120 transactions wait for', { blocks: 120 }, 1, 15, 'P4'],
    ['its own transaction', { blocks: 1 }, 1, 0, 'P4'],
    ['payroll of EUR 10', { reportingMinor: euros('10'), statutory: 'payroll' }, 1, 100, 'P1'],
  ])('%s', (_name, over, occurrences, points, band) => {
    expect(ratePriority(facts(over), occurrences)).toEqual({ points, band });
  });
});

describe('the order of exceptions', () => {
  const order = (over: Partial<UrgencyFacts>, band: (typeof PRIORITY_BANDS)[number] = 'P2', isStated = false) =>
    priorityOrder(facts(over), band, isStated);

  it.each<[string, number, number]>([
    [
      'what the law dates before any P1',
      order({ statutory: 'tax' }, 'P1'),
      order({ reportingMinor: '9'.repeat(17) }, 'P1'),
    ],
    ['P1 before P2 with a cut-off', order({}, 'P1'), order({ nextDueAt: at('00:01'), reportingMinor: '9'.repeat(18) })],
    ['a due time before none', order({ nextDueAt: at('23:00') }), order({ reportingMinor: '9'.repeat(18) })],
    [
      'the earlier due time',
      order({ nextDueAt: at('16:00') }),
      order({ nextDueAt: at('16:01'), reportingMinor: '9'.repeat(18) }),
    ],
    [
      'at one due time the larger amount',
      order({ nextDueAt: at('16:00'), reportingMinor: '200' }),
      order({ nextDueAt: at('16:00'), reportingMinor: '100' }),
    ],
    ['without one the larger amount', order({ reportingMinor: '120000000' }), order({ reportingMinor: '110000000' })],
    ['what a person put first before what is rated lower', order({}, 'P1', true), order({ nextDueAt: at('16:00') })],
  ])('%s', (_name, first, second) => {
    expect(first).toBeGreaterThan(second);
  });

  it('takes a person at their word, also of what the law dates', () => {
    expect(order({ statutory: 'tax' }, 'P4', true)).toBeLessThan(order({}, 'P3'));
  });

  it('never falls with the amount, and is a whole number that a column holds', () => {
    const minors = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
    const dues = fc.option(fc.date({ min: new Date(0), max: new Date('2150-01-01'), noInvalidDate: true }));
    fc.assert(
      fc.property(minors, minors, dues, fc.constantFrom(...PRIORITY_BANDS), (one, other, nextDueAt, band) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const low = priorityOrder(facts({ nextDueAt, reportingMinor: String(less) }), band, false);
        const high = priorityOrder(facts({ nextDueAt, reportingMinor: String(more) }), band, false);
        expect(low).toBeLessThanOrEqual(high);
        expect(Number.isSafeInteger(high)).toBe(true);
      }),
    );
  });
});

describe('the reasons in words', () => {
  function told(over: Partial<TellingOf>, now = at('15:12'), timeZone = 'Europe/Berlin'): string {
    return priorityReasons({ ...facts(), occurrences: 1, amount: null, currency: null, ...over }, now, timeZone).join(
      ', ',
    );
  }

  it.each<[string, string]>([
    [
      told({ reportingMinor: '120000000', nextDueAt: at('16:00'), nextDueStep: 'Batch sent', blocks: 14 }),
      'EUR 1.2 m, misses Batch sent at 17:00 CET in 48 min, holds up 14 transactions',
    ],
    [
      told({ objectType: 'customer', amount: '12750.00', currency: 'EUR', reportingMinor: '1275000' }),
      'EUR 13 k in documents that wait for it',
    ],
    [
      told({ objectType: 'customer', amount: '0.00', currency: 'EUR', reportingMinor: '0' }),
      'no open document waits for it',
    ],
    [
      told({ nextDueAt: at('16:00'), nextDueStep: 'S' }, at('15:12'), 'America/New_York'),
      'misses S at 11:00 EST in 48 min',
    ],
    [
      told({ nextDueAt: at('16:00'), nextDueStep: 'S' }, at('15:12'), 'America/Sao_Paulo'),
      'misses S at 13:00 BRT in 48 min',
    ],
    [
      told({ nextDueAt: at('16:00'), nextDueStep: 'S' }, at('15:12'), 'Asia/Kolkata'),
      'misses S at 21:30 GMT+5:30 in 48 min',
    ],
    [told({ nextDueAt: at('16:00'), nextDueStep: 'S' }, at('15:12'), 'UTC'), 'misses S at 16:00 UTC in 48 min'],
    [told({ nextDueAt: at('16:00'), nextDueStep: null }, at('15:59')), 'misses its due time at 17:00 CET in 1 min'],
    [
      told({ nextDueAt: at('16:00'), nextDueStep: 'S' }, new Date('2026-11-28T12:00:00Z')),
      'misses S at 17:00 CET on 30 Nov in 2 d 4 h',
    ],
    [told({ missedDueAt: at('12:07'), missedDueStep: 'S' }), 'missed S of 13:07 CET by 3 h 5 min'],
    [told({ nextDueAt: at('15:00'), nextDueStep: 'S' }), 'missed S of 16:00 CET by 12 min'],
    [told({ nextDueAt: at('15:12'), nextDueStep: 'S' }), 'missed S of 16:12 CET by 1 min'],
    [told({ statutory: 'payroll', reportingMinor: '94000' }), 'payroll goes before any amount, EUR 940'],
    [told({ isMoneyUnknown: true, amount: '1200000', currency: 'JPY' }), 'JPY 1.2 m, with no rate to EUR'],
    [told({ isMoneyUnknown: true }), 'how much money it holds is not known'],
    [told({ occurrences: 12 }), 'failed 12 times'],
    [told({ blocks: 1_000 }), 'holds up a thousand or more transactions'],
    [told({}), 'no money and no due time is known to hang on it'],
  ])('%s', (words, expected) => {
    expect(words).toBe(expected);
  });

  it.each<[string, string]>([
    ['1', 'EUR less than 1'],
    ['94049', 'EUR 940'],
    ['95000', 'EUR 950'],
    ['99950', 'EUR 1 k'],
    ['123400', 'EUR 1.2 k'],
    ['48000000', 'EUR 480 k'],
    ['48070000', 'EUR 481 k'],
    ['95000000', 'EUR 950 k'],
    ['99994999', 'EUR 1 m'],
    ['99949999', 'EUR 999 k'],
    ['995000000', 'EUR 10 m'],
    ['123456789012', 'EUR 1.2 bn'],
  ])('say %s cents as %s', (minor, expected) => {
    expect(told({ reportingMinor: minor })).toBe(expected);
  });
});

describe('what the law puts a date on', () => {
  const subject = (over: Partial<StatutoryFacts>): StatutoryFacts => ({
    objectType: 'payment',
    purposes: [],
    integration: 'payments-to-bank',
    hop: 'payments-to-bank',
    ...over,
  });

  it.each<[Partial<StatutoryFacts>, string | null]>([
    [{}, null],
    [{ purposes: ['SALA'] }, 'payroll'],
    [{ purposes: [' taxs'] }, 'tax'],
    [{ purposes: ['LOAR'] }, 'debt-service'],
    [{ purposes: ['SUPP'] }, null],
    [{ integration: 'workday-payroll-to-bank' }, 'payroll'],
    [{ hop: 'vat-return/filed', objectType: 'report' }, 'tax'],
    [{ integration: 'statutory-reports', objectType: 'report' }, 'statutory-filing'],
    [{ integration: 'loan-interest', objectType: 'payment-batch' }, 'debt-service'],
    // an invoice with a wrong tax code is no tax payment
    [{ integration: 'tax-determination-to-erp', objectType: 'invoice' }, null],
    [{ integration: 'taxonomy-sync' }, null],
    [{ purposes: ['INTE'], integration: 'workday-payroll-to-bank' }, 'debt-service'],
  ])('%j is %s', (over, kind) => {
    expect(statutoryKindOf(subject(over))).toBe(kind);
  });
});

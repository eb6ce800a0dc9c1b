import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { STORY_START, documentOf } from '../money/deal.js';
import { DAY, HOUR, MINUTE, Telling } from '../money/telling.js';

type Course = 'whole' | 'flagged' | 'never-approved';

/** 184.50 of a journey: submitted, approved the same day, paid with the run of the fourth day. */
function expense(code: string, share: number, course: Course): Journey {
  return {
    name: `patterns/expense-${course}`,
    share,
    play(number, startsAt) {
      const value = `${code}${number}`;
      const employee = { legalEntity: 'DE01', customer: 'J. Petersen' } as const;
      const report = documentOf(
        employee,
        'expense-report',
        { system: 'expenses', kind: 'expense-report-number', value: `EXP-${value}` },
        '184.50 EUR',
        'outflow',
      );
      const telling = new Telling(startsAt).says(0, {
        system: 'expenses',
        what: 'expense-report.submitted',
        to: report,
      });
      if (course === 'never-approved') return telling.signals();
      if (course === 'flagged') {
        return telling
          .fails(2 * HOUR, {
            system: 'expenses',
            integration: 'expense-approval',
            what: 'expense-report.flagged',
            to: report,
            problem: {
              code: 'business-control.approval-missing',
              discriminators: { reason: 'receipt-missing' },
              message: 'The hotel bill is missing',
            },
          })
          .signals();
      }
      const payment = documentOf(
        employee,
        'payment',
        { system: 'sap-s4hana', kind: 'payment-document', scope: 'DE01/2026', value: `EP-${value}` },
        '184.50 EUR',
        'outflow',
      );
      return telling
        .says(5 * HOUR, {
          system: 'expenses',
          integration: 'expense-approval',
          what: 'expense-report.approved',
          to: report,
        })
        .says(3 * DAY, {
          system: 'sap-s4hana',
          what: 'payment.sent',
          to: payment,
          links: [[report, 'settles', payment, '184.50 EUR']],
        })
        .says(3 * DAY + 10 * MINUTE, {
          system: 'sap-s4hana',
          integration: 'expense-payment',
          what: 'expense-report.paid',
          to: report,
        })
        .signals();
    },
  };
}

const [whole, flagged, unapproved] = [
  expense('PXW', 15, 'whole'),
  expense('PXF', 3, 'flagged'),
  expense('PXN', 2, 'never-approved'),
];

// Monday 09:00 in Berlin: 9 h until 18:00, Tuesday 11 h, so 4 h of Wednesday from 07:00: 11:00 = 09:00 UTC.
const APPROVAL_DUE = '2026-09-30T09:00:00.000Z';

const notApproved = (number: string): Record<string, TransactionSummary> => ({
  [`expense-to-payment EXP-${number}`]: {
    progress: 'running',
    members: [`expense-report EXP-${number}`],
    hubs: [],
    milestones: {
      'report-submitted': '2026-09-28T07:00:00.000Z',
      'report-approved': ['pending', APPROVAL_DUE],
      'report-paid': 'pending',
    },
  },
});

export const EXPENSE_JOURNEYS: readonly Journey[] = [whole, flagged, unapproved];

export const EXPENSE_STORIES: readonly Story[] = [
  {
    name: 'expenses are paid back',
    signals: signalsOf(whole, '0', STORY_START),
    expected: {
      transactions: {
        'expense-to-payment EXP-PXW0': {
          progress: 'completed',
          members: ['expense-report EXP-PXW0', 'payment EP-PXW0'],
          hubs: [],
          milestones: {
            'report-submitted': '2026-09-28T07:00:00.000Z',
            'report-approved': ['2026-09-28T12:00:00.000Z', APPROVAL_DUE],
            'report-paid': '2026-10-01T07:10:00.000Z',
          },
        },
      },
      problems: [],
    },
    lineage: ['expense-report EXP-PXW0 ─settles 184.50 EUR→ payment EP-PXW0'],
    // The bank has not booked it yet.
    money: { 'payment EP-PXW0': ['in 184.50 EUR, balanced', 'out 0.00 EUR, open 184.50'] },
  },
  {
    name: 'expenses without a receipt',
    signals: signalsOf(flagged, '0', STORY_START),
    expected: {
      transactions: notApproved('PXF0'),
      problems: [
        {
          subject: 'expense-report EXP-PXF0',
          hop: 'expense-approval',
          signature: problemSignature('business-control.approval-missing', { reason: 'receipt-missing' }),
          occurrences: 1,
          lastOccurredAt: '2026-09-28T09:00:00.000Z',
          clearedAt: null,
        },
      ],
    },
    states: [{ at: '2026-09-28T12:00:00.000Z', of: { 'expense-to-payment EXP-PXF0': 'BLOCKED' } }],
  },
  {
    name: 'expenses that nobody approves',
    signals: signalsOf(unapproved, '0', STORY_START),
    expected: { transactions: notApproved('PXN0'), problems: [] },
    // A fifth of 24 h is 4 h 48 min: the 4 h of Wednesday and 48 min of Tuesday, from 17:12 in Berlin = 15:12 UTC on.
    states: [
      { at: '2026-09-29T15:00:00.000Z', of: { 'expense-to-payment EXP-PXN0': 'RUNNING' } },
      { at: '2026-09-29T15:20:00.000Z', of: { 'expense-to-payment EXP-PXN0': 'AT_RISK' } },
      { at: '2026-09-30T10:00:00.000Z', of: { 'expense-to-payment EXP-PXN0': 'LATE' } },
    ],
  },
];

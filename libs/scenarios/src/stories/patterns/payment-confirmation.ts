import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { STORY_START, documentOf } from '../money/deal.js';
import { MINUTE, Telling } from '../money/telling.js';

type Course = 'whole' | 'rejected' | 'no-answer' | 'not-in-erp';

/** An urgent payment to a supplier: treasury asks the bank, the bank answers, the ERP is told. */
function confirmation(code: string, share: number, course: Course): Journey {
  return {
    name: `patterns/payment-confirmation-${course}`,
    share,
    play(number, startsAt) {
      const payment = documentOf(
        { legalEntity: 'DE01', customer: 'Maschinenbau Adler AG' },
        'payment',
        { system: 'kyriba', kind: 'payment-reference', value: `OUT-${code}${number}` },
        '48000.00 EUR',
        'outflow',
      );
      const telling = new Telling(startsAt).says(0, {
        system: 'kyriba',
        what: 'payment.confirmation-requested',
        to: payment,
      });
      if (course === 'no-answer') return telling.signals();
      if (course === 'rejected') {
        return telling
          .fails(30 * MINUTE, {
            system: 'kyriba',
            integration: 'bank-status-to-payments',
            what: 'payment.rejected',
            to: payment,
            problem: {
              code: 'cash-and-payment.rejected-by-bank',
              discriminators: { reason: 'AC01' },
              message: 'The bank rejected the payment: the account number is not valid',
            },
          })
          .signals();
      }
      telling.says(45 * MINUTE, {
        system: 'kyriba',
        integration: 'bank-status-to-payments',
        what: 'payment.executed',
        to: payment,
      });
      if (course === 'not-in-erp') return telling.signals();
      return telling
        .says(55 * MINUTE, {
          system: 'sap-s4hana',
          integration: 'payment-status-to-erp',
          what: 'payment.confirmation-posted',
          to: payment,
        })
        .signals();
    },
  };
}

const [whole, rejected, unanswered, untold] = [
  confirmation('PPW', 20, 'whole'),
  confirmation('PPR', 3, 'rejected'),
  confirmation('PPN', 2, 'no-answer'),
  confirmation('PPE', 2, 'not-in-erp'),
];

const of = (number: string, summary: Pick<TransactionSummary, 'progress' | 'milestones'>) => ({
  [`payment-confirmation OUT-${number}`]: { members: [`payment OUT-${number}`], hubs: [], ...summary },
});

const requested = { 'confirmation-requested': '2026-09-28T07:00:00.000Z' };
// Monday 09:00 in Berlin and two hours.
const ANSWER_DUE = '2026-09-28T09:00:00.000Z';
// 07:45 and half an hour of any day.
const ERP_DUE = '2026-09-28T08:15:00.000Z';

const notYet = (number: string) =>
  of(number, {
    progress: 'running',
    milestones: { ...requested, 'confirmed-by-bank': ['pending', ANSWER_DUE], 'confirmation-in-erp': 'pending' },
  });

export const PAYMENT_CONFIRMATION_JOURNEYS: readonly Journey[] = [whole, rejected, unanswered, untold];

export const PAYMENT_CONFIRMATION_STORIES: readonly Story[] = [
  {
    name: 'a payment is confirmed',
    signals: signalsOf(whole, '0', STORY_START),
    expected: {
      transactions: of('PPW0', {
        progress: 'completed',
        milestones: {
          ...requested,
          'confirmed-by-bank': ['2026-09-28T07:45:00.000Z', ANSWER_DUE],
          'confirmation-in-erp': ['2026-09-28T07:55:00.000Z', ERP_DUE],
        },
      }),
      problems: [],
    },
  },
  {
    name: 'a payment that the bank rejects',
    signals: signalsOf(rejected, '0', STORY_START),
    expected: {
      transactions: notYet('PPR0'),
      problems: [
        {
          subject: 'payment OUT-PPR0',
          hop: 'bank-status-to-payments',
          signature: problemSignature('cash-and-payment.rejected-by-bank', { reason: 'AC01' }),
          occurrences: 1,
          lastOccurredAt: '2026-09-28T07:30:00.000Z',
          clearedAt: null,
        },
      ],
    },
    states: [{ at: '2026-09-28T08:00:00.000Z', of: { 'payment-confirmation OUT-PPR0': 'BLOCKED' } }],
  },
  {
    name: 'a payment that the bank says nothing of',
    signals: signalsOf(unanswered, '0', STORY_START),
    expected: { transactions: notYet('PPN0'), problems: [] },
    // The bank's answer is an expectation: waited for, and no breach when it is over due.
    states: [
      { at: '2026-09-28T08:00:00.000Z', of: { 'payment-confirmation OUT-PPN0': 'WAITING' } },
      { at: '2026-09-28T12:00:00.000Z', of: { 'payment-confirmation OUT-PPN0': 'WAITING' } },
    ],
  },
  {
    name: 'a confirmed payment that the ERP does not hear of',
    signals: signalsOf(untold, '0', STORY_START),
    expected: {
      transactions: of('PPE0', {
        progress: 'running',
        milestones: {
          ...requested,
          'confirmed-by-bank': ['2026-09-28T07:45:00.000Z', ANSWER_DUE],
          'confirmation-in-erp': ['pending', ERP_DUE],
        },
      }),
      problems: [],
    },
    // A fifth of half an hour is six minutes: at risk from 08:09 on.
    states: [
      { at: '2026-09-28T08:05:00.000Z', of: { 'payment-confirmation OUT-PPE0': 'RUNNING' } },
      { at: '2026-09-28T08:10:00.000Z', of: { 'payment-confirmation OUT-PPE0': 'AT_RISK' } },
      { at: '2026-09-28T08:20:00.000Z', of: { 'payment-confirmation OUT-PPE0': 'LATE' } },
    ],
  },
];

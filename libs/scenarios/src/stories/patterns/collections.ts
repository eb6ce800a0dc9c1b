import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { BY, STORY_START, documentOf, receiptOf } from '../money/deal.js';
import { DAY, HOUR, Telling } from '../money/telling.js';

type Course = 'reminded-then-paid' | 'dunned-though-paid' | 'dispute-not-answered';

/**
 * An invoice that was due on Monday. Either it is reminded of on Tuesday and paid on Thursday; or it is paid on Tuesday, what
 * the bank reports is not applied until Thursday, and the dunning run of Wednesday asks for it all the same.
 */
function collections(code: string, share: number, course: Course): Journey {
  return {
    name: `patterns/collections-${course}`,
    share,
    play(number, startsAt) {
      const value = `${code}${number}`;
      const telling = new Telling(startsAt);
      const deal = { number: value, legalEntity: 'DE01', customer: 'Buerobedarf Wiesner e.K.' } as const;
      const invoice = {
        ...documentOf(
          deal,
          'invoice',
          { system: 'sap-s4hana', kind: 'billing-document', value: `90${value}` },
          '620.00 EUR',
        ),
        attributes: { dueDate: telling.dayAfter(0) },
      };
      const { payment, entry } = receiptOf(deal, '620.00 EUR');
      const notice = documentOf(
        deal,
        'dunning-notice',
        { system: 'sap-s4hana', kind: 'dunning-notice', value: `DN-${value}` },
        '620.00 EUR',
      );
      const isPaidFirst = course !== 'reminded-then-paid';
      telling
        .says(0, { system: 'sap-s4hana', what: 'invoice.posted', to: invoice })
        .says(isPaidFirst ? DAY : 3 * DAY, {
          system: 'kyriba',
          integration: BY.credits,
          what: 'payment.received',
          to: payment,
          links: [[payment, 'books', entry, '620.00 EUR']],
        })
        .says(isPaidFirst ? 2 * DAY : DAY, {
          system: 'sap-s4hana',
          integration: 'dunning-run',
          what: 'dunning-notice.sent',
          to: notice,
          links: [[invoice, 'demands', notice]],
        })
        .says(3 * DAY + HOUR, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: payment,
          links: [[invoice, 'settles', payment, '620.00 EUR']],
        });
      if (!isPaidFirst) return telling.signals();
      const dispute = documentOf(
        deal,
        'dispute',
        { system: 'servicenow', kind: 'case-number', value: `CASE-${value}` },
        '620.00 EUR',
      );
      telling.says(2 * DAY + 4 * HOUR, {
        system: 'servicenow',
        what: 'dispute.opened',
        to: dispute,
        links: [[notice, 'disputes', dispute]],
      });
      if (course === 'dispute-not-answered') return telling.signals();
      return telling
        .says(3 * DAY, { system: 'servicenow', what: 'dispute.answered', to: dispute })
        .says(3 * DAY + 2 * HOUR, { system: 'sap-s4hana', what: 'dunning-notice.withdrawn', to: notice })
        .says(3 * DAY + 3 * HOUR, {
          system: 'servicenow',
          integration: 'dispute-handling',
          what: 'dispute.closed',
          to: dispute,
        })
        .signals();
    },
  };
}

const [reminded, dunned, unanswered] = [
  collections('PLR', 10, 'reminded-then-paid'),
  collections('PLD', 3, 'dunned-though-paid'),
  collections('PLU', 2, 'dispute-not-answered'),
];

// Monday 28 September until midnight in Berlin.
const DUE = '2026-09-28T22:00:00.000Z';
// Wednesday 13:00 in Berlin: 5 h until 18:00, and 3 h of Thursday from 07:00: 10:00 = 08:00 UTC.
const ANSWER_DUE = '2026-10-01T08:00:00.000Z';

const dunningOf = (
  number: string,
  {
    paidAt,
    dunnedAt,
    withdrawnAt,
    isDisputed,
  }: Record<'paidAt' | 'dunnedAt' | 'withdrawnAt', string> & { isDisputed: boolean },
): Record<string, TransactionSummary> => ({
  [`dunning 90${number}`]: {
    progress: 'completed',
    members: [
      ...(isDisputed ? [`dispute CASE-${number}`] : []),
      `dunning-notice DN-${number}`,
      `invoice 90${number}`,
      `payment PAY-${number}`,
    ],
    hubs: [],
    milestones: {
      paid: [paidAt, DUE],
      [`dunned DN-${number}`]: dunnedAt,
      [`dunning-withdrawn DN-${number}`]: withdrawnAt,
    },
  },
});

const linksOf = (number: string) => [
  `invoice 90${number} ─demands→ dunning-notice DN-${number}`,
  `invoice 90${number} ─settles 620.00 EUR→ payment PAY-${number}`,
  `payment PAY-${number} ─books 620.00 EUR→ bank-entry ENTRY-${number}`,
];

const [TUESDAY, WEDNESDAY] = ['2026-09-29T07:00:00.000Z', '2026-09-30T07:00:00.000Z'];

export const COLLECTIONS_JOURNEYS: readonly Journey[] = [reminded, dunned, unanswered];

export const COLLECTIONS_STORIES: readonly Story[] = [
  {
    name: 'a customer pays after a reminder',
    signals: signalsOf(reminded, '0', STORY_START),
    expected: {
      transactions: dunningOf('PLR0', {
        paidAt: '2026-10-01T07:00:00.000Z',
        dunnedAt: TUESDAY,
        withdrawnAt: 'pending',
        isDisputed: false,
      }),
      problems: [],
    },
    lineage: linksOf('PLR0'),
    money: {},
  },
  {
    name: 'a customer is dunned though it had paid',
    signals: signalsOf(dunned, '0', STORY_START),
    expected: {
      transactions: {
        ...dunningOf('PLD0', {
          paidAt: TUESDAY,
          dunnedAt: WEDNESDAY,
          withdrawnAt: '2026-10-01T09:00:00.000Z',
          isDisputed: true,
        }),
        'collections-and-dispute CASE-PLD0': {
          progress: 'completed',
          members: ['dispute CASE-PLD0'],
          hubs: [],
          milestones: {
            'dispute-opened': '2026-09-30T11:00:00.000Z',
            'dispute-answered': ['2026-10-01T07:00:00.000Z', ANSWER_DUE],
            'dispute-closed': '2026-10-01T10:00:00.000Z',
          },
        },
      },
      problems: [],
    },
    lineage: [...linksOf('PLD0'), 'dunning-notice DN-PLD0 ─disputes→ dispute CASE-PLD0'],
    money: {},
    findings: ['out-of-sequence of dunning invoice 90PLD0'],
  },
  {
    name: 'a customer that was dunned though it had paid gets no answer',
    signals: signalsOf(unanswered, '0', STORY_START),
    expected: {
      transactions: {
        ...dunningOf('PLU0', { paidAt: TUESDAY, dunnedAt: WEDNESDAY, withdrawnAt: 'pending', isDisputed: true }),
        'collections-and-dispute CASE-PLU0': {
          progress: 'running',
          members: ['dispute CASE-PLU0'],
          hubs: [],
          milestones: {
            'dispute-opened': '2026-09-30T11:00:00.000Z',
            'dispute-answered': ['pending', ANSWER_DUE],
            'dispute-closed': 'pending',
          },
        },
      },
      problems: [],
    },
    findings: ['out-of-sequence of dunning invoice 90PLU0'],
    // A fifth of eight hours is 1 h 36 min: 08:24 in Berlin = 06:24 UTC of Thursday.
    states: [
      {
        at: '2026-10-01T06:15:00.000Z',
        of: { 'dunning 90PLU0': 'COMPLETED', 'collections-and-dispute CASE-PLU0': 'RUNNING' },
      },
      {
        at: '2026-10-01T06:30:00.000Z',
        of: { 'dunning 90PLU0': 'COMPLETED', 'collections-and-dispute CASE-PLU0': 'AT_RISK' },
      },
      {
        at: '2026-10-01T08:30:00.000Z',
        of: { 'dunning 90PLU0': 'COMPLETED', 'collections-and-dispute CASE-PLU0': 'LATE' },
      },
    ],
  },
];

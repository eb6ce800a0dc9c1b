import type { FinanceEventObject } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { STORY_START } from '../money/deal.js';
import { HOUR, MINUTE, Telling } from '../money/telling.js';

type Course = 'whole' | 'locked-in-erp' | 'not-approved';

/** New payment terms. Payment terms are the ERP's; the CRM may ask for others. */
function change(code: string, share: number, course: Course): Journey {
  return {
    name: `patterns/customer-change-${course}`,
    share,
    play(number, startsAt) {
      const account = { system: 'salesforce', kind: 'account-id', value: `ACC-${code}${number}` };
      const erp = { system: 'sap-s4hana', kind: 'customer-number', value: `CUST-${code}${number}` };
      const known = { type: 'customer', legalEntity: 'DE01', counterparty: 'Haase Verpackung KG' } as const;
      const inCrm = (attributes: Record<string, string> = {}): FinanceEventObject => ({
        ...known,
        keys: [account],
        attributes,
      });
      const inErp = (paymentTerms: string): FinanceEventObject => ({
        ...known,
        keys: [account, erp],
        attributes: { paymentTerms },
      });
      const telling = new Telling(startsAt)
        .says(0, { system: 'sap-s4hana', what: 'customer.changed', to: inErp('NET30') })
        .says(HOUR, {
          system: 'salesforce',
          what: 'customer.change-requested',
          // Somebody in sales did not wait for the answer, and wrote the new terms into the account.
          to: inCrm(course === 'not-approved' ? { paymentTerms: 'NET60' } : { requestedPaymentTerms: 'NET60' }),
        })
        .says(HOUR + 5 * MINUTE, {
          system: 'sap-integration',
          integration: 'customer-change-validation',
          what: 'customer.change-validated',
          to: inCrm(),
        });
      if (course === 'not-approved') return telling.signals();
      const approvedAt = 4 * HOUR;
      telling.says(approvedAt, {
        system: 'servicenow',
        integration: 'customer-change-approval',
        what: 'customer.change-approved',
        to: inCrm(),
      });
      if (course === 'locked-in-erp') {
        for (const attempt of [10, 20]) {
          telling.fails(approvedAt + attempt * MINUTE, {
            system: 'sap-integration',
            integration: 'customer-change-to-erp',
            what: 'customer.change-refused',
            to: inCrm(),
            problem: { code: 'platform.object-locked', message: 'The customer is being changed by another user' },
          });
        }
      }
      const synchronisedAt = approvedAt + (course === 'whole' ? 15 : 40) * MINUTE;
      return telling
        .says(synchronisedAt, {
          system: 'sap-s4hana',
          integration: 'customer-change-to-erp',
          what: 'customer.change-synchronised',
          to: inErp('NET60'),
        })
        .says(synchronisedAt + 5 * MINUTE, {
          system: 'salesforce',
          what: 'customer.changed',
          to: inCrm({ paymentTerms: 'NET60' }),
        })
        .signals();
    },
  };
}

const [whole, locked, unapproved] = [
  change('PCW', 20, 'whole'),
  change('PCL', 4, 'locked-in-erp'),
  change('PCN', 2, 'not-approved'),
];

const changeOf = (number: string, summary: Pick<TransactionSummary, 'progress' | 'milestones'>) => ({
  [`customer-change ACC-${number}`]: { members: [`customer ACC-${number}`], hubs: [], ...summary },
});

const untilApproval = (approvedAt: string): TransactionSummary['milestones'] => ({
  'change-requested': '2026-09-28T08:00:00.000Z',
  // A quarter of an hour of any day.
  'change-validated': ['2026-09-28T08:05:00.000Z', '2026-09-28T08:15:00.000Z'],
  // 10:05 in Berlin: 7 h 55 min until 18:00, and five minutes of Tuesday from 07:00 on = 05:05 UTC.
  'change-approved': [approvedAt, '2026-09-29T05:05:00.000Z'],
});

export const CUSTOMER_CHANGE_JOURNEYS: readonly Journey[] = [whole, locked, unapproved];

export const CUSTOMER_CHANGE_STORIES: readonly Story[] = [
  {
    name: 'payment terms of a customer are changed',
    signals: signalsOf(whole, '0', STORY_START),
    expected: {
      transactions: changeOf('PCW0', {
        progress: 'completed',
        milestones: {
          ...untilApproval('2026-09-28T11:00:00.000Z'),
          'change-synchronised': ['2026-09-28T11:15:00.000Z', '2026-09-28T12:00:00.000Z'],
        },
      }),
      problems: [],
    },
  },
  {
    name: 'payment terms that the ERP takes at the third attempt',
    signals: signalsOf(locked, '0', STORY_START),
    expected: {
      transactions: changeOf('PCL0', {
        progress: 'completed',
        milestones: {
          ...untilApproval('2026-09-28T11:00:00.000Z'),
          'change-synchronised': ['2026-09-28T11:40:00.000Z', '2026-09-28T12:00:00.000Z'],
        },
      }),
      problems: [
        {
          subject: 'customer ACC-PCL0',
          hop: 'customer-change-to-erp',
          signature: 'platform.object-locked',
          // Two runs that failed, one problem.
          occurrences: 2,
          lastOccurredAt: '2026-09-28T11:20:00.000Z',
          clearedAt: '2026-09-28T11:40:00.000Z',
        },
      ],
    },
  },
  {
    name: 'payment terms that sales writes itself and nobody approves',
    signals: signalsOf(unapproved, '0', STORY_START),
    expected: {
      transactions: changeOf('PCN0', {
        progress: 'running',
        milestones: { ...untilApproval('pending'), 'change-synchronised': 'pending' },
      }),
      problems: [],
    },
    // The ERP, whose terms they are, said NET30; the two copies differ.
    findings: [
      'ownership-conflict of customer ACC-PCN0: paymentTerms',
      'master-data-drift of customer ACC-PCN0: paymentTerms',
    ],
    // A fifth of eight hours is 1 h 36 min: 16:29 in Berlin = 14:29 UTC, after which 1 h 31 min of Monday and 5 min of Tuesday are left.
    states: [
      { at: '2026-09-28T14:20:00.000Z', of: { 'customer-change ACC-PCN0': 'RUNNING' } },
      { at: '2026-09-28T14:40:00.000Z', of: { 'customer-change ACC-PCN0': 'AT_RISK' } },
      { at: '2026-09-29T05:10:00.000Z', of: { 'customer-change ACC-PCN0': 'LATE' } },
    ],
  },
];

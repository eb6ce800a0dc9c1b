import { type FinanceEventObject, problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { STORY_START } from '../money/deal.js';
import { DAY, HOUR, MINUTE, Telling } from '../money/telling.js';

type Course = 'whole' | 'refused' | 'refused-and-mended' | 'never-approved';

const inCrm = (number: string): FinanceEventObject => ({
  type: 'customer',
  keys: [{ system: 'salesforce', kind: 'account-id', value: `ACC-${number}` }],
  legalEntity: 'DE01',
  counterparty: 'Kuestenwind Energie GmbH',
});

/** Requested in CRM, validated, approved, made in the ERP, which says that its customer is the account of the CRM. */
function onboarding(code: string, share: number, course: Course): Journey {
  return {
    name: `patterns/customer-onboarding-${course}`,
    share,
    play(number, startsAt) {
      const customer = inCrm(`${code}${number}`);
      const [account] = customer.keys;
      const inErp = { system: 'sap-s4hana', kind: 'customer-number', value: `CUST-${code}${number}` };
      const telling = new Telling(startsAt).says(0, {
        system: 'salesforce',
        what: 'customer.onboarding-requested',
        to: customer,
      });
      const isRefused = course.startsWith('refused');
      if (isRefused) {
        telling.fails(40 * MINUTE, {
          system: 'sap-integration',
          integration: 'customer-validation',
          what: 'customer.validation-refused',
          to: customer,
          problem: {
            code: 'data-quality.invalid-value',
            discriminators: { field: '/taxNumber' },
            message: 'The tax number fails its check digit',
            field: '/taxNumber',
            payload: { account: account.value, taxNumber: 'DE12345678' },
          },
        });
        if (course === 'refused') return telling.signals();
      }
      const validatedAt = isRefused ? DAY + 30 * MINUTE : 40 * MINUTE;
      telling.says(validatedAt, {
        system: 'sap-integration',
        integration: 'customer-validation',
        what: 'customer.validated',
        to: customer,
      });
      if (course === 'never-approved') return telling.signals();
      const approvedAt = validatedAt + 4 * HOUR + 20 * MINUTE;
      return telling
        .says(approvedAt, {
          system: 'servicenow',
          integration: 'customer-approval',
          what: 'customer.approved',
          to: customer,
        })
        .says(approvedAt + 20 * MINUTE, {
          system: 'sap-s4hana',
          integration: 'crm-customer-to-erp',
          what: 'customer.synchronised',
          to: { ...customer, keys: [account, inErp] },
        })
        .signals();
    },
  };
}

const [whole, refused, mended, unapproved] = [
  onboarding('POW', 20, 'whole'),
  onboarding('POR', 2, 'refused'),
  onboarding('POM', 3, 'refused-and-mended'),
  onboarding('POA', 2, 'never-approved'),
];

const onboardingOf = (number: string, summary: Pick<TransactionSummary, 'progress' | 'milestones'>) => ({
  [`customer-onboarding ACC-${number}`]: { members: [`customer ACC-${number}`], hubs: [], ...summary },
});

const refusal = (number: string, clearedAt: string | null) => ({
  subject: `customer ACC-${number}`,
  hop: 'customer-validation',
  signature: problemSignature('data-quality.invalid-value', { field: '/taxNumber' }),
  occurrences: 1,
  lastOccurredAt: '2026-09-28T07:40:00.000Z',
  clearedAt,
});

// Monday 09:00 in Berlin and four hours: 13:00 = 11:00 UTC.
const VALIDATION_DUE = '2026-09-28T11:00:00.000Z';
// Validated at 09:40 in Berlin, and eight hours: 17:40 = 15:40 UTC.
const APPROVAL_DUE = '2026-09-28T15:40:00.000Z';

export const ONBOARDING_JOURNEYS: readonly Journey[] = [whole, refused, mended, unapproved];

export const ONBOARDING_STORIES: readonly Story[] = [
  {
    name: 'a customer is onboarded',
    signals: signalsOf(whole, '0', STORY_START),
    expected: {
      transactions: onboardingOf('POW0', {
        progress: 'completed',
        milestones: {
          'onboarding-requested': '2026-09-28T07:00:00.000Z',
          'customer-validated': ['2026-09-28T07:40:00.000Z', VALIDATION_DUE],
          'customer-approved': ['2026-09-28T12:00:00.000Z', APPROVAL_DUE],
          // An hour of any day after the approval.
          'customer-created': ['2026-09-28T12:20:00.000Z', '2026-09-28T13:00:00.000Z'],
        },
      }),
      problems: [],
    },
  },
  {
    name: 'a customer whose tax number is refused',
    signals: signalsOf(refused, '0', STORY_START),
    expected: {
      transactions: onboardingOf('POR0', {
        progress: 'running',
        milestones: {
          'onboarding-requested': '2026-09-28T07:00:00.000Z',
          'customer-validated': ['pending', VALIDATION_DUE],
          'customer-approved': 'pending',
          'customer-created': 'pending',
        },
      }),
      problems: [refusal('POR0', null)],
    },
    // Blocked comes before late.
    states: [{ at: '2026-09-28T12:00:00.000Z', of: { 'customer-onboarding ACC-POR0': 'BLOCKED' } }],
  },
  {
    name: 'a customer whose tax number is put right',
    signals: signalsOf(mended, '0', STORY_START),
    expected: {
      transactions: onboardingOf('POM0', {
        progress: 'completed',
        milestones: {
          'onboarding-requested': '2026-09-28T07:00:00.000Z',
          'customer-validated': ['2026-09-29T07:30:00.000Z', VALIDATION_DUE],
          // Tuesday 09:30 in Berlin and eight hours: 17:30 = 15:30 UTC.
          'customer-approved': ['2026-09-29T11:50:00.000Z', '2026-09-29T15:30:00.000Z'],
          'customer-created': ['2026-09-29T12:10:00.000Z', '2026-09-29T12:50:00.000Z'],
        },
      }),
      problems: [refusal('POM0', '2026-09-29T07:30:00.000Z')],
    },
  },
  {
    name: 'a customer that nobody approves',
    signals: signalsOf(unapproved, '0', STORY_START),
    expected: {
      transactions: onboardingOf('POA0', {
        progress: 'running',
        milestones: {
          'onboarding-requested': '2026-09-28T07:00:00.000Z',
          'customer-validated': ['2026-09-28T07:40:00.000Z', VALIDATION_DUE],
          'customer-approved': ['pending', APPROVAL_DUE],
          'customer-created': 'pending',
        },
      }),
      problems: [],
    },
    // A fifth of eight hours is 1 h 36 min: at risk from 14:04 UTC on.
    states: [
      { at: '2026-09-28T14:00:00.000Z', of: { 'customer-onboarding ACC-POA0': 'RUNNING' } },
      { at: '2026-09-28T14:10:00.000Z', of: { 'customer-onboarding ACC-POA0': 'AT_RISK' } },
      { at: '2026-09-28T15:45:00.000Z', of: { 'customer-onboarding ACC-POA0': 'LATE' } },
    ],
  },
];

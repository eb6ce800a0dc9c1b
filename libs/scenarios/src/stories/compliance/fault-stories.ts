import { problemSignature } from '@throughline/canonical';
import type { ProblemSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { COMPLIANCE_INTEGRATION } from './contract.js';
import { APPROVAL_MISSING, MISSING_JURISDICTION, TAX_CODE_MISMATCH } from './contract-failures.js';
import { approvalMissing, missingJurisdiction, taxCodeMismatch } from './contract-journeys.js';
import {
  ALL_BILLED,
  contractStory,
  firstItemBilled,
  firstItemEvidenced,
  laterItem,
  membersOf,
  otherItem,
  untilPlanned,
} from './contract-story.js';

const jurisdictionProblem = (number: string, clearedAt: string | null): ProblemSummary => ({
  subject: `contract GC-${number}`,
  hop: COMPLIANCE_INTEGRATION.validation,
  signature: problemSignature(MISSING_JURISDICTION, { legalEntity: 'SG01' }),
  // A span and an event of one run; the span ends 2 s after 08:08.
  occurrences: 1,
  lastOccurredAt: '2026-08-24T08:08:02.000Z',
  clearedAt,
});

const jurisdictionUnknown = contractStory(
  'no tax jurisdiction is known for one of two entities',
  missingJurisdiction,
  '31005',
  {
    progress: 'running',
    members: ['contract GC-31005'],
    milestones: {
      'contract-approved': '2026-08-24T08:00:00.000Z',
      'attributes-validated': ['pending', '2026-08-24T08:15:00.000Z'],
      'order-created': 'pending',
      'billing-schedule-created': 'pending',
      'invoice-posted': 'pending',
      'evidence-captured': 'pending',
    },
  },
  [jurisdictionProblem('31005', null)],
  [['2026-08-24T09:00:00.000Z', 'BLOCKED']],
);

const jurisdictionMended = contractStory(
  'a tax jurisdiction that is added after three hours',
  missingJurisdiction,
  '31011',
  {
    progress: 'completed',
    members: membersOf('31011', ALL_BILLED),
    milestones: {
      'contract-approved': '2026-08-24T08:00:00.000Z',
      // 07:30 + 3 h 30 min; the clocks of orders and plans start with it.
      'attributes-validated': ['2026-08-24T11:00:00.000Z', '2026-08-24T08:15:00.000Z'],
      'order-created GO-31011-1': ['2026-08-24T11:17:00.000Z', '2026-08-24T12:00:00.000Z'],
      'order-created GO-31011-2': ['2026-08-24T11:19:00.000Z', '2026-08-24T12:00:00.000Z'],
      'billing-schedule-created 47310111/10': ['2026-08-24T11:22:00.000Z', '2026-08-24T12:00:00.000Z'],
      'billing-schedule-created 47310111/20': ['2026-08-24T11:22:00.000Z', '2026-08-24T12:00:00.000Z'],
      'billing-schedule-created 47310112/10': ['2026-08-24T11:24:00.000Z', '2026-08-24T12:00:00.000Z'],
      ...firstItemBilled('31011'),
      ...firstItemEvidenced('31011'),
      ...otherItem('31011'),
      ...laterItem('31011'),
    },
  },
  [jurisdictionProblem('31011', '2026-08-24T11:00:00.000Z')],
  [['2026-09-23T12:00:00.000Z', 'COMPLETED']],
);

const taxCodeProblem = (item: string, lastOccurredAt: string, clearedAt: string | null): ProblemSummary => ({
  subject: `billing-schedule ${item}`,
  hop: COMPLIANCE_INTEGRATION.billing,
  signature: problemSignature(TAX_CODE_MISMATCH, { taxCode: 'A1', determined: 'X0' }),
  occurrences: 1,
  lastOccurredAt,
  clearedAt,
});

const taxCodeUnmended = contractStory(
  'a tax code that stays another than the determined one',
  taxCodeMismatch,
  '32004',
  {
    progress: 'running',
    members: membersOf('32004', ['21']),
    milestones: {
      ...untilPlanned('32004'),
      'invoice-posted 47320041/10': ['pending', '2026-08-25T16:00:00.000Z'],
      'invoice-posted 47320041/20': ['pending', '2026-09-22T16:00:00.000Z'],
      ...otherItem('32004'),
    },
  },
  // The second item of the order meets the same four weeks later: another subject, the same signature.
  [
    taxCodeProblem('47320041/10', '2026-08-25T08:00:02.000Z', null),
    taxCodeProblem('47320041/20', '2026-09-22T08:00:02.000Z', null),
  ],
  [['2026-09-22T12:00:00.000Z', 'BLOCKED']],
);

const taxCodeMended = contractStory(
  'a tax code that is put right on the next morning',
  taxCodeMismatch,
  '32010',
  {
    progress: 'completed',
    members: membersOf('32010', ALL_BILLED),
    milestones: {
      ...untilPlanned('32010'),
      // 08:00 + 25 h: after 18:00 of its day. Evidence is due 24 h after the posting and comes 5 h after it.
      'invoice-posted 47320101/10': ['2026-08-26T09:00:00.000Z', '2026-08-25T16:00:00.000Z'],
      'evidence-captured 953201011': ['2026-08-26T14:00:00.000Z', '2026-08-27T09:00:00.000Z'],
      ...otherItem('32010'),
      ...laterItem('32010'),
    },
  },
  [taxCodeProblem('47320101/10', '2026-08-25T08:00:02.000Z', '2026-08-26T09:00:00.000Z')],
  [['2026-09-23T12:00:00.000Z', 'COMPLETED']],
);

const approvalProblems = (number: string, clearedAt: readonly [string, string] | null): ProblemSummary[] =>
  [0, 1].map((order) => ({
    subject: `sales-order GO-${number}-${order + 1}`,
    hop: COMPLIANCE_INTEGRATION.order,
    signature: problemSignature(APPROVAL_MISSING, { role: 'finance-director' }),
    occurrences: 1,
    lastOccurredAt: `2026-08-24T08:2${5 + order * 2}:02.000Z`,
    clearedAt: clearedAt?.[order] ?? null,
  }));

const validated = {
  'contract-approved': '2026-08-24T08:00:00.000Z',
  'attributes-validated': ['2026-08-24T08:08:00.000Z', '2026-08-24T08:15:00.000Z'] as [string, string],
};

const approvalUnmended = contractStory(
  'a contract that the finance director has not approved',
  approvalMissing,
  '33003',
  {
    progress: 'running',
    members: ['contract GC-33003', 'sales-order GO-33003-1', 'sales-order GO-33003-2'],
    milestones: {
      ...validated,
      'order-created GO-33003-1': ['pending', '2026-08-24T09:08:00.000Z'],
      'order-created GO-33003-2': ['pending', '2026-08-24T09:08:00.000Z'],
      'billing-schedule-created': ['pending', '2026-08-24T09:08:00.000Z'],
      'invoice-posted': 'pending',
      'evidence-captured': 'pending',
    },
  },
  approvalProblems('33003', null),
  [['2026-08-24T09:00:00.000Z', 'BLOCKED']],
);

const approvalMended = contractStory(
  'an approval that comes after five hours',
  approvalMissing,
  '33024',
  {
    progress: 'completed',
    members: membersOf('33024', ALL_BILLED),
    milestones: {
      ...validated,
      // 07:30 + 5 h 10 min and 2 min after it, the plans 5 min after each: all after 09:08.
      'order-created GO-33024-1': ['2026-08-24T12:40:00.000Z', '2026-08-24T09:08:00.000Z'],
      'order-created GO-33024-2': ['2026-08-24T12:42:00.000Z', '2026-08-24T09:08:00.000Z'],
      'billing-schedule-created 47330241/10': ['2026-08-24T12:45:00.000Z', '2026-08-24T09:08:00.000Z'],
      'billing-schedule-created 47330241/20': ['2026-08-24T12:45:00.000Z', '2026-08-24T09:08:00.000Z'],
      'billing-schedule-created 47330242/10': ['2026-08-24T12:47:00.000Z', '2026-08-24T09:08:00.000Z'],
      ...firstItemBilled('33024'),
      ...firstItemEvidenced('33024'),
      ...otherItem('33024'),
      ...laterItem('33024'),
    },
  },
  approvalProblems('33024', ['2026-08-24T12:40:00.000Z', '2026-08-24T12:42:00.000Z']),
  [['2026-09-23T12:00:00.000Z', 'COMPLETED']],
);

/** What can go wrong with a contract of several entities, each left as it is and mended later. */
export const FAULT_STORIES: readonly Story[] = [
  jurisdictionUnknown,
  jurisdictionMended,
  taxCodeUnmended,
  taxCodeMended,
  approvalUnmended,
  approvalMended,
];

import { problemSignature } from '@throughline/canonical';
import type { ProblemSummary, TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { COMPLIANCE_INTEGRATION } from './contract.js';
import { RETENTION_HOLD } from './contract-failures.js';
import { evidenceLate, retentionHold } from './contract-journeys.js';
import {
  ALL_BILLED,
  contractStory,
  firstItemBilled,
  laterItem,
  membersOf,
  otherItem,
  untilPlanned,
} from './contract-story.js';

const withFirstEvidence = (
  number: string,
  capturedAt: string,
  progress: TransactionSummary['progress'],
): Omit<TransactionSummary, 'hubs'> => ({
  progress,
  members: membersOf(number, ALL_BILLED),
  milestones: {
    ...untilPlanned(number),
    ...firstItemBilled(number),
    // 24 h after the posting of 08:00, whatever day it is.
    [`evidence-captured 95${number}11`]: [capturedAt, '2026-08-26T08:00:00.000Z'],
    ...otherItem(number),
    ...laterItem(number),
  },
});

const evidenceMissing = contractStory(
  'evidence of a control that is never captured',
  evidenceLate,
  '34002',
  // The evidence of the other control of this invoice is there: it is not all of it.
  withFirstEvidence('34002', 'pending', 'running'),
  [],
  [
    ['2026-08-26T03:00:00.000Z', 'RUNNING'],
    // Of 24 h less than a fifth, 4 h 48 min, is left from 03:12 on.
    ['2026-08-26T03:13:00.000Z', 'AT_RISK'],
    ['2026-08-26T08:01:00.000Z', 'LATE'],
  ],
);

const evidenceCapturedLate = contractStory(
  'evidence of a control that is captured after thirty hours',
  evidenceLate,
  '34005',
  // 08:00 + 30 h.
  withFirstEvidence('34005', '2026-08-26T14:00:00.000Z', 'completed'),
  [],
  [['2026-09-23T12:00:00.000Z', 'COMPLETED']],
);

const holdProblem = (number: string, clearedAt: string | null): ProblemSummary => ({
  subject: `invoice 95${number}11`,
  hop: COMPLIANCE_INTEGRATION.evidence,
  signature: problemSignature(RETENTION_HOLD, { control: 'BILLING-APPROVAL' }),
  occurrences: 1,
  lastOccurredAt: '2026-08-25T13:00:02.000Z',
  clearedAt,
});

const recordOnHold = contractStory(
  'a record on retention hold that takes no evidence',
  retentionHold,
  '35001',
  withFirstEvidence('35001', 'pending', 'running'),
  [holdProblem('35001', null)],
  [['2026-08-26T07:00:00.000Z', 'BLOCKED']],
);

const holdLifted = contractStory(
  'a retention hold that is lifted after two days',
  retentionHold,
  '35004',
  // 08:00 + 48 h.
  withFirstEvidence('35004', '2026-08-27T08:00:00.000Z', 'completed'),
  [holdProblem('35004', '2026-08-27T08:00:00.000Z')],
  [['2026-09-23T12:00:00.000Z', 'COMPLETED']],
);

/** What can go wrong with the evidence of an invoice, each left as it is and mended later. */
export const EVIDENCE_STORIES: readonly Story[] = [evidenceMissing, evidenceCapturedLate, recordOnHold, holdLifted];

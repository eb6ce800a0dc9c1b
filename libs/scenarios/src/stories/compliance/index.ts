import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  approvalMissing,
  contractOfTwoEntities,
  evidenceLate,
  missingJurisdiction,
  ownApproval,
  retentionHold,
  taxCodeMismatch,
} from './contract-journeys.js';
import { acrossTheOcean, globalHappyPath, waitingForBillingDate } from './contract-stories.js';
import { DUTY_STORIES } from './duty-stories.js';
import { EVIDENCE_STORIES } from './evidence-stories.js';
import { FAULT_STORIES } from './fault-stories.js';
import { payeeChange } from './payee-change.js';

/** Every story of global order to cash with compliance evidence. */
export const COMPLIANCE_STORIES: readonly Story[] = [
  globalHappyPath,
  acrossTheOcean,
  waitingForBillingDate,
  ...FAULT_STORIES,
  ...EVIDENCE_STORIES,
  ...DUTY_STORIES,
];

/** What the simulated estate tells of global order to cash with compliance evidence. */
export const COMPLIANCE_JOURNEYS: readonly Journey[] = [
  contractOfTwoEntities,
  missingJurisdiction,
  taxCodeMismatch,
  approvalMissing,
  evidenceLate,
  retentionHold,
  ownApproval,
  payeeChange,
];

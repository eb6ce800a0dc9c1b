import type { JourneySegment } from './transaction-critical-path.js';

/** What time went into, in the words of the people who ask. */
export const DELAY_KINDS = {
  'crm-workflow': 'CRM workflow',
  'erp-posting-queue': 'ERP posting queue',
  billing: 'Billing',
  treasury: 'Treasury',
  planning: 'Planning',
  compliance: 'Tax and compliance',
  'bank-file-processing': 'Bank file processing',
  middleware: 'Middleware',
  'middleware-retry': 'Middleware retry',
  approval: 'Approval',
  'batch-window': 'Batch window',
  'calendar-closed': 'Outside business hours',
  'upstream-missing': 'Waiting for others',
  'other-system': 'Another system',
  'not-told': 'Not told',
} as const;

/** One of DELAY_KINDS. */
export type DelayKind = keyof typeof DELAY_KINDS;

/** What the products that a system can be an instance of are there for. */
const KIND_OF_PRODUCT: Readonly<Record<string, DelayKind>> = {
  salesforce: 'crm-workflow',
  'sap-s4hana': 'erp-posting-queue',
  netsuite: 'erp-posting-queue',
  dynamics365: 'erp-posting-queue',
  'oracle-fusion': 'erp-posting-queue',
  stripe: 'billing',
  chargebee: 'billing',
  recurly: 'billing',
  zuora: 'billing',
  kyriba: 'treasury',
  anaplan: 'planning',
  adaptive: 'planning',
  pigment: 'planning',
  avalara: 'compliance',
  servicenow: 'compliance',
  vanta: 'compliance',
  drata: 'compliance',
  'sap-integration': 'middleware',
  mulesoft: 'middleware',
  boomi: 'middleware',
  workato: 'middleware',
  'logic-apps': 'middleware',
  'step-functions': 'middleware',
  celigo: 'middleware',
};

/**
 * What the time of a segment went into. Closed hours, approvals, retries and others' time are what they are wherever they
 * happen; what came with a file is file processing; all other work, queues and batches belong to the kind of system that
 * they happened at. `product` is the kind of that system, null when it is not known.
 */
export function delayKind({ reason, isOfFile }: JourneySegment, product: string | null): DelayKind {
  switch (reason) {
    case 'calendar-closed':
    case 'approval':
    case 'upstream-missing':
    case 'not-told':
      return reason;
    case 'retry':
      return 'middleware-retry';
    case 'batch-window':
      return isOfFile ? 'bank-file-processing' : 'batch-window';
    case 'queue':
    case null:
      return isOfFile ? 'bank-file-processing' : (KIND_OF_PRODUCT[product ?? ''] ?? 'other-system');
  }
}

import type { AgeBucket, Bounds, CutOffBucket } from './inbox-buckets.js';
import type { PriorityBand } from './priority.js';

/** What narrows the inbox beside states, queues and people; null = not at all. */
export type InboxNarrowing = {
  /** A person's band where one is stated. */
  priorities: readonly PriorityBand[] | null;
  integrations: readonly string[] | null;
  /** Of the legal entity: a region of the world or a country. */
  regions: readonly string[] | null;
  /** Whole names, in lower case. */
  counterparties: readonly string[] | null;
  /** Months, 2026-09. */
  postingPeriods: readonly string[] | null;
  /** Money at risk in minor units of the reporting currency, as text; what is not known lies in no range. */
  amount: Bounds<string> | null;
  ages: readonly AgeBucket[] | null;
  cutOffs: readonly CutOffBucket[] | null;
  /** Since the due date of the document. */
  daysPastDue: Bounds<number> | null;
  /** Open, and its clock was overdue since it was opened last; false = none of those, as of the other two. */
  isEscalated: boolean | null;
  /** Payroll, tax, debt service, statutory filings. */
  isStatutory: boolean | null;
  /** It came again after it was over. */
  isRecurring: boolean | null;
  /** Its group is marked as a known error. */
  isKnownError: boolean | null;
  /** The moment that ages, time left and days past due are told at. */
  at: Date;
};

/** Why an exception waits, and whether that stops its clock: what is not in our hands does, work of our own does not. */
export const WAIT_REASONS = [
  { code: 'customer', title: 'The customer answers', pausesClock: true },
  { code: 'supplier', title: 'The supplier answers', pausesClock: true },
  { code: 'bank', title: 'The bank answers', pausesClock: true },
  { code: 'posting-period', title: 'The posting period opens', pausesClock: true },
  { code: 'predecessor', title: 'A predecessor is posted', pausesClock: true },
  { code: 'vendor', title: 'The vendor mends its service', pausesClock: true },
  { code: 'master-data', title: 'Master data are completed', pausesClock: false },
  { code: 'source', title: 'The source system is corrected', pausesClock: false },
  { code: 'other-team', title: 'Another team answers', pausesClock: false },
  { code: 'agreed-date', title: 'A date is agreed', pausesClock: false },
] as const satisfies readonly WaitReason[];

export type WaitReason = { code: string; title: string; pausesClock: boolean };

/** Why an exception is closed without correction. */
export const ACCEPTANCE_REASONS = [
  { code: 'immaterial', title: 'Too small to pursue' },
  { code: 'test-data', title: 'No real business' },
  { code: 'known-error', title: 'Known, mended with a later release' },
  { code: 'agreed-deviation', title: 'Agreed with the counterparty' },
  { code: 'no-longer-needed', title: 'The document is no longer needed' },
  { code: 'handled-elsewhere', title: 'Handled outside of these systems' },
] as const satisfies readonly AcceptanceReason[];

export type AcceptanceReason = { code: string; title: string };

/** The declared reason of a code; undefined = none has it. */
export function waitReason(code: string): WaitReason | undefined {
  return WAIT_REASONS.find((reason) => reason.code === code);
}

/** The same for closing without correction. */
export function acceptanceReason(code: string): AcceptanceReason | undefined {
  return ACCEPTANCE_REASONS.find((reason) => reason.code === code);
}

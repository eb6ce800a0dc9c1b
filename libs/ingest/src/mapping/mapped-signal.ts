import type { Activity, MappingReference } from '@throughline/canonical';

/** Why a signal could not be mapped: exact place and reason, for the people who mend the mapping or the sender. */
export type UnmappedReason = {
  /** no-mapping: nothing takes it · no-rule: its pack has no rule for it · unreadable: the bytes are not what they say · contract-violation: its JSON Schema refuses it · invalid-output: the rule failed or made something invalid. */
  code: 'no-mapping' | 'no-rule' | 'unreadable' | 'contract-violation' | 'invalid-output';
  /** In words. */
  reason: string;
  /** JSON pointer into the payload, or into the rule's output for invalid-output. */
  place?: string;
  mapping?: MappingReference;
};

/** What the mapping made of a signal: activities, a stated reason why it tells nothing of finance, or why it failed. */
export type MappedSignal =
  | { outcome: 'mapped'; activities: Activity[]; mapping: MappingReference }
  | { outcome: 'ignored'; reason: string; mapping: MappingReference }
  | { outcome: 'unmapped'; unmapped: UnmappedReason };

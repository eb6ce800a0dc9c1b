import type { Activity, SignalReference } from '@throughline/canonical';
import type { StoredSignal, UnmappedReason } from '@throughline/ingest';

/** A stored signal as the bench maps it. */
export type BenchSignal = { signal: StoredSignal; reference: SignalReference };

/** A payload that somebody pasted. */
export type PastedPayload = {
  body: Uint8Array;
  contentType: string | null;
  sourceSystem: string;
  sourceKind: string;
  type: string | null;
};

export type TrialRequest = {
  kind: 'trial';
  definition: string;
  input: { stored: BenchSignal } | { pasted: PastedPayload };
};

/** `before` = the definition in force; null = there is none. */
export type ComparisonRequest = {
  kind: 'comparison';
  before: string | null;
  after: string;
  signals: readonly BenchSignal[];
};

export type BenchRequest = TrialRequest | ComparisonRequest;

export type RuleTrace = { rule: string; matched: boolean; error: string | null };

export type TrialResult = {
  kind: 'trial';
  outcome: 'mapped' | 'ignored' | 'unmapped' | 'invalid-definition';
  activities: Activity[];
  unmapped: UnmappedReason | null;
  ignoredBecause: string | null;
  rule: string | null;
  problems: string[];
  rules: RuleTrace[];
};

/** What one definition makes of a signal, without what differs anyway: ids, references and the mapping's version. */
export type ComparedOutcome = {
  outcome: 'mapped' | 'ignored' | 'unmapped';
  activities?: Omit<Activity, 'activityId' | 'signal' | 'mapping'>[];
  reason?: string;
  place?: string;
};

export type ComparisonResult = {
  kind: 'comparison';
  problems: string[];
  compared: number;
  same: number;
  changed: number;
  newlyMapped: number;
  newlyUnmapped: number;
  differences: { signalId: string; before: ComparedOutcome; after: ComparedOutcome }[];
};

export type BenchResult = TrialResult | ComparisonResult;

export function invalidTrial(problems: readonly string[]): TrialResult {
  return {
    kind: 'trial',
    outcome: 'invalid-definition',
    activities: [],
    unmapped: null,
    ignoredBecause: null,
    rule: null,
    problems: [...problems],
    rules: [],
  };
}

export function invalidComparison(problems: readonly string[]): ComparisonResult {
  return {
    kind: 'comparison',
    problems: [...problems],
    compared: 0,
    same: 0,
    changed: 0,
    newlyMapped: 0,
    newlyUnmapped: 0,
    differences: [],
  };
}

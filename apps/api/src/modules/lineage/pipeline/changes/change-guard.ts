import type { Tx } from '@throughline/persistence';
import type { ChangeReport } from '../../domain/change-report.js';

/** A change of lineage that is known in all its parts and not done yet. */
export type ForeseenChange = {
  kind: 'remap' | 'rebuild';
  /** Of the remapping or the rebuild. */
  id: string;
  reason: string;
  /** Null = the system. */
  requestedBy: string | null;
  hash: string;
  report: ChangeReport;
  /** Something else was approved: what would change differs by now. */
  isStale: boolean;
  /** Signals that were mapped again already, before other mappings were put in force. */
  done?: number;
};

/** Whether a change may be done at once, or is held until somebody approves it; composed by who knows the rules. */
export type ChangeGuard = (tx: Tx, change: ForeseenChange, now: Date) => Promise<'free' | 'held'>;

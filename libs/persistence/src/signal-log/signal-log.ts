import type { Tx } from '../tx.js';

/** Which store holds the items of a batch: spans have one of their own. */
export type BatchKind = 'spans' | 'events';

/** What a collector stored in one transaction and the workers have yet to map. */
export type PendingBatch = { batchId: string; kind: BatchKind; receivedAt: Date; items: number };

/** A batch that a worker holds until its transaction ends; nobody else is given it meanwhile. */
export type ClaimedBatch = { batchId: string; kind: BatchKind; receivedOn: string; items: number };

/** How much waits: batches and items, how many batches failed before, and when the oldest came. */
export type PendingFigures = { batches: number; items: number; deferred: number; oldestReceivedAt: Date | null };

/** Bounds of one claim; at least one batch is given however large it is. `only` names the one batch that is wanted. */
export type ClaimOptions = { mostBatches: number; mostItems: number; only?: string };

/**
 * The log between collectors and workers. Each item of work is appended, claimed and acknowledged inside the transaction
 * that stores what belongs to it, so whoever dies leaves either all of it done or all of it waiting: no gap, no double.
 * It is no offset: a batch that commits late is given out however many younger ones are done.
 */
export interface SignalLog {
  /** Leaves work in the storing transaction and wakes the workers at its commit. */
  append(tx: Tx, batch: PendingBatch): Promise<void>;
  /** Takes due batches, oldest first, leaving those that another worker holds. */
  claim(tx: Tx, options: ClaimOptions): Promise<ClaimedBatch[]>;
  /** Ends claimed work; it is gone when the transaction commits, and waits again when it does not. */
  acknowledge(tx: Tx, batches: readonly Pick<ClaimedBatch, 'batchId'>[]): Promise<void>;
  /** Puts a batch that could not be worked on behind the others, for longer each time; it is never given up. */
  defer(tx: Tx, batchId: string): Promise<void>;
  /** What waits now. */
  pending(tx: Tx): Promise<PendingFigures>;
}

import type { Tx } from '@throughline/persistence';

/** Facts that a module tells the modules to its right. */
export type Topic =
  | 'lineage.projected'
  | 'lineage.master'
  | 'timeliness.overdue'
  | 'reconciliation.stated'
  | 'exceptions.opened'
  | 'exceptions.escalated'
  | 'validation.changed';

/**
 * The projection of these objects and transactions was written anew; silent = from what was mapped again: tell nobody. Who knows
 * the subjects of the transactions' service milestones (anchors and objects) names them in place of the transactions.
 */
export type LineageProjected = {
  objectIds: string[];
  transactionIds: string[];
  subjectIds?: string[];
  isSilent?: boolean;
};

/** Master data and what else is attached to documents may be others now. */
export type MasterProjected = { objectIds: string[]; isSilent: boolean };

/** Milestones that passed their due time unreached; objectId is the nil uuid when declared per transaction. */
export type TimelinessOverdue = {
  items: { transactionId: string; name: string; objectId: string; dueAt: string }[];
};

/** What engines state of these subjects changed; silent = from what was mapped again: tell nobody. */
export type ReconciliationStated = { subjectIds: string[]; isSilent?: boolean };

/** Exceptions that were opened or opened again. */
export type ExceptionsOpened = { exceptionIds: string[] };

/** Clocks of exceptions that are overdue; who hears of it reads which of their escalations it has not told yet. */
export type ExceptionsEscalated = { exceptionIds: string[] };

/** What rules tell of the money of these objects changed; silent = from what was mapped again: tell nobody. */
export type ValidationChanged = { objectIds: string[]; isSilent?: boolean };

export type TopicPayloads = {
  'lineage.projected': LineageProjected;
  'lineage.master': MasterProjected;
  'timeliness.overdue': TimelinessOverdue;
  'reconciliation.stated': ReconciliationStated;
  'exceptions.opened': ExceptionsOpened;
  'exceptions.escalated': ExceptionsEscalated;
  'validation.changed': ValidationChanged;
};

/** One delivery of an event to one consumer. */
export type OutboxEvent = { deliveryId: string; topic: Topic; payload: unknown };

/** Handles events inside the transaction that deletes their delivery rows; must be idempotent by content. */
export type OutboxConsumer = {
  name: string;
  topics: readonly Topic[];
  handle(tx: Tx, event: OutboxEvent): Promise<void>;
};

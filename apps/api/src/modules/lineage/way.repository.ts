import type { SignalKind } from '@throughline/canonical';
import type { Progress } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';

/** A transaction as the way through it needs it. */
export type WayHeadRow = {
  id: string;
  workflow: string;
  legalEntity: string | null;
  progress: Progress;
  startedAt: Date;
  completedAt: Date | null;
};

/** What the way needs of an activity beyond what is shown of it. */
export type WayActivityRow = {
  id: string;
  runKey: string;
  signalKind: SignalKind;
  /** Lower-case hex; null for what no span told. */
  spanId: string | null;
};

/** The transactions of these ids; unknown ones are left out. */
export function findWayHeads(tx: Tx, transactionIds: readonly string[]): Promise<WayHeadRow[]> {
  return tx.query<WayHeadRow>(
    `select transaction_id as id, workflow, legal_entity as "legalEntity", progress, started_at as "startedAt",
            completed_at as "completedAt"
     from business_transaction where tenant_id = $1 and transaction_id = any($2::uuid[])`,
    [tx.tenantId, transactionIds],
  );
}

export function findWayActivities(tx: Tx, activityIds: readonly string[]): Promise<WayActivityRow[]> {
  return tx.query<WayActivityRow>(
    `select activity_id as id, run_key as "runKey", signal_kind as "signalKind", encode(span_id, 'hex') as "spanId"
     from activity where tenant_id = $1 and activity_id = any($2::uuid[])`,
    [tx.tenantId, activityIds],
  );
}

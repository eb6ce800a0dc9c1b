import type { Direction, Money, ObjectType } from '@throughline/canonical';
import { type HappenedLine, happenedOf } from '../read-objects.js';
import {
  type FindingKind,
  type LineageMilestone,
  type Progress,
  type Projection,
  inFixedOrder,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';

type Row = Record<string, unknown>;

/** The stored projection of a tenant, in the shape of the in-memory one. */
export async function readProjection(tx: Tx): Promise<Projection> {
  const rowsOf = (table: string) => tx.query<Row>(`select * from ${table} where tenant_id = $1`, [tx.tenantId]);
  return inFixedOrder({
    aliases: (await rowsOf('object_alias')).map((row) => ({
      aliasId: text(row, 'alias_id'),
      objectId: text(row, 'object_id'),
      system: text(row, 'system'),
      kind: text(row, 'kind'),
      scope: text(row, 'scope'),
      value: text(row, 'value'),
    })),
    objects: (await rowsOf('business_object')).map((row) => ({
      objectId: text(row, 'object_id'),
      type: text(row, 'type') as ObjectType,
      key: text(row, 'key'),
      legalEntity: textOrNull(row, 'legal_entity'),
      counterparty: textOrNull(row, 'counterparty'),
      amount: moneyOf(row),
      direction: textOrNull(row, 'direction') as Direction | null,
      attributes: row['attributes'] as Record<string, string>,
      isPlaceholder: row['is_placeholder'] === true,
      firstOccurredAt: instant(row, 'first_occurred_at'),
      lastOccurredAt: instant(row, 'last_occurred_at'),
      happened: happenedOf(row['happened'] as HappenedLine[] | null),
    })),
    links: (await rowsOf('object_link')).map((row) => ({
      fromObjectId: text(row, 'from_object_id'),
      toObjectId: text(row, 'to_object_id'),
      qualifier: text(row, 'qualifier'),
      fromType: text(row, 'from_type') as ObjectType,
      toType: text(row, 'to_type') as ObjectType,
      isContext: row['is_context'] === true,
      amount: moneyOf(row),
      firstOccurredAt: instant(row, 'first_occurred_at'),
      establishedAt:
        row['is_established'] === true
          ? (instantOrNull(row, 'established_at') ?? instant(row, 'first_occurred_at'))
          : null,
      assertedBy: text(row, 'asserted_by'),
    })),
    transactions: (await rowsOf('business_transaction')).map((row) => ({
      transactionId: text(row, 'transaction_id'),
      workflow: text(row, 'workflow'),
      anchorObjectId: text(row, 'anchor_object_id'),
      progress: text(row, 'progress') as Progress,
      legalEntity: textOrNull(row, 'legal_entity'),
      counterparty: textOrNull(row, 'counterparty'),
      amount: moneyOf(row),
      startedAt: instant(row, 'started_at'),
      completedAt: instantOrNull(row, 'completed_at'),
      lastOccurredAt: instant(row, 'last_occurred_at'),
    })),
    transactionObjects: (await rowsOf('transaction_object')).map((row) => ({
      transactionId: text(row, 'transaction_id'),
      objectId: text(row, 'object_id'),
      isHub: row['is_hub'] === true,
      depth: Number(row['depth']),
    })),
    milestones: (await rowsOf('milestone')).map((row) => ({
      transactionId: text(row, 'transaction_id'),
      name: text(row, 'name'),
      objectId: text(row, 'object_id'),
      position: Number(row['position']),
      title: text(row, 'title'),
      ruleKind: text(row, 'rule_kind') as LineageMilestone['ruleKind'],
      startedAt: instantOrNull(row, 'started_at'),
      dueAt: instantOrNull(row, 'due_at'),
      reachedAt: instantOrNull(row, 'reached_at'),
      reachedBy: textOrNull(row, 'reached_by'),
    })),
    problems: (await rowsOf('problem')).map((row) => ({
      objectId: text(row, 'object_id'),
      hop: text(row, 'hop'),
      signature: text(row, 'signature'),
      taxonomy: text(row, 'taxonomy'),
      discriminators: row['discriminators'] as Record<string, string>,
      message: text(row, 'message'),
      integration: text(row, 'integration'),
      occurrences: Number(row['occurrences']),
      firstOccurredAt: instant(row, 'first_occurred_at'),
      lastOccurredAt: instant(row, 'last_occurred_at'),
      lastActivityId: text(row, 'last_activity_id'),
      clearedAt: instantOrNull(row, 'cleared_at'),
      clearedBy: textOrNull(row, 'cleared_by'),
    })),
    findings: (await rowsOf('finding')).map((row) => ({
      kind: text(row, 'kind') as FindingKind,
      subjectId: text(row, 'subject_id'),
      about: text(row, 'about'),
      details: row['details'] as Record<string, unknown>,
      since: instantOrNull(row, 'since'),
    })),
  });
}

function text(row: Row, column: string): string {
  return String(row[column]);
}

function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

function instant(row: Row, column: string): string {
  return (row[column] as Date).toISOString();
}

function instantOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : instant(row, column);
}

function moneyOf(row: Row): Money | null {
  return row['amount'] === null ? null : { amount: text(row, 'amount'), currency: text(row, 'currency') };
}

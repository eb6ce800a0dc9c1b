import type { Money } from '@throughline/canonical';
import type {
  AliasState,
  LineageFinding,
  LineageMilestone,
  LineageTransaction,
  LinkState,
  ObjectState,
  ProblemState,
  TransactionObjectState,
} from '@throughline/lineage';
import type { ProjectionTable } from './row-diff.js';

const MONEY = { amount: 'numeric', currency: 'text' } as const;

export const OBJECT_ALIAS: ProjectionTable = {
  name: 'object_alias',
  key: ['alias_id'],
  columns: { alias_id: 'uuid', object_id: 'uuid', system: 'text', kind: 'text', scope: 'text', value: 'text' },
};

export const BUSINESS_OBJECT: ProjectionTable = {
  name: 'business_object',
  key: ['object_id'],
  columns: {
    object_id: 'uuid',
    type: 'text',
    key: 'text',
    legal_entity: 'text',
    counterparty: 'text',
    ...MONEY,
    direction: 'text',
    attributes: 'jsonb',
    is_placeholder: 'bool',
    first_occurred_at: 'timestamptz',
    last_occurred_at: 'timestamptz',
    happened: 'jsonb',
  },
};

export const OBJECT_LINK: ProjectionTable = {
  name: 'object_link',
  key: ['from_object_id', 'to_object_id', 'qualifier'],
  columns: {
    from_object_id: 'uuid',
    to_object_id: 'uuid',
    qualifier: 'text',
    from_type: 'text',
    to_type: 'text',
    is_context: 'bool',
    ...MONEY,
    first_occurred_at: 'timestamptz',
    is_established: 'bool',
    established_at: 'timestamptz',
    asserted_by: 'uuid',
  },
};

export const BUSINESS_TRANSACTION: ProjectionTable = {
  name: 'business_transaction',
  key: ['transaction_id'],
  columns: {
    transaction_id: 'uuid',
    workflow: 'text',
    anchor_object_id: 'uuid',
    progress: 'text',
    legal_entity: 'text',
    counterparty: 'text',
    ...MONEY,
    started_at: 'timestamptz',
    completed_at: 'timestamptz',
    last_occurred_at: 'timestamptz',
    digests: 'text',
  },
};

export const TRANSACTION_OBJECT: ProjectionTable = {
  name: 'transaction_object',
  key: ['transaction_id', 'object_id'],
  columns: { transaction_id: 'uuid', object_id: 'uuid', is_hub: 'bool', depth: 'int2' },
};

export const MILESTONE: ProjectionTable = {
  name: 'milestone',
  key: ['transaction_id', 'name', 'object_id'],
  columns: {
    transaction_id: 'uuid',
    name: 'text',
    object_id: 'uuid',
    position: 'int2',
    title: 'text',
    rule_kind: 'text',
    started_at: 'timestamptz',
    due_at: 'timestamptz',
    reached_at: 'timestamptz',
    reached_by: 'uuid',
  },
};

export const PROBLEM: ProjectionTable = {
  name: 'problem',
  key: ['object_id', 'hop', 'signature'],
  columns: {
    object_id: 'uuid',
    hop: 'text',
    signature: 'text',
    taxonomy: 'text',
    discriminators: 'jsonb',
    message: 'text',
    integration: 'text',
    occurrences: 'int4',
    first_occurred_at: 'timestamptz',
    last_occurred_at: 'timestamptz',
    last_activity_id: 'uuid',
    cleared_at: 'timestamptz',
    cleared_by: 'uuid',
  },
};

export const FINDING: ProjectionTable = {
  name: 'finding',
  key: ['kind', 'subject_id', 'about'],
  columns: { kind: 'text', subject_id: 'uuid', about: 'text', details: 'jsonb', since: 'timestamptz' },
};

/** Every table of the projection, in the order in which they can be deleted. */
export const PROJECTION_TABLES = [
  FINDING,
  PROBLEM,
  MILESTONE,
  TRANSACTION_OBJECT,
  BUSINESS_TRANSACTION,
  OBJECT_LINK,
  BUSINESS_OBJECT,
  OBJECT_ALIAS,
] as const;

function moneyColumns(money: Money | null): { amount: string | null; currency: string | null } {
  return { amount: money?.amount ?? null, currency: money?.currency ?? null };
}

/** Rows of the tables above, by column name. */
export const toRow = {
  alias: ({ aliasId, objectId, system, kind, scope, value }: AliasState) => ({
    alias_id: aliasId,
    object_id: objectId,
    system,
    kind,
    scope,
    value,
  }),
  object: (object: ObjectState) => ({
    object_id: object.objectId,
    type: object.type,
    key: object.key,
    legal_entity: object.legalEntity,
    counterparty: object.counterparty,
    ...moneyColumns(object.amount),
    direction: object.direction,
    attributes: object.attributes,
    is_placeholder: object.isPlaceholder,
    first_occurred_at: object.firstOccurredAt,
    last_occurred_at: object.lastOccurredAt,
    happened: object.happened?.map(({ activityId, type, occurredAt }) => [activityId, type, occurredAt]) ?? null,
  }),
  link: (link: LinkState) => ({
    from_object_id: link.fromObjectId,
    to_object_id: link.toObjectId,
    qualifier: link.qualifier,
    from_type: link.fromType,
    to_type: link.toType,
    is_context: link.isContext,
    ...moneyColumns(link.amount),
    first_occurred_at: link.firstOccurredAt,
    is_established: link.establishedAt !== null,
    // said only where attempts that failed came before, which are few
    established_at: link.establishedAt === link.firstOccurredAt ? null : link.establishedAt,
    asserted_by: link.assertedBy,
  }),
  transaction: (transaction: LineageTransaction) => ({
    transaction_id: transaction.transactionId,
    workflow: transaction.workflow,
    anchor_object_id: transaction.anchorObjectId,
    progress: transaction.progress,
    legal_entity: transaction.legalEntity,
    counterparty: transaction.counterparty,
    ...moneyColumns(transaction.amount),
    started_at: transaction.startedAt,
    completed_at: transaction.completedAt,
    last_occurred_at: transaction.lastOccurredAt,
  }),
  transactionObject: ({ transactionId, objectId, isHub, depth }: TransactionObjectState) => ({
    transaction_id: transactionId,
    object_id: objectId,
    is_hub: isHub,
    depth,
  }),
  milestone: (milestone: LineageMilestone & { transactionId: string }) => ({
    transaction_id: milestone.transactionId,
    name: milestone.name,
    object_id: milestone.objectId,
    position: milestone.position,
    title: milestone.title,
    rule_kind: milestone.ruleKind,
    started_at: milestone.startedAt,
    due_at: milestone.dueAt,
    reached_at: milestone.reachedAt,
    reached_by: milestone.reachedBy,
  }),
  finding: ({ kind, subjectId, about, details, since }: LineageFinding) => ({
    kind,
    subject_id: subjectId,
    about,
    details,
    since,
  }),
  problem: (problem: ProblemState) => ({
    object_id: problem.objectId,
    hop: problem.hop,
    signature: problem.signature,
    taxonomy: problem.taxonomy,
    discriminators: problem.discriminators,
    message: problem.message,
    integration: problem.integration,
    occurrences: problem.occurrences,
    first_occurred_at: problem.firstOccurredAt,
    last_occurred_at: problem.lastOccurredAt,
    last_activity_id: problem.lastActivityId,
    cleared_at: problem.clearedAt,
    cleared_by: problem.clearedBy,
  }),
};

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Exceptions of one fingerprint. */
@Entity({ name: 'exception_group' })
export class ExceptionGroupEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'group_id', type: 'uuid' })
  groupId!: string;

  @Column({ name: 'fingerprint', type: 'text' })
  fingerprint!: string;

  @Column({ name: 'title', type: 'text' })
  title!: string;

  @Column({ name: 'taxonomy', type: 'text' })
  taxonomy!: string;

  @Column({ name: 'hop', type: 'text' })
  hop!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'owner_id', type: 'uuid', nullable: true })
  ownerId!: string | null;

  @Column({ name: 'note', type: 'text' })
  note!: string;

  @Column({ name: 'is_known_error', type: 'boolean' })
  isKnownError!: boolean;

  @Column({ name: 'known_error_reference', type: 'text', nullable: true })
  knownErrorReference!: string | null;

  @Column({ name: 'snoozed_until', type: 'timestamptz', nullable: true })
  snoozedUntil!: Date | null;

  @Column({ name: 'snooze_reason', type: 'text', nullable: true })
  snoozeReason!: string | null;

  @Column({ name: 'merged_into', type: 'uuid', nullable: true })
  mergedInto!: string | null;

  @Column({ name: 'split_by', type: 'text', array: true })
  splitBy!: string[];

  @Column({ name: 'parent_id', type: 'uuid', nullable: true })
  parentId!: string | null;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'changed_at', type: 'timestamptz', nullable: true })
  changedAt!: Date | null;

  @Column({ name: 'changed_by', type: 'uuid', nullable: true })
  changedBy!: string | null;

  @Column({ name: 'changed_by_name', type: 'text', nullable: true })
  changedByName!: string | null;
}

/** One problem with one subject at one hop. */
@Entity({ name: 'exception' })
export class ExceptionEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'exception_id', type: 'uuid' })
  exceptionId!: string;

  @Column({ name: 'group_id', type: 'uuid' })
  groupId!: string;

  @Column({ name: 'own_group_id', type: 'uuid', nullable: true })
  ownGroupId!: string | null;

  @Column({ name: 'object_id', type: 'uuid' })
  objectId!: string;

  @Column({ name: 'first_object_id', type: 'uuid' })
  firstObjectId!: string;

  @Column({ name: 'hop', type: 'text' })
  hop!: string;

  @Column({ name: 'signature', type: 'text' })
  signature!: string;

  @Column({ name: 'taxonomy', type: 'text' })
  taxonomy!: string;

  @Column({ name: 'title', type: 'text' })
  title!: string;

  @Column({ name: 'message', type: 'text' })
  message!: string;

  @Column({ name: 'integration', type: 'text' })
  integration!: string;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'resolution', type: 'text', nullable: true })
  resolution!: string | null;

  @Column({ name: 'posting_period', type: 'text', nullable: true })
  postingPeriod!: string | null;

  @Column({ name: 'due_on', type: 'text', nullable: true })
  dueOn!: string | null;

  @Column({ name: 'money_part_id', type: 'uuid', nullable: true })
  moneyPartId!: string | null;

  @Column({ name: 'money_whole_id', type: 'uuid', nullable: true })
  moneyWholeId!: string | null;

  @Column({ name: 'gone_at', type: 'timestamptz', nullable: true })
  goneAt!: Date | null;

  @Column({ name: 'reopenings', type: 'integer' })
  reopenings!: number;

  @Column({ name: 'is_escalated', type: 'boolean' })
  isEscalated!: boolean;

  /** What the inbox is counted by, computed by the database. */
  @Column({ name: 'facet', type: 'text', nullable: true, insert: false, update: false })
  facet!: string | null;

  @Column({ name: 'facet_key', type: 'bigint', nullable: true, insert: false, update: false })
  facetKey!: string | null;

  @Column({ name: 'cut_off_at', type: 'timestamptz', nullable: true, insert: false, update: false })
  cutOffAt!: Date | null;

  @Column({ name: 'duplicate_of', type: 'uuid', nullable: true })
  duplicateOf!: string | null;

  @Column({ name: 'state_before_duplicate', type: 'text', nullable: true })
  stateBeforeDuplicate!: string | null;

  @Column({ name: 'is_duplicate_by_hand', type: 'boolean' })
  isDuplicateByHand!: boolean;

  @Column({ name: 'owner_id', type: 'uuid', nullable: true })
  ownerId!: string | null;

  @Column({ name: 'object_type', type: 'text' })
  objectType!: string;

  @Column({ name: 'object_key', type: 'text' })
  objectKey!: string;

  @Column({ name: 'legal_entity', type: 'text', nullable: true })
  legalEntity!: string | null;

  @Column({ name: 'counterparty', type: 'text', nullable: true })
  counterparty!: string | null;

  @Column({ name: 'counterparty_folded', type: 'text', nullable: true })
  counterpartyFolded!: string | null;

  @Column({ name: 'amount', type: 'numeric', nullable: true })
  amount!: string | null;

  @Column({ name: 'currency', type: 'text', nullable: true })
  currency!: string | null;

  @Column({ name: 'direction', type: 'text', nullable: true })
  direction!: string | null;

  @Column({ name: 'amount_minor', type: 'bigint' })
  amountMinor!: string;

  @Column({ name: 'occurrences', type: 'integer' })
  occurrences!: number;

  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt!: Date;

  @Column({ name: 'last_occurred_at', type: 'timestamptz' })
  lastOccurredAt!: Date;

  @Column({ name: 'last_activity_id', type: 'uuid', nullable: true })
  lastActivityId!: string | null;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt!: Date | null;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'queue', type: 'text', nullable: true })
  queue!: string | null;

  @Column({ name: 'is_queue_stated', type: 'boolean' })
  isQueueStated!: boolean;

  @Column({ name: 'reporting_minor', type: 'bigint', nullable: true })
  reportingMinor!: string | null;

  @Column({ name: 'money_order', type: 'bigint', insert: false, update: false })
  moneyOrder!: string;

  @Column({ name: 'is_money_unknown', type: 'boolean' })
  isMoneyUnknown!: boolean;

  @Column({ name: 'next_due_at', type: 'timestamptz', nullable: true })
  nextDueAt!: Date | null;

  @Column({ name: 'next_due_step', type: 'text', nullable: true })
  nextDueStep!: string | null;

  @Column({ name: 'missed_due_at', type: 'timestamptz', nullable: true })
  missedDueAt!: Date | null;

  @Column({ name: 'missed_due_step', type: 'text', nullable: true })
  missedDueStep!: string | null;

  @Column({ name: 'blocks', type: 'integer' })
  blocks!: number;

  @Column({ name: 'statutory', type: 'text', nullable: true })
  statutory!: string | null;

  @Column({ name: 'priority_points', type: 'smallint' })
  priorityPoints!: number;

  @Column({ name: 'priority_band', type: 'text' })
  priorityBand!: string;

  @Column({ name: 'stated_band', type: 'text', nullable: true })
  statedBand!: string | null;

  @Column({ name: 'stated_reason', type: 'text', nullable: true })
  statedReason!: string | null;

  @Column({ name: 'stated_by', type: 'uuid', nullable: true })
  statedBy!: string | null;

  @Column({ name: 'stated_at', type: 'timestamptz', nullable: true })
  statedAt!: Date | null;

  @Column({ name: 'priority_order', type: 'bigint' })
  priorityOrder!: string;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}

/** An entry of an exception's timeline. */
@Entity({ name: 'exception_event' })
export class ExceptionEventEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'exception_id', type: 'uuid' })
  exceptionId!: string;

  @PrimaryColumn({ name: 'event_id', type: 'uuid' })
  eventId!: string;

  @Column({ name: 'ordinal', type: 'bigint', insert: false, update: false })
  ordinal!: string;

  @Column({ name: 'at', type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @Column({ name: 'actor_name', type: 'text' })
  actorName!: string;

  @Column({ name: 'details', type: 'jsonb' })
  details!: Record<string, unknown>;
}

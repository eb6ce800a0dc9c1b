import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The decision to send again. */
@Entity({ name: 'requeue_request' })
export class RequeueRequestEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'request_id', type: 'uuid' })
  requestId!: string;

  @Column({ name: 'maker_id', type: 'uuid' })
  makerId!: string;

  @Column({ name: 'maker_name', type: 'text' })
  makerName!: string;

  @Column({ name: 'reason', type: 'text' })
  reason!: string;

  @Column({ name: 'selection_hash', type: 'bytea' })
  selectionHash!: Buffer;

  @Column({ name: 'hash_version', type: 'integer', default: 1 })
  hashVersion!: number;

  @Column({ name: 'items', type: 'integer' })
  items!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'action', type: 'text', default: 'requeue' })
  action!: string;

  @Column({ name: 'state', type: 'text', default: 'SENDING' })
  state!: string;

  @Column({ name: 'changed_at', type: 'timestamptz', nullable: true })
  changedAt!: Date | null;

  @Column({ name: 'approval', type: 'jsonb', nullable: true })
  approval!: object | null;

  @Column({ name: 'reporting_minor', type: 'bigint', nullable: true })
  reportingMinor!: string | null;

  @Column({ name: 'is_money_unknown', type: 'boolean' })
  isMoneyUnknown!: boolean;

  @Column({ name: 'is_carried_forward', type: 'boolean' })
  isCarriedForward!: boolean;

  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt!: Date | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;

  @Column({ name: 'decided_by', type: 'uuid', nullable: true })
  decidedBy!: string | null;

  @Column({ name: 'decided_by_name', type: 'text', nullable: true })
  decidedByName!: string | null;

  @Column({ name: 'decision_reason', type: 'text', nullable: true })
  decisionReason!: string | null;

  @Column({ name: 'is_break_glass', type: 'boolean' })
  isBreakGlass!: boolean;

  @Column({ name: 'reviewed_at', type: 'timestamptz', nullable: true })
  reviewedAt!: Date | null;

  @Column({ name: 'reviewed_by', type: 'uuid', nullable: true })
  reviewedBy!: string | null;

  @Column({ name: 'reviewed_by_name', type: 'text', nullable: true })
  reviewedByName!: string | null;

  @Column({ name: 'review_comment', type: 'text', nullable: true })
  reviewComment!: string | null;

  @Column({ name: 'review_due_at', type: 'timestamptz', nullable: true })
  reviewDueAt!: Date | null;

  @Column({ name: 'is_review_told', type: 'boolean', default: false })
  isReviewTold!: boolean;
}

/** One send and its outcome. */
@Entity({ name: 'requeue_attempt' })
export class RequeueAttemptEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'attempt_id', type: 'uuid' })
  attemptId!: string;

  @Column({ name: 'request_id', type: 'uuid' })
  requestId!: string;

  @Column({ name: 'exception_id', type: 'uuid' })
  exceptionId!: string;

  @Column({ name: 'object_id', type: 'uuid' })
  objectId!: string;

  @Column({ name: 'attempt', type: 'integer' })
  attempt!: number;

  @Column({ name: 'integration', type: 'text' })
  integration!: string;

  @Column({ name: 'idempotency_key', type: 'text' })
  idempotencyKey!: string;

  @Column({ name: 'body', type: 'text' })
  body!: string;

  @Column({ name: 'traceparent', type: 'text' })
  traceparent!: string;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'transmissions', type: 'integer' })
  transmissions!: number;

  @Column({ name: 'may_have_applied', type: 'boolean' })
  mayHaveApplied!: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'first_sent_at', type: 'timestamptz', nullable: true })
  firstSentAt!: Date | null;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt!: Date | null;

  @Column({ name: 'acknowledged_at', type: 'timestamptz', nullable: true })
  acknowledgedAt!: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  @Column({ name: 'http_status', type: 'integer', nullable: true })
  httpStatus!: number | null;

  @Column({ name: 'answer', type: 'text', nullable: true })
  answer!: string | null;

  @Column({ name: 'mode', type: 'text', default: 'as-is' })
  mode!: string;

  @Column({ name: 'payload_version', type: 'integer', nullable: true })
  payloadVersion!: number | null;

  @Column({ name: 'position', type: 'integer', default: 0 })
  position!: number;

  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt!: Date | null;

  @Column({ name: 'retry_at', type: 'timestamptz', nullable: true })
  retryAt!: Date | null;

  @Column({ name: 'processed_at', type: 'timestamptz', nullable: true })
  processedAt!: Date | null;

  @Column({ name: 'verify_by', type: 'timestamptz', nullable: true })
  verifyBy!: Date | null;

  @Column({ name: 'is_told_unverified', type: 'boolean', default: false })
  isToldUnverified!: boolean;

  @Column({ name: 'sent_content_type', type: 'text', nullable: true })
  sentContentType!: string | null;
}

/** The unique row that makes a second concurrent send impossible. */
@Entity({ name: 'requeue_claim' })
export class RequeueClaimEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'exception_id', type: 'uuid' })
  exceptionId!: string;

  @Column({ name: 'attempt_id', type: 'uuid' })
  attemptId!: string;

  @Column({ name: 'object_id', type: 'uuid' })
  objectId!: string;

  @Column({ name: 'integration', type: 'text' })
  integration!: string;

  @Column({ name: 'claimed_at', type: 'timestamptz' })
  claimedAt!: Date;
}

/** What goes out before an attempt. */
@Entity({ name: 'requeue_order' })
export class RequeueOrderEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'attempt_id', type: 'uuid' })
  attemptId!: string;

  @PrimaryColumn({ name: 'after_exception_id', type: 'uuid' })
  afterExceptionId!: string;
}

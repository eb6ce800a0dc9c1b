import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { TransactionState } from '@throughline/sla';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { ObjectReferenceType } from './object.types.js';
import { TransactionFilterInput, TransactionStateEnum } from './transaction-filter.types.js';

export const TransactionOrder = { LAST_ACTIVITY_DESC: 'LAST_ACTIVITY_DESC', STARTED_DESC: 'STARTED_DESC' } as const;

export type TransactionOrder = (typeof TransactionOrder)[keyof typeof TransactionOrder];

registerEnumType(TransactionOrder, { name: 'TransactionOrder' });

@ObjectType('Transaction', { description: 'One instance of a workflow: its anchor and everything downstream of it' })
export class TransactionType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  workflow!: string;

  @Field(() => String)
  workflowTitle!: string;

  @Field(() => TransactionStateEnum)
  state!: TransactionState;

  @Field(() => ObjectReferenceType)
  anchor!: ObjectReferenceType;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  completedAt!: Date | null;

  @Field(() => DateTimeScalar)
  lastActivityAt!: Date;
}

@ObjectType('TransactionBlocker', { description: 'An open exception that keeps a transaction from going on' })
export class TransactionBlockerType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => String, { description: 'The step at which it is' })
  hop!: string;

  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => Boolean, { description: 'At what the anchor follows from directly, not at a member' })
  isUpstream!: boolean;
}

@ObjectType('Milestone')
export class MilestoneType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => ObjectReferenceType, {
    nullable: true,
    description: 'Null when declared per transaction, or the object is still to come',
  })
  object!: ObjectReferenceType | null;

  @Field(() => DateTimeScalar, { nullable: true })
  reachedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  dueAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its clock started' })
  startedAt!: Date | null;

  @Field(() => String, { description: 'REACHED, REACHED_LATE, SKIPPED, PENDING, AT_RISK, OVERDUE, BLOCKED' })
  state!: string;

  @Field(() => Boolean, {
    description:
      'False for an optional step: it keeps nothing from being completed, and is skipped once a later one is reached',
  })
  isRequired!: boolean;

  @Field(() => String, { description: 'service, expectation or none' })
  ruleKind!: string;

  @Field(() => Int)
  position!: number;
}

@ObjectType('ActivityEntry', { description: 'Something happened to these objects' })
export class ActivityEntryType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  type!: string;

  @Field(() => DateTimeScalar)
  occurredAt!: Date;

  @Field(() => String, { description: 'success or failure' })
  outcome!: string;

  @Field(() => String)
  system!: string;

  @Field(() => String)
  integration!: string;

  @Field(() => String, { nullable: true })
  traceId!: string | null;

  @Field(() => String, { nullable: true, description: 'The step of that trace' })
  spanId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The message that it was made of; null for a span, which is looked at in its trace',
  })
  signalId!: string | null;

  @Field(() => String, { nullable: true })
  requeueId!: string | null;

  @Field(() => [ObjectReferenceType], { description: 'At most the first 20' })
  objects!: ObjectReferenceType[];

  @Field(() => String, { nullable: true, description: 'What went wrong, in words' })
  message!: string | null;
}

@ObjectType('TransactionConnection')
export class TransactionConnection extends connectionOf<TransactionType>('Transaction', () => TransactionType) {}

@ArgsType()
export class TransactionsArgs extends PageArgs {
  @Field(() => TransactionFilterInput, { nullable: true })
  filter?: TransactionFilterInput | null;

  @Field(() => TransactionOrder, { nullable: true, defaultValue: TransactionOrder.LAST_ACTIVITY_DESC })
  orderBy?: TransactionOrder | null;
}

import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../../graphql/connection.js';
import { MoneyType } from '../../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { ActFailureType } from '../../../exceptions/index.js';
import { PersonType } from '../../../identity/index.js';
import {
  PayloadChangeType,
  REQUEUE_MODE_NAMES,
  type RequeueModeName,
} from '../../corrections/graphql/correction.types.js';
import { RequeueRequestType } from '../../graphql/requeue.types.js';
import { RequeueNeededApprovalType } from '../../graphql/plan.types.js';

const APPROVALS_SHOWN = ['WAITING', 'REVIEW', 'DECIDED'] as const;

export type RequeueApprovalsShown = (typeof APPROVALS_SHOWN)[number];

export const RequeueApprovalsShownEnum = Object.fromEntries(APPROVALS_SHOWN.map((shown) => [shown, shown])) as {
  [S in RequeueApprovalsShown]: S;
};

registerEnumType(RequeueApprovalsShownEnum, {
  name: 'RequeueApprovalsShown',
  valuesMap: {
    WAITING: { description: 'For a decision, the longest first' },
    REVIEW: { description: 'Released in an emergency that nobody else has reviewed, the longest first' },
    DECIDED: { description: 'The latest first' },
  },
});

@ObjectType('RequeueGivenApproval')
export class RequeueGivenApprovalType {
  @Field(() => ID)
  personId!: string;

  @Field(() => String)
  personName!: string;

  @Field(() => String)
  comment!: string;

  @Field(() => String, { nullable: true, description: 'For whom that person stood in, within whose limit' })
  forPersonName!: string | null;

  @Field(() => DateTimeScalar)
  approvedAt!: Date;
}

@ObjectType('RequeueApprover', { description: 'Somebody who may approve requests, and whether this one' })
export class RequeueApproverType {
  @Field(() => PersonType)
  person!: PersonType;

  @Field(() => Boolean)
  canApprove!: boolean;

  @Field(() => String, { nullable: true, description: 'Why not, in a word' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'Why not' })
  whyNot!: string | null;
}

@ObjectType('RequeueItem', { description: 'An exception of a frozen selection, as it was when that was frozen' })
export class RequeueItemType {
  @Field(() => Int)
  position!: number;

  @Field(() => ID)
  exceptionId!: string;

  @Field(() => String)
  objectType!: string;

  @Field(() => String)
  objectKey!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  integration!: string;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => MoneyType, { nullable: true })
  money!: MoneyType | null;

  @Field(() => String, { nullable: true })
  direction!: string | null;

  @Field(() => REQUEUE_MODE_NAMES)
  mode!: RequeueModeName;

  @Field(() => Int, { nullable: true, description: 'Version of the payload that is sent' })
  payloadVersion!: number | null;

  @Field(() => [PayloadChangeType], {
    description: 'Of a corrected payload: against what its source sent; values masked that the viewer may not see',
  })
  changes!: PayloadChangeType[];

  attemptId!: string;
}

@ObjectType('RequeueItemConnection')
export class RequeueItemConnection extends connectionOf<RequeueItemType>('RequeueItem', () => RequeueItemType) {}

@ObjectType('RequeueRequestConnection')
export class RequeueRequestConnection extends connectionOf<RequeueRequestType>(
  'RequeueRequest',
  () => RequeueRequestType,
) {}

/** What stands beside a request that somebody has to decide on. */
@ObjectType('RequeueApprovalStanding')
export class RequeueApprovalStandingType {
  @Field(() => RequeueNeededApprovalType, { nullable: true, description: 'Null = nobody has to approve it' })
  needed!: RequeueNeededApprovalType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What the rules and limits are measured by, each document once; null = nobody can tell all of it',
  })
  reportingMoney!: MoneyType | null;

  @Field(() => Boolean, { description: 'How it is sent is part of the hash; false = asked for before it was' })
  coversLimits!: boolean;

  @Field(() => Boolean, {
    description:
      'It is large: a decision on it is recorded at once and carried out in slices, and what changed since it was asked for does not go',
  })
  isDecidedInSlices!: boolean;

  @Field(() => Boolean, {
    description: 'Cut-offs and execution dates that had passed when it was asked for were accepted',
  })
  isCarriedForward!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Then it goes back to its maker' })
  dueAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true })
  decidedByName!: string | null;

  @Field(() => String, { nullable: true })
  decisionReason!: string | null;

  @Field(() => Boolean)
  isBreakGlass!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Of an emergency: somebody else has to have reviewed it by then',
  })
  reviewDueAt!: Date | null;

  @Field(() => Boolean, { description: 'Nobody else has reviewed it by then' })
  isReviewOverdue!: boolean;

  @Field(() => DateTimeScalar, { nullable: true })
  reviewedAt!: Date | null;

  @Field(() => String, { nullable: true })
  reviewedByName!: string | null;

  @Field(() => String, { nullable: true })
  reviewComment!: string | null;

  @Field(() => Boolean, { description: 'The viewer asked for it' })
  isMine!: boolean;

  @Field(() => Boolean, {
    description: 'The viewer has the right to decide and did not ask for it; approvers say more',
  })
  canDecide!: boolean;

  @Field(() => Boolean)
  canWithdraw!: boolean;

  @Field(() => Boolean, { description: 'In an emergency, without a second person' })
  canBreakGlass!: boolean;

  @Field(() => Boolean)
  canReview!: boolean;
}

@InputType('RequeueApprovalFilter')
export class RequeueApprovalFilter {
  @Field(() => RequeueApprovalsShownEnum, { nullable: true, defaultValue: 'WAITING' })
  show?: RequeueApprovalsShown | null;

  @Field(() => Boolean, { nullable: true, description: 'true = asked for by the viewer, false = by others' })
  isMine?: boolean | null;

  @Field(() => String, { nullable: true })
  legalEntity?: string | null;

  @Field(() => String, { nullable: true })
  integration?: string | null;
}

@ObjectType('RequeueApprovalCounts', { description: 'At most 10,000 each' })
export class RequeueApprovalCountsType {
  @Field(() => Int)
  waiting!: number;

  @Field(() => Int, { description: 'Asked for by the viewer' })
  mine!: number;

  @Field(() => Int, { description: 'That the viewer has the right to decide on; a rule or a limit may still say no' })
  forMe!: number;

  @Field(() => Int, { description: 'Released in an emergency that nobody else has reviewed' })
  review!: number;

  @Field(() => Int, { description: 'Of these: nobody has in time' })
  reviewOverdue!: number;
}

@ObjectType('RequeueDecided')
export class RequeueDecidedType {
  @Field(() => RequeueRequestType)
  request!: RequeueRequestType;

  @Field(() => Boolean, {
    description: 'A large one: it is decided, and carried out by the worker from now on; deciding tells how far',
  })
  isInSlices!: boolean;
}

export const RequeueDecisionResult = createUnionType({
  name: 'RequeueDecisionResult',
  types: () => [RequeueDecidedType, ActFailureType] as const,
  resolveType: (value: object) => ('code' in value ? ActFailureType : RequeueDecidedType),
});

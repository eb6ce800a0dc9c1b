import { createUnionType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../../graphql/connection.js';
import { MoneyType } from '../../../../graphql/money.type.js';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';
import { ActFailureType } from '../../../exceptions/index.js';
import { ChangeReportType, ChangesAfterwardsType } from '../../../lineage/index.js';
import { RequeueApprovalsShownEnum, type RequeueApprovalsShown } from '../../approval/graphql/approval.types.js';
import { RequeueNeededApprovalType } from '../../graphql/plan.types.js';

@ObjectType('LineageGivenApproval')
export class LineageGivenApprovalType {
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

@ObjectType('LineageChange', { description: 'The act of mapping again, or the rebuild, that an approval is about' })
export class LineageChangeType {
  @Field(() => String, { description: 'Its state as an act of mapping again, or as a rebuild' })
  state!: string;

  @Field(() => JsonScalar, { description: 'The range, as asked; of the whole {}' })
  scope!: unknown;

  @Field(() => Int, { nullable: true, description: 'Signals or activities; null until they are counted' })
  total!: number | null;

  @Field(() => Int)
  done!: number;

  @Field(() => ChangesAfterwardsType, { nullable: true, description: 'What it changed' })
  afterwards!: ChangesAfterwardsType | null;
}

@ObjectType('LineageApproval', { description: 'A change of lineage that somebody else has to approve' })
export class LineageApprovalType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'remap or rebuild' })
  kind!: string;

  @Field(() => ID, { description: 'Of the act of mapping again, or of the rebuild' })
  subjectId!: string;

  @Field(() => String, { description: 'PENDING_APPROVAL, APPROVED, REJECTED, EXPIRED, WITHDRAWN or OVERTAKEN' })
  state!: string;

  @Field(() => ID)
  makerId!: string;

  @Field(() => String)
  makerName!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String, { description: 'SHA-256 of the range, the mappings and all that would change' })
  hash!: string;

  @Field(() => ChangeReportType, { description: 'What would change, as it is approved' })
  report!: ChangeReportType;

  @Field(() => String, { nullable: true, description: 'Why it is asked for again' })
  askedAgain!: string | null;

  @Field(() => RequeueNeededApprovalType)
  needed!: RequeueNeededApprovalType;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'By which rules measure it; null = nobody can tell all of it',
  })
  reportingMoney!: MoneyType | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Then it goes back to its maker' })
  dueAt!: Date;

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

  @Field(() => Boolean, { description: 'The viewer has the right to decide and did not ask for it' })
  canDecide!: boolean;

  @Field(() => Boolean)
  canWithdraw!: boolean;

  @Field(() => Boolean, { description: 'In an emergency, without a second person' })
  canBreakGlass!: boolean;

  @Field(() => Boolean)
  canReview!: boolean;
}

@ObjectType('LineageApprovalConnection')
export class LineageApprovalConnection extends connectionOf<LineageApprovalType>(
  'LineageApproval',
  () => LineageApprovalType,
) {}

@InputType('LineageApprovalFilter')
export class LineageApprovalFilter {
  @Field(() => RequeueApprovalsShownEnum, { nullable: true, defaultValue: 'WAITING' })
  show?: RequeueApprovalsShown | null;

  @Field(() => Boolean, { nullable: true, description: 'true = asked for by the viewer, false = by others' })
  isMine?: boolean | null;
}

@ObjectType('LineageApprovalCounts', { description: 'At most 10,000 each' })
export class LineageApprovalCountsType {
  @Field(() => Int)
  waiting!: number;

  @Field(() => Int, { description: 'That the viewer has the right to decide on; a rule may still say no' })
  forMe!: number;

  @Field(() => Int, { description: 'Done in an emergency that nobody else has reviewed' })
  review!: number;

  @Field(() => Int, { description: 'Of these: nobody has in time' })
  reviewOverdue!: number;
}

@ObjectType('LineageDecided')
export class LineageDecidedType {
  @Field(() => LineageApprovalType)
  approval!: LineageApprovalType;
}

export const LineageDecisionResult = createUnionType({
  name: 'LineageDecisionResult',
  types: () => [LineageDecidedType, ActFailureType] as const,
  resolveType: (value: object) => ('code' in value ? ActFailureType : LineageDecidedType),
});

import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../../graphql/connection.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { REQUEUE_MODE_NAMES, type RequeueModeName } from '../../corrections/graphql/correction.types.js';
import { LEFT_OUT_CODES } from '../../domain/left-out.js';
import { RequeueNeededApprovalType, RequeueSumType, RequeueWaitingType } from '../../graphql/plan.types.js';
import { RequeueRequestType } from '../../graphql/requeue.types.js';

@ObjectType('RequeueLeftOutCount')
export class RequeueLeftOutCountType {
  @Field(() => String, { description: `Why: ${LEFT_OUT_CODES.join(', ')}` })
  code!: string;

  @Field(() => Boolean, { description: 'It was to go when it was planned, and something happened since' })
  hasFallenOut!: boolean;

  @Field(() => Int)
  count!: number;
}

@ObjectType('RequeueSelectionPlan', {
  description:
    'A large selection, frozen at once and planned in slices; what it comes to is told when all of it is planned',
})
export class RequeueSelectionPlanType {
  @Field(() => String)
  selectionWords!: string;

  @Field(() => Int, { description: 'Exceptions of the frozen selection' })
  items!: number;

  @Field(() => String, { description: 'SHA-256 over the ids, 16 bytes each, in their order' })
  idsHash!: string;

  @Field(() => REQUEUE_MODE_NAMES)
  mode!: RequeueModeName;

  @Field(() => Boolean)
  despitePredecessors!: boolean;

  @Field(() => Boolean)
  despiteLookAlikes!: boolean;

  @Field(() => Boolean)
  carryForward!: boolean;

  @Field(() => Int, { description: 'Planned so far' })
  planned!: number;

  @Field(() => Int, { nullable: true, description: 'What goes; null = not planned yet' })
  going!: number | null;

  @Field(() => Int, { description: 'Of what goes: bodies and keys written' })
  frozen!: number;

  @Field(() => [RequeueLeftOutCountType], { description: 'The most frequent first' })
  leftOutBy!: RequeueLeftOutCountType[];

  @Field(() => [RequeueSumType], { description: 'What goes' })
  sent!: RequeueSumType[];

  @Field(() => [RequeueSumType])
  leftOut!: RequeueSumType[];

  @Field(() => [RequeueWaitingType], { description: 'What it should bring about downstream' })
  waiting!: RequeueWaitingType[];

  @Field(() => RequeueNeededApprovalType, { nullable: true, description: 'Null = it goes out at once' })
  approval!: RequeueNeededApprovalType | null;

  @Field(() => DateTimeScalar, { nullable: true })
  plannedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Nobody goes on with it after that' })
  expiresAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody went on with it' })
  askedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why the system ended it' })
  note!: string | null;

  @Field(() => Boolean, { description: 'The viewer can go on with it now' })
  canGoOn!: boolean;
}

/** What the fields below are read from. */
export type PlanOfRequest = RequeueSelectionPlanType & { requestId: string };

@ObjectType('RequeueSelectionItem')
export class RequeueSelectionItemType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => Int, { description: 'The most urgent first' })
  position!: number;

  @Field(() => String, { nullable: true, description: 'Null = it is not kept any more' })
  objectKey!: string | null;

  @Field(() => String, { nullable: true })
  integration!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is left out, in a word; null = it goes' })
  code!: string | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => Boolean)
  hasFallenOut!: boolean;

  @Field(() => [ID], { description: 'Exceptions that go before it' })
  after!: readonly string[];
}

@ObjectType('RequeueSelectionItemConnection')
export class RequeueSelectionItemConnection extends connectionOf<RequeueSelectionItemType>(
  'RequeueSelectionItem',
  () => RequeueSelectionItemType,
) {}

export const SHOWN_ITEMS = ['GOING', 'LEFT_OUT'] as const;

export type ShownItemsName = (typeof SHOWN_ITEMS)[number];

export const ShownItemsEnum = { GOING: 'GOING', LEFT_OUT: 'LEFT_OUT' } as const satisfies {
  [K in ShownItemsName]: K;
};

registerEnumType(ShownItemsEnum, { name: 'RequeueSelectionShown' });

@ObjectType('RequeuePlanning', { description: 'A large selection is frozen, and planned or written from now on' })
export class RequeuePlanningType {
  @Field(() => RequeueRequestType)
  planning!: RequeueRequestType;
}

import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { ExceptionType } from '../../exceptions/index.js';
import { REQUEUE_MODE_NAMES, type RequeueModeName } from '../corrections/graphql/correction.types.js';
import { ATTEMPT_STATES, type AttemptState } from '../domain/attempt.js';
import { LEFT_OUT_CODES } from '../domain/left-out.js';
import { REQUEST_STATES, type RequestState } from '../domain/request-life.js';
import { RequeueNeededApprovalType, RequeueSumType, RequeueWaitingType } from './plan.types.js';

export const RequeueAttemptStateEnum = Object.fromEntries(ATTEMPT_STATES.map((state) => [state, state])) as {
  [S in AttemptState]: S;
};

registerEnumType(RequeueAttemptStateEnum, { name: 'RequeueAttemptState' });

export const RequeueRequestStateEnum = Object.fromEntries(REQUEST_STATES.map((state) => [state, state])) as {
  [S in RequestState]: S;
};

registerEnumType(RequeueRequestStateEnum, { name: 'RequeueRequestState' });

@ObjectType('RequeueAttempt', {
  description: 'One send and its outcome: sent, taken by the target, verified downstream',
})
export class RequeueAttemptType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Counts sends of this exception from 1' })
  attempt!: number;

  @Field(() => RequeueAttemptStateEnum)
  state!: AttemptState;

  @Field(() => ID)
  requestId!: string;

  @Field(() => String)
  makerName!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of the latest transmission' })
  sentAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  acknowledgedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the run that it caused went through; its outcome is seen apart from that',
  })
  processedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its outcome should be seen' })
  verifyBy!: Date | null;

  @Field(() => Int, { nullable: true })
  httpStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'What the target answered, cut; or why there is no answer' })
  answer!: string | null;

  @Field(() => Int, { description: 'Transmissions of the same bytes' })
  transmissions!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Trace that the request carries; the run that it causes may carry another one',
  })
  traceId!: string | null;

  @Field(() => REQUEUE_MODE_NAMES)
  mode!: RequeueModeName;

  @Field(() => Int, { nullable: true, description: 'Version of the payload that it sends' })
  payloadVersion!: number | null;
}

@ObjectType('RequeueRequest', { description: 'The decision to send again, its selection frozen' })
export class RequeueRequestType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String)
  makerName!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => Int)
  items!: number;
}

@ObjectType('RequeuePlanItem')
export class RequeuePlanItemType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => String, { nullable: true })
  integration!: string | null;

  @Field(() => String)
  objectKey!: string;

  @Field(() => Boolean)
  willSend!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is left out' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Why in a word: ${LEFT_OUT_CODES.join(', ')}`,
  })
  code!: string | null;

  @Field(() => [ID], { description: 'Exceptions that go before it: it is sent when they are solved' })
  after!: readonly string[];
}

@ObjectType('RequeuePlan', { description: 'What would be sent, and what is left out and why' })
export class RequeuePlanType {
  @Field(() => String, {
    description:
      'SHA-256, lower-case hex, of what goes: which exceptions, where to, which payloads, and whether it is approved first',
  })
  hash!: string;

  @Field(() => [RequeuePlanItemType])
  items!: RequeuePlanItemType[];

  @Field(() => [RequeueSumType], { description: 'What goes' })
  sent!: RequeueSumType[];

  @Field(() => [RequeueSumType])
  leftOut!: RequeueSumType[];

  @Field(() => [RequeueWaitingType], { description: 'What it should bring about downstream' })
  waiting!: RequeueWaitingType[];

  @Field(() => RequeueNeededApprovalType, { nullable: true, description: 'Null = it goes out at once' })
  approval!: RequeueNeededApprovalType | null;
}

@ObjectType('RequeueAccepted')
export class RequeueAcceptedType {
  @Field(() => RequeueRequestType)
  request!: RequeueRequestType;

  @Field(() => [ExceptionType])
  exceptions!: ExceptionType[];

  @Field(() => RequeuePlanType)
  plan!: RequeuePlanType;
}

@ObjectType('RequeuePlanChanged', {
  description: 'The plan is another one than the one that was seen; nothing is sent',
})
export class RequeuePlanChangedType {
  @Field(() => String, { description: 'PLAN_CHANGED' })
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => RequeuePlanType, { description: 'As it is now' })
  plan!: RequeuePlanType;
}

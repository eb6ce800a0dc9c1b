import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import type { AttemptState } from '../domain/attempt.js';
import type { RequestState } from '../domain/request-life.js';
import { CANARY_PROOFS, type CanaryProof, type RunLimits } from '../domain/run.js';
import { SendingHoursType } from '../sending-settings/graphql/sending-hours.types.js';
import {
  RequeueAttemptStateEnum,
  RequeueAttemptType,
  RequeueRequestStateEnum,
  RequeueRequestType,
} from './requeue.types.js';

export const CanaryProofEnum = Object.fromEntries(CANARY_PROOFS.map((proof) => [proof, proof])) as {
  [P in CanaryProof]: P;
};

registerEnumType(CanaryProofEnum, {
  name: 'RequeueProof',
  description: 'When the first ones count as proved: taken by the target, or seen downstream',
});

@InputType('RequeueLimits', {
  description: 'What is left out is said by the targets; rate and in flight are never more',
})
export class RequeueLimitsInput {
  @Field(() => Int, { nullable: true })
  ratePerSecond?: number | null;

  @Field(() => Int, { nullable: true, description: 'So many go first; 0 = none' })
  canary?: number | null;

  @Field(() => CanaryProofEnum, { nullable: true })
  canaryProof?: CanaryProof | null;

  @Field(() => Int, { nullable: true, description: 'At most so many times what is proved; 0 = the rest at once' })
  ramp?: number | null;

  @Field(() => Int, { nullable: true })
  maxInFlight?: number | null;

  @Field(() => Int, { nullable: true, description: 'It stops when a larger share failed' })
  stopPercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'Of at least so many outcomes' })
  stopMinimum?: number | null;
}

@ObjectType('RequeueLimitsInForce')
export class LimitsType implements RunLimits {
  @Field(() => Int)
  ratePerSecond!: number;

  @Field(() => Int)
  canary!: number;

  @Field(() => CanaryProofEnum)
  canaryProof!: CanaryProof;

  @Field(() => Int)
  ramp!: number;

  @Field(() => Int)
  maxInFlight!: number;

  @Field(() => Int)
  stopPercent!: number;

  @Field(() => Int)
  stopMinimum!: number;
}

@ObjectType('RequeueOutcomeCount')
export class RequeueOutcomeCountType {
  @Field(() => RequeueAttemptStateEnum)
  state!: AttemptState;

  @Field(() => Int)
  count!: number;
}

@ObjectType('RequeueTarget', { description: 'The way to the target of an integration, and how it is sent to' })
export class RequeueTargetType {
  @Field(() => String)
  integration!: string;

  @Field(() => Int, { description: 'Failures to reach it, one after the other' })
  failures!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'It is not reached, and tried again then' })
  pausedUntil!: Date | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => LimitsType)
  limits!: LimitsType;

  @Field(() => Int, { description: 'How long the outcome of what it took may take to be seen' })
  verifyWithinMinutes!: number;

  @Field(() => SendingHoursType, { nullable: true, description: 'Null = it is sent to at any time' })
  hours!: SendingHoursType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Outside of its hours: when it is sent to again' })
  opensAt!: Date | null;
}

@ObjectType('RequeueRun', { description: 'How a request is sent, and how far it is' })
export class RequeueRunType {
  @Field(() => RequeueRequestStateEnum)
  state!: RequestState;

  @Field(() => DateTimeScalar, { nullable: true })
  changedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it stopped by itself, or who cancelled it' })
  note!: string | null;

  @Field(() => [String], { description: 'What can be told to it now: pause, resume, cancel' })
  acts!: string[];

  @Field(() => LimitsType, { nullable: true, description: 'Null = asked for before there were limits' })
  limits!: LimitsType | null;

  @Field(() => [RequeueOutcomeCountType])
  outcomes!: RequeueOutcomeCountType[];

  @Field(() => Int, { description: 'Not released yet' })
  waiting!: number;

  @Field(() => Int, { description: 'Released and without an answer of the target' })
  inFlight!: number;

  @Field(() => Float, { description: 'Sent per second, over the last ten' })
  ratePerSecond!: number;

  @Field(() => String, { description: 'The first ones: none, sending, passed or failed' })
  canaryState!: string;

  @Field(() => Int, { description: 'Proved since it began, or began anew' })
  proved!: number;

  @Field(() => Int, { description: 'Its outcome was seen downstream, or a second person said so' })
  verified!: number;

  @Field(() => Int, { description: 'Sent, and neither proved nor failed yet: a run is over only when there are none' })
  unproved!: number;

  @Field(() => [RequeueTargetType])
  targets!: RequeueTargetType[];
}

@ObjectType('RequeueRunConnection')
export class RequeueRunConnection extends connectionOf<RequeueRequestType>('RequeueRun', () => RequeueRequestType) {}

@ObjectType('RequeueRunItem', { description: 'What a request sends of one exception' })
export class RequeueRunItemType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => RequeueAttemptType)
  attempt!: RequeueAttemptType;

  @Field(() => Boolean, { description: 'Its run has not released it' })
  isHeld!: boolean;
}

@ObjectType('RequeueRunItemConnection')
export class RequeueRunItemConnection extends connectionOf<RequeueRunItemType>(
  'RequeueRunItem',
  () => RequeueRunItemType,
) {}

@ObjectType('UnknownRequeue', {
  description: 'Sent, and nobody knows whether the target took it, or it did and nothing was seen of it in time',
})
export class UnknownRequeueType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => RequeueAttemptType)
  attempt!: RequeueAttemptType;

  @Field(() => String)
  integration!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The same key and bytes go out again then' })
  retryAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Not seen downstream by then, it is an exception of its own',
  })
  verifyBy!: Date | null;

  @Field(() => String, { description: 'What would tell' })
  settledBy!: string;
}

@ObjectType('UnknownRequeueConnection')
export class UnknownRequeueConnection extends connectionOf<UnknownRequeueType>(
  'UnknownRequeue',
  () => UnknownRequeueType,
) {}

@ObjectType('RequeueFailure', { description: 'Nothing was done, and why' })
export class RequeueFailureType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType('RequeueSteered')
export class RequeueSteeredType {
  @Field(() => RequeueRequestType)
  request!: RequeueRequestType;
}

export const RequeueSteerResult = createUnionType({
  name: 'RequeueSteerResult',
  types: () => [RequeueSteeredType, RequeueFailureType] as const,
  resolveType: (value: object) => ('code' in value ? RequeueFailureType : RequeueSteeredType),
});

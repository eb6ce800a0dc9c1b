import { createUnionType, Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { ExceptionType } from '../../exceptions/index.js';
import type { AttemptState } from '../domain/attempt.js';
import { VERDICTS, type Verdict } from '../domain/settlement.js';
import { RequeueFailureType } from './requeue-run.types.js';
import { RequeueAttemptStateEnum } from './requeue.types.js';

export const RequeueVerdictEnum = Object.fromEntries(VERDICTS.map((verdict) => [verdict, verdict])) as {
  [V in Verdict]: V;
};

registerEnumType(RequeueVerdictEnum, {
  name: 'RequeueVerdict',
  description: 'What a person found at the target: it did what was asked, or it did not and will not',
});

@ObjectType('RequeueSettlement', { description: 'How a send ended by the word of a second person' })
export class RequeueSettlementType {
  @Field(() => RequeueVerdictEnum)
  verdict!: Verdict;

  @Field(() => RequeueAttemptStateEnum, { description: 'Where it stood then' })
  stateBefore!: AttemptState;

  @Field(() => String, { description: 'What the person saw' })
  reason!: string;

  @Field(() => String)
  personName!: string;

  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType('RequeueOutcomeSettled')
export class RequeueOutcomeSettledType {
  @Field(() => ID)
  attemptId!: string;

  @Field(() => ExceptionType, { nullable: true })
  exception!: ExceptionType | null;
}

export const RequeueOutcomeSettleResult = createUnionType({
  name: 'RequeueOutcomeSettleResult',
  types: () => [RequeueOutcomeSettledType, RequeueFailureType] as const,
  resolveType: (value: object) => ('code' in value ? RequeueFailureType : RequeueOutcomeSettledType),
});

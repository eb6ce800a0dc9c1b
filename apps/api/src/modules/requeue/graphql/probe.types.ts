import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import type { ProbeAnswer } from '../domain/probe.js';
import { RequeueFailureType } from './requeue-run.types.js';

export const ProbeAnswerEnum = { APPLIED: 'applied', NOT_APPLIED: 'not-applied', UNKNOWN: 'unknown' } as const;

registerEnumType(ProbeAnswerEnum, {
  name: 'RequeueProbeAnswer',
  description: 'What a target says of a send that it gave no answer to',
});

@ObjectType('RequeueProbe', { description: 'Asking the target what became of a send' })
export class RequeueProbeType {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null = it was not asked yet' })
  askedAt!: Date | null;

  @Field(() => ProbeAnswerEnum, { nullable: true })
  answer!: ProbeAnswer | null;

  @Field(() => String, { nullable: true, description: 'What it said, or why it could not be asked' })
  words!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null = not by itself any more' })
  askAgainAt!: Date | null;

  @Field(() => Int)
  asks!: number;
}

@ObjectType('RequeueOutcomeAsked', { description: 'Its target is asked now' })
export class RequeueOutcomeAskedType {
  @Field(() => String)
  attemptId!: string;
}

export const RequeueOutcomeAskResult = createUnionType({
  name: 'RequeueOutcomeAskResult',
  types: () => [RequeueOutcomeAskedType, RequeueFailureType] as const,
  resolveType: (value: object) => ('code' in value ? RequeueFailureType : RequeueOutcomeAskedType),
});

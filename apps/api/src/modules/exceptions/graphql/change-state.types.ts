import { Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import type { Resolution } from '../domain/life-cycle.js';
import { ExceptionResolutionEnum } from './exception.types.js';

export const ExceptionActEnum = {
  START: 'START',
  PUT_BACK: 'PUT_BACK',
  WAIT: 'WAIT',
  RESOLVE: 'RESOLVE',
  MARK_DUPLICATE: 'MARK_DUPLICATE',
} as const;

export type ExceptionAct = keyof typeof ExceptionActEnum;

registerEnumType(ExceptionActEnum, { name: 'ExceptionAct' });

export const WaitPredicateKindEnum = {
  POSTING_PERIOD_OPEN: 'POSTING_PERIOD_OPEN',
  CUSTOMER_MAPPED: 'CUSTOMER_MAPPED',
  OBJECT_KNOWN: 'OBJECT_KNOWN',
  PREDECESSOR_POSTED: 'PREDECESSOR_POSTED',
} as const;

export type WaitPredicateKind = keyof typeof WaitPredicateKindEnum;

registerEnumType(WaitPredicateKindEnum, { name: 'WaitPredicateKind' });

@InputType('SeenException', { description: 'An exception as it was seen: what changed since is not acted on' })
export class SeenExceptionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;
}

@InputType('WaitPredicate')
export class WaitPredicateInput {
  @Field(() => WaitPredicateKindEnum)
  kind!: WaitPredicateKind;

  @Field(() => String, { nullable: true, description: 'Of a posting period' })
  legalEntity?: string | null;

  @Field(() => String, { nullable: true, description: 'A posting period, e.g. 2026-10' })
  period?: string | null;

  @Field(() => String, { nullable: true, description: 'Type of the object or predecessor' })
  objectType?: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the customer, object or predecessor in any system' })
  key?: string | null;

  @Field(() => String, { nullable: true, description: 'The source system that must know the customer' })
  system?: string | null;
}

@InputType('ExceptionWaitInput', { description: 'Until a time, until something is so, or whichever comes first' })
export class ExceptionWaitInput {
  @Field(() => String, { description: 'Code of a declared reason' })
  reason!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  until?: Date | null;

  @Field(() => WaitPredicateInput, { nullable: true })
  predicate?: WaitPredicateInput | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Needed with a predicate; else it is until' })
  expiresAt?: Date | null;
}

@InputType('ExceptionResolveInput')
export class ExceptionResolveInput {
  @Field(() => ExceptionResolutionEnum, { description: 'SOURCE_FIXED or POSTED_BY_HAND' })
  resolution!: Resolution;

  @Field(() => String, { nullable: true, description: 'Type of the document posted by hand' })
  documentType?: string | null;

  @Field(() => String, { nullable: true, description: 'Its number in any system' })
  documentKey?: string | null;
}

@InputType('ChangeExceptionStateInput')
export class ChangeExceptionStateInput {
  @Field(() => [SeenExceptionInput], { description: 'All are changed or none' })
  exceptions!: SeenExceptionInput[];

  @Field(() => ExceptionActEnum)
  act!: ExceptionAct;

  @Field(() => String, { nullable: true })
  comment?: string | null;

  @Field(() => ExceptionWaitInput, { nullable: true })
  wait?: ExceptionWaitInput | null;

  @Field(() => ExceptionResolveInput, { nullable: true })
  resolve?: ExceptionResolveInput | null;

  @Field(() => ID, { nullable: true, description: 'With MARK_DUPLICATE: the exception that it duplicates' })
  duplicateOf?: string | null;
}

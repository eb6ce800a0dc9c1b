import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';
import { ObjectReferenceType } from '../../lineage/index.js';
import { EXCEPTION_STATES, RESOLUTIONS, type ExceptionState, type Resolution } from '../domain/life-cycle.js';
import type { StoredException } from '../domain/stored-exception.js';
import { TaxonomyType } from './taxonomy.type.js';

export const ExceptionStateEnum = Object.fromEntries(EXCEPTION_STATES.map((state) => [state, state])) as {
  [S in ExceptionState]: S;
};

registerEnumType(ExceptionStateEnum, { name: 'ExceptionState' });

export const ExceptionResolutionEnum = Object.fromEntries(RESOLUTIONS.map((one) => [one, one])) as {
  [R in Resolution]: R;
};

registerEnumType(ExceptionResolutionEnum, { name: 'ExceptionResolution' });

@ObjectType('IntegrationReference')
export class IntegrationReferenceType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  fromSystem!: string;

  @Field(() => String)
  toSystem!: string;

  @Field(() => String)
  owner!: string;
}

@ObjectType('ExceptionEvent')
export class ExceptionEventType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String, {
    description:
      'opened, occurred-again, resolved, reopened, merged, restored, moved, prioritised, assigned, commented, requeue-…, started, put-back, waiting, wait-over, snoozed, snooze-over, marked-duplicate, accepted, acceptance-…, hand-posting-verified, step-done, step-undone, ticket-set, ticket-removed',
  })
  kind!: string;

  @Field(() => String)
  actorName!: string;

  @Field(() => JsonScalar)
  details!: unknown;
}

@ObjectType('FailureHeader', { description: 'A header of the message that failed' })
export class FailureHeaderType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType('FailureDetail', { description: 'The latest failed run' })
export class FailureDetailType {
  @Field(() => DateTimeScalar)
  occurredAt!: Date;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true })
  traceId!: string | null;

  @Field(() => String, { nullable: true })
  spanId!: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'As the source gave it; null without the right to see payloads. Account numbers masked unless the viewer may see them',
  })
  payload!: unknown;

  @Field(() => Int, { nullable: true })
  payloadVersion!: number | null;

  @Field(() => [FailureHeaderType], {
    description: 'By name; none without the right to see payloads. What lets somebody in is redacted',
  })
  headers!: FailureHeaderType[];

  @Field(() => Boolean, { description: 'Something of it is hidden from this viewer' })
  isMasked!: boolean;

  @Field(() => String, { nullable: true, description: 'JSON pointer of the failing field in the payload' })
  failedField!: string | null;
}

@ObjectType('Exception', { description: 'One problem with one subject at one hop' })
export class ExceptionType {
  @Field(() => ID)
  id!: string;

  @Field(() => ExceptionStateEnum)
  state!: ExceptionState;

  @Field(() => ExceptionResolutionEnum, { nullable: true })
  resolution!: Resolution | null;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'What is wrong, in words' })
  message!: string;

  @Field(() => String, { description: 'Code of the problem, <category>.<problem>' })
  taxonomy!: string;

  @Field(() => TaxonomyType, { description: 'The same in words' })
  problem!: TaxonomyType;

  @Field(() => ObjectReferenceType)
  businessObject!: ObjectReferenceType;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'The open amount held up at the object' })
  moneyAtRisk!: MoneyType | null;

  @Field(() => String, { nullable: true, description: 'inflow or outflow' })
  direction!: string | null;

  @Field(() => DateTimeScalar, { description: 'When the first failure occurred' })
  openedAt!: Date;

  @Field(() => DateTimeScalar)
  lastOccurredAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  resolvedAt!: Date | null;

  @Field(() => Int, { description: 'Failed runs, the original one included' })
  occurrences!: number;

  @Field(() => String, {
    description:
      'Integration, <workflow>/<milestone>, lineage, master-data, duties, money/balance, or the check of an engine',
  })
  hop!: string;

  @Field(() => Int)
  version!: number;

  /** The row behind it, for fields that are loaded on demand. */
  row!: StoredException;
}

import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, LocalDateScalar } from './scalars.js';

/** Who said something, when it happened and when that was received. */
@ObjectType('StatementOrigin', { description: 'The activity that something is known by' })
export class StatementOriginType {
  @Field(() => ID)
  activityId!: string;

  @Field(() => String)
  activityType!: string;

  @Field(() => String, { description: 'Source system that reported it; throughline = a person' })
  system!: string;

  @Field(() => DateTimeScalar)
  occurredAt!: Date | string;

  @Field(() => LocalDateScalar, { description: 'Day on which it was received, in UTC' })
  recordedOn!: string;
}

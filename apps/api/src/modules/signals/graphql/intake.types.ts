import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';

@ObjectType('RefusedInput', { description: 'What could not be taken; a bounded sample is kept' })
export class RefusedInputType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String)
  protocol!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What cannot be printed is escaped; null without payload.read',
  })
  sample!: string | null;
}

@ObjectType('RefusedInputConnection')
export class RefusedInputConnection extends connectionOf<RefusedInputType>('RefusedInput', () => RefusedInputType) {}

@ObjectType('IngestSummary', { description: '"Today" is the running UTC day' })
export class IngestSummaryType {
  @Field(() => Int, { description: 'Items, spans too' })
  receivedToday!: number;

  @Field(() => Int, { description: 'Signals that wait for a better mapping; 10 001 = more than 10 000' })
  unmapped!: number;

  @Field(() => Int)
  refusedToday!: number;

  @Field(() => Int, { description: 'Items that wait to be mapped' })
  pending!: number;

  @Field(() => DateTimeScalar, { nullable: true })
  oldestPendingAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  lastReceivedAt!: Date | null;
}

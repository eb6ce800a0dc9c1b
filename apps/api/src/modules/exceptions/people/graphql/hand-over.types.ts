import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { PersonType } from '../../../identity/index.js';
import { QueueType } from '../../graphql/queue.types.js';

@ArgsType()
export class HandOverArgs {
  @Field(() => String, { nullable: true, description: 'Name of a queue' })
  queue?: string | null;

  @Field(() => ID, { nullable: true })
  personId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the shift began; left out = 8 hours ago' })
  since?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the next one ends; left out = in 8 hours, of a queue in 8 open ones',
  })
  until?: Date | null;
}

@ObjectType('HandOverItem')
export class HandOverItemType {
  @Field(() => DateTimeScalar, { description: 'When it failed last, its wait ends, or it is due' })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'What is due' })
  step!: string | null;

  exceptionId!: string;
}

@ObjectType('HandOverPart')
export class HandOverPartType {
  @Field(() => Int)
  count!: number;

  @Field(() => [HandOverItemType], { description: 'The first 100' })
  items!: HandOverItemType[];
}

@ObjectType('HandOverDeed', { description: 'What was done in the shift, by kind of step' })
export class HandOverDeedType {
  @Field(() => String)
  kind!: string;

  @Field(() => Int)
  steps!: number;

  @Field(() => Int)
  exceptions!: number;
}

@ObjectType('HandOver', { description: 'What the next shift must know' })
export class HandOverType {
  @Field(() => QueueType, { nullable: true })
  queue!: QueueType | null;

  @Field(() => PersonType, { nullable: true })
  person!: PersonType | null;

  @Field(() => DateTimeScalar)
  asOf!: Date;

  @Field(() => DateTimeScalar)
  since!: Date;

  @Field(() => DateTimeScalar)
  until!: Date;

  @Field(() => DateTimeScalar)
  cutOffUntil!: Date;

  @Field(() => HandOverPartType, { description: 'What somebody has in hand, the most urgent first' })
  claims!: HandOverPartType;

  @Field(() => HandOverPartType, { description: 'Waits that end in the next shift' })
  waits!: HandOverPartType;

  @Field(() => HandOverPartType, { description: 'Due in the next 12 hours, and still to be met' })
  cutOffs!: HandOverPartType;

  @Field(() => [HandOverDeedType], { description: 'By people, in the shift' })
  done!: HandOverDeedType[];
}

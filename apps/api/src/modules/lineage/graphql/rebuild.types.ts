import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';
import { catalogResult } from '../../catalog/index.js';

@ObjectType('RebuildSample', { description: 'A row that the switch would change, and of a change what differs' })
export class RebuildSampleType {
  @Field(() => String, { description: 'The objects that it speaks of' })
  label!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'As it is shown; null = it would be new' })
  before!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'As the rebuild makes it; null = it would be gone' })
  after!: unknown;
}

@ObjectType('RebuildDifference', { description: 'What of one table the switch would change' })
export class RebuildDifferenceType {
  @Field(() => String, { description: 'e.g. object_link' })
  table!: string;

  @Field(() => Int)
  added!: number;

  @Field(() => Int)
  changed!: number;

  @Field(() => Int)
  removed!: number;

  @Field(() => [RebuildSampleType], {
    nullable: true,
    description: 'At most ten of each kind; null for who may not read transactions',
  })
  samples!: RebuildSampleType[] | null;
}

@ObjectType('Rebuild', { description: 'One act of making lineage again: silently, nobody is told of what it finds' })
export class RebuildType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String, { description: 'waiting, running, paused, ready, switching, done, failed or cancelled' })
  state!: string;

  @Field(() => Boolean, { description: 'Made beside what is shown and then switched; else signals are mapped again' })
  isWhole!: boolean;

  @Field(() => JsonScalar, { description: '{ from, to, sourceSystem }, as asked; of the whole {}' })
  scope!: unknown;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Activities of the whole, signals of a range; null until they are counted',
  })
  total!: number | null;

  @Field(() => Int)
  done!: number;

  @Field(() => [String], { description: 'What can be done with it now: pause, resume, cancel, switch' })
  acts!: string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was compared with what is shown' })
  comparedAt!: Date | null;

  @Field(() => [RebuildDifferenceType], {
    nullable: true,
    description: 'What the switch would change, table by table; null until it is compared',
  })
  differences!: RebuildDifferenceType[] | null;

  @Field(() => String, { nullable: true })
  error!: string | null;

  requestedById!: string | null;
}

@ObjectType('RebuildConnection')
export class RebuildConnection extends connectionOf<RebuildType>('Rebuild', () => RebuildType) {}

@ObjectType('RebuildAccepted')
export class RebuildAcceptedType {
  @Field(() => RebuildType)
  rebuild!: RebuildType;
}

export const RebuildResult = catalogResult('RebuildResult', RebuildAcceptedType);

@InputType('RequestRebuildInput', { description: 'Without any condition the whole; all that are given hold' })
export class RequestRebuildInput {
  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedTo?: Date | null;

  @Field(() => String, { nullable: true })
  sourceSystem?: string | null;
}

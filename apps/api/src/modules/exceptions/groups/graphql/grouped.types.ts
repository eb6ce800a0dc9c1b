import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../../graphql/connection.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { ExceptionGroupType } from './group.types.js';

@ObjectType('GroupedExceptions', { description: 'What of a group a filter finds' })
export class GroupedExceptionsType {
  @Field(() => ExceptionGroupType)
  group!: ExceptionGroupType;

  @Field(() => Int, { description: 'Members that match' })
  matchingCount!: number;

  @Field(() => Boolean, {
    description: 'There may be more: of very many closed ones, or of what a text finds, not all are looked at',
  })
  isLowerBound!: boolean;

  @Field(() => String, {
    description: 'Money at risk of those that match, in the reporting currency (EUR), an object once',
  })
  inflow!: string;

  @Field(() => String, { description: 'The same, going out' })
  outflow!: string;

  @Field(() => Int, { description: 'Of those that match: no money hangs on them, or nobody can put a figure on it' })
  withoutFigure!: number;

  @Field(() => DateTimeScalar, { description: 'When the oldest of those that match was opened' })
  oldestOpenedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The first due time of those that match that can be met',
  })
  nextDueAt!: Date | null;
}

@ObjectType('GroupedExceptionsConnection')
export class GroupedExceptionsConnection extends connectionOf<GroupedExceptionsType>(
  'GroupedExceptions',
  () => GroupedExceptionsType,
) {}

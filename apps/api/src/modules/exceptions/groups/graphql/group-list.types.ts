import { ArgsType, createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../../graphql/connection.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { SPLIT_BY, type SplitBy } from '../../domain/group-rules.js';
import { GROUP_ORDERS, type GroupOrder } from '../group.repository.js';
import { ExceptionGroupType } from './group.types.js';

export const GroupOrderEnum = Object.fromEntries(GROUP_ORDERS.map((order) => [order, order])) as {
  [O in GroupOrder]: O;
};

registerEnumType(GroupOrderEnum, { name: 'ExceptionGroupOrder' });

export const GroupSplitEnum = Object.fromEntries(SPLIT_BY.map((one) => [one, one])) as { [S in SplitBy]: S };

registerEnumType(GroupSplitEnum, { name: 'ExceptionGroupSplit' });

@ObjectType('ExceptionGroupConnection')
export class ExceptionGroupConnection extends connectionOf<ExceptionGroupType>(
  'ExceptionGroup',
  () => ExceptionGroupType,
) {}

@InputType('ExceptionGroupFilter')
export class ExceptionGroupFilterInput {
  @Field(() => ID, { nullable: true })
  ownerId?: string | null;

  @Field(() => Boolean, { nullable: true })
  unowned?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only known errors, or none of them' })
  knownErrors?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only snoozed ones, or none of them' })
  snoozed?: boolean | null;
}

@ArgsType()
export class ExceptionGroupsArgs extends PageArgs {
  @Field(() => ExceptionGroupFilterInput, { nullable: true })
  filter?: ExceptionGroupFilterInput | null;

  @Field(() => GroupOrderEnum, { nullable: true, defaultValue: GroupOrderEnum.OPEN_DESC })
  orderBy?: GroupOrder | null;
}

@InputType('ChangeExceptionGroupInput', { description: 'What is left out stays; null takes it away' })
export class ChangeExceptionGroupInput {
  @Field(() => ID, { nullable: true })
  ownerId?: string | null;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => Boolean, { nullable: true })
  isKnownError?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Of the ticket or change that will mend it' })
  knownErrorReference?: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  snoozedUntil?: Date | null;

  @Field(() => String, { nullable: true })
  snoozeReason?: string | null;
}

@ObjectType('ExceptionGroupsChanged')
export class ExceptionGroupsChangedType {
  @Field(() => [ExceptionGroupType])
  groups!: ExceptionGroupType[];

  @Field(() => Int, { description: 'Exceptions that are in another group now' })
  moved!: number;
}

@ObjectType('ExceptionGroupFailure', { description: 'An act that was not done, by nobody’s fault' })
export class ExceptionGroupFailureType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => ExceptionGroupType, { nullable: true, description: 'The group as it is now' })
  current!: ExceptionGroupType | null;
}

export const ExceptionGroupResult = createUnionType({
  name: 'ExceptionGroupResult',
  types: () => [ExceptionGroupsChangedType, ExceptionGroupFailureType] as const,
  resolveType: (value: object) => ('code' in value ? ExceptionGroupFailureType : ExceptionGroupsChangedType),
});

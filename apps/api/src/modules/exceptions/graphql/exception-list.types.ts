import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf, PageArgs, type Connection } from '../../../graphql/connection.js';
import type { ExceptionState } from '../domain/life-cycle.js';
import { DEFAULT_ORDER, INBOX_ORDERS, type InboxOrder, type InboxSelection } from '../inbox.repository.js';
import { ExceptionNarrowingInput } from './exception-narrowing.types.js';
import { ExceptionStateEnum, ExceptionType } from './exception.types.js';

export const ExceptionOrderEnum = Object.fromEntries(INBOX_ORDERS.map((order) => [order, order])) as {
  [O in InboxOrder]: O;
};

registerEnumType(ExceptionOrderEnum, { name: 'ExceptionOrder' });

@ObjectType('MoneyTotal', { description: 'Each unit of money counts once along the lineage: not the sum of the rows' })
export class MoneyTotalType {
  @Field(() => String)
  currency!: string;

  @Field(() => String)
  inflow!: string;

  @Field(() => String)
  outflow!: string;

  @Field(() => Int, { description: 'Exceptions with an amount in this currency' })
  count!: number;
}

@ObjectType('ExceptionConnection')
export class ExceptionConnection extends connectionOf<ExceptionType>('Exception', () => ExceptionType) {}

/** A page, and what it takes to total all that match. */
export type ExceptionPage = Connection<ExceptionType> & { selection: InboxSelection };

@InputType('ExceptionFilter')
export class ExceptionFilterInput extends ExceptionNarrowingInput {
  @Field(() => [ExceptionStateEnum], { nullable: true })
  states?: ExceptionState[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes, or categories' })
  taxonomies?: string[] | null;

  @Field(() => [String], { nullable: true })
  legalEntities?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Names of queues' })
  queues?: string[] | null;

  @Field(() => ID, { nullable: true })
  ownerId?: string | null;

  @Field(() => Boolean, { nullable: true })
  unassigned?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true = only those snoozed by themselves or with their group, false = none of them',
  })
  snoozed?: boolean | null;

  @Field(() => ID, { nullable: true })
  groupId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'In any of these groups' })
  groupIds?: string[] | null;

  @Field(() => ID, { nullable: true })
  objectId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Start of a number of the object in any system or of the counterparty, the whole number of a ticket, or words of the title or message of an open one, or of a note on it or its group',
  })
  text?: string | null;
}

@ArgsType()
export class ExceptionsArgs extends PageArgs {
  @Field(() => ExceptionFilterInput, { nullable: true })
  filter?: ExceptionFilterInput | null;

  @Field(() => ExceptionOrderEnum, { nullable: true, defaultValue: DEFAULT_ORDER })
  orderBy?: InboxOrder | null;
}

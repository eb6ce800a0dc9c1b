import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { MoneyType } from '../../../graphql/money.type.js';
import { catalogResult } from '../../catalog/index.js';
import type { QueueName } from '../domain/queues.js';

@ObjectType('Queue', { description: 'Where exceptions of one kind wait for the people who can mend them' })
export class QueueType {
  @Field(() => String)
  name!: QueueName;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'What belongs there' })
  purpose!: string;
}

@ObjectType('QueueHours', { description: 'When a queue is worked' })
export class QueueHoursType {
  @Field(() => String, { description: 'Name of the calendar' })
  calendar!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  timeZone!: string;

  @Field(() => Boolean, { description: 'Now' })
  isOpen!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The next time that it opens; null while it is open' })
  opensAt!: Date | null;
}

@ObjectType('RoutingRule', {
  description: 'The first whose conditions all hold says the queue; null = no such condition',
})
export class RoutingRuleType {
  @Field(() => String)
  name!: string;

  @Field(() => QueueType)
  queue!: QueueType;

  @Field(() => [String], { nullable: true, description: 'Codes, or categories' })
  taxonomies!: readonly string[] | null;

  @Field(() => [String], { nullable: true })
  objectTypes!: readonly string[] | null;

  @Field(() => [String], { nullable: true })
  legalEntities!: readonly string[] | null;

  @Field(() => [String], { nullable: true })
  integrations!: readonly string[] | null;

  @Field(() => MoneyType, { nullable: true, description: 'Money at risk of at least this' })
  fromAmount!: MoneyType | null;

  @Field(() => Boolean, { description: 'Shipped, and tried after all of the tenant’s own' })
  isDefault!: boolean;

  @Field(() => String, { nullable: true, description: 'Why nobody would be given it now, though it names a person' })
  whyNobody!: string | null;

  /** Read by person. */
  personId!: string | null;
}

@InputType('RoutingRuleInput')
export class RoutingRuleInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  queue!: string;

  @Field(() => [String], { nullable: true })
  taxonomies?: string[] | null;

  @Field(() => [String], { nullable: true })
  objectTypes?: string[] | null;

  @Field(() => [String], { nullable: true })
  legalEntities?: string[] | null;

  @Field(() => [String], { nullable: true })
  integrations?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Decimal text in EUR' })
  fromAmount?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who is given what it routes, or the deputy of who is away' })
  personId?: string | null;
}

/** The argument of whatever changes settings. */
export const SEEN = {
  type: () => String,
  nullable: true,
  description: 'The revision that the person saw, refused with STALE_VERSION when there is another; null = whichever',
};

@ArgsType()
export class QueueMembersArgs {
  @Field(() => String)
  queue!: string;

  @Field(() => [ID], { description: 'All of them from now on' })
  personIds!: string[];

  @Field(SEEN.type, SEEN)
  seen?: string | null;
}

@ObjectType('QueueSaved')
export class QueueSavedType {
  @Field(() => QueueType)
  queue!: QueueType;
}

@ObjectType('RoutingRulesSaved')
export class RoutingRulesSavedType {
  @Field(() => [RoutingRuleType])
  rules!: RoutingRuleType[];

  @Field(() => String)
  revision!: string;
}

@ObjectType('RoutingRulesApplied')
export class RoutingRulesAppliedType {
  @Field(() => Int, { description: 'Open exceptions that were looked at' })
  looked!: number;

  @Field(() => Int, {
    description: 'Of these, that wait in another queue now; more may follow while the bulk act goes on',
  })
  moved!: number;

  @Field(() => Int, { description: 'Of those that stay in their queue, that were given to whom a rule names' })
  assigned!: number;

  @Field(() => ID, { nullable: true, description: 'The bulk act that looks at all of them; null = there are none' })
  bulkActId!: string | null;
}

export const QueueResult = catalogResult('QueueResult', QueueSavedType);

export const RoutingRulesResult = catalogResult('RoutingRulesResult', RoutingRulesSavedType);

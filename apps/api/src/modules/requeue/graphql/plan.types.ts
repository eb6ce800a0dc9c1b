import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';

@ObjectType('RequeueSum', { description: 'Money per legal entity and currency, each document once' })
export class RequeueSumType {
  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => MoneyType)
  inflow!: MoneyType;

  @Field(() => MoneyType)
  outflow!: MoneyType;

  @Field(() => Int, { description: 'Documents' })
  count!: number;
}

@ObjectType('RequeueWaiting', { description: 'What waits downstream: a step of a workflow, or a hub' })
export class RequeueWaitingType {
  @Field(() => String)
  workflow!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Boolean)
  isHub!: boolean;

  @Field(() => Int, { description: 'Transactions' })
  count!: number;
}

@ObjectType('RequeueAskingRule')
export class RequeueAskingRuleType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType('RequeueNeededApproval', { description: 'What has to be approved before anything goes out, and why' })
export class RequeueNeededApprovalType {
  @Field(() => Int, { description: 'By how many people besides the maker' })
  approvals!: number;

  @Field(() => [String], { description: 'Roles that one of the people must have' })
  roles!: readonly string[];

  @Field(() => Boolean, { description: 'Nobody approves who worked on the documents' })
  excludesTouchers!: boolean;

  @Field(() => Boolean, { description: 'No emergency sets it aside' })
  isHard!: boolean;

  @Field(() => [RequeueAskingRuleType])
  rules!: readonly RequeueAskingRuleType[];
}

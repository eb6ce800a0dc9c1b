import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AliasType } from '../../../graphql/alias.type.js';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';

@ObjectType('MappingUse', { description: 'Which version of which mapping, and which of its rules' })
export class MappingUseType {
  @Field(() => String)
  name!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String, { description: 'Empty when none of its rules came to it' })
  rule!: string;
}

@ObjectType('SignalActivityObject', { description: 'A business object as an activity speaks of it' })
export class SignalActivityObjectType {
  @Field(() => String)
  type!: string;

  @Field(() => String, { description: 'subject for what it happened to' })
  qualifier!: string;

  @Field(() => [AliasType])
  keys!: AliasType[];

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => String, { nullable: true, description: 'inflow or outflow' })
  direction!: string | null;

  /** Of its first key, for whoever finds the object. */
  aliasId!: string;
}

@ObjectType('SignalActivityLink', { description: 'Between two of the objects, by position; points downstream' })
export class SignalActivityLinkType {
  @Field(() => Int)
  from!: number;

  @Field(() => Int)
  to!: number;

  @Field(() => String)
  qualifier!: string;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;
}

@ObjectType('SignalActivityProblem')
export class SignalActivityProblemType {
  @Field(() => String)
  taxonomy!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true, description: 'JSON pointer' })
  field!: string | null;
}

@ObjectType('SignalActivity', { description: 'What a mapping made of a signal' })
export class SignalActivityType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  type!: string;

  @Field(() => DateTimeScalar)
  occurredAt!: Date | string;

  @Field(() => String, { description: 'success or failure' })
  outcome!: string;

  @Field(() => String)
  system!: string;

  @Field(() => String)
  integration!: string;

  @Field(() => [SignalActivityObjectType])
  objects!: SignalActivityObjectType[];

  @Field(() => [SignalActivityLinkType])
  links!: SignalActivityLinkType[];

  @Field(() => SignalActivityProblemType, { nullable: true })
  problem!: SignalActivityProblemType | null;

  @Field(() => MappingUseType)
  mapping!: MappingUseType;
}

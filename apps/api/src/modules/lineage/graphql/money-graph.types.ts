import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { ObjectReferenceType } from './object.types.js';

@ObjectType('MoneyExplanation', { description: 'Why the two ends of a flow differ' })
export class MoneyExplanationType {
  @Field(() => String, {
    description: 'cash-discount, withholding-tax, fee, fx-loss, fx-gain, rounding or write-off',
  })
  kind!: string;

  @Field(() => MoneyType)
  amount!: MoneyType;
}

@ObjectType('MoneyFlow', { description: 'Money between this object and another, as it counts' })
export class MoneyFlowType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String)
  qualifier!: string;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'At this object, without what is explained; null = not known',
  })
  amount!: MoneyType | null;

  @Field(() => [MoneyExplanationType])
  explained!: MoneyExplanationType[];
}

@ObjectType('MoneySide', { description: 'What flows on one side of an object, and what is left' })
export class MoneySideType {
  @Field(() => String, { description: 'in, out, or pair: the document of the other side of an intercompany pair' })
  side!: string;

  @Field(() => MoneyType, { description: 'What the flows carry, without what is explained' })
  flows!: MoneyType;

  @Field(() => [MoneyExplanationType])
  explained!: MoneyExplanationType[];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The amount less flows and explanations, with its sign; null = cannot be known',
  })
  residual!: MoneyType | null;

  @Field(() => String, {
    description:
      'balanced, within-tolerance, unknown, no-rate; in: unapplied, unfounded, overdrawn; out: open, short, over; pair: differs',
  })
  standing!: string;

  @Field(() => Boolean)
  isBreak!: boolean;
}

@ObjectType('MoneyBalance', { description: 'An object’s money in one currency' })
export class MoneyBalanceType {
  @Field(() => String)
  currency!: string;

  @Field(() => MoneyType, { nullable: true, description: 'As stated; null = none in this currency' })
  amount!: MoneyType | null;

  @Field(() => MoneyType, { description: 'What was returned or reversed of it' })
  undone!: MoneyType;

  @Field(() => [MoneySideType])
  sides!: MoneySideType[];

  @Field(() => MoneyType, { description: 'The breaks of all sides without their signs' })
  unexplained!: MoneyType;

  @Field(() => Boolean)
  isBreak!: boolean;
}

@ObjectType('ObjectMoney', { description: 'What flows in and out of an object, and what is left' })
export class ObjectMoneyType {
  @Field(() => [MoneyBalanceType], {
    description: 'One a currency; none of balances and totals such as a cash position',
  })
  balances!: MoneyBalanceType[];

  @Field(() => [MoneyFlowType], { description: 'At most 200; the balance counts all' })
  inflows!: MoneyFlowType[];

  @Field(() => [MoneyFlowType], { description: 'At most 200; the balance counts all' })
  outflows!: MoneyFlowType[];

  @Field(() => Boolean, { description: 'Too many links: no balance is stated' })
  isTruncated!: boolean;
}

@ObjectType('ObjectBalance', { description: 'A member of a transaction with its money in one currency' })
export class ObjectBalanceType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => MoneyBalanceType)
  balance!: MoneyBalanceType;
}

@ObjectType('TransactionMoney', { description: 'Where the money of a transaction is, and where it does not add up' })
export class TransactionMoneyType {
  @Field(() => [ObjectBalanceType], { description: 'From the anchor down, at most 500; breaks first' })
  objects!: ObjectBalanceType[];

  @Field(() => Int, { description: 'Objects at which something does not add up' })
  breaks!: number;

  @Field(() => [MoneyType], { description: 'One a currency' })
  unexplained!: MoneyType[];

  @Field(() => Boolean, { description: 'Too many links: no balance is stated' })
  isTruncated!: boolean;
}

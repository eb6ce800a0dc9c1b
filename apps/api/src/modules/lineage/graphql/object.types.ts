import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';

@ObjectType('ObjectReference', { description: 'A business object by the name that people know it by' })
export class ObjectReferenceType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'e.g. sales-order' })
  type!: string;

  @Field(() => String)
  key!: string;
}

@ObjectType('BusinessObject')
export class BusinessObjectType {
  @Field(() => ID, { description: 'May differ from the id asked for: earlier ids of merged objects redirect' })
  id!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  key!: string;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => String, { nullable: true, description: 'inflow or outflow' })
  direction!: string | null;

  @Field(() => Boolean, { description: 'Known by reference only: nothing was reported to have happened to it' })
  isPlaceholder!: boolean;

  @Field(() => DateTimeScalar)
  firstSeenAt!: Date;

  @Field(() => DateTimeScalar)
  lastSeenAt!: Date;
}

@ObjectType('TransactionObject', { description: 'A member of a transaction, or a hub that it is linked to' })
export class TransactionObjectType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  key!: string;

  @Field(() => Boolean)
  isHub!: boolean;

  @Field(() => Int, { description: 'Links from the anchor' })
  depth!: number;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => String, { nullable: true })
  direction!: string | null;

  @Field(() => Boolean)
  isPlaceholder!: boolean;

  /** The transaction that it is looked at in. */
  transactionId!: string;
}

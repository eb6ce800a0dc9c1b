import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { LocalDateScalar } from '../../../graphql/scalars.js';
import { ConvertedMoneyType } from './converted-money.types.js';
import { ObjectReferenceType } from './object.types.js';

@ArgsType()
export class ReceivablesArgs {
  @Field(() => String, { nullable: true })
  legalEntity?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the invoices' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'Reporting currency that amounts are shown in as well' })
  convertTo?: string | null;

  @Field(() => String, { nullable: true, defaultValue: 'ecb-reference' })
  rateType?: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: 'The last rate at or before this day; today by default',
  })
  on?: string | null;
}

@ObjectType('ReceivableFlagCount')
export class ReceivableFlagType {
  @Field(() => String, {
    description:
      'open-exception, disputed, payment-undone, payment-returned, credit-undone, overdue, beyond-habit, no-due-date, no-history or amount-unknown',
  })
  flag!: string;

  @Field(() => Int)
  invoices!: number;
}

@ObjectType('ReceivableInvoice', { description: 'An invoice that is not paid' })
export class ReceivableInvoiceType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'Null = cannot be known' })
  open!: MoneyType | null;

  @Field(() => LocalDateScalar, { nullable: true, description: 'Net due date' })
  dueOn!: string | null;

  @Field(() => String, { description: 'high, medium or low' })
  confidence!: string;

  @Field(() => [String])
  flags!: string[];

  @Field(() => Int, { description: 'On it, or on what is linked to it' })
  openExceptions!: number;

  @Field(() => Int, { nullable: true, description: 'Median of the customer; null = no payment was seen' })
  usualDelayDays!: number | null;

  @Field(() => Int, { description: 'Payments that the habit is taken from' })
  paymentsSeen!: number;
}

@ObjectType('ReceivableLine', { description: 'Open amount of one entity, region, currency and expected value date' })
export class ReceivableLineType {
  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true, description: 'Country of the legal entity' })
  region!: string | null;

  @Field(() => String)
  currency!: string;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: 'Net due date and the customer’s usual delay, today at the earliest; null = no due date',
  })
  expectedOn!: string | null;

  @Field(() => MoneyType)
  open!: MoneyType;

  @Field(() => MoneyType, { description: 'Of it, with high confidence' })
  high!: MoneyType;

  @Field(() => MoneyType)
  medium!: MoneyType;

  @Field(() => MoneyType)
  low!: MoneyType;

  @Field(() => ConvertedMoneyType, { nullable: true, description: 'Null unless convertTo is given' })
  converted!: ConvertedMoneyType | null;

  @Field(() => [ReceivableFlagType], { description: 'The most frequent first' })
  flags!: ReceivableFlagType[];

  @Field(() => Int)
  invoices!: number;

  @Field(() => [ReceivableInvoiceType], { description: 'The largest first, at most 100' })
  largest!: ReceivableInvoiceType[];
}

@ObjectType('ReceivableTotal')
export class ReceivableTotalType {
  @Field(() => MoneyType)
  open!: MoneyType;

  @Field(() => MoneyType, { description: 'Of it, with high confidence' })
  high!: MoneyType;

  @Field(() => MoneyType)
  medium!: MoneyType;

  @Field(() => MoneyType)
  low!: MoneyType;

  @Field(() => ConvertedMoneyType, { nullable: true, description: 'Null unless convertTo is given' })
  converted!: ConvertedMoneyType | null;
}

@ObjectType('Receivables', { description: 'What customers still owe, and when it is expected' })
export class ReceivablesType {
  @Field(() => LocalDateScalar)
  asOf!: string;

  @Field(() => [ReceivableTotalType], { description: 'One a currency' })
  totals!: ReceivableTotalType[];

  @Field(() => [ReceivableLineType], { description: 'By expected day; at most 1 000' })
  lines!: ReceivableLineType[];

  @Field(() => Int, { description: 'Invoices whose open amount cannot be known: in no sum' })
  unknownInvoices!: number;

  @Field(() => Boolean, { description: 'There is more than was looked at' })
  isTruncated!: boolean;
}

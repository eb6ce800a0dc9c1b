import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { ObjectReferenceType } from './object.types.js';

@ObjectType('Affected', { description: 'Something downstream that counts on money that is stuck' })
export class AffectedType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String, {
    description:
      'receivable, payable, cash-forecast, forecast-version, report; cash-position only when a statement is concerned',
  })
  kind!: string;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => [MoneyType], { description: 'One a currency, never netted with outflow' })
  inflow!: MoneyType[];

  @Field(() => [MoneyType], { description: 'One a currency' })
  outflow!: MoneyType[];

  @Field(() => Int, { description: 'Documents whose money it is' })
  documents!: number;

  @Field(() => Boolean, { description: 'False = the amount or direction of a document is not known: it is more' })
  isComplete!: boolean;
}

@ObjectType('WaitingDocuments', {
  description:
    'Open documents of running transactions that name an object as their customer, supplier, account or period',
})
export class WaitingDocumentsType {
  @Field(() => Int)
  documents!: number;

  @Field(() => [MoneyType], { description: 'What is open of them: one a currency, never netted with outflow' })
  inflow!: MoneyType[];

  @Field(() => [MoneyType], { description: 'One a currency' })
  outflow!: MoneyType[];

  @Field(() => Boolean, { description: 'False = the amount or direction of a document is not known: it is more' })
  isComplete!: boolean;

  @Field(() => Boolean, { description: 'The latest 500 alone were looked at' })
  isTruncated!: boolean;
}

@ObjectType('Impact', {
  description:
    'What is affected downstream. Each unit of money counts once for each plan, so plans are not to be added up',
})
export class ImpactType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => WaitingDocumentsType, {
    nullable: true,
    description: 'Of master data, an account or a period: the documents that wait for it. Null for a document itself',
  })
  waiting!: WaitingDocumentsType | null;

  @Field(() => [AffectedType], { description: 'By kind' })
  affected!: AffectedType[];

  @Field(() => Boolean, { description: 'There is more than is said' })
  isTruncated!: boolean;
}

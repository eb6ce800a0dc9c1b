import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar, LocalDateScalar } from '../../../graphql/scalars.js';
import { StatementOriginType } from '../../../graphql/statement-origin.type.js';

@ObjectType('SystemOfRecord', { description: 'Who owns an attribute' })
export class SystemOfRecordType {
  @Field(() => String, { description: 'Attributes that are owned together, e.g. terms' })
  group!: string;

  @Field(() => [String], { description: 'Kinds of source system' })
  owners!: string[];

  @Field(() => String, { description: 'The team that decides when systems disagree' })
  steward!: string;
}

@ObjectType('ObjectAttribute', { description: 'A value of an attribute of a business object, and how it is known' })
export class ObjectAttributeType {
  @Field(() => String, { description: 'As it was stated; also legalEntity, counterparty, amount and direction' })
  name!: string;

  @Field(() => String, { description: 'Account numbers masked unless the viewer may see them' })
  value!: string;

  @Field(() => StatementOriginType, { description: 'By whom it has this value, since when' })
  statedBy!: StatementOriginType;

  @Field(() => SystemOfRecordType, { nullable: true, description: 'Null where nobody is declared to own it' })
  systemOfRecord!: SystemOfRecordType | null;
}

@ObjectType('AttributeChange')
export class AttributeChangeType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;

  @Field(() => String, { nullable: true, description: 'The value before; null = there was none' })
  previous!: string | null;

  @Field(() => StatementOriginType)
  statedBy!: StatementOriginType;
}

@ObjectType('AttributeChangeConnection')
export class AttributeChangeConnection extends connectionOf<AttributeChangeType>(
  'AttributeChange',
  () => AttributeChangeType,
) {}

@ObjectType('AccountTypeStanding', { description: 'Where an accounting period stands for one account type' })
export class AccountTypeStandingType {
  @Field(() => String, { description: 'e.g. receivables; empty = all that are not named apart' })
  accountType!: string;

  @Field(() => String, { description: 'open, closing or closed' })
  state!: string;

  @Field(() => StatementOriginType)
  statedBy!: StatementOriginType;
}

@ArgsType()
export class AttributesArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'As they were then; without it, as they are' })
  asOf?: Date | null;

  @Field(() => LocalDateScalar, { nullable: true, description: 'As they were known at the end of that day' })
  knownOn?: string | null;
}

@ArgsType()
export class AttributeHistoryArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Of this attribute alone' })
  name?: string | null;
}

import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar, LocalDateScalar } from '../../../graphql/scalars.js';
import { StatementOriginType } from '../../../graphql/statement-origin.type.js';
import { LineageDirection } from './lineage.types.js';
import { ObjectReferenceType } from './object.types.js';
import { ActivityEntryType } from './transaction.types.js';

@ObjectType('ObjectLink', { description: 'A link of a business object, seen from it' })
export class ObjectLinkType {
  @Field(() => LineageDirection, { description: 'On which side of this object the other one is' })
  direction!: LineageDirection;

  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String, { description: 'Read as: downstream qualifier upstream, e.g. settles' })
  qualifier!: string;

  @Field(() => Boolean, { description: 'Attached, never followed further' })
  isContext!: boolean;

  @Field(() => Boolean, { description: 'Something that succeeded states it; false = only attempts that failed do' })
  isEstablished!: boolean;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => LocalDateScalar, { nullable: true, description: 'First day on which it holds; null = for good' })
  validFrom!: string | null;

  @Field(() => LocalDateScalar, { nullable: true, description: 'Last day on which it holds; null = for good' })
  validTo!: string | null;

  @Field(() => DateTimeScalar)
  firstSeenAt!: Date;

  @Field(() => StatementOriginType, { nullable: true, description: 'Who stated it first' })
  assertedBy!: StatementOriginType | null;
}

@ObjectType('ObjectLinkConnection')
export class ObjectLinkConnection extends connectionOf<ObjectLinkType>('ObjectLink', () => ObjectLinkType) {}

@ArgsType()
export class ObjectLinksArgs extends PageArgs {
  @Field(() => LineageDirection)
  direction!: LineageDirection;
}

@ObjectType('ActivityEntryConnection')
export class ActivityEntryConnection extends connectionOf<ActivityEntryType>(
  'ActivityEntry',
  () => ActivityEntryType,
) {}

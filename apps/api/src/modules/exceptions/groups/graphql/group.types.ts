import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { TaxonomyType } from '../../graphql/taxonomy.type.js';

@ObjectType('ExceptionGroup', { description: 'Exceptions of one problem at one hop, whatever their subject' })
export class ExceptionGroupType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'Code of the problem, <category>.<problem>' })
  taxonomy!: string;

  @Field(() => TaxonomyType, { description: 'The same in words' })
  problem!: TaxonomyType;

  @Field(() => String, { description: 'Integration, or <workflow>/<milestone>' })
  hop!: string;

  @Field(() => Int, { description: 'All but duplicates' })
  memberCount!: number;

  @Field(() => Boolean, { description: 'There are more: closed members are counted to 10 000' })
  memberCountIsLowerBound!: boolean;

  @Field(() => Int, { description: 'Members that still wait for somebody or something' })
  openCount!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Of any member, as far as known' })
  lastOccurredAt!: Date | null;

  @Field(() => String, { description: 'What people know of it; stays when the problem comes again' })
  note!: string;

  @Field(() => Boolean, { description: 'Its cause is known and being mended elsewhere' })
  isKnownError!: boolean;

  @Field(() => String, { nullable: true })
  knownErrorReference!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  snoozedUntil!: Date | null;

  @Field(() => String, { nullable: true })
  snoozeReason!: string | null;

  @Field(() => [String], {
    description: 'LEGAL_ENTITY, COUNTERPARTY, INTEGRATION, OBJECT_TYPE; empty = it is one group',
  })
  splitBy!: string[];

  @Field(() => Int)
  version!: number;

  @Field(() => DateTimeScalar, { nullable: true })
  changedAt!: Date | null;

  @Field(() => String, { nullable: true })
  changedByName!: string | null;

  ownerId!: string | null;
  mergedInto!: string | null;
  parentId!: string | null;
}

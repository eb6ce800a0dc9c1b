import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';

const FindingKindEnum = {
  CONTRADICTORY_ALIAS: 'CONTRADICTORY_ALIAS',
  OWNERSHIP_CONFLICT: 'OWNERSHIP_CONFLICT',
  MASTER_DATA_DRIFT: 'MASTER_DATA_DRIFT',
  LINK_CYCLE: 'LINK_CYCLE',
  SELF_LINK: 'SELF_LINK',
  IMPLAUSIBLE_TIME: 'IMPLAUSIBLE_TIME',
  UNUSABLE_AMOUNT: 'UNUSABLE_AMOUNT',
  DIFFERING_CONTENT: 'DIFFERING_CONTENT',
  TOO_MANY_ALIASES: 'TOO_MANY_ALIASES',
  TRANSACTION_TRUNCATED: 'TRANSACTION_TRUNCATED',
  MORE_THAN_EXPECTED: 'MORE_THAN_EXPECTED',
  OUT_OF_SEQUENCE: 'OUT_OF_SEQUENCE',
  SEGREGATION_OF_DUTIES: 'SEGREGATION_OF_DUTIES',
} as const;

export type FindingKindName = keyof typeof FindingKindEnum;

registerEnumType(FindingKindEnum, { name: 'FindingKind' });

@ObjectType('Finding', { description: 'Something wrong with the lineage itself or with master data; it stops nothing' })
export class FindingType {
  @Field(() => FindingKindEnum)
  kind!: FindingKindName;

  @Field(() => ID, { description: 'Of the business object, or of the transaction, that it is about' })
  subjectId!: string;

  @Field(() => String, { description: 'Which of several of one subject: an attribute, a key, a link; else empty' })
  about!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When that which made it happened' })
  since!: Date | null;

  @Field(() => JsonScalar, {
    description:
      'By kind: { attribute, group, steward, owner, changes | copies }, { key, values, names, objectIds, activityIds }, { objectIds }, { duties, objectIds }, { value, system, times }. Account numbers masked unless the viewer may see them',
  })
  details!: unknown;
}

@ObjectType('FindingConnection')
export class FindingConnection extends connectionOf<FindingType>('Finding', () => FindingType) {}

@ObjectType('FindingCount')
export class FindingCountType {
  @Field(() => FindingKindEnum)
  kind!: FindingKindName;

  @Field(() => Int, { description: 'At most 10 000 are counted' })
  count!: number;
}

@InputType('FindingFilter')
export class FindingFilterInput {
  @Field(() => [FindingKindEnum], { nullable: true })
  kinds?: FindingKindName[] | null;
}

@ArgsType()
export class FindingsArgs extends PageArgs {
  @Field(() => FindingFilterInput, { nullable: true })
  filter?: FindingFilterInput | null;
}

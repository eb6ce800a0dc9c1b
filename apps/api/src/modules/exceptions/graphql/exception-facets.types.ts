import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { INBOX_FACETS, type InboxFacet } from '../domain/inbox-facets.js';

export const ExceptionFacetNameEnum = Object.fromEntries(INBOX_FACETS.map((facet) => [facet, facet])) as {
  [F in InboxFacet]: F;
};

registerEnumType(ExceptionFacetNameEnum, { name: 'ExceptionFacetName' });

@ObjectType('ExceptionFacetBucket')
export class ExceptionFacetBucketType {
  @Field(() => String, {
    description:
      'As the filter takes it; of OWNER `me` or `none`, of ESCALATED, STATUTORY and RECURRING `true`, of PROBLEM a code, of AMOUNT (in cents of the reporting currency) and PAST_DUE (in days) a range such as `1..30` or `91..`',
  })
  value!: string;

  @Field(() => String, { description: 'Of a queue or a problem in words, else as the value' })
  title!: string;

  @Field(() => Int, { description: 'How many there would be if it alone were chosen in its facet' })
  count!: number;
}

@ObjectType('ExceptionFacet')
export class ExceptionFacetType {
  @Field(() => ExceptionFacetNameEnum)
  name!: InboxFacet;

  @Field(() => [ExceptionFacetBucketType], {
    description: 'In their own order where they have one, else the most frequent first; at most 100',
  })
  buckets!: ExceptionFacetBucketType[];
}

@ObjectType('ExceptionFacets', { description: 'What a list of exceptions holds, counted by each of its filters' })
export class ExceptionFacetsType {
  @Field(() => Int, { description: 'How many match' })
  total!: number;

  @Field(() => Boolean, {
    description:
      'Each number is at least that: of very many closed exceptions, or of very many that a text, a group or a name finds, not all were counted',
  })
  isLowerBound!: boolean;

  @Field(() => [ExceptionFacetType])
  facets!: ExceptionFacetType[];
}

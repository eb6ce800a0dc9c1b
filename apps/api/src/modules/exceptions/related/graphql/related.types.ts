import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ExceptionType } from '../../graphql/exception.types.js';

const ExceptionRelationEnum = { SAME_OBJECT: 'SAME_OBJECT', SAME_TRANSACTION: 'SAME_TRANSACTION' } as const;

export type ExceptionRelation = keyof typeof ExceptionRelationEnum;

registerEnumType(ExceptionRelationEnum, {
  name: 'ExceptionRelation',
  valuesMap: {
    SAME_OBJECT: { description: 'Another problem with the same object' },
    SAME_TRANSACTION: { description: 'With another object of a transaction that its object is a member of' },
  },
});

@ObjectType('RelatedException')
export class RelatedExceptionType {
  @Field(() => ExceptionRelationEnum)
  relation!: ExceptionRelation;

  @Field(() => ExceptionType)
  exception!: ExceptionType;
}

@ObjectType('RelatedExceptions', { description: 'Linked both ways: each names the other. Duplicates are left out' })
export class RelatedExceptionsType {
  @Field(() => [RelatedExceptionType], {
    description: 'Of the same object first, then what is open, then the latest; at most 20',
  })
  exceptions!: RelatedExceptionType[];

  @Field(() => Int, { description: 'How many there are; at most 1 000 are counted' })
  total!: number;

  @Field(() => Boolean, { description: 'There are more, of which those of the same object and open ones were counted' })
  totalIsLowerBound!: boolean;
}

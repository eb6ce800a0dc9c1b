import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import { ExceptionType } from './exception.types.js';

@ObjectType('ActFailure', { description: 'An act that was not done, by nobody’s fault' })
export class ActFailureType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => ID, { nullable: true })
  exceptionId!: string | null;

  @Field(() => ExceptionType, { nullable: true, description: 'The exception as it is now' })
  current!: ExceptionType | null;
}

@ObjectType('ExceptionsChanged')
export class ExceptionsChangedType {
  @Field(() => [ExceptionType])
  exceptions!: ExceptionType[];

  @Field(() => [String], { nullable: true, description: 'What was done, and is worth knowing' })
  warnings?: string[];
}

export const ExceptionActResult = createUnionType({
  name: 'ExceptionActResult',
  types: () => [ExceptionsChangedType, ActFailureType] as const,
  resolveType: (value: object) => ('code' in value ? ActFailureType : ExceptionsChangedType),
});

import { Field, ObjectType, createUnionType } from '@nestjs/graphql';
import { ViewerType } from './viewer.type.js';

@ObjectType('SignInSuccess', { description: 'The session cookie is set' })
export class SignInSuccessType {
  @Field(() => ViewerType)
  viewer!: Omit<ViewerType, 'tenant' | 'people'>;
}

@ObjectType('SignInFailure')
export class SignInFailureType {
  @Field(() => String, { description: 'INVALID_CREDENTIALS or RATE_LIMITED' })
  code!: string;

  @Field(() => String)
  message!: string;
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  types: () => [SignInSuccessType, SignInFailureType] as const,
  resolveType: (value: object) => ('viewer' in value ? SignInSuccessType : SignInFailureType),
});

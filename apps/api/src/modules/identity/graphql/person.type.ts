import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Person')
export class PersonType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String)
  email!: string;

  @Field(() => [String])
  roles!: string[];
}

import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('Alias', { description: 'A name of a business object in one source system' })
export class AliasType {
  @Field(() => String)
  system!: string;

  @Field(() => String)
  kind!: string;

  @Field(() => String, { description: 'Part of the key where numbers restart or collide; else empty' })
  scope!: string;

  @Field(() => String)
  value!: string;

  /** Absent where only the name is told. */
  aliasId?: string;
}

import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('Taxonomy', { description: 'Kind of a problem, in two levels' })
export class TaxonomyType {
  @Field(() => String, { description: '<category>.<problem>' })
  code!: string;

  @Field(() => String)
  category!: string;

  @Field(() => String)
  title!: string;
}

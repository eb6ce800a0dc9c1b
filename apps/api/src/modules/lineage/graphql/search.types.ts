import { ArgsType, Field, Int, ObjectType, createUnionType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { BusinessObjectType } from './object.types.js';

export const SearchResult = createUnionType({
  name: 'SearchResult',
  types: () => [BusinessObjectType] as const,
  resolveType: () => BusinessObjectType,
});

@ObjectType('SearchConnection')
export class SearchConnection extends connectionOf<BusinessObjectType>('Search', () => SearchResult) {}

@ArgsType()
export class SearchArgs {
  @Field(() => String)
  text!: string;

  @Field(() => Int, { nullable: true, defaultValue: 20 })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

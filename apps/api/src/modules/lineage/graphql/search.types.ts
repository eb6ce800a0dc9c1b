import { ArgsType, Field, Int, ObjectType, createUnionType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { BusinessObjectType } from './object.types.js';

export const SearchResult = createUnionType({
  name: 'SearchResult',
  types: () => [BusinessObjectType] as const,
  resolveType: () => BusinessObjectType,
});

export const SearchMatchKind = { KEY: 'KEY', REFERENCE: 'REFERENCE', COUNTERPARTY: 'COUNTERPARTY' } as const;

export type SearchMatchKind = (typeof SearchMatchKind)[keyof typeof SearchMatchKind];

registerEnumType(SearchMatchKind, {
  name: 'SearchMatchKind',
  description: 'A key identifies the object; a reference (EndToEndId, remittance) does not',
});

@ObjectType('SearchMatch', { description: 'By what of it an object was found' })
export class SearchMatchType {
  @Field(() => SearchMatchKind)
  kind!: SearchMatchKind;

  @Field(() => String, { description: 'As it is stored' })
  value!: string;

  @Field(() => String, { description: 'Kind of the key, name of the reference, or counterparty' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The system that knows it by this key' })
  system!: string | null;

  @Field(() => Boolean, { description: 'The whole of it was typed' })
  isExact!: boolean;
}

@ObjectType({ isAbstract: true })
export class SearchEdgeFields {
  @Field(() => SearchMatchType)
  match!: SearchMatchType;
}

@ObjectType('SearchConnection')
export class SearchConnection extends connectionOf<BusinessObjectType, SearchEdgeFields>(
  'Search',
  () => SearchResult,
  SearchEdgeFields,
) {}

@ArgsType()
export class SearchArgs {
  @Field(() => String)
  text!: string;

  @Field(() => Int, { nullable: true, defaultValue: 20 })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

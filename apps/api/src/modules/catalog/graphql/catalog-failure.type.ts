import type { Type } from '@nestjs/common';
import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import type { CatalogFailureCode } from '../domain/catalog-failure.js';
import { isFailure } from '../domain/catalog-failure.js';

@ObjectType('CatalogFailure', { description: 'An act on the catalog that was not done, by nobody’s fault' })
export class CatalogFailureType {
  @Field(() => String, { description: 'NOT_FOUND, INVALID, CONFLICT, STALE_VERSION or SAME_PERSON' })
  code!: CatalogFailureCode;

  @Field(() => String)
  message!: string;

  @Field(() => [String], { description: 'Each place and its reason' })
  problems!: string[];
}

/** Union of what an act gives when it is done and CatalogFailure. */
export function catalogResult<T extends object>(name: string, done: Type<T>): T | CatalogFailureType {
  return createUnionType({
    name,
    types: () => [done, CatalogFailureType] as const,
    resolveType: (value: object) => (isFailure(value) ? CatalogFailureType : done),
  });
}

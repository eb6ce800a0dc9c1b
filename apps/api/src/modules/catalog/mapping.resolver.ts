import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { findPeople, PersonType, RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure, type CatalogFailure } from './domain/catalog-failure.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import {
  MappingConnection,
  MappingResult,
  MappingType,
  MappingVersionType,
  type MappingSavedType,
} from './graphql/mapping.types.js';
import { countingMapping, countingMappings, toMapping } from './mapping-reader.js';
import { findVersions } from './mapping.repository.js';
import { approveMapping } from './usecases/approve-mapping.js';
import { retireMapping } from './usecases/retire-mapping.js';
import { saveMapping } from './usecases/save-mapping.js';

const LIST = 'mappings';

type MappingAnswer = MappingSavedType | CatalogFailureType;

/** Mappings: the shipped ones, a tenant's own versions, and putting them in force. */
@Resolver(() => MappingType)
@RequirePermission('catalog.read')
export class MappingResolver {
  @Query(() => MappingConnection, { description: 'By name' })
  async mappings(@Args() args: PageArgs, @CurrentOperation() operation: Operation): Promise<Connection<MappingType>> {
    const page = readPage(args, LIST, ['text']);
    const all = await countingMappings(operation);
    const behind = all.filter(({ name }) => page.after === null || name > (page.after[0] ?? ''));
    return toConnection({
      list: LIST,
      page,
      rows: behind.slice(0, page.first + 1),
      cursorOf: ({ name }) => [name],
      nodeOf: toMapping,
      count: () => Promise.resolve({ count: all.length, isEstimate: false }),
    });
  }

  @Query(() => MappingType, { nullable: true })
  async mapping(
    @Args('name', { type: () => String }) name: string,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingType | null> {
    const found = await countingMapping(operation, name);
    return found === null ? null : toMapping(found);
  }

  @ResolveField(() => [MappingVersionType], { description: 'Latest first' })
  async versions(
    @Parent() { name }: MappingType,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingVersionType[]> {
    const loader = operation.loader<string, MappingVersionType[]>('mapping versions', async (tx, names) => {
      const rows = await findVersions(tx, names);
      return names.map((each) => rows.filter((row) => row.name === each));
    });
    return (await loader.load(name)) ?? [];
  }

  @Mutation(() => MappingResult, { description: 'A new version, a draft' })
  @RequirePermission('catalog.write')
  async saveMapping(
    @Args('name', { type: () => String }) name: string,
    @Args('definition', { type: () => String }) definition: string,
    @Args('note', { type: () => String }) note: string,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingAnswer> {
    const input = { name, definition, note };
    return saved(operation, await operation.write((tx) => saveMapping(tx, actOf(operation), input)));
  }

  @Mutation(() => MappingResult, { description: 'Puts a draft in force; by another person than its maker' })
  @RequirePermission('mapping.approve')
  async approveMapping(
    @Args('name', { type: () => String }) name: string,
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingAnswer> {
    const input = { name, version };
    return saved(operation, await operation.write((tx) => approveMapping(tx, actOf(operation), input)));
  }

  @Mutation(() => MappingResult, { description: 'Back to the version before it, or to the shipped one' })
  @RequirePermission('catalog.write')
  async retireMapping(
    @Args('name', { type: () => String }) name: string,
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingAnswer> {
    const input = { name, version };
    return saved(operation, await operation.write((tx) => retireMapping(tx, actOf(operation), input)));
  }
}

/** Who made and who approved a version. */
@Resolver(() => MappingVersionType)
@RequirePermission('catalog.read')
export class MappingVersionResolver {
  @ResolveField(() => PersonType, { nullable: true })
  async createdBy(
    @Parent() { createdById }: MappingVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return operation.loader('people', findPeople).load(createdById);
  }

  @ResolveField(() => PersonType, { nullable: true })
  async approvedBy(
    @Parent() { approvedById }: MappingVersionType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return approvedById === null ? null : operation.loader('people', findPeople).load(approvedById);
  }
}

async function saved(operation: Operation, outcome: { name: string } | CatalogFailure): Promise<MappingAnswer> {
  if (isFailure(outcome)) return outcome;
  const mapping = await countingMapping(operation, outcome.name);
  if (mapping === null) throw new CodedError('NOT_FOUND', 'There is no such mapping');
  return { mapping: toMapping(mapping) };
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { SecretBox } from '@throughline/persistence';
import { API_CONFIG, type ApiConfig } from '../../config.js';
import { CodedError } from '../../graphql/coded-error.js';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure } from './domain/catalog-failure.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import { MappingType } from './graphql/mapping.types.js';
import {
  SourceSystemConnection,
  SourceSystemInput,
  SourceSystemResult,
  SourceSystemType,
  type SourceSystemSavedType,
} from './graphql/source-system.types.js';
import { mappingOfKind } from './mapping-reader.js';
import {
  COUNT_SOURCE_SYSTEMS,
  findSourceSystems,
  listSourceSystems,
  type SourceSystemRow,
} from './source-system.repository.js';
import { saveSourceSystem } from './usecases/save-source-system.js';

const LIST = 'source-systems';

/** Source systems and their webhooks' credentials. What they sent is added by the signals module. */
@Resolver(() => SourceSystemType)
@RequirePermission('catalog.read')
export class SourceSystemResolver {
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  @Query(() => SourceSystemConnection, { description: 'By name' })
  async sourceSystems(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<SourceSystemType>> {
    const page = readPage(args, LIST, ['text']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listSourceSystems(tx, page),
      cursorOf: ({ name }) => [name],
      nodeOf: (row) => toSourceSystem(row, operation.now()),
      count: () => countRows(tx, COUNT_SOURCE_SYSTEMS, [tx.tenantId]),
    });
  }

  @ResolveField(() => MappingType, { nullable: true, description: 'In force for its kind' })
  async mapping(
    @Parent() { kind }: SourceSystemType,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingType | null> {
    return mappingOfKind(operation, kind);
  }

  @Mutation(() => SourceSystemResult)
  @RequirePermission('catalog.write')
  async createSourceSystem(
    @Args('input') input: SourceSystemInput,
    @CurrentOperation() operation: Operation,
  ): Promise<SourceSystemSavedType | CatalogFailureType> {
    return this.save(operation, input, true);
  }

  @Mutation(() => SourceSystemResult, {
    description: 'Everything but the name; a new secret overlaps with the old one',
  })
  @RequirePermission('catalog.write')
  async updateSourceSystem(
    @Args('input') input: SourceSystemInput,
    @CurrentOperation() operation: Operation,
  ): Promise<SourceSystemSavedType | CatalogFailureType> {
    return this.save(operation, input, false);
  }

  private async save(
    operation: Operation,
    input: SourceSystemInput,
    isNew: boolean,
  ): Promise<SourceSystemSavedType | CatalogFailureType> {
    const statement = { ...input, secret: input.secret ?? null };
    const box = new SecretBox(this.config.secretKey);
    const outcome = await operation.write((tx) => saveSourceSystem(tx, actOf(operation), { statement, isNew, box }));
    if (isFailure(outcome)) return outcome;
    const [row] = await findSourceSystems(await operation.read(), [outcome.name]);
    if (row === undefined) throw new CodedError('NOT_FOUND', 'There is no such source system');
    return { sourceSystem: toSourceSystem(row, operation.now()) };
  }
}

function toSourceSystem(row: SourceSystemRow, now: Date): SourceSystemType {
  const { previousSecretUntil } = row;
  return {
    ...row,
    previousSecretUntil: previousSecretUntil !== null && previousSecretUntil > now ? previousSecretUntil : null,
    webhookPath: `/v1/webhooks/${row.name}`,
  };
}

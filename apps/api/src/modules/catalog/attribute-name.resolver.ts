import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { COUNT_ATTRIBUTE_NAMES, listAttributeNames, namesOfService } from './attribute-name.repository.js';
import { actOf } from './catalog-act.js';
import { isFailure } from './domain/catalog-failure.js';
import {
  AttributeNameConnection,
  AttributeNamesResult,
  AttributeNameType,
  SaveAttributeNamesArgs,
  type AttributeNamesSavedType,
} from './graphql/attribute-name.types.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import { saveAttributeNames } from './usecases/save-attribute-names.js';

const LIST = 'attribute-names';

/** What teams call the finance attributes. */
@Resolver(() => AttributeNameType)
@RequirePermission('catalog.read')
export class AttributeNameResolver {
  @Query(() => AttributeNameConnection, { description: 'By service and attribute' })
  async attributeNames(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<AttributeNameType>> {
    const page = readPage(args, LIST, ['text', 'text']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listAttributeNames(tx, page),
      cursorOf: (row) => [row.serviceName, row.attribute],
      nodeOf: (row): AttributeNameType => row,
      count: () => countRows(tx, COUNT_ATTRIBUTE_NAMES, [tx.tenantId]),
    });
  }

  @Mutation(() => AttributeNamesResult, { description: 'Replaces all names of the service' })
  @RequirePermission('catalog.write')
  async saveAttributeNames(
    @Args() { serviceName, names }: SaveAttributeNamesArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<AttributeNamesSavedType | CatalogFailureType> {
    const input = { serviceName: (serviceName ?? '').trim(), names };
    const outcome = await operation.write((tx) => saveAttributeNames(tx, actOf(operation), input));
    if (isFailure(outcome)) return outcome;
    return { names: await namesOfService(await operation.read(), outcome.serviceName) };
  }
}

import { Args, Query, Resolver } from '@nestjs/graphql';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { IntegrationConnection, IntegrationType, LegalEntityType } from './graphql/catalog.types.js';
import { COUNT_INTEGRATIONS, listIntegrations } from './integration.repository.js';
import { listLegalEntities } from './legal-entity.repository.js';

const LIST = 'integrations';

/** What people configured. */
@Resolver(() => IntegrationType)
@RequirePermission('catalog.read')
export class CatalogResolver {
  @Query(() => IntegrationConnection, { description: 'By name' })
  async integrations(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<IntegrationType>> {
    const page = readPage(args, LIST, ['text']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listIntegrations(tx, page),
      cursorOf: ({ name }) => [name],
      nodeOf: (row): IntegrationType => row,
      count: () => countRows(tx, COUNT_INTEGRATIONS, [tx.tenantId]),
    });
  }

  @Query(() => [LegalEntityType])
  async legalEntities(@CurrentOperation() operation: Operation): Promise<LegalEntityType[]> {
    return listLegalEntities(await operation.read());
  }
}

import { Query, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { IntegrationType, LegalEntityType } from './graphql/catalog.types.js';
import { listIntegrations } from './integration.repository.js';
import { listLegalEntities } from './legal-entity.repository.js';

/** What people configured. */
@Resolver(() => IntegrationType)
@RequirePermission('catalog.read')
export class CatalogResolver {
  @Query(() => [IntegrationType])
  async integrations(@CurrentOperation() operation: Operation): Promise<IntegrationType[]> {
    return listIntegrations(await operation.read());
  }

  @Query(() => [LegalEntityType])
  async legalEntities(@CurrentOperation() operation: Operation): Promise<LegalEntityType[]> {
    return listLegalEntities(await operation.read());
  }
}

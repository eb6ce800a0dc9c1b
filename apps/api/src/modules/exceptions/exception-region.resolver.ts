import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { listLegalEntities } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import { regionOf } from '../lineage/index.js';
import { ExceptionType } from './graphql/exception.types.js';

/** Where in the world an exception belongs. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionRegionResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: 'AMERICAS, APAC or EMEA, of its legal entity; null = of no entity that the catalog knows',
  })
  async region(
    @Parent() { legalEntity }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<string | null> {
    if (legalEntity === null) return null;
    const loader = operation.loader<string, string>('region of legal entity', async (tx, codes) => {
      const regions = new Map((await listLegalEntities(tx)).map(({ code, country }) => [code, regionOf(country)]));
      return codes.map((code) => regions.get(code) ?? null);
    });
    return loader.load(legalEntity);
  }
}

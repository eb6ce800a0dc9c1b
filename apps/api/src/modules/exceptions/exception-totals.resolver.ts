import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { ExceptionConnection, MoneyTotalType, type ExceptionPage } from './graphql/exception-list.types.js';
import { totalExceptions } from './inbox.repository.js';

/** Money over a whole list, counted when it is asked for. */
@Resolver(() => ExceptionConnection)
@RequirePermission('exception.read')
export class ExceptionTotalsResolver {
  @ResolveField(() => [MoneyTotalType], {
    description: 'Money at risk per currency over all that match, inflow and outflow apart',
  })
  async totals(@Parent() page: ExceptionPage, @CurrentOperation() operation: Operation): Promise<MoneyTotalType[]> {
    return totalExceptions(await operation.read(), page.selection);
  }
}

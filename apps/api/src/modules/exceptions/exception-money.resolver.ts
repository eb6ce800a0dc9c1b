import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { ConversionArgs, conversionTarget, convertAmount, ConvertedMoneyType } from '../lineage/index.js';
import { ExceptionType } from './graphql/exception.types.js';

/** Money at risk in a reporting currency. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionMoneyResolver {
  @ResolveField(() => ConvertedMoneyType, { nullable: true, description: 'Money at risk in a reporting currency' })
  async moneyAtRiskIn(
    @Parent() { moneyAtRisk }: ExceptionType,
    @Args() args: ConversionArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<ConvertedMoneyType | null> {
    return convertAmount(operation, moneyAtRisk, conversionTarget(operation, args));
  }
}

import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { sumByCurrency } from '@throughline/lineage';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { ConversionArgs, ConvertedMoneyType } from '../graphql/converted-money.types.js';
import { TransactionMoneyType, type ObjectBalanceType } from '../graphql/money-graph.types.js';
import { TransactionType } from '../graphql/transaction.types.js';
import { loadPerTransaction } from '../load-per-transaction.js';
import { findTransactionObjects } from '../transaction-parts.repository.js';
import { conversionTarget, convertAmount } from './convert-amount.js';
import { objectMoneyOf } from './object-money.js';

/** Objects of one transaction that are shown with their money. */
const MOST_OBJECTS = 500;

/** The money of a transaction. */
@Resolver(() => TransactionType)
@RequirePermission('transaction.read')
export class TransactionMoneyResolver {
  @ResolveField(() => TransactionMoneyType, { description: 'Of its members; of hubs nothing is added up' })
  async money(
    @Parent() { id }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionMoneyType> {
    const rows = await loadPerTransaction(operation, 'objects', findTransactionObjects, id);
    const members = rows.filter(({ isHub }) => !isHub);
    const moneyOf = await Promise.all(members.map((member) => objectMoneyOf(operation, member.id)));
    const objects = members.flatMap(({ id: objectId, type, key }, index): ObjectBalanceType[] =>
      (moneyOf[index]?.balances ?? []).map((balance) => ({ object: { id: objectId, type, key }, balance })),
    );
    const broken = objects.filter(({ balance }) => balance.isBreak);
    const others = objects.filter(({ balance }) => !balance.isBreak);
    return {
      objects: [...broken, ...others].slice(0, MOST_OBJECTS),
      breaks: new Set(broken.map(({ object }) => object.id)).size,
      unexplained: sumByCurrency(broken.map(({ balance }) => balance.unexplained)),
      isTruncated: moneyOf.some(({ isTruncated }) => isTruncated),
    };
  }

  @ResolveField(() => ConvertedMoneyType, { nullable: true, description: 'The amount in a reporting currency' })
  async amountIn(
    @Parent() { amount }: TransactionType,
    @Args() args: ConversionArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<ConvertedMoneyType | null> {
    return convertAmount(operation, amount, conversionTarget(operation, args));
  }
}

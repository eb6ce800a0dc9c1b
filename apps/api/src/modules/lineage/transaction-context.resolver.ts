import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toMoney } from '../../graphql/money.type.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { LineageType, type LineageNodeType } from './graphql/lineage.types.js';
import { TransactionType } from './graphql/transaction.types.js';
import { loadPerTransaction } from './load-per-transaction.js';
import { findTransactionContext, MOST_CONTEXT_LINKS } from './transaction-context.repository.js';

/** What a transaction's members name: customers, approvals, accounts, periods. */
@Resolver(() => TransactionType)
@RequirePermission('transaction.read')
export class TransactionContextResolver {
  @ResolveField(() => LineageType, {
    description: `What is attached to its members as context, one step: the earliest ${MOST_CONTEXT_LINKS} links and what they attach`,
  })
  async context(@Parent() { id }: TransactionType, @CurrentOperation() operation: Operation): Promise<LineageType> {
    const rows = await loadPerTransaction(operation, 'context', findTransactionContext, id);
    const shown = rows.slice(0, MOST_CONTEXT_LINKS);
    const nodes = new Map(
      shown.map(({ attached }): [string, LineageNodeType] => [
        attached.id,
        { ...attached, isHub: false, depth: 1, amount: null, furtherCount: null, furtherAfter: null },
      ]),
    );
    return {
      nodes: [...nodes.values()],
      edges: shown.map(({ from, to, qualifier, isContext, isEstablished, assertedById, amount, currency }) => ({
        from,
        to,
        qualifier,
        isContext,
        isEstablished,
        assertedById,
        amount: toMoney(amount, currency),
      })),
      isTruncated: rows.length > shown.length,
    };
  }
}

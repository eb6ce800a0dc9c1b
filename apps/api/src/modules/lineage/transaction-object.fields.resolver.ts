import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { TransactionObjectType } from './graphql/object.types.js';
import { countGathered } from './lineage.repository.js';
import { countFurtherUpstream, type MemberKey } from './transaction-context.repository.js';

/** What only some objects of a transaction have. */
@Resolver(() => TransactionObjectType)
@RequirePermission('transaction.read')
export class TransactionObjectFieldsResolver {
  @ResolveField(() => Int, {
    nullable: true,
    description:
      'Of a hub: links that lead to it, of any transaction, up to 10 001 = more than 10 000; null of a member',
  })
  async gathers(
    @Parent() { id, isHub }: TransactionObjectType,
    @CurrentOperation() operation: Operation,
  ): Promise<number | null> {
    return isHub ? operation.loader<string, number>('gathered by hub', countGathered).load(id) : null;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'Of a member: flow links that lead to it from outside of this transaction, up to 1 001 = more than 1 000; null of a hub',
  })
  async furtherUpstream(
    @Parent() { id, isHub, transactionId }: TransactionObjectType,
    @CurrentOperation() operation: Operation,
  ): Promise<number | null> {
    if (isHub) return null;
    return operation.loader<MemberKey, number>('upstream of members', countFurtherUpstream).load({ transactionId, id });
  }
}

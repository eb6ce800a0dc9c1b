import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { TransactionTracesType } from './graphql/transaction-trace.types.js';
import { TransactionType } from './graphql/transaction.types.js';
import { findTransactionTraces } from './transaction-traces.js';

const NONE: TransactionTracesType = { traces: [], spanCount: 0, retries: 0, isTruncated: false };

/** The technology behind a transaction: every trace that it went through, and those that are linked with them. */
@Resolver(() => TransactionType)
@RequirePermission('transaction.read')
export class TransactionTraceResolver {
  @ResolveField(() => TransactionTracesType, {
    description: 'Traces of its activities, and those one link away from them in either direction',
  })
  async traces(
    @Parent() { id }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionTracesType> {
    const loader = operation.loader<string, TransactionTracesType>('traces of transactions', findTransactionTraces);
    return (await loader.load(id)) ?? NONE;
  }
}

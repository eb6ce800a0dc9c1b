import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { TransactionType } from '../lineage/index.js';
import type { StoredException } from './domain/stored-exception.js';
import { toException } from './exception-reader.js';
import { ExceptionType } from './graphql/exception.types.js';
import { findExceptionsOfTransactions } from './inbox.repository.js';

/** What is, or was, wrong in a transaction. */
@Resolver(() => TransactionType)
@RequirePermission('exception.read')
export class TransactionExceptionsResolver {
  @ResolveField(() => [ExceptionType], { description: 'At its members, latest first; duplicates are left out' })
  async exceptions(
    @Parent() { id }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType[]> {
    const loader = operation.loader<string, StoredException[]>(
      'exceptions of transaction',
      findExceptionsOfTransactions,
    );
    return ((await loader.load(id)) ?? []).map((row) => toException(row, operation.viewer));
  }
}

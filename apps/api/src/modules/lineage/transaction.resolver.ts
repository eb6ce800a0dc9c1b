import { Args, ID, Query, Resolver, Subscription } from '@nestjs/graphql';
import { ChangeFeed, type Change } from '../../graphql/change-feed.js';
import { CodedError } from '../../graphql/coded-error.js';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireText, requireUuid, requireUuids } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation, type OperationContext } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import {
  TransactionConnection,
  TransactionOrder,
  TransactionType,
  TransactionsArgs,
  type TransactionFilterInput,
} from './graphql/transaction.types.js';
import { LineageReader } from './lineage-reader.js';
import { countTransactions, listTransactions, type TransactionSelection } from './transaction.repository.js';
import { WorkflowClocks } from './workflow-clocks.js';

/** A search by fewer characters would find everything. */
const SEARCH_TEXT = { min: 2, max: 100 };

/** The filter of the list, checked. */
export function readSelection(filter: TransactionFilterInput | null | undefined): TransactionSelection {
  const { states = null, workflows = null, legalEntities = null, text = null } = filter ?? {};
  const isBlank = text === null || text.trim() === '';
  return { states, workflows, legalEntities, text: isBlank ? null : requireText(text, 'filter.text', SEARCH_TEXT) };
}

/** Transactions: the list, one, and news of them. */
@Resolver(() => TransactionType)
@RequirePermission('transaction.read')
export class TransactionResolver {
  constructor(
    private readonly clocks: WorkflowClocks,
    private readonly reader: LineageReader,
    private readonly feed: ChangeFeed,
  ) {}

  @Query(() => TransactionConnection)
  async transactions(
    @Args() args: TransactionsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<TransactionType>> {
    const order = args.orderBy ?? TransactionOrder.LAST_ACTIVITY_DESC;
    const list = `transactions ${order}`;
    const page = readPage(args, list, ['instant', 'uuid']);
    const selection = readSelection(args.filter);
    const clock = await this.clocks.of(operation);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listTransactions(tx, clock, selection, order, page),
      cursorOf: (row) => [row.orderText, row.id],
      nodeOf: (row) => this.reader.toTransaction(row),
      count: () => countTransactions(tx, clock, selection),
    });
  }

  @Query(() => TransactionType, { nullable: true })
  async transaction(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionType | null> {
    return this.reader.transaction(operation, requireUuid(id, 'id'));
  }

  @Subscription(() => TransactionType, {
    description: 'Transactions that changed; no ids = all that the viewer may see',
    resolve(this: TransactionResolver, change: Change, _args: unknown, context: OperationContext) {
      return this.changed(context.operation, change);
    },
  })
  transactionChanged(
    @Args('ids', { type: () => [ID], nullable: true }) ids: string[] | null,
    @CurrentOperation() operation: Operation,
  ): AsyncIterableIterator<Change> {
    return this.feed.changes(operation.viewer.tenantId, 'transaction', ids && requireUuids(ids, 'ids'));
  }

  private async changed(operation: Operation, change: Change): Promise<TransactionType> {
    const transaction = await this.reader.transaction(operation, change.id);
    if (transaction === null) {
      // it became part of another one: an event without a subject is dropped
      throw new CodedError('NOT_FOUND', 'The transaction is no more');
    }
    return transaction;
  }
}

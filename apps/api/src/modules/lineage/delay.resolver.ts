import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { DelayDimension } from '@throughline/lineage';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { listLegalEntities } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import type { WorkflowClock } from './domain/workflow-clock.js';
import { delayBreakdowns, delayOccurrences, transactionPathView } from './domain/delay-view.js';
import {
  DelayAttributionArgs,
  DelayAttributionType,
  DelayBreakdownType,
  DelayedTransactionType,
  DelayedTransactionsArgs,
  DelaysArgs,
  TransactionCriticalPathType,
} from './graphql/delay.types.js';
import { readTransactionFilter } from './graphql/read-transaction-filter.js';
import type { TransactionFilterInput } from './graphql/transaction-filter.types.js';
import { TransactionOrder, TransactionType } from './graphql/transaction.types.js';
import { LineageReader } from './lineage-reader.js';
import {
  countTransactions,
  listTransactions,
  planTransactions,
  type TransactionPage,
  type TransactionPlan,
} from './transaction-list.repository.js';
import { Ways } from './ways.js';
import { WorkflowClocks } from './workflow-clocks.js';

/** Transactions of a population that are looked at: the latest. */
const MOST_WAYS = 200;

const DEFAULT_DIMENSIONS: readonly DelayDimension[] = ['kind', 'system'];

/** Where the time of transactions went: of one, and of many. */
@Resolver(() => TransactionType)
@RequirePermission('transaction.read')
export class DelayResolver {
  constructor(
    private readonly ways: Ways,
    private readonly clocks: WorkflowClocks,
    private readonly reader: LineageReader,
  ) {}

  @ResolveField(() => TransactionCriticalPathType, {
    nullable: true,
    description: 'Of its latest 500 activities; spans of its first 100 traces tell when hops began to work',
  })
  async criticalPath(
    @Parent() { id }: TransactionType,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionCriticalPathType | null> {
    const found = await this.ways.of(operation, id);
    return found && transactionPathView(found.way, found.names);
  }

  @ResolveField(() => [DelayBreakdownType], { description: 'The time of its critical path, told apart' })
  async delays(
    @Parent() { id }: TransactionType,
    @Args() args: DelaysArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<DelayBreakdownType[]> {
    const found = await this.ways.of(operation, id);
    return found === null ? [] : delayBreakdowns([found.way], args.by ?? DEFAULT_DIMENSIONS, found.names);
  }

  @Query(() => DelayAttributionType, {
    description: `Where the time of the transactions went: of at most the ${MOST_WAYS} that something happened to last`,
  })
  async delayAttribution(
    @Args() args: DelayAttributionArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<DelayAttributionType> {
    const tx = await operation.read();
    const { clock, plan, rows, stoppedAt } = await this.latest(operation, args.filter);
    const ids = rows.slice(0, MOST_WAYS).map(({ id }) => id);
    const ways = [...(await this.ways.find(tx, clock, ids, false)).values()];
    const isSample = rows.length > MOST_WAYS || stoppedAt !== null;
    const matching = isSample ? await countTransactions(tx, clock, plan) : { count: rows.length, isEstimate: false };
    return {
      transactions: ways.length,
      matching: matching.count,
      matchingIsEstimate: matching.isEstimate,
      isSample,
      basis: basisOf(ways.length, isSample),
      breakdowns: delayBreakdowns(ways, args.by ?? DEFAULT_DIMENSIONS, await this.ways.namesOf(tx, ways)),
    };
  }

  @Query(() => [DelayedTransactionType], {
    description:
      'What a part of delayAttribution is made of: of the transactions that it looks at, those in which the part occurs, the longest first',
  })
  async delayedTransactions(
    @Args() { dimension, key, filter }: DelayedTransactionsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<DelayedTransactionType[]> {
    const tx = await operation.read();
    const { clock, rows } = await this.latest(operation, filter);
    const rowById = new Map(rows.slice(0, MOST_WAYS).map((row) => [row.id, row]));
    const found = await this.ways.find(tx, clock, [...rowById.keys()], false);
    const [ids, ways] = [[...found.keys()], [...found.values()]];
    const times = delayOccurrences(ways, dimension, key, await this.ways.namesOf(tx, ways));
    return times.flatMap(({ way, ...time }) => {
      const row = rowById.get(ids[way] ?? '');
      return row === undefined ? [] : [{ transaction: this.reader.toTransaction(row), ...time }];
    });
  }

  /** The transactions that match, the latest first, one more than is looked at. */
  private async latest(operation: Operation, filter: TransactionFilterInput | null | undefined): Promise<Latest> {
    const tx = await operation.read();
    const entities = filter?.regions ? await listLegalEntities(tx) : [];
    const selection = readTransactionFilter(filter, { now: operation.now(), entities });
    const clock = await this.clocks.of(operation);
    const plan = await planTransactions(tx, clock, selection);
    const page = { first: MOST_WAYS, after: null };
    return { clock, plan, ...(await listTransactions(tx, clock, plan, TransactionOrder.LAST_ACTIVITY_DESC, page)) };
  }
}

type Latest = TransactionPage & { clock: WorkflowClock; plan: TransactionPlan };

function basisOf(count: number, isSample: boolean): string {
  const which = isSample ? `The ${count} transactions that something happened to last` : 'All matching transactions';
  return `${which}, by their activities: the time of spans is not read, so a hop is seen at work only between two steps of one run`;
}

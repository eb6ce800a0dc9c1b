import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { DelayDimension } from '@throughline/lineage';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { listLegalEntities } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import { delayBreakdowns, transactionPathView } from './domain/delay-view.js';
import {
  DelayAttributionArgs,
  DelayAttributionType,
  DelayBreakdownType,
  DelaysArgs,
  TransactionCriticalPathType,
} from './graphql/delay.types.js';
import { readTransactionFilter } from './graphql/read-transaction-filter.js';
import { TransactionOrder, TransactionType } from './graphql/transaction.types.js';
import { countTransactions, listTransactions, planTransactions } from './transaction-list.repository.js';
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
    const entities = args.filter?.regions ? await listLegalEntities(tx) : [];
    const selection = readTransactionFilter(args.filter, { now: operation.now(), entities });
    const clock = await this.clocks.of(operation);
    const plan = await planTransactions(tx, clock, selection);
    const page = { first: MOST_WAYS, after: null };
    const { rows } = await listTransactions(tx, clock, plan, TransactionOrder.LAST_ACTIVITY_DESC, page);
    const ids = rows.slice(0, MOST_WAYS).map(({ id }) => id);
    const ways = [...(await this.ways.find(tx, clock, ids, false)).values()];
    const isSample = rows.length > MOST_WAYS;
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
}

function basisOf(count: number, isSample: boolean): string {
  const which = isSample ? `The ${count} transactions that something happened to last` : 'All matching transactions';
  return `${which}, by their activities: the time of spans is not read, so a hop is seen at work only between two steps of one run`;
}

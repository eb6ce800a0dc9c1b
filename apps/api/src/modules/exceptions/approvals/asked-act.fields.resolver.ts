import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { toAcceptance } from '../acceptance-reader.js';
import { listWaitingOfAct } from '../acceptance.repository.js';
import { ExceptionAcceptanceConnection } from '../acceptances.resolver.js';
import { toBulkActType } from '../bulk/bulk-act-reader.js';
import { ENDED_BULK_STATES } from '../bulk/domain/bulk-life-cycle.js';
import { BulkActType } from '../bulk/graphql/bulk-act.types.js';
import type { ExceptionAcceptanceType } from '../graphql/exception-life.types.js';
import { findLatestDecisions, summariseAsked, type AskedSummary } from './asked-act.repository.js';
import { AskedByActType, AskedSummaryType } from './graphql/approvals.types.js';

const ITEMS = 'askedByActItems';

/** What waits of what one act asked for, what was decided on it, and what the viewer can do with it. */
@Resolver(() => AskedByActType)
@RequirePermission('exception.read')
export class AskedByActFieldsResolver {
  @ResolveField(() => AskedSummaryType, { nullable: true, description: 'Null = nothing of it waits any more' })
  async waiting(
    @Parent() asked: AskedByActType,
    @CurrentOperation() operation: Operation,
  ): Promise<AskedSummaryType | null> {
    const summary = await waitingOf(operation, asked);
    return summary === null ? null : { ...summary, asOf: operation.now() };
  }

  @ResolveField(() => ExceptionAcceptanceConnection, {
    description: 'Those that wait, in the order of their exceptions',
  })
  async items(
    @Parent() asked: AskedByActType,
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<ExceptionAcceptanceType>> {
    const list = `${ITEMS} ${asked.id}`;
    const page = readPage(args, list, ['uuid']);
    return toConnection({
      list,
      page,
      rows: await listWaitingOfAct(await operation.read(), asked.id, page),
      cursorOf: ({ exceptionId }) => [exceptionId],
      nodeOf: (row) => toAcceptance(row, operation.viewer),
      count: async () => ({ count: (await waitingOf(operation, asked))?.count ?? 0, isEstimate: false }),
    });
  }

  @ResolveField(() => BulkActType, {
    nullable: true,
    description: 'The latest decision on it, which may be under way; null = there is none',
  })
  async decision(
    @Parent() { id }: AskedByActType,
    @CurrentOperation() operation: Operation,
  ): Promise<BulkActType | null> {
    const row = await operation.loader('decisions of acts', findLatestDecisions).load(id);
    return row === null ? null : toBulkActType(row, operation.viewer);
  }

  @ResolveField(() => Boolean)
  async canDecide(@Parent() asked: AskedByActType, @CurrentOperation() operation: Operation): Promise<boolean> {
    const { personId, permissions } = operation.viewer;
    const isAble = asked.row.submittedById !== personId && permissions.has('exception.approve');
    return isAble && (await isDecidable(operation, asked));
  }

  @ResolveField(() => Boolean)
  async canWithdraw(@Parent() asked: AskedByActType, @CurrentOperation() operation: Operation): Promise<boolean> {
    const { personId, permissions } = operation.viewer;
    const isAble = asked.row.submittedById === personId && permissions.has('exception.work');
    return isAble && (await isDecidable(operation, asked));
  }
}

function waitingOf(operation: Operation, { id }: AskedByActType): Promise<AskedSummary | null> {
  return operation.loader('what acts asked for', summariseAsked).load(id);
}

async function isDecidable(operation: Operation, asked: AskedByActType): Promise<boolean> {
  if (asked.isAsking || (await waitingOf(operation, asked)) === null) return false;
  const latest = await operation.loader('decisions of acts', findLatestDecisions).load(asked.id);
  return latest === null || ENDED_BULK_STATES.includes(latest.state);
}

import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { CodedError } from '../../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import type { PlanSum } from '../domain/plan-sums.js';
import type { RequestState } from '../domain/request-life.js';
import { RequeueSumType } from '../graphql/plan.types.js';
import { RequeueRequestStateEnum, RequeueRequestType } from '../graphql/requeue.types.js';
import { toSum } from '../plan-reader.js';
import { toItem, toStanding } from './approval-reader.js';
import { findApprovalRows, findGivenApprovals, type ApprovalRow, type GivenApproval } from './approval.repository.js';
import {
  countLeftItems,
  findItemScopes,
  findItemSums,
  ITEM_CURSOR_PARTS,
  listItems,
} from './approval-item.repository.js';
import {
  RequeueApprovalStandingType,
  RequeueApproverType,
  RequeueGivenApprovalType,
  RequeueItemConnection,
  type RequeueItemType,
} from './graphql/approval.types.js';
import { readFrozenChanges } from './frozen-changes.js';
import { readApprovers } from './read-approvers.js';

const ITEMS = 'requeue items';

/** What was frozen of a request, what it needs and who approved it. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class RequestApprovalResolver {
  @ResolveField(() => RequeueRequestStateEnum)
  async state(@Parent() { id }: RequeueRequestType, @CurrentOperation() operation: Operation): Promise<RequestState> {
    return (await rowOf(operation, id)).state;
  }

  @ResolveField(() => String, { description: 'SHA-256 of what is frozen, lower-case hex: what is approved' })
  async selectionHash(@Parent() { id }: RequeueRequestType, @CurrentOperation() operation: Operation): Promise<string> {
    return (await rowOf(operation, id)).selectionHash;
  }

  @ResolveField(() => RequeueApprovalStandingType)
  async approval(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueApprovalStandingType> {
    return toStanding(await rowOf(operation, id), operation.viewer, operation.now());
  }

  @ResolveField(() => [RequeueGivenApprovalType], { description: 'In the order in which they were given' })
  async approvals(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueGivenApprovalType[]> {
    return (await operation.loader<string, GivenApproval[]>('given approvals', findGivenApprovals).load(id)) ?? [];
  }

  @ResolveField(() => [RequeueApproverType], {
    description: 'Everybody who may approve requests, and whether this one. For one request, not for lists',
  })
  async approvers(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueApproverType[]> {
    return readApprovers(await operation.read(), await rowOf(operation, id), operation.now());
  }

  @ResolveField(() => [RequeueSumType], { description: 'Money of what is frozen' })
  async amounts(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueSumType[]> {
    const sums = await operation.loader<string, PlanSum[]>('requeue sums', findItemSums).load(id);
    return (sums ?? []).map(toSum);
  }

  @ResolveField(() => [String])
  async legalEntities(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<string[]> {
    return (await operation.loader('requeue scopes', findItemScopes).load(id))?.legalEntities ?? [];
  }

  @ResolveField(() => [String])
  async integrations(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<string[]> {
    return (await operation.loader('requeue scopes', findItemScopes).load(id))?.integrations ?? [];
  }

  @ResolveField(() => Int, { description: 'Of a request that waits: what was not solved otherwise meanwhile' })
  async left(@Parent() { id }: RequeueRequestType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await operation.loader('requeue items left', countLeftItems).load(id)) ?? 0;
  }

  @ResolveField(() => RequeueItemConnection, { description: 'The frozen selection' })
  async frozenItems(
    @Parent() { id, items }: RequeueRequestType,
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RequeueItemType>> {
    const list = `${ITEMS} ${id}`;
    const page = readPage(args, list, ITEM_CURSOR_PARTS);
    const rows = await listItems(await operation.read(), id, page);
    const changes = await readFrozenChanges(await operation.read(), rows, operation.viewer);
    return toConnection({
      list,
      page,
      rows,
      cursorOf: ({ position }) => [String(position)],
      nodeOf: (row) => toItem(row, changes.get(row.exceptionId) ?? []),
      count: () => Promise.resolve({ count: items, isEstimate: false }),
    });
  }
}

async function rowOf(operation: Operation, id: string): Promise<ApprovalRow> {
  const row = await operation.loader('requeue approvals', findApprovalRows).load(id);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such requeue request');
  return row;
}

import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { actOf, IntegrationType } from '../catalog/index.js';
import { ExceptionType, readException } from '../exceptions/index.js';
import { RequirePermission } from '../identity/index.js';
import type { AttemptState } from './domain/attempt.js';
import type { RequestState } from './domain/request-life.js';
import { whatSettles } from './domain/unknown-outcome.js';
import { RequeueAttemptStateEnum, RequeueRequestStateEnum, RequeueRequestType } from './graphql/requeue.types.js';
import {
  RequeueRunItemConnection,
  RequeueRunItemType,
  RequeueRunConnection,
  RequeueRunType,
  RequeueSteerResult,
  RequeueTargetType,
  UnknownRequeueConnection,
  UnknownRequeueType,
  type RequeueFailureType,
  type RequeueSteeredType,
} from './graphql/requeue-run.types.js';
import { toAttempt } from './requeue.fields.resolver.js';
import { findRequest } from './requeue.repository.js';
import {
  countItems,
  countRequests,
  countUnknown,
  ITEM_CURSOR_PARTS,
  listItems,
  listRequests,
  listUnknown,
  REQUEST_CURSOR_PARTS,
  UNKNOWN_CURSOR_PARTS,
} from './run-lists.repository.js';
import { readRun, readTarget } from './run-reader.js';
import { steerRequeue, type Steering } from './usecases/steer-requeue.js';

type Answer = RequeueSteeredType | RequeueFailureType;

/** The sending of requests: how far it is, pausing, resuming and cancelling it, and what became of each item. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class RequeueRunsResolver {
  @Query(() => RequeueRunConnection, { description: 'The latest first; no states = all' })
  async requeueRequests(
    @Args() args: PageArgs,
    @Args('states', { type: () => [RequeueRequestStateEnum], nullable: true }) wanted: RequestState[] | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RequeueRequestType>> {
    const states = wanted ?? null;
    const list = `requeueRequests ${states?.toSorted().join(' ') ?? ''}`;
    const page = readPage(args, list, REQUEST_CURSOR_PARTS);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listRequests(tx, states, page),
      cursorOf: (row) => [row.orderText, row.id],
      nodeOf: (row): RequeueRequestType => row,
      count: () => countRequests(tx, states),
    });
  }

  @Query(() => RequeueRunItemConnection, { description: 'In the order in which they go out' })
  async requeueRunItems(
    @Args() args: PageArgs,
    @Args('requestId', { type: () => ID }) requestId: string,
    @Args('state', { type: () => RequeueAttemptStateEnum, nullable: true }) wanted: AttemptState | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RequeueRunItemType>> {
    const id = requireUuid(requestId, 'requestId');
    const state = wanted ?? null;
    const list = `requeueRunItems ${id} ${state ?? ''}`;
    const page = readPage(args, list, ITEM_CURSOR_PARTS);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listItems(tx, id, state, page),
      cursorOf: (row) => [String(row.position), row.id],
      nodeOf: ({ isHeld, ...row }) => ({
        exceptionId: row.exceptionId,
        attempt: toAttempt(row, operation.viewer),
        isHeld,
      }),
      count: () => countItems(tx, id, state),
    });
  }

  @Query(() => UnknownRequeueConnection, { description: 'The oldest first' })
  async unknownRequeues(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<UnknownRequeueType>> {
    const list = 'unknownRequeues';
    const page = readPage(args, list, UNKNOWN_CURSOR_PARTS);
    const [tx, now] = [await operation.read(), operation.now()];
    return toConnection({
      list,
      page,
      rows: await listUnknown(tx, now, page),
      cursorOf: (row) => [row.orderText, row.id],
      nodeOf: (row) => ({
        exceptionId: row.exceptionId,
        attempt: toAttempt(row, operation.viewer),
        integration: row.integration,
        retryAt: row.isCancelled ? null : row.retryAt,
        verifyBy: row.verifyBy,
        settledBy: whatSettles({ ...row, isTaken: row.state === 'ACKNOWLEDGED' }),
      }),
      count: () => countUnknown(tx, now),
    });
  }

  @Mutation(() => RequeueSteerResult, { description: 'What is on its way to its target comes to its end' })
  @RequirePermission('requeue.request')
  async pauseRequeue(@Args('id', { type: () => ID }) id: string, @CurrentOperation() op: Operation): Promise<Answer> {
    return steer(op, id, 'pause');
  }

  @Mutation(() => RequeueSteerResult, { description: 'After it stopped by itself it begins with a canary again' })
  @RequirePermission('requeue.request')
  async resumeRequeue(@Args('id', { type: () => ID }) id: string, @CurrentOperation() op: Operation): Promise<Answer> {
    return steer(op, id, 'resume');
  }

  @Mutation(() => RequeueSteerResult, {
    description:
      'What has not gone out never will; its exceptions are open again. Of one that waits for approval its maker takes it back',
  })
  @RequirePermission('requeue.request')
  async cancelRequeue(@Args('id', { type: () => ID }) id: string, @CurrentOperation() op: Operation): Promise<Answer> {
    return steer(op, id, 'cancel');
  }

  @ResolveField(() => RequeueRunType)
  run(@Parent() { id }: RequeueRequestType, @CurrentOperation() operation: Operation): Promise<RequeueRunType> {
    return readRun(operation, id);
  }
}

/** The exceptions of what was sent. */
@Resolver(() => RequeueRunItemType)
@RequirePermission('exception.read')
export class RequeueRunItemsResolver {
  @ResolveField(() => ExceptionType, { nullable: true })
  exception(
    @Parent() item: RequeueRunItemType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, item.exceptionId);
  }
}

@Resolver(() => UnknownRequeueType)
@RequirePermission('exception.read')
export class UnknownRequeuesResolver {
  @ResolveField(() => ExceptionType, { nullable: true })
  exception(
    @Parent() item: UnknownRequeueType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, item.exceptionId);
  }
}

/** The way to the target of an integration. */
@Resolver(() => IntegrationType)
@RequirePermission('catalog.read')
export class IntegrationTargetResolver {
  @ResolveField(() => RequeueTargetType)
  requeueTarget(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueTargetType> {
    return readTarget(operation, name);
  }
}

async function steer(operation: Operation, id: string, steering: Steering): Promise<Answer> {
  const wish = { requestId: requireUuid(id, 'id'), steering };
  const outcome = await operation.write((tx) => steerRequeue(tx, actOf(operation), wish));
  if (outcome.kind === 'failure') return { code: outcome.code, message: outcome.message };
  const request = await findRequest(await operation.read(), outcome.requestId);
  if (request === null) throw new CodedError('NOT_FOUND', 'There is no such requeue request');
  return { request };
}

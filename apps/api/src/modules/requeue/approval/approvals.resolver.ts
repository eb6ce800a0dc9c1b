import { Args, ArgsType, Field, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { ChangeFeed, type Change } from '../../../graphql/change-feed.js';
import { CodedError } from '../../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation, type OperationContext } from '../../../graphql/operation.js';
import { paced } from '../../../graphql/paced.js';
import type { ActFailureType } from '../../exceptions/index.js';
import { RequirePermission } from '../../identity/index.js';
import { RequeueRequestType } from '../graphql/requeue.types.js';
import { findRequest } from '../requeue.repository.js';
import { APPROVAL_CURSOR_PARTS, countApprovals, listApprovals, type ApprovalFilter } from './approval.repository.js';
import { approveRequeue, breakGlass, rejectRequeue, reviewBreakGlass, withdrawRequeue } from './approve-requeue.js';
import type { DecisionOutcome } from './decide-request.js';
import {
  RequeueApprovalCountsType,
  RequeueApprovalFilter,
  RequeueDecisionResult,
  RequeueRequestConnection,
  type RequeueDecidedType,
} from './graphql/approval.types.js';

type Answer = RequeueDecidedType | ActFailureType;

const LIST = 'requeueApprovals';
/** News of the queue come at most so often. */
const NEWS_EVERY_MS = 1_000;
const WORDS = { max: 1_000 };
const HASH = /^[0-9a-f]{64}$/i;

@ArgsType()
class RequeueApprovalsArgs extends PageArgs {
  @Field(() => RequeueApprovalFilter, { nullable: true })
  filter?: RequeueApprovalFilter | null;
}

/** Sending again that waits for a second person: what that is, and what that person decides. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class RequeueApprovalsResolver {
  constructor(private readonly feed: ChangeFeed) {}

  @Query(() => RequeueRequestConnection, { description: 'Requests that need, or needed, somebody else’s approval' })
  async requeueApprovals(
    @Args() args: RequeueApprovalsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RequeueRequestType>> {
    const filter = readFilter(args.filter ?? {}, operation.viewer.personId);
    const list = `${LIST} ${JSON.stringify(filter)}`;
    const page = readPage(args, list, APPROVAL_CURSOR_PARTS);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listApprovals(tx, filter, page),
      cursorOf: (row) => [row.orderText, row.id],
      nodeOf: (row): RequeueRequestType => row,
      count: () => countApprovals(tx, filter),
    });
  }

  @Query(() => RequeueApprovalCountsType)
  requeueApprovalCounts(@CurrentOperation() operation: Operation): Promise<RequeueApprovalCountsType> {
    return readCounts(operation);
  }

  @Subscription(() => RequeueApprovalCountsType, {
    description: 'Whenever something is asked for or decided, at most once a second',
    resolve: (_change: Change, _args: unknown, context: OperationContext) => readCounts(context.operation),
  })
  requeueApprovalsChanged(@CurrentOperation() operation: Operation): AsyncIterableIterator<Change> {
    return paced(this.feed.changes(operation.viewer.tenantId, 'requeue-approval'), NEWS_EVERY_MS);
  }

  @Mutation(() => RequeueDecisionResult, {
    description:
      'Approves exactly the selection of this hash; never by whoever asked for it. The last approval lets it go out',
  })
  @RequirePermission('requeue.approve')
  async approveRequeue(
    @Args('requestId', { type: () => ID }) id: string,
    @Args('selectionHash', { type: () => String }) hash: string,
    @Args('comment', { type: () => String, nullable: true }) text: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const comment = text?.trim() ? requireText(text, 'comment', WORDS) : '';
    const input = { ...inputOf(operation, id), selectionHash: readHash(hash), comment };
    return answer(operation, await operation.write((tx) => approveRequeue(tx, input)));
  }

  @Mutation(() => RequeueDecisionResult, { description: 'Nothing goes out; its maker is told why' })
  @RequirePermission('requeue.approve')
  async rejectRequeue(
    @Args('requestId', { type: () => ID }) id: string,
    @Args('reason', { type: () => String }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { ...inputOf(operation, id), reason: requireText(text, 'reason', WORDS) };
    return answer(operation, await operation.write((tx) => rejectRequeue(tx, input)));
  }

  @Mutation(() => RequeueDecisionResult, { description: 'By whoever asked for it' })
  @RequirePermission('requeue.request')
  async withdrawRequeue(
    @Args('requestId', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = inputOf(operation, id);
    return answer(operation, await operation.write((tx) => withdrawRequeue(tx, input)));
  }

  @Mutation(() => RequeueDecisionResult, {
    description: 'Lets it go without a second person, in an emergency; shown until somebody else has reviewed that',
  })
  @RequirePermission('requeue.break-glass')
  async breakGlassRequeue(
    @Args('requestId', { type: () => ID }) id: string,
    @Args('selectionHash', { type: () => String }) hash: string,
    @Args('reason', { type: () => String }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const reason = requireText(text, 'reason', { min: 10, ...WORDS });
    const input = { ...inputOf(operation, id), selectionHash: readHash(hash), reason };
    return answer(operation, await operation.write((tx) => breakGlass(tx, input)));
  }

  @Mutation(() => RequeueDecisionResult, { description: 'By another person than who asked for it or let it go' })
  @RequirePermission('requeue.approve')
  async reviewBreakGlass(
    @Args('requestId', { type: () => ID }) id: string,
    @Args('comment', { type: () => String }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { ...inputOf(operation, id), comment: requireText(text, 'comment', WORDS) };
    return answer(operation, await operation.write((tx) => reviewBreakGlass(tx, input)));
  }
}

async function readCounts(operation: Operation): Promise<RequeueApprovalCountsType> {
  const { personId, permissions } = operation.viewer;
  const tx = await operation.read();
  const countOf = async (filter: RequeueApprovalFilter, more: Pick<ApprovalFilter, 'overdueAt'> = {}) =>
    (await countApprovals(tx, { ...readFilter(filter, personId), ...more })).count;
  return {
    waiting: await countOf({}),
    mine: await countOf({ isMine: true }),
    forMe: permissions.has('requeue.approve') ? await countOf({ isMine: false }) : 0,
    review: await countOf({ show: 'REVIEW' }),
    reviewOverdue: await countOf({ show: 'REVIEW' }, { overdueAt: operation.now() }),
  };
}

function readFilter(
  { show, isMine, legalEntity, integration }: RequeueApprovalFilter,
  personId: string,
): ApprovalFilter {
  const shown = { WAITING: 'waiting', REVIEW: 'review', DECIDED: 'decided' } as const;
  return {
    show: shown[show ?? 'WAITING'],
    makerId: isMine === true ? personId : null,
    notMakerId: isMine === false ? personId : null,
    legalEntity: legalEntity ?? null,
    integration: integration ?? null,
  };
}

function readHash(text: string): string {
  if (!HASH.test(text)) throw new CodedError('INVALID_INPUT', 'selectionHash must be a SHA-256 in hex');
  return text.toLowerCase();
}

function inputOf(operation: Operation, id: string) {
  const { viewer, traceId } = operation;
  return { viewer, requestId: requireUuid(id, 'requestId'), now: operation.now(), traceId };
}

async function answer(operation: Operation, outcome: DecisionOutcome): Promise<Answer> {
  if (outcome.kind === 'failure') {
    const { code, message } = outcome;
    return { code, message, exceptionId: null, current: null };
  }
  const request = await findRequest(await operation.read(), outcome.requestId);
  if (request === null) throw new CodedError('NOT_FOUND', 'There is no such requeue request');
  return { request, isInSlices: outcome.isInSlices };
}

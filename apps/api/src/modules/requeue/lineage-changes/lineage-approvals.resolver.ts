import { Args, ArgsType, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import type { ActFailureType } from '../../exceptions/index.js';
import { RequirePermission } from '../../identity/index.js';
import {
  approveChange,
  breakGlassForChange,
  rejectChange,
  reviewChange,
  withdrawChange,
  type ChangeDecision,
} from './decide-change.js';
import {
  LineageApprovalConnection,
  LineageApprovalCountsType,
  LineageApprovalFilter,
  LineageApprovalType,
  LineageDecisionResult,
  type LineageDecidedType,
} from './graphql/lineage-approval.types.js';
import { toLineageApproval } from './lineage-approval-reader.js';
import {
  countLineageApprovals,
  findLineageApproval,
  listLineageApprovals,
  type LineageApprovalFilter as Shown,
} from './lineage-approval.repository.js';

type Answer = LineageDecidedType | ActFailureType;

const LIST = 'lineageApprovals';
const WORDS = { max: 1_000 };
const HASH = /^[0-9a-f]{64}$/i;

@ArgsType()
class LineageApprovalsArgs extends PageArgs {
  @Field(() => LineageApprovalFilter, { nullable: true })
  filter?: LineageApprovalFilter | null;
}

/** Mapping again and rebuilds that wait for a second person: what they would change, and what that person decides. */
@Resolver(() => LineageApprovalType)
@RequirePermission('transaction.read')
export class LineageApprovalsResolver {
  @Query(() => LineageApprovalConnection, { description: 'Changes of lineage that need, or needed, approval' })
  async lineageApprovals(
    @Args() args: LineageApprovalsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<LineageApprovalType>> {
    const filter = readFilter(args.filter ?? {}, operation.viewer.personId);
    const list = `${LIST} ${JSON.stringify(filter)}`;
    const page = readPage(args, list, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listLineageApprovals(tx, filter, page),
      cursorOf: (row) => [row.orderText, row.id],
      nodeOf: (row) => toLineageApproval(row, operation),
      count: () => countLineageApprovals(tx, filter),
    });
  }

  @Query(() => LineageApprovalType, { nullable: true })
  async lineageApproval(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageApprovalType | null> {
    const row = await findLineageApproval(await operation.read(), requireUuid(id, 'id'));
    return row === null ? null : toLineageApproval(row, operation);
  }

  @Query(() => LineageApprovalCountsType)
  async lineageApprovalCounts(@CurrentOperation() operation: Operation): Promise<LineageApprovalCountsType> {
    const { personId, permissions } = operation.viewer;
    const tx = await operation.read();
    const countOf = async (filter: LineageApprovalFilter, more: Pick<Shown, 'overdueAt'> = {}) =>
      (await countLineageApprovals(tx, { ...readFilter(filter, personId), ...more })).count;
    return {
      waiting: await countOf({}),
      forMe: permissions.has('requeue.approve') ? await countOf({ isMine: false }) : 0,
      review: await countOf({ show: 'REVIEW' }),
      reviewOverdue: await countOf({ show: 'REVIEW' }, { overdueAt: operation.now() }),
    };
  }

  @Mutation(() => LineageDecisionResult, {
    description:
      'Approves exactly the report of this hash; never by whoever asked for it. The last approval has it done',
  })
  @RequirePermission('requeue.approve')
  async approveLineageChange(
    @Args('approvalId', { type: () => ID }) id: string,
    @Args('hash', { type: () => String }) hash: string,
    @Args('comment', { type: () => String, nullable: true }) text: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const comment = text?.trim() ? requireText(text, 'comment', WORDS) : '';
    const input = { ...inputOf(operation, id), hash: readHash(hash), comment };
    return answer(operation, await operation.write((tx) => approveChange(tx, input)));
  }

  @Mutation(() => LineageDecisionResult, { description: 'Nothing changes; its maker is told why' })
  @RequirePermission('requeue.approve')
  async rejectLineageChange(
    @Args('approvalId', { type: () => ID }) id: string,
    @Args('reason', { type: () => String }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { ...inputOf(operation, id), reason: requireText(text, 'reason', WORDS) };
    return answer(operation, await operation.write((tx) => rejectChange(tx, input)));
  }

  @Mutation(() => LineageDecisionResult, { description: 'By whoever asked for it' })
  async withdrawLineageChange(
    @Args('approvalId', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = inputOf(operation, id);
    return answer(operation, await operation.write((tx) => withdrawChange(tx, input)));
  }

  @Mutation(() => LineageDecisionResult, {
    description: 'Has it done without a second person, in an emergency; shown until somebody else has reviewed that',
  })
  @RequirePermission('requeue.break-glass')
  async breakGlassLineageChange(
    @Args('approvalId', { type: () => ID }) id: string,
    @Args('hash', { type: () => String }) hash: string,
    @Args('reason', { type: () => String }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const reason = requireText(text, 'reason', { min: 10, ...WORDS });
    const input = { ...inputOf(operation, id), hash: readHash(hash), reason };
    return answer(operation, await operation.write((tx) => breakGlassForChange(tx, input)));
  }

  @Mutation(() => LineageDecisionResult, { description: 'By another person than who asked for it or had it done' })
  @RequirePermission('requeue.approve')
  async reviewLineageChange(
    @Args('approvalId', { type: () => ID }) id: string,
    @Args('comment', { type: () => String }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { ...inputOf(operation, id), comment: requireText(text, 'comment', WORDS) };
    return answer(operation, await operation.write((tx) => reviewChange(tx, input)));
  }
}

function readFilter({ show, isMine }: LineageApprovalFilter, personId: string): Shown {
  const shown = { WAITING: 'waiting', REVIEW: 'review', DECIDED: 'decided' } as const;
  return {
    show: shown[show ?? 'WAITING'],
    makerId: isMine === true ? personId : null,
    notMakerId: isMine === false ? personId : null,
  };
}

function readHash(text: string): string {
  if (!HASH.test(text)) throw new CodedError('INVALID_INPUT', 'hash must be a SHA-256 in hex');
  return text.toLowerCase();
}

function inputOf(operation: Operation, id: string) {
  const { viewer, traceId } = operation;
  return { viewer, approvalId: requireUuid(id, 'approvalId'), now: operation.now(), traceId };
}

async function answer(operation: Operation, outcome: ChangeDecision): Promise<Answer> {
  if (outcome.kind === 'failure') {
    const { code, message } = outcome;
    return { code, message, exceptionId: null, current: null };
  }
  const row = await findLineageApproval(await operation.read(), outcome.approvalId);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such approval');
  return { approval: toLineageApproval(row, operation) };
}

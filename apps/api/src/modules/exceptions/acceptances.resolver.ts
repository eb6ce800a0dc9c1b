import {
  Args,
  ArgsType,
  Field,
  ID,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { connectionOf, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { toAcceptance } from './acceptance-reader.js';
import { ACCEPTANCE_CURSOR_PARTS, countAcceptances, listAcceptances, type Decision } from './acceptance.repository.js';
import { answerAct } from './act-answer.js';
import { readException } from './exception-reader.js';
import type { ActFailureType, ExceptionsChangedType } from './graphql/act-result.types.js';
import { ExceptionActResult } from './graphql/act-result.types.js';
import { ExceptionAcceptanceType } from './graphql/exception-life.types.js';
import { ExceptionType } from './graphql/exception.types.js';
import { COMMENT } from './read-state-change.js';
import { decideOnAcceptance } from './usecases/decide-acceptance.js';

type Answer = ExceptionsChangedType | ActFailureType;

const LIST = 'acceptances';

@ObjectType('ExceptionAcceptanceConnection')
export class ExceptionAcceptanceConnection extends connectionOf<ExceptionAcceptanceType>(
  'ExceptionAcceptance',
  () => ExceptionAcceptanceType,
) {}

@ArgsType()
class AcceptancesArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Those that wait for a decision, the longest first; else the others, the latest first',
  })
  pending?: boolean | null;
}

/** Closing without correction, above the limit: what waits for a second person, and what that one decides. */
@Resolver(() => ExceptionAcceptanceType)
@RequirePermission('exception.read')
export class AcceptancesResolver {
  @Query(() => ExceptionAcceptanceConnection)
  async acceptances(
    @Args() args: AcceptancesArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<ExceptionAcceptanceType>> {
    const isPending = args.pending ?? true;
    const list = `${LIST} ${isPending}`;
    const page = readPage(args, list, ACCEPTANCE_CURSOR_PARTS);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listAcceptances(tx, isPending, page),
      cursorOf: (row) => [row.orderText, row.acceptanceId],
      nodeOf: (row) => toAcceptance(row, operation.viewer),
      count: () => countAcceptances(tx, isPending),
    });
  }

  @ResolveField(() => ExceptionType, { nullable: true })
  async exception(
    @Parent() { exceptionId }: ExceptionAcceptanceType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, exceptionId);
  }

  @Mutation(() => ExceptionActResult, { description: 'Never by whoever asked for it' })
  @RequirePermission('exception.approve')
  async approveAcceptance(
    @Args('id', { type: () => ID }) id: string,
    @Args('comment', { type: () => String, nullable: true }) comment: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const reason = comment?.trim() ? requireText(comment, 'comment', COMMENT) : '';
    return decide(operation, id, { state: 'approved', reason });
  }

  @Mutation(() => ExceptionActResult, { description: 'The exception goes back to where it was' })
  @RequirePermission('exception.approve')
  async rejectAcceptance(
    @Args('id', { type: () => ID }) id: string,
    @Args('reason', { type: () => String }) reason: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return decide(operation, id, { state: 'rejected', reason: requireText(reason, 'reason', COMMENT) });
  }

  @Mutation(() => ExceptionActResult, { description: 'By whoever asked for it' })
  @RequirePermission('exception.work')
  async withdrawAcceptance(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return decide(operation, id, { state: 'withdrawn', reason: '' });
  }
}

async function decide(operation: Operation, id: string, decision: Decision): Promise<Answer> {
  const { viewer, traceId } = operation;
  const wish = { viewer, acceptanceId: requireUuid(id, 'id'), decision, now: operation.now(), traceId };
  return answerAct(operation, await operation.write((tx) => decideOnAcceptance(tx, wish)));
}

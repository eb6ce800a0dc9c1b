import { Args, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { ChangeFeed, type Change } from '../../graphql/change-feed.js';
import { CodedError } from '../../graphql/coded-error.js';
import { requireText, requireUuid, requireUuids } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation, type OperationContext } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { answerAct } from './act-answer.js';
import { readException } from './exception-reader.js';
import { AskedExceptionsArgs } from './graphql/asked-exceptions.args.js';
import type { ActFailureType, ExceptionsChangedType } from './graphql/act-result.types.js';
import { ExceptionActResult } from './graphql/act-result.types.js';
import { ExceptionConnection, ExceptionsArgs, type ExceptionPage } from './graphql/exception-list.types.js';
import { ExceptionType } from './graphql/exception.types.js';
import { readAsked } from './read-asked.js';
import { readInbox } from './read-inbox.js';
import { optionalUuid } from './read-selection.js';
import { assignExceptions } from './usecases/assign-exceptions.js';
import { commentOnException } from './usecases/comment-on-exception.js';

/** How long a note may be is said by the act, with its size; no request is larger than this. */
const NOTE = { max: 1_100_000 };

/** The inbox, one exception, what people do with them, and news of them. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionsResolver {
  constructor(private readonly feed: ChangeFeed) {}

  @Query(() => ExceptionConnection)
  async exceptions(@Args() args: ExceptionsArgs, @CurrentOperation() operation: Operation): Promise<ExceptionPage> {
    return readInbox(operation, args);
  }

  @Query(() => ExceptionType, { nullable: true })
  async exception(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, requireUuid(id, 'id'));
  }

  @Mutation(() => ExceptionActResult, { description: 'ownerId null = hand back' })
  @RequirePermission('exception.work')
  async assignExceptions(
    @Args() asked: AskedExceptionsArgs,
    @Args('ownerId', { type: () => ID, nullable: true }) ownerId: string | null | undefined,
    @Args('isForwarded', { type: () => Boolean, nullable: true, description: 'For who is away the deputy gets it' })
    isForwarded: boolean | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionsChangedType | ActFailureType> {
    const owner = optionalUuid(ownerId, 'ownerId');
    const { viewer, traceId } = operation;
    const given = { ownerId: owner, isForwarded: isForwarded ?? false };
    const input = { viewer, ...readAsked(asked), ...given, now: operation.now(), traceId };
    return answerAct(operation, await operation.write((tx) => assignExceptions(tx, input)));
  }

  @Mutation(() => ExceptionActResult)
  @RequirePermission('exception.note')
  async commentOnException(
    @Args('id', { type: () => ID }) id: string,
    @Args('text', { type: () => String, description: 'Markdown; @name calls somebody' }) text: string,
    @Args('isOnGroup', {
      type: () => Boolean,
      nullable: true,
      description: 'Shown on all of its group, and outlives it',
    })
    isOnGroup: boolean | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionsChangedType | ActFailureType> {
    const { viewer, traceId } = operation;
    const note = { exceptionId: requireUuid(id, 'id'), text: requireText(text, 'text', NOTE) };
    const input = { viewer, ...note, isOnGroup: isOnGroup ?? false, now: operation.now(), traceId };
    return answerAct(operation, await operation.write((tx) => commentOnException(tx, input)));
  }

  @Subscription(() => ExceptionType, {
    description: 'Exceptions that changed; no ids = all that the viewer may see',
    resolve(this: ExceptionsResolver, change: Change, _args: unknown, context: OperationContext) {
      return this.changed(context.operation, change);
    },
  })
  exceptionChanged(
    @Args('ids', { type: () => [ID], nullable: true }) ids: string[] | null,
    @CurrentOperation() operation: Operation,
  ): AsyncIterableIterator<Change> {
    return this.feed.changes(operation.viewer.tenantId, 'exception', ids && requireUuids(ids, 'ids'));
  }

  private async changed(operation: Operation, change: Change): Promise<ExceptionType> {
    const exception = await readException(operation, change.id);
    if (exception === null) {
      throw new CodedError('NOT_FOUND', 'The exception is no more');
    }
    return exception;
  }
}

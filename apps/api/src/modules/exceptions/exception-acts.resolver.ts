import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import { RequirePermission } from '../identity/index.js';
import { listLimitsInForce } from './acceptance-limits/limit.repository.js';
import { answerAct } from './act-answer.js';
import { ACCEPTANCE_LIMIT } from './domain/acceptance.js';
import { ACCEPTANCE_REASONS, acceptanceReason, WAIT_REASONS } from './domain/declared-reasons.js';
import { AskedExceptionsArgs } from './graphql/asked-exceptions.args.js';
import type { ActFailureType, ExceptionsChangedType } from './graphql/act-result.types.js';
import { ExceptionActResult } from './graphql/act-result.types.js';
import { ChangeExceptionStateInput } from './graphql/change-state.types.js';
import { ExceptionReasonsType } from './graphql/exception-life.types.js';
import { ExceptionType } from './graphql/exception.types.js';
import { readAsked } from './read-asked.js';
import { COMMENT, readSeen, readSnooze, readStateChange } from './read-state-change.js';
import { acceptException } from './usecases/accept-exception.js';
import { changeExceptionState } from './usecases/change-exception-state.js';
import { snoozeExceptions, wakeExceptions } from './usecases/snooze-exceptions.js';

type Answer = ExceptionsChangedType | ActFailureType;

/** What people do with exceptions that changes their state, or hides them for a while. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionActsResolver {
  @Query(() => ExceptionReasonsType)
  async exceptionReasons(@CurrentOperation() operation: Operation): Promise<ExceptionReasonsType> {
    const limits = [...(await listLimitsInForce(await operation.read()))];
    return {
      wait: [...WAIT_REASONS],
      accept: [...ACCEPTANCE_REASONS],
      acceptanceLimit: ACCEPTANCE_LIMIT,
      acceptanceLimits: limits.map(([legalEntity, limit]) => ({ legalEntity, limit })),
    };
  }

  @Mutation(() => ExceptionActResult, {
    description: 'All or none. What changed since it was seen is not acted on: STALE_VERSION, with it as it is now',
  })
  @RequirePermission('exception.work')
  async changeExceptionState(
    @Args('input') input: ChangeExceptionStateInput,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const { viewer, traceId } = operation;
    const now = operation.now();
    const wish = { viewer, seen: readSeen(input.exceptions), change: readStateChange(input, now), now, traceId };
    return answerAct(operation, await operation.write((tx) => changeExceptionState(tx, wish)));
  }

  @Mutation(() => ExceptionActResult, { description: 'Hides them until a time, until they occur again, or both' })
  @RequirePermission('exception.work')
  async snoozeExceptions(
    @Args() asked: AskedExceptionsArgs,
    @Args('reason', { type: () => String }) reason: string,
    @Args('until', { type: () => DateTimeScalar, nullable: true }) until: Date | null | undefined,
    @Args('untilNextOccurrence', { type: () => Boolean, nullable: true, defaultValue: false })
    untilNext: boolean | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const { viewer, traceId } = operation;
    const now = operation.now();
    const times = readSnooze(until ?? null, untilNext ?? false, now);
    const named = { ...readAsked(asked), reason: requireText(reason, 'reason', COMMENT) };
    const wish = { viewer, ...named, ...times, now, traceId };
    return answerAct(operation, await operation.write((tx) => snoozeExceptions(tx, wish)));
  }

  @Mutation(() => ExceptionActResult, { description: 'Brings snoozed ones back into the inbox at once' })
  @RequirePermission('exception.work')
  async wakeExceptions(@Args() asked: AskedExceptionsArgs, @CurrentOperation() operation: Operation): Promise<Answer> {
    const { viewer, traceId } = operation;
    const wish = { viewer, ...readAsked(asked), now: operation.now(), traceId };
    return answerAct(operation, await operation.write((tx) => wakeExceptions(tx, wish)));
  }

  @Mutation(() => ExceptionActResult, {
    description:
      'Closes it without correction: posts nothing, writes nothing off. Above the limit a second person decides (PENDING_APPROVAL)',
  })
  @RequirePermission('exception.work')
  async acceptException(
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason', { type: () => String, description: 'Code of a declared reason' }) reasonCode: string,
    @Args('comment', { type: () => String }) comment: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    if (acceptanceReason(reasonCode) === undefined) {
      throw new CodedError('INVALID_INPUT', 'reason must be one of the declared reasons');
    }
    const { viewer, traceId } = operation;
    const seen = { exceptionId: requireUuid(id, 'id'), version };
    const said = { reasonCode, comment: requireText(comment, 'comment', COMMENT) };
    const wish = { viewer, seen, ...said, now: operation.now(), traceId };
    return answerAct(operation, await operation.write((tx) => acceptException(tx, wish)));
  }
}

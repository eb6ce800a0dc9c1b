import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { ExceptionType, visibleText } from '../exceptions/index.js';
import { RequirePermission, type Viewer } from '../identity/index.js';
import { modeName } from './corrections/graphql/correction.types.js';
import { RequeueAttemptType, RequeueRequestType } from './graphql/requeue.types.js';
import { findAttemptsOf, findAttemptsOfRequests, MOST_ATTEMPTS, type AttemptRow } from './requeue.repository.js';

/** How often an exception was sent again. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionAttemptsResolver {
  @ResolveField(() => [RequeueAttemptType], { description: 'Oldest first' })
  async attempts(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueAttemptType[]> {
    const rows = await operation.loader<string, AttemptRow[]>('attempts of exception', findAttemptsOf).load(id);
    return (rows ?? []).map((row) => toAttempt(row, operation.viewer));
  }
}

/** What a request sends. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class RequestAttemptsResolver {
  @ResolveField(() => [RequeueAttemptType], {
    description: `The first ${MOST_ATTEMPTS} in the order in which they go out; requeueRunItems pages all`,
  })
  async attempts(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueAttemptType[]> {
    const rows = await operation.loader<string, AttemptRow[]>('attempts of request', findAttemptsOfRequests).load(id);
    return (rows ?? []).map((row) => toAttempt(row, operation.viewer));
  }
}

/** An attempt as the API shows it. */
export function toAttempt({ traceparent, answer, ...row }: AttemptRow, viewer: Viewer): RequeueAttemptType {
  return {
    ...row,
    answer: answer === null ? null : visibleText(answer, viewer),
    traceId: traceparent.split('-')[1] ?? null,
    mode: modeName(row.mode),
  };
}

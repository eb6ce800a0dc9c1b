import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { maskText } from '@throughline/canonical';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { actOf } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import { RequeueOutcomeAskResult, RequeueProbeType, type RequeueOutcomeAskedType } from './graphql/probe.types.js';
import { UnknownRequeueType, type RequeueFailureType } from './graphql/requeue-run.types.js';
import { findProbes } from './probe.repository.js';
import { askOutcome } from './usecases/ask-outcome.js';

/** Asking targets what became of what they did not answer. */
@Resolver(() => UnknownRequeueType)
@RequirePermission('exception.read')
export class RequeueProbesResolver {
  @ResolveField(() => RequeueProbeType, { nullable: true, description: 'Null = its target cannot be asked' })
  async probe(
    @Parent() { attempt }: UnknownRequeueType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueProbeType | null> {
    const probe = await operation.loader('requeue probes', findProbes).load(attempt.id);
    return probe && { ...probe, words: probe.words && maskText(probe.words).value };
  }

  @Mutation(() => RequeueOutcomeAskResult, {
    description: 'Has the target asked now what became of an unknown outcome',
  })
  @RequirePermission('requeue.request')
  async askRequeueOutcome(
    @Args('attemptId', { type: () => ID }) attemptId: string,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueOutcomeAskedType | RequeueFailureType> {
    const id = requireUuid(attemptId, 'attemptId');
    return (await operation.write((tx) => askOutcome(tx, actOf(operation), id))) ?? { attemptId: id };
  }
}

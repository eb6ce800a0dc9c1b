import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { actOf } from '../catalog/index.js';
import { readException, visibleText } from '../exceptions/index.js';
import { RequirePermission } from '../identity/index.js';
import type { Verdict } from './domain/settlement.js';
import type { RequeueFailureType } from './graphql/requeue-run.types.js';
import { RequeueAttemptType } from './graphql/requeue.types.js';
import {
  RequeueOutcomeSettleResult,
  RequeueSettlementType,
  RequeueVerdictEnum,
  type RequeueOutcomeSettledType,
} from './graphql/settlement.types.js';
import { findSettlements } from './settlement.repository.js';
import { settleOutcome } from './usecases/settle-outcome.js';

const REASON = { min: 10, max: 1_000 };

/** Ending what nothing else tells of. */
@Resolver()
export class RequeueSettlementsResolver {
  @Mutation(() => RequeueOutcomeSettleResult, {
    description:
      'Says what became of a send without an answer, or taken and not seen in its time; never by whoever asked for it',
  })
  @RequirePermission('requeue.approve')
  async settleRequeueOutcome(
    @Args('attemptId', { type: () => ID }) id: string,
    @Args('verdict', { type: () => RequeueVerdictEnum }) verdict: Verdict,
    @Args('reason', { type: () => String, description: 'What was seen at the target' }) text: string,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueOutcomeSettledType | RequeueFailureType> {
    const wish = { attemptId: requireUuid(id, 'attemptId'), verdict, reason: requireText(text, 'reason', REASON) };
    const outcome = await operation.write((tx) => settleOutcome(tx, actOf(operation), wish));
    if (outcome.kind === 'failure') return { code: outcome.code, message: outcome.message };
    return { attemptId: wish.attemptId, exception: await readException(operation, outcome.exceptionId) };
  }
}

@Resolver(() => RequeueAttemptType)
@RequirePermission('exception.read')
export class AttemptSettlementResolver {
  @ResolveField(() => RequeueSettlementType, { nullable: true, description: 'Null = no person had to say' })
  async settlement(
    @Parent() { id }: RequeueAttemptType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueSettlementType | null> {
    const found = await operation.loader('requeue settlements', findSettlements).load(id);
    return found && { ...found, reason: visibleText(found.reason, operation.viewer) };
  }
}

import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { API_CONFIG, type ApiConfig } from '../../config.js';
import { ChangeFeed, type Change } from '../../graphql/change-feed.js';
import { CodedError } from '../../graphql/coded-error.js';
import { requireText, requireUuid, requireUuids } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation, type OperationContext } from '../../graphql/operation.js';
import { paced, PROGRESS_EVERY_MS } from '../../graphql/paced.js';
import { BulkSelectionInput, readException, readExceptions, type ActFailureType } from '../exceptions/index.js';
import { RequirePermission } from '../identity/index.js';
import type { PayloadChoice } from './corrections/choose-payloads.js';
import {
  MODE_OF_NAME,
  PayloadChoiceInput,
  REQUEUE_MODE_NAMES,
  type RequeueModeName,
} from './corrections/graphql/correction.types.js';
import { RequeueResult } from './graphql/requeue-result.js';
import {
  RequeueRequestType,
  type RequeueAcceptedType,
  type RequeuePlanChangedType,
  type RequeuePlanType,
} from './graphql/requeue.types.js';
import { RequeueLimitsInput, type RequeueFailureType } from './graphql/requeue-run.types.js';
import { readLimits } from './read-limits.js';
import { findRequest } from './requeue.repository.js';
import { toPlan } from './plan-reader.js';
import { askLarge } from './plans/ask-large.js';
import type { RequeuePlanningType } from './plans/graphql/requeue-plan.types.js';
import { planRequeueOf } from './usecases/read-plan.js';
import { requestRequeue, type RequeueOutcome } from './usecases/request-requeue.js';

/** Longest reason, in characters. */
const REASON = { max: 1_000 };

type Answer =
  | RequeueAcceptedType
  | RequeuePlanType
  | RequeuePlanChangedType
  | RequeuePlanningType
  | RequeueFailureType
  | ActFailureType;

/** Sending again: asking for it, and how far it is. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class RequeueResolver {
  constructor(
    private readonly feed: ChangeFeed,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Mutation(() => RequeueResult, {
    description:
      'dryRun = only say what would be sent. What is stuck behind another failure goes out behind it where both are sent, and is left out ' +
      'else, unless despitePredecessors. What looks as if it was posted since is left out unless despiteLookAlikes, a payment whose ' +
      'cut-off or execution date has passed unless carryForward. Where rules ask for a second person, nothing goes out before the approval. ' +
      'A selection is planned with dryRun, however large, and asked for by the planId of that plan; with dryRun the planId plans the same ' +
      'exceptions anew. One of exceptionIds, selection and planId. With expectedHash, that of the plan of exceptionIds that was seen, ' +
      'nothing else than that plan is asked for.',
  })
  @RequirePermission('requeue.request')
  async requestRequeue(
    @Args('exceptionIds', { type: () => [ID], nullable: true }) ids: string[] | null,
    @Args('reason', { type: () => String }) reasonText: string,
    @Args('dryRun', { type: () => Boolean, nullable: true, defaultValue: false }) dryRun: boolean | null,
    @Args('despitePredecessors', { type: () => Boolean, nullable: true, defaultValue: false })
    despite: boolean | null,
    @Args('despiteLookAlikes', { type: () => Boolean, nullable: true, defaultValue: false })
    despiteLookAlikes: boolean | null,
    @Args('carryForward', { type: () => Boolean, nullable: true, defaultValue: false })
    carryForward: boolean | null,
    @Args('mode', { type: () => REQUEUE_MODE_NAMES, nullable: true, defaultValue: 'AS_IS' })
    mode: RequeueModeName | null,
    @Args('versions', {
      type: () => [PayloadChoiceInput],
      nullable: true,
      description: 'Where mode is CORRECTED: of each',
    })
    versions: PayloadChoiceInput[] | null,
    @Args('limits', { type: () => RequeueLimitsInput, nullable: true }) limitsInput: RequeueLimitsInput | null,
    @Args('selection', { type: () => BulkSelectionInput, nullable: true }) selection: BulkSelectionInput | null,
    @Args('planId', { type: () => ID, nullable: true }) planId: string | null,
    @Args('expectedHash', { type: () => String, nullable: true }) expectedHash: string | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const inSpiteOf = {
      predecessors: despite === true,
      lookAlikes: despiteLookAlikes === true,
      passedDates: carryForward === true,
    };
    const { secretKey } = this.config;
    const payload = readPayloadChoice(mode, versions);
    const large = { selection: selection ?? null, planId: planId ?? null };
    if ([ids ?? null, large.selection, large.planId].filter((one) => one !== null).length !== 1) {
      throw new CodedError('INVALID_INPUT', 'one of exceptionIds, selection and planId must be given');
    }
    if (!ids) {
      if (expectedHash) throw new CodedError('INVALID_INPUT', 'expectedHash is that of a plan of exceptionIds');
      const reason = requireText(reasonText, 'reason', REASON);
      const limits = readLimits(limitsInput);
      return askLarge(operation, { ...large, reason, dryRun: dryRun === true, inSpiteOf, payload, limits });
    }
    const exceptionIds = requireUuids(ids, 'exceptionIds');
    if (dryRun === true) {
      const tx = await operation.read();
      return toPlan(await planRequeueOf(tx, exceptionIds, secretKey, inSpiteOf, operation.now(), payload));
    }
    const reason = requireText(reasonText, 'reason', REASON);
    const { viewer, traceId } = operation;
    const limits = readLimits(limitsInput);
    const input = {
      viewer,
      exceptionIds,
      reason,
      now: operation.now(),
      secretKey,
      traceId,
      inSpiteOf,
      payload,
      limits,
      expectedHash: expectedHash ?? undefined,
    };
    return answer(operation, await operation.write((tx) => requestRequeue(tx, input)));
  }

  @Query(() => RequeueRequestType, { nullable: true })
  async requeueRequest(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueRequestType | null> {
    return findRequest(await operation.read(), requireUuid(id, 'id'));
  }

  @Subscription(() => RequeueRequestType, {
    description: 'At most four times a second',
    resolve(this: RequeueResolver, change: Change, _args: unknown, context: OperationContext) {
      return requireRequest(context.operation, change.id);
    },
  })
  requeueProgress(
    @Args('requestId', { type: () => ID }) requestId: string,
    @CurrentOperation() operation: Operation,
  ): AsyncIterableIterator<Change> {
    const changes = this.feed.changes(operation.viewer.tenantId, 'requeue', [requireUuid(requestId, 'requestId')]);
    return paced(changes, PROGRESS_EVERY_MS);
  }
}

/** How a selection is to be sent again, as it was asked. */
export function readPayloadChoice(
  mode: RequeueModeName | null,
  versions: readonly PayloadChoiceInput[] | null,
): PayloadChoice {
  const chosen = (versions ?? []).map(
    ({ exceptionId, payloadVersion }) => [requireUuid(exceptionId, 'versions'), payloadVersion] as const,
  );
  return { mode: MODE_OF_NAME[mode ?? 'AS_IS'], versions: new Map(chosen) };
}

async function requireRequest(operation: Operation, id: string): Promise<RequeueRequestType> {
  const request = await findRequest(await operation.read(), id);
  if (request === null) {
    throw new CodedError('NOT_FOUND', 'There is no such requeue request');
  }
  return request;
}

async function answer(operation: Operation, outcome: RequeueOutcome): Promise<Answer> {
  if (outcome.kind === 'failure') {
    const { code, message, exceptionId } = outcome;
    return { code, message, exceptionId, current: await readException(operation, exceptionId) };
  }
  if (outcome.kind === 'changed') {
    const message = 'What would be sent is not what the plan showed any more: look at it as it is now.';
    return { code: 'PLAN_CHANGED', message, plan: toPlan(outcome.plan) };
  }
  return {
    request: await requireRequest(operation, outcome.requestId),
    exceptions: await readExceptions(operation, outcome.exceptionIds),
    plan: toPlan(outcome.plan),
  };
}

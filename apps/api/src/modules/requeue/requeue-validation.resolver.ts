import { setTimeout as wait } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { API_CONFIG, type ApiConfig } from '../../config.js';
import { requireUuid, requireUuids } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { createOutboundClient } from '../../outbound/index.js';
import { RequirePermission } from '../identity/index.js';
import { createAdapters, type Adapters } from './adapters/adapters.js';
import {
  PayloadChoiceInput,
  REQUEUE_MODE_NAMES,
  type RequeueModeName,
} from './corrections/graphql/correction.types.js';
import { RequeueValidatedItemType } from './graphql/validation.types.js';
import { readPayloadChoice } from './requeue.resolver.js';
import { canaryOfPlan } from './plans/canary-of-plan.js';
import { askTargets, recordValidation, validationQuestions } from './usecases/validate-requeue.js';

/** Shorter than that of sending: a person waits. */
const TIMEOUT_MS = 5_000;

/** Asking targets about a plan before anything is sent. */
@Resolver()
export class RequeueValidationResolver {
  private readonly adapters: Adapters;

  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {
    const { outboundAllowedHosts: allowedHosts } = config;
    this.adapters = createAdapters(createOutboundClient({ allowedHosts, timeoutMs: TIMEOUT_MS }));
  }

  @Mutation(() => [RequeueValidatedItemType], {
    description:
      'Asks the validate-only calls of targets about those of the plan that would go first, at most ten: from each target those with the ' +
      'least at stake. Changes nothing there; the calls carry throughline-validate-only: true and a key of their own. One of exceptionIds ' +
      'and planId; of a planned selection only those that are asked about are told.',
  })
  @RequirePermission('requeue.request')
  async validateRequeue(
    @Args('exceptionIds', { type: () => [ID], nullable: true }) ids: string[] | null,
    @Args('mode', { type: () => REQUEUE_MODE_NAMES, nullable: true, defaultValue: 'AS_IS' })
    mode: RequeueModeName | null,
    @Args('versions', { type: () => [PayloadChoiceInput], nullable: true }) versions: PayloadChoiceInput[] | null,
    @Args('planId', { type: () => ID, nullable: true }) planId: string | null,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueValidatedItemType[]> {
    const { viewer, traceId } = operation;
    const now = operation.now();
    const asked = { secretKey: this.config.secretKey, now };
    const tx = await operation.read();
    const { exceptionIds, choice } =
      planId === null || planId === undefined
        ? { exceptionIds: requireUuids(ids ?? [], 'exceptionIds'), choice: readPayloadChoice(mode, versions) }
        : await canaryOfPlan(tx, requireUuid(planId, 'planId'));
    const questions = await validationQuestions(tx, exceptionIds, choice, asked);
    // a connection is not held while targets are waited for
    await operation.release();
    const items = await askTargets(questions, this.adapters, async (ms) => wait(ms));
    await operation.write((tx) => recordValidation(tx, { viewer, now, traceId }, questions, items));
    return items;
  }
}

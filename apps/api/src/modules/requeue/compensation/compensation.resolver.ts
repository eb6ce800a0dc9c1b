import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { CompensationAction } from '@throughline/contracts';
import { API_CONFIG, type ApiConfig } from '../../../config.js';
import { CodedError } from '../../../graphql/coded-error.js';
import { requireText, requireUuid, requireUuids } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { CompensationActionEnum } from '../../catalog/index.js';
import { readException, readExceptions, type ActFailureType } from '../../exceptions/index.js';
import { RequirePermission } from '../../identity/index.js';
import { findRequest } from '../requeue.repository.js';
import { toCompensationPlan } from './compensation-reader.js';
import {
  CompensationDocumentInput,
  CompensationPlanType,
  CompensationResult,
  type CompensationAcceptedType,
} from './graphql/compensation.types.js';
import { planCompensationOf } from './usecases/read-compensation-plan.js';
import { requestCompensation, type CompensationOutcome } from './usecases/request-compensation.js';

/** Longest reason, in characters. */
const REASON = { max: 1_000 };

const OF_DOUBLES = 'Which of several documents, where one send made more than one; left out, the one posted last';

/** Undoing what went wrong, or telling somebody of it, through the integration that declares it. */
@Resolver()
@RequirePermission('requeue.request')
export class CompensationResolver {
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  @Query(() => CompensationPlanType, { description: 'What would be undone or told, as things stand; changes nothing' })
  async compensationPlan(
    @Args('exceptionIds', { type: () => [ID] }) ids: string[],
    @Args('action', { type: () => CompensationActionEnum }) action: CompensationAction,
    @Args('documents', { type: () => [CompensationDocumentInput], nullable: true, description: OF_DOUBLES })
    documents: CompensationDocumentInput[] | null,
    @CurrentOperation() operation: Operation,
  ): Promise<CompensationPlanType> {
    const exceptionIds = requireUuids(ids, 'exceptionIds');
    const wish = { action, documents: readDocuments(documents) };
    const deps = { secretKey: this.config.secretKey, now: operation.now() };
    return toCompensationPlan(await planCompensationOf(await operation.read(), exceptionIds, wish, deps));
  }

  @Mutation(() => CompensationResult, {
    description:
      'Asks the integration that declares it to reverse or cancel documents, or to tell somebody of them. Done when the document is ' +
      'seen undone; what was told is done when it is taken. Where rules ask for a second person, nothing goes out before the approval.',
  })
  async requestCompensation(
    @Args('exceptionIds', { type: () => [ID] }) ids: string[],
    @Args('action', { type: () => CompensationActionEnum }) action: CompensationAction,
    @Args('reason', { type: () => String }) reasonText: string,
    @Args('documents', { type: () => [CompensationDocumentInput], nullable: true, description: OF_DOUBLES })
    documents: CompensationDocumentInput[] | null,
    @CurrentOperation() operation: Operation,
  ): Promise<CompensationAcceptedType | ActFailureType> {
    const { viewer, traceId } = operation;
    const input = {
      ...{ viewer, traceId, action, now: operation.now(), secretKey: this.config.secretKey },
      exceptionIds: requireUuids(ids, 'exceptionIds'),
      documents: readDocuments(documents),
      reason: requireText(reasonText, 'reason', REASON),
    };
    return answer(operation, await operation.write((tx) => requestCompensation(tx, input)));
  }
}

function readDocuments(documents: readonly CompensationDocumentInput[] | null): ReadonlyMap<string, string> {
  return new Map(
    (documents ?? []).map(
      ({ exceptionId, objectId }) =>
        [requireUuid(exceptionId, 'documents'), requireUuid(objectId, 'documents')] as const,
    ),
  );
}

async function answer(
  operation: Operation,
  outcome: CompensationOutcome,
): Promise<CompensationAcceptedType | ActFailureType> {
  if (outcome.kind === 'failure') {
    const { code, message, exceptionId } = outcome;
    return { code, message, exceptionId, current: await readException(operation, exceptionId) };
  }
  const request = await findRequest(await operation.read(), outcome.requestId);
  if (request === null) throw new CodedError('NOT_FOUND', 'There is no such requeue request');
  return {
    request,
    exceptions: await readExceptions(operation, outcome.exceptionIds),
    plan: toCompensationPlan(outcome.plan),
  };
}

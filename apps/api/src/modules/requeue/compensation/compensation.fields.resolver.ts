import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CompensationAction, RequestAction } from '@throughline/contracts';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { compensationsOffered, ExceptionType } from '../../exceptions/index.js';
import { RequirePermission } from '../../identity/index.js';
import { RequeueItemType } from '../approval/graphql/approval.types.js';
import { RequeueCertificateType } from '../graphql/certificate.types.js';
import { RequeueAttemptType, RequeueRequestType } from '../graphql/requeue.types.js';
import { toRequested } from './compensation-reader.js';
import { findActions, findCompensations, findUndoing, type CompensationRow } from './compensation.repository.js';
import {
  CertifiedCompensationType,
  OfferedCompensationType,
  RequestActionEnum,
  RequestedCompensationType,
} from './graphql/compensation.types.js';

/** What can be undone or told at an exception. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionCompensationsResolver {
  @ResolveField(() => [OfferedCompensationType], {
    description: 'Declared for it, whoever may ask for it; those of its own integration first, each action once',
  })
  compensations(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<OfferedCompensationType[]> {
    return compensationsOffered(operation, row);
  }
}

/** What a request asks of its targets. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class RequestActionResolver {
  @ResolveField(() => RequestActionEnum)
  action(@Parent() { id }: RequeueRequestType, @CurrentOperation() operation: Operation): Promise<RequestAction> {
    return actionOf(operation, id);
  }
}

/** What an attempt asks of its target. */
@Resolver(() => RequeueAttemptType)
@RequirePermission('exception.read')
export class AttemptActionResolver {
  @ResolveField(() => RequestActionEnum)
  action(
    @Parent() { requestId }: RequeueAttemptType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequestAction> {
    return actionOf(operation, requestId);
  }
}

/** What an item of a frozen selection undoes. */
@Resolver(() => RequeueItemType)
@RequirePermission('exception.read')
export class ItemCompensationResolver {
  @ResolveField(() => RequestedCompensationType, { nullable: true, description: 'Null = it sends something again' })
  async compensation(
    @Parent() { attemptId }: RequeueItemType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequestedCompensationType | null> {
    const row = await compensationOf(operation, attemptId);
    return row && toRequested(row);
  }
}

/** What a certified attempt undid. */
@Resolver(() => RequeueCertificateType)
@RequirePermission('exception.read')
export class CertificateCompensationResolver {
  @ResolveField(() => CertifiedCompensationType, { nullable: true, description: 'Null = it sent something again' })
  async compensation(
    @Parent() { attempt }: RequeueCertificateType,
    @CurrentOperation() operation: Operation,
  ): Promise<CertifiedCompensationType | null> {
    const row = await compensationOf(operation, attempt.id);
    return row && { ...toRequested(row), undoneBy: await findUndoing(await operation.read(), attempt.id) };
  }
}

async function actionOf(operation: Operation, requestId: string): Promise<RequestAction> {
  return (await operation.loader<string, RequestAction>('request actions', findActions).load(requestId)) ?? 'requeue';
}

function compensationOf(
  operation: Operation,
  attemptId: string,
): Promise<(CompensationRow & { action: CompensationAction }) | null> {
  return operation
    .loader<string, CompensationRow & { action: CompensationAction }>('compensations of attempts', findCompensations)
    .load(attemptId);
}

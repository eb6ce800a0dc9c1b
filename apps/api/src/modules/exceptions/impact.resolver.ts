import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { ImpactType, LineageReader, readImpact } from '../lineage/index.js';
import { findExceptions } from './exceptions.repository.js';

/** What hangs on an object, or on that of an exception. */
@Resolver(() => ImpactType)
@RequirePermission('transaction.read')
export class ImpactResolver {
  constructor(private readonly lineage: LineageReader) {}

  @Query(() => ImpactType, {
    nullable: true,
    description:
      'Of an object or of an exception, exactly one of them: cash forecasts, receivables, forecast versions and reports ' +
      'downstream that count on its money, of master data those behind the running documents that name it. Null when an ' +
      'exception is about no business object',
  })
  async impact(
    @Args('objectId', { type: () => ID, nullable: true }) objectId: string | null,
    @Args('exceptionId', { type: () => ID, nullable: true }) exceptionId: string | null,
    @CurrentOperation() operation: Operation,
  ): Promise<ImpactType | null> {
    const asked = await subjectOf(operation, objectId ?? null, exceptionId ?? null);
    const object = await this.lineage.businessObject(operation, asked);
    if (object === null && typeof exceptionId === 'string') return null;
    if (object === null) throw new CodedError('NOT_FOUND', 'There is no such object');
    return readImpact(operation, object);
  }
}

async function subjectOf(operation: Operation, objectId: string | null, exceptionId: string | null): Promise<string> {
  if ((objectId === null) === (exceptionId === null))
    throw new CodedError('INVALID_INPUT', 'Give objectId or exceptionId, one of them');
  if (objectId !== null) return requireUuid(objectId, 'objectId');
  const [exception] = await findExceptions(await operation.read(), [requireUuid(exceptionId ?? '', 'exceptionId')]);
  if (exception === undefined || exception === null) throw new CodedError('NOT_FOUND', 'There is no such exception');
  return exception.objectId;
}

import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { isQueueName } from '../domain/queues.js';
import { readException } from '../exception-reader.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { optionalUuid } from '../read-selection.js';
import {
  ACTIVITY_CURSOR_PARTS,
  countActivity,
  isAutomation,
  listActivity,
  type ActivitySelection,
} from './activity.repository.js';
import {
  ExceptionActivityArgs,
  ExceptionActivityConnection,
  ExceptionActivityType,
  type ExceptionActivityFilterInput,
} from './graphql/activity.types.js';

const LIST = 'exception activity';

/** Who did what when, people and the system alike. */
@Resolver(() => ExceptionActivityType)
@RequirePermission('exception.read')
export class ActivityResolver {
  @Query(() => ExceptionActivityConnection, { description: 'The latest first' })
  async exceptionActivity(
    @Args() args: ExceptionActivityArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<ExceptionActivityType>> {
    const page = readPage(args, LIST, ACTIVITY_CURSOR_PARTS);
    const selection = readActivity(args.filter);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listActivity(tx, selection, page),
      cursorOf: (row) => [row.atText, row.ordinal],
      nodeOf: ({ atText: _at, ordinal: _ordinal, ...row }) => ({ ...row, isAutomation: isAutomation(row.actorId) }),
      count: () => countActivity(tx, selection),
    });
  }

  @ResolveField(() => ExceptionType, { nullable: true })
  async exception(
    @Parent() { exceptionId }: ExceptionActivityType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, exceptionId);
  }
}

function readActivity(filter: ExceptionActivityFilterInput | null | undefined): ActivitySelection {
  const { personId, by, kinds, exceptionId, groupId, queue, from, to } = filter ?? {};
  if (typeof queue === 'string' && !isQueueName(queue)) {
    throw new CodedError('INVALID_INPUT', 'filter.queue must be the name of a queue');
  }
  return {
    personId: optionalUuid(personId, 'filter.personId'),
    by: by ?? null,
    kinds: kinds ?? null,
    exceptionId: optionalUuid(exceptionId, 'filter.exceptionId'),
    groupId: optionalUuid(groupId, 'filter.groupId'),
    queue: queue ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}

import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { findPeople, RequirePermission, type PersonRow } from '../../identity/index.js';
import { shiftOf } from '../domain/hand-over.js';
import { isQueueName } from '../domain/queues.js';
import { readException } from '../exception-reader.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { calendarsOfQueues } from '../queue-hours.js';
import { toQueue } from '../queues.resolver.js';
import { optionalUuid } from '../read-selection.js';
import { countDeeds } from './activity.repository.js';
import { HandOverArgs, HandOverItemType, HandOverType } from './graphql/hand-over.types.js';
import { listClaims, listCutOffs, listEndingWaits } from './hand-over.repository.js';

/** What one shift hands over to the next. */
@Resolver(() => HandOverItemType)
@RequirePermission('exception.read')
export class HandOverResolver {
  @Query(() => HandOverType, { description: 'Of a queue, of a person, or of all' })
  async handOver(@Args() args: HandOverArgs, @CurrentOperation() operation: Operation): Promise<HandOverType> {
    const queue = args.queue ?? null;
    if (queue !== null && !isQueueName(queue)) {
      throw new CodedError('INVALID_INPUT', 'queue must be the name of a queue');
    }
    const personId = optionalUuid(args.personId, 'personId');
    const now = operation.now();
    const tx = await operation.read();
    const calendar = queue === null ? null : (await calendarsOfQueues(tx))(queue);
    const read = shiftOf({ since: args.since ?? null, until: args.until ?? null }, now, calendar);
    if ('problem' in read) throw new CodedError('INVALID_INPUT', read.problem);
    const { shift } = read;
    const of = { queue, personId };
    const deeds = {
      ...of,
      by: 'people',
      kinds: null,
      exceptionId: null,
      groupId: null,
      from: shift.since,
      to: null,
    } as const;
    return {
      ...shift,
      asOf: now,
      queue: queue === null ? null : toQueue(queue),
      person: personId === null ? null : await personOf(operation, personId),
      claims: await listClaims(tx, of),
      waits: await listEndingWaits(tx, of, shift),
      cutOffs: await listCutOffs(tx, of, shift, now),
      done: await countDeeds(tx, deeds),
    };
  }

  @ResolveField(() => ExceptionType, { nullable: true })
  async exception(
    @Parent() { exceptionId }: HandOverItemType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, exceptionId);
  }
}

async function personOf(operation: Operation, personId: string): Promise<PersonRow> {
  const person = await operation.loader<string, PersonRow>('person', findPeople).load(personId);
  if (person === null) throw new CodedError('NOT_FOUND', 'There is no such person');
  return person;
}

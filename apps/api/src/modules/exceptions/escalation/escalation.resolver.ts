import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf, type CatalogFailureType } from '../../catalog/index.js';
import { PersonType, RequirePermission, type PersonRow } from '../../identity/index.js';
import { isOpen } from '../domain/life-cycle.js';
import { findClockEvents, type EventRow } from '../exception-parts.repository.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { QueueResult, QueueType, SEEN, type QueueSavedType } from '../graphql/queue.types.js';
import { toQueue } from '../queues.resolver.js';
import { findEscalations, findQueueLeads, type StoredEscalation } from './escalation.repository.js';
import { EscalationType } from './escalation.types.js';
import { setQueueLead } from './set-queue-lead.js';

/** Whether somebody was told that the clock of an exception is overdue. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionEscalationResolver {
  @ResolveField(() => [EscalationType], { description: 'The latest first, also of earlier times that it was open' })
  async escalations(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<EscalationType[]> {
    return (await operation.loader<string, StoredEscalation[]>('escalations', findEscalations).load(id)) ?? [];
  }

  @ResolveField(() => Boolean, { description: 'Open, and its clock was overdue since it was opened last' })
  async isEscalated(@Parent() { id, row }: ExceptionType, @CurrentOperation() operation: Operation): Promise<boolean> {
    if (!isOpen(row.state)) return false;
    const known = (await operation.loader<string, StoredEscalation[]>('escalations', findEscalations).load(id)) ?? [];
    if (known.length === 0) return false;
    const events = (await operation.loader<string, EventRow[]>('clock events', findClockEvents).load(id)) ?? [];
    const begin = events.findLast(({ kind }) => kind === 'opened' || kind === 'reopened')?.at ?? row.openedAt;
    return known.some(({ startedAt }) => startedAt.getTime() === begin.getTime());
  }
}

/** To whom overdue clocks of a queue are brought. */
@Resolver(() => QueueType)
@RequirePermission('catalog.read')
export class QueueLeadResolver {
  @ResolveField(() => PersonType, { nullable: true, description: 'To whom its overdue clocks are brought' })
  async lead(@Parent() { name }: QueueType, @CurrentOperation() operation: Operation): Promise<PersonType | null> {
    return operation.loader<string, PersonRow>('queue leads', findQueueLeads).load(name);
  }

  @Mutation(() => QueueResult, { description: 'Left out or null = nobody' })
  @RequirePermission('catalog.write')
  async setQueueLead(
    @Args('queue', { type: () => String }) queue: string,
    @Args('personId', { type: () => ID, nullable: true }) personId: string | null,
    @Args('seen', SEEN) seen: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<QueueSavedType | CatalogFailureType> {
    const id = typeof personId !== 'string' ? null : requireUuid(personId, 'personId');
    const outcome = await operation.write((tx) => setQueueLead(tx, actOf(operation), queue, id, seen ?? null));
    return typeof outcome === 'string' ? { queue: toQueue(outcome) } : outcome;
  }
}

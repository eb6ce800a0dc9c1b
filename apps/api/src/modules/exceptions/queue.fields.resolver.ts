import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { addBusinessDuration, isOpen, type BusinessCalendar } from '@throughline/sla';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import { PersonType, RequirePermission, type PersonRow } from '../identity/index.js';
import type { QueueName } from './domain/queues.js';
import { calendarsOfQueues } from './queue-hours.js';
import { findQueueRevisions } from './queue-revision.js';
import { actsInQueue } from './domain/permitted-acts.js';
import { MoneyTotalType } from './graphql/exception-list.types.js';
import { QueueHoursType, QueueType } from './graphql/queue.types.js';
import type { MoneyTotal } from './inbox.repository.js';
import { countQueues, findQueueMembers, totalQueues, type QueueCounts } from './queue.repository.js';

/** What waits in a queue, and whose it is; each part is one statement for all queues of an answer. */
@Resolver(() => QueueType)
@RequirePermission('exception.read')
export class QueueFieldsResolver {
  @ResolveField(() => Int)
  async openCount(@Parent() queue: QueueType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await countsOf(operation, queue)).open;
  }

  @ResolveField(() => Int, { description: 'Open and in nobody’s hand' })
  async unassignedCount(@Parent() queue: QueueType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await countsOf(operation, queue)).unassigned;
  }

  @ResolveField(() => Int, { description: 'Open and P1' })
  async urgentCount(@Parent() queue: QueueType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await countsOf(operation, queue)).urgent;
  }

  @ResolveField(() => DateTimeScalar, { nullable: true, description: 'When the oldest open one began' })
  async oldestOpenedAt(@Parent() queue: QueueType, @CurrentOperation() operation: Operation): Promise<Date | null> {
    return (await countsOf(operation, queue)).oldestOpenedAt;
  }

  @ResolveField(() => DateTimeScalar, { nullable: true, description: 'The first due time that can still be met' })
  async nextDueAt(@Parent() queue: QueueType, @CurrentOperation() operation: Operation): Promise<Date | null> {
    return (await countsOf(operation, queue)).nextDueAt;
  }

  @ResolveField(() => MoneyTotalType, {
    description: 'In the currency that all are compared in; each unit of money counts once',
  })
  async moneyAtRisk(@Parent() { name }: QueueType, @CurrentOperation() operation: Operation): Promise<MoneyTotalType> {
    return required(await operation.loader<string, MoneyTotal>('queue money', totalQueues).load(name));
  }

  @ResolveField(() => [PersonType], { description: 'Whose queue it is; active people, by name' })
  @RequirePermission('catalog.read')
  async members(@Parent() { name }: QueueType, @CurrentOperation() operation: Operation): Promise<PersonType[]> {
    return (await operation.loader<string, PersonRow[]>('queue members', findQueueMembers).load(name)) ?? [];
  }

  @ResolveField(() => QueueHoursType)
  @RequirePermission('catalog.read')
  async workingHours(@Parent() { name }: QueueType, @CurrentOperation() operation: Operation): Promise<QueueHoursType> {
    const loader = operation.loader<QueueName, BusinessCalendar>('queue hours', async (tx, names) => {
      const calendarOf = await calendarsOfQueues(tx);
      return names.map(calendarOf);
    });
    const calendar = required(await loader.load(name));
    const now = operation.now().toISOString();
    const isOpenNow = isOpen(calendar, now);
    return {
      calendar: calendar.name,
      title: calendar.title,
      timeZone: calendar.timeZone,
      isOpen: isOpenNow,
      opensAt: isOpenNow ? null : new Date(addBusinessDuration(calendar, now, 'PT0S')),
    };
  }

  @ResolveField(() => String, { description: 'Of its members, lead, hours and targets: the same as long as they are' })
  @RequirePermission('catalog.read')
  async revision(@Parent() { name }: QueueType, @CurrentOperation() operation: Operation): Promise<string> {
    return required(await operation.loader<string, string>('queue revisions', findQueueRevisions).load(name));
  }

  @ResolveField(() => [String], { description: 'What this viewer may do there, whatever the state' })
  permittedActs(@Parent() { name }: QueueType, @CurrentOperation() operation: Operation): string[] {
    return actsInQueue(name, operation.viewer.permissions);
  }
}

async function countsOf(operation: Operation, { name }: QueueType): Promise<QueueCounts> {
  const loader = operation.loader<string, QueueCounts>('queue counts', (tx, names) =>
    countQueues(tx, names, operation.now()),
  );
  return required(await loader.load(name));
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error('a queue was not counted');
  return value;
}

import { nextOpenDays, ownCalendar, ownHoursProblems, type IsoWeekday, type OwnHours } from '@throughline/sla';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf, refuse, type CatalogFailureType } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import { QueueResult, QueueType, SEEN, type QueueSavedType } from '../graphql/queue.types.js';
import { toQueue } from '../queues.resolver.js';
import { setQueueOwnHours } from '../usecases/set-queue-hours.js';
import { listQueueHours } from './queue-hours.repository.js';
import {
  QueueHoursTrialResult,
  QueueHoursTrialType,
  QueueOwnHoursInput,
  QueueOwnHoursType,
} from './queue-hours.types.js';

const DAYS_SHOWN = 5;

/** Working hours of queues that no shipped calendar has. */
@Resolver(() => QueueType)
@RequirePermission('catalog.read')
export class QueueHoursResolver {
  @ResolveField(() => QueueOwnHoursType, { nullable: true, description: 'Null = it is worked by a shipped calendar' })
  async ownHours(
    @Parent() { name }: QueueType,
    @CurrentOperation() operation: Operation,
  ): Promise<QueueOwnHoursType | null> {
    const loader = operation.loader<string, OwnHours | null>('queue own hours', async (tx, names) => {
      const set = await listQueueHours(tx);
      return names.map((one) => set.get(one)?.own ?? null);
    });
    return loader.load(name);
  }

  @Query(() => QueueHoursTrialResult, { description: 'What the next days would look like; keeps nothing' })
  tryQueueHours(
    @Args('hours', { type: () => QueueOwnHoursInput }) hours: QueueOwnHoursInput,
    @CurrentOperation() operation: Operation,
  ): QueueHoursTrialType | CatalogFailureType {
    const own = toOwn(hours);
    const problems = ownHoursProblems(own);
    if (problems.length > 0) return refuse('INVALID', 'The hours cannot be taken as they are', problems);
    const days = nextOpenDays(ownCalendar(own), operation.now().toISOString(), DAYS_SHOWN);
    return {
      timeZone: own.timeZone,
      days: days.map(({ date, stretches }) => ({
        date,
        stretches: stretches.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })),
      })),
    };
  }

  @Mutation(() => QueueResult, {
    description: 'When it is worked, by hours of its own from now on; clocks follow at once',
  })
  @RequirePermission('catalog.write')
  async setQueueOwnHours(
    @Args('queue', { type: () => String }) queue: string,
    @Args('hours', { type: () => QueueOwnHoursInput }) hours: QueueOwnHoursInput,
    @Args('seen', SEEN) seen: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<QueueSavedType | CatalogFailureType> {
    const own = toOwn(hours);
    const outcome = await operation.write((tx) => setQueueOwnHours(tx, actOf(operation), queue, own, seen ?? null));
    return typeof outcome === 'string' ? { queue: toQueue(outcome) } : outcome;
  }
}

/** As stated; whether a number is a weekday is judged with the rest. */
function toOwn({ timeZone, holidays, weekly, days }: QueueOwnHoursInput): OwnHours {
  return {
    timeZone: timeZone.trim(),
    holidays: holidays ?? null,
    weekly: weekly.map(({ weekday, opens, closes }) => ({ weekday: weekday as IsoWeekday, opens, closes })),
    days: days.map(({ date, windows }) => ({
      date,
      windows: windows.map(({ opens, closes }) => ({ opens, closes })),
    })),
  };
}

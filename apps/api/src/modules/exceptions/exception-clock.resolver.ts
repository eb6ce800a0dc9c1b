import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { findCalendar, calendarNamed, type BusinessCalendar } from '@throughline/sla';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { listLegalEntities, type LegalEntityRow } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import { CLOCK_TARGETS, exceptionClock, type ClockTargets, type HolderTime } from './domain/clock.js';
import type { PriorityBand } from './domain/priority.js';
import type { StatedTarget } from './domain/queue-targets.js';
import type { QueueName } from './domain/queues.js';
import type { StoredException } from './domain/stored-exception.js';
import { findClockEvents, type EventRow } from './exception-parts.repository.js';
import { ExceptionClockType } from './graphql/exception-clock.types.js';
import { ExceptionType } from './graphql/exception.types.js';
import { maintenanceOf, maintenanceSince, waitingFor } from './maintenance/maintenance-of.js';
import { calendarsOfQueues } from './queue-hours.js';
import { findQueueTargets } from './targets/queue-target.repository.js';

const MS_PER_MINUTE = 60_000;

/** Of what belongs to no entity that is known. */
const CALENDAR_OF_NOBODY = 'TARGET';

/** The clock of an exception, worked out on reading from its timeline: nothing of it is stored. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionClockResolver {
  @ResolveField(() => ExceptionClockType)
  async clock(
    @Parent() { id, row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionClockType> {
    const events = (await operation.loader<string, EventRow[]>('clock events', findClockEvents).load(id)) ?? [];
    const calendar = await calendarOf(operation, row);
    const { openedAt, resolvedAt } = row;
    const band = row.statedBand ?? row.priorityBand;
    const now = operation.now();
    const cover = await maintenanceOf(operation);
    const held = maintenanceSince(cover, await waitingFor(operation, cover, row), { from: openedAt, now });
    const targets = await targetsOf(operation, row.queue, band);
    const clock = exceptionClock({ openedAt, resolvedAt, events, targets }, band, calendar, now, held);
    return {
      ...clock,
      calendar: calendar.title,
      countedMinutes: minutes(clock.countedMs),
      pausedMinutes: minutes(clock.pausedMs),
      grossMinutes: minutes(clock.grossMs),
      holders: clock.holders.map(toHolder),
    };
  }
}

/** That of its queue where it is in one, as people set it; else that of its entity. */
async function calendarOf(operation: Operation, { queue, legalEntity }: StoredException): Promise<BusinessCalendar> {
  if (queue !== null) {
    const loader = operation.loader<QueueName, BusinessCalendar>('calendar of queue', async (tx, queues) =>
      queues.map(await calendarsOfQueues(tx)),
    );
    const calendar = await loader.load(queue);
    if (calendar !== null) return calendar;
  }
  const loader = operation.loader<string, LegalEntityRow>('legal entity', async (tx, codes) => {
    const byCode = new Map((await listLegalEntities(tx)).map((entity) => [entity.code, entity]));
    return codes.map((code) => byCode.get(code) ?? null);
  });
  const entity = legalEntity === null ? null : await loader.load(legalEntity);
  return (entity && findCalendar(entity.calendar)) ?? calendarNamed(CALENDAR_OF_NOBODY);
}

async function targetsOf(operation: Operation, queue: QueueName | null, band: PriorityBand): Promise<ClockTargets> {
  const loader = operation.loader<string, StatedTarget[]>('queue targets', findQueueTargets);
  const stated = queue === null ? null : await loader.load(queue);
  return stated?.find((one) => one.band === band) ?? CLOCK_TARGETS[band];
}

function toHolder({ holder, countedMs, pausedMs }: HolderTime) {
  return { holder, countedMinutes: minutes(countedMs), pausedMinutes: minutes(pausedMs) };
}

function minutes(milliseconds: number): number {
  return Math.floor(milliseconds / MS_PER_MINUTE);
}

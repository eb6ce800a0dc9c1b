import { calendarNamed } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { emit } from '../../../outbox/index.js';
import { loadMaintenance } from '../../catalog/index.js';
import { exceptionClock } from '../domain/clock.js';
import { isOpen } from '../domain/life-cycle.js';
import { findClockEvents } from '../exception-parts.repository.js';
import { lockExceptions } from '../exceptions.repository.js';
import { maintenanceSince } from '../maintenance/maintenance-of.js';
import { systemsOfRests } from '../maintenance/rest-systems.repository.js';
import { waitingOf } from '../maintenance/waiting.js';
import { calendarsOfQueues } from '../queue-hours.js';
import { targetsOfQueues } from '../targets/queue-target.repository.js';
import { applyActs } from '../usecases/apply-acts.js';
import { SYSTEM } from '../usecases/reconcile-exceptions.js';
import { dueEscalations, nextLookAt } from './due-escalations.js';
import {
  findClocksToLookAt,
  findEscalations,
  findQueueLeads,
  insertEscalations,
  noteLooks,
  type WalkPlace,
} from './escalation.repository.js';

/**
 * Brings overdue clocks to the lead of their queue, each once: a step of the timeline, an audit record, the mark that lists
 * show, and an event by which channels hear of it.
 * Answers where the walk through the open exceptions goes on, and whether there is more of it.
 */
export async function escalateOverdue(
  tx: Tx,
  now: Date,
  { after, limit }: { after: WalkPlace | null; limit: number },
): Promise<{ next: WalkPlace | null; isMore: boolean }> {
  const { ids, next } = await findClocksToLookAt(tx, now, { after, limit });
  await lookAtClocks(tx, now, ids);
  return { next, isMore: next !== null || ids.length === limit };
}

async function lookAtClocks(tx: Tx, now: Date, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const exceptions = (await lockExceptions(tx, ids)).filter(({ state }) => isOpen(state));
  const exceptionIds = exceptions.map(({ exceptionId }) => exceptionId);
  // read behind the locks: what was taken in hand meanwhile is not overdue
  const events = await findClockEvents(tx, exceptionIds);
  const known = await findEscalations(tx, exceptionIds);
  const calendarOf = await calendarsOfQueues(tx);
  const cover = await loadMaintenance(tx, now);
  const restSystems = cover === null ? new Map<string, string[]>() : await systemsOfRests(tx, exceptions);
  const queues = [...new Set(exceptions.flatMap(({ queue }) => queue ?? []))];
  const targetsOf = await targetsOfQueues(tx, queues);
  const leads = new Map((await findQueueLeads(tx, queues)).map((lead, index) => [queues[index], lead]));
  const looked = exceptions.map((exception, index) => {
    const { openedAt, resolvedAt, queue } = exception;
    const band = exception.statedBand ?? exception.priorityBand;
    const clock = exceptionClock(
      { openedAt, resolvedAt, events: events[index] ?? [], targets: targetsOf(queue, band) },
      band,
      queue === null ? calendarNamed('TARGET') : calendarOf(queue),
      now,
      maintenanceSince(cover, waitingOf(exception, restSystems), { from: openedAt, now }),
    );
    const lead = queue === null ? null : (leads.get(queue) ?? null);
    return { exception, clock, lead, due: dueEscalations(clock, known[index] ?? []) };
  });
  const escalated = looked.flatMap(({ exception, lead, due }) => due.map((one) => ({ exception, lead, ...one })));
  await noteLooks(
    tx,
    looked.map(({ exception, clock }) => ({ exceptionId: exception.exceptionId, lookAt: nextLookAt(clock, now) })),
  );
  if (escalated.length === 0) return;
  await insertEscalations(
    tx,
    escalated.map(({ exception, lead, clock, startedAt, dueAt }) => ({
      exceptionId: exception.exceptionId,
      clock,
      startedAt,
      dueAt,
      leadId: lead?.id ?? null,
      leadName: lead?.displayName ?? null,
    })),
    now,
  );
  const exceptionIdsEscalated = [...new Set(escalated.map(({ exception }) => exception.exceptionId))];
  await emit(tx, 'exceptions.escalated', { exceptionIds: exceptionIdsEscalated });
  await applyActs(
    tx,
    { actor: SYSTEM, at: now },
    escalated.map(({ exception, lead, clock, dueAt }) => ({
      exception,
      act: null,
      kind: 'escalated',
      details: { clock, dueAt, queue: exception.queue, leadId: lead?.id ?? null, leadName: lead?.displayName ?? null },
    })),
  );
}

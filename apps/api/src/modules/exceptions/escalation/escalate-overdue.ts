import { calendarNamed } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { emit } from '../../../outbox/index.js';
import { loadMaintenance } from '../../catalog/index.js';
import type { PersonRow } from '../../identity/index.js';
import { exceptionClock, type ExceptionClock } from '../domain/clock.js';
import { isOpen } from '../domain/life-cycle.js';
import type { StoredException } from '../domain/stored-exception.js';
import { findClockEvents } from '../exception-parts.repository.js';
import { findExceptions, lockExceptions } from '../exceptions.repository.js';
import { maintenanceSince } from '../maintenance/maintenance-of.js';
import { systemsOfRests } from '../maintenance/rest-systems.repository.js';
import { waitingOf } from '../maintenance/waiting.js';
import { calendarsOfQueues } from '../queue-hours.js';
import { targetsOfQueues } from '../targets/queue-target.repository.js';
import { applyActs } from '../usecases/apply-acts.js';
import { SYSTEM } from '../usecases/reconcile-exceptions.js';
import { dueEscalations, nextLookAt, type Escalation } from './due-escalations.js';
import { endLooks, findDueLooks, moveLooks, type ClockLook } from './clock-look.repository.js';
import { findEscalations, findQueueLeads, insertEscalations } from './escalation.repository.js';

/**
 * Brings overdue clocks to the lead of their queue, each once: a step of the timeline, an audit record, the mark that lists
 * show, and an event by which channels hear of it. Reads only what is due to be looked at; answers whether there may be more of it.
 */
export async function escalateOverdue(tx: Tx, now: Date, limit: number): Promise<boolean> {
  const due = await findDueLooks(tx, now, limit);
  await lookAtClocks(tx, now, due);
  return due.length === limit;
}

type Looked = {
  exception: StoredException;
  clock: ExceptionClock;
  lead: PersonRow | null;
  due: Escalation[];
  lookAt: Date | null;
};

/** Locks those alone of which something follows: most clocks run, and are looked at again soon. */
async function lookAtClocks(tx: Tx, now: Date, dueLooks: readonly ClockLook[]): Promise<void> {
  if (dueLooks.length === 0) return;
  const found = await findExceptions(
    tx,
    dueLooks.map(({ exceptionId }) => exceptionId),
  );
  const seen = await lookAt(
    tx,
    now,
    found.filter((one) => one !== null),
  );
  const running = seen.filter(({ due, lookAt: next }) => due.length === 0 && next !== null);
  const moving = seen.filter(({ due, lookAt: next }) => due.length > 0 || next === null);
  // read behind the locks: what was taken in hand, or opened again, meanwhile is not overdue
  const held = await lockExceptions(
    tx,
    moving.map(({ exception }) => exception.exceptionId),
  );
  const looked = await lookAt(tx, now, held);
  const byId = new Map(dueLooks.map((look) => [look.exceptionId, look]));
  const next = [...running, ...looked].flatMap(({ exception, lookAt: at }) => {
    const look = byId.get(exception.exceptionId);
    return look === undefined ? [] : [{ seen: look, lookAt: at }];
  });
  await moveLooks(tx, now, next);
  const moved = new Set(next.map(({ seen: { exceptionId } }) => exceptionId));
  // what is left is open no longer
  await endLooks(
    tx,
    dueLooks.filter(({ exceptionId }) => !moved.has(exceptionId)),
  );
  await escalate(tx, now, looked);
}

async function lookAt(tx: Tx, now: Date, found: readonly StoredException[]): Promise<Looked[]> {
  const exceptions = found.filter(({ state }) => isOpen(state));
  if (exceptions.length === 0) return [];
  const exceptionIds = exceptions.map(({ exceptionId }) => exceptionId);
  const events = await findClockEvents(tx, exceptionIds);
  const known = await findEscalations(tx, exceptionIds);
  const calendarOf = await calendarsOfQueues(tx);
  const cover = await loadMaintenance(tx, now);
  const restSystems = cover === null ? new Map<string, string[]>() : await systemsOfRests(tx, exceptions);
  const queues = [...new Set(exceptions.flatMap(({ queue }) => queue ?? []))];
  const targetsOf = await targetsOfQueues(tx, queues);
  const leads = new Map((await findQueueLeads(tx, queues)).map((lead, index) => [queues[index], lead]));
  return exceptions.map((exception, index) => {
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
    const due = dueEscalations(clock, known[index] ?? []);
    return { exception, clock, lead, due, lookAt: nextLookAt(clock, now) };
  });
}

async function escalate(tx: Tx, now: Date, looked: readonly Looked[]): Promise<void> {
  const escalated = looked.flatMap(({ exception, lead, due }) => due.map((one) => ({ exception, lead, ...one })));
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

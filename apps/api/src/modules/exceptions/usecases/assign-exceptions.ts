import type { Tx } from '@throughline/persistence';
import { listActivePeople, permissionsOf, type Viewer } from '../../identity/index.js';
import { isOpen } from '../domain/life-cycle.js';
import type { QueueName } from '../domain/queues.js';
import { assigneeOf, strangerWarnings } from '../people/assignee.js';
import { applyActs } from './apply-acts.js';
import { lockUnchanged, type ActOutcome, type AskedExceptions } from './act-outcome.js';

export type AssignInput = AskedExceptions & {
  viewer: Viewer;
  /** Null = hand back to the queue. */
  ownerId: string | null;
  /** Who is away is given nothing: the deputy gets it. */
  isForwarded?: boolean;
  now: Date;
  traceId: string | undefined;
  bulkActId?: string | undefined;
};

/** Gives exceptions to a person or hands them back: all or none. Those that have that owner already are left as they are. */
export async function assignExceptions(tx: Tx, input: AssignInput): Promise<ActOutcome> {
  const { viewer, exceptionIds, now, traceId, bulkActId } = input;
  const locked = await lockUnchanged(tx, input);
  if ('kind' in locked) return locked;
  const { exceptions } = locked;
  const people = input.ownerId === null ? [] : await listActivePeople(tx);
  const named = people.find((person) => person.id === input.ownerId) ?? null;
  if (input.ownerId !== null && named === null) {
    return { kind: 'failure', code: 'OWNER_NOT_FOUND', message: 'There is no such person.', exceptionId: null };
  }
  if (named !== null && !permissionsOf(named.roles).has('exception.work')) {
    const message = `${named.displayName} may not work on exceptions.`;
    return { kind: 'failure', code: 'OWNER_CANNOT_WORK', message, exceptionId: null };
  }
  const closed = exceptions.find((exception) => !isOpen(exception.state));
  if (closed !== undefined) {
    const message = `In state ${closed.state} there is nothing to do, so nobody can be given it.`;
    return { kind: 'failure', code: 'NOT_ASSIGNABLE', message, exceptionId: closed.exceptionId };
  }
  const isForwarded = input.isForwarded ?? false;
  const assignee = named && (await assigneeOf(tx, named, people, { now, isForwarded }));
  const owner = assignee?.owner ?? null;
  const ownerId = owner?.id ?? null;
  const insteadOf = assignee?.insteadOf?.displayName;
  const details = owner && { ownerId, ownerName: owner.displayName, ...(insteadOf !== undefined && { insteadOf }) };
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId, bulkActId },
    exceptions
      .filter((exception) => exception.ownerId !== ownerId)
      .map((exception) => ({ exception, act: null, ownerId, kind: 'assigned', details: details ?? {} })),
  );
  const away = assignee?.warnings ?? [];
  const queues = exceptions.map(({ queue }) => queue);
  const strange = owner === null ? new Map<QueueName, string>() : await strangerWarnings(tx, owner, queues);
  const strangeTo = (queue: QueueName | null) => (queue === null ? undefined : strange.get(queue));
  return {
    kind: 'changed',
    exceptionIds: [...exceptionIds],
    warnings: [...away, ...[...strange.values()].map((words) => `${words}.`)],
    notes: queues.map((queue) => {
      const words = strangeTo(queue);
      return [...away, ...(words === undefined ? [] : [`${words}.`])].join(' ') || null;
    }),
  };
}

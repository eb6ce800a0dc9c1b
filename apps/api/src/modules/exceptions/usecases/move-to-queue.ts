import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { isOpen } from '../domain/life-cycle.js';
import { isQueueName } from '../domain/queues.js';
import { applyActs } from './apply-acts.js';
import { lockUnchanged, type ActOutcome, type AskedExceptions } from './act-outcome.js';

export type MoveInput = AskedExceptions & {
  viewer: Viewer;
  queue: string;
  /** Trimmed, not empty. */
  reason: string;
  now: Date;
  traceId: string | undefined;
  bulkActId?: string | undefined;
};

/**
 * Moves exceptions to a queue: all or none. They are nobody's there until somebody of that queue takes them, and rules leave
 * them where they were moved to. Those that wait there already stay as they are.
 */
export async function moveToQueue(tx: Tx, input: MoveInput): Promise<ActOutcome> {
  const { viewer, exceptionIds, queue, reason, now, traceId, bulkActId } = input;
  if (!isQueueName(queue)) {
    return { kind: 'failure', code: 'QUEUE_NOT_FOUND', message: 'There is no such queue.', exceptionId: null };
  }
  const locked = await lockUnchanged(tx, input);
  if ('kind' in locked) return locked;
  const { exceptions } = locked;
  const closed = exceptions.find((exception) => !isOpen(exception.state));
  if (closed !== undefined) {
    const message = `In state ${closed.state} it waits in no queue any more.`;
    return { kind: 'failure', code: 'NOT_MOVABLE', message, exceptionId: closed.exceptionId };
  }
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId, bulkActId },
    exceptions
      .filter((exception) => exception.queue !== queue)
      .map((exception) => ({
        exception,
        act: null,
        ownerId: null,
        standing: { queue, isQueueStated: true },
        kind: 'moved',
        details: { from: exception.queue, to: queue, reason, ownerName: null },
      })),
  );
  return { kind: 'changed', exceptionIds: [...exceptionIds] };
}

import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { isOpen } from '../domain/life-cycle.js';
import { deleteSnoozes, putSnoozes } from '../snooze.repository.js';
import { lockUnchanged, notPossible, type ActOutcome, type AskedExceptions } from './act-outcome.js';
import { applyActs } from './apply-acts.js';

export type SnoozeInput = AskedExceptions & {
  viewer: Viewer;
  /** In the future; null = until it occurs again. */
  until: Date | null;
  isUntilNextOccurrence: boolean;
  /** Trimmed, not empty. */
  reason: string;
  now: Date;
  traceId: string | undefined;
  bulkActId?: string | undefined;
};

/** Keeps exceptions out of the inbox for a while, all or none. Their state, clock and everything else go on. */
export async function snoozeExceptions(tx: Tx, input: SnoozeInput): Promise<ActOutcome> {
  const { viewer, exceptionIds, until, isUntilNextOccurrence, reason, now, traceId, bulkActId } = input;
  const locked = await lockUnchanged(tx, input);
  if ('kind' in locked) return locked;
  const { exceptions } = locked;
  const closed = exceptions.find((exception) => !isOpen(exception.state));
  if (closed !== undefined) {
    return notPossible(closed, 'snoozing it');
  }
  await putSnoozes(
    tx,
    exceptions.map(({ exceptionId, occurrences }) => ({
      exceptionId,
      until,
      occurrences: isUntilNextOccurrence ? occurrences : null,
    })),
    { reason, personId: viewer.personId, personName: viewer.displayName, at: now },
  );
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId, bulkActId },
    exceptions.map((exception) => ({
      exception,
      act: null,
      kind: 'snoozed',
      details: { until, isUntilNextOccurrence, reason },
    })),
  );
  return { kind: 'changed', exceptionIds: [...exceptionIds] };
}

/** Brings snoozed exceptions back at once; those that are not snoozed are left as they are. */
export async function wakeExceptions(
  tx: Tx,
  input: AskedExceptions & Pick<SnoozeInput, 'viewer' | 'now' | 'traceId'>,
): Promise<ActOutcome> {
  const { viewer, exceptionIds, now, traceId } = input;
  const locked = await lockUnchanged(tx, input);
  if ('kind' in locked) return locked;
  const { exceptions } = locked;
  const ended = await deleteSnoozes(tx, exceptionIds);
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId },
    exceptions
      .filter(({ exceptionId }) => ended.has(exceptionId))
      .map((exception) => ({ exception, act: null, kind: 'snooze-over', details: { why: 'by hand' } })),
  );
  return { kind: 'changed', exceptionIds: [...exceptionIds] };
}

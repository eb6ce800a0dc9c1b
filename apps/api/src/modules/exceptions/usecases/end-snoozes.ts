import type { Tx } from '@throughline/persistence';
import { lockExceptions } from '../exceptions.repository.js';
import { deleteSnoozes, findEndedSnoozes } from '../snooze.repository.js';
import { applyActs } from './apply-acts.js';
import { SYSTEM } from './reconcile-exceptions.js';

/** Brings back what was snoozed until now, or until it occurred again. Answers how many there were. */
export async function endSnoozes(tx: Tx, now: Date, limit: number): Promise<number> {
  const found = await findEndedSnoozes(tx, now, limit);
  if (found.length === 0) {
    return 0;
  }
  const exceptions = await lockExceptions(
    tx,
    found.map((one) => one.exceptionId),
  );
  // looked for again behind the locks: somebody may have snoozed it for longer meanwhile
  const ended = new Map((await findEndedSnoozes(tx, now, limit)).map((one) => [one.exceptionId, one.why]));
  const back = exceptions.filter(({ exceptionId }) => ended.has(exceptionId));
  await deleteSnoozes(
    tx,
    back.map((exception) => exception.exceptionId),
  );
  await applyActs(
    tx,
    { actor: SYSTEM, at: now },
    back.map((exception) => ({
      exception,
      act: null,
      kind: 'snooze-over',
      details: { why: ended.get(exception.exceptionId) },
    })),
  );
  return found.length;
}

import type { Tx } from '@throughline/persistence';
import { recordAudits } from '../../audit/index.js';
import { isOpen } from '../domain/life-cycle.js';
import { standingRuledAnew } from '../domain/standing.js';
import {
  insertExceptionEvents,
  lockExceptions,
  notifyExceptionsChanged,
  updateExceptions,
} from '../exceptions.repository.js';
import type { ActContext } from './apply-acts.js';
import { tellPeople } from '../people/tell-people.js';
import { rateProblems } from './rate-problems.js';

/**
 * Applies the rules as they are now to these exceptions, and rates them: those that are open and free to move go where the rules
 * say, the others stay in their queue. Answers which moved.
 */
export async function applyRoutingRules(
  tx: Tx,
  context: ActContext,
  exceptionIds: readonly string[],
): Promise<string[]> {
  const { actor, at, traceId, bulkActId } = context;
  const open = (await lockExceptions(tx, exceptionIds)).filter(({ state }) => isOpen(state));
  const changes = (await rateProblems(tx, open, at)).flatMap((exception) => standingRuledAnew(exception));
  await updateExceptions(
    tx,
    changes.map(({ after }) => after),
    at,
  );
  const moves = changes.flatMap(({ after, steps }) =>
    steps.map(({ kind, details }) => ({
      kind,
      details: bulkActId === undefined ? details : { ...details, bulkActId },
      exceptionId: after.exceptionId,
    })),
  );
  await insertExceptionEvents(
    tx,
    moves.map((move) => ({ ...move, actorId: actor.id, actorName: actor.name })),
    at,
  );
  await recordAudits(
    tx,
    moves.map(({ exceptionId, kind, details }) => ({
      at,
      actor,
      action: `exception.${kind}`,
      subject: { type: 'exception', id: exceptionId },
      details,
      traceId,
    })),
  );
  await notifyExceptionsChanged(
    tx,
    changes.map(({ after }) => after.exceptionId),
  );
  const before = new Map(open.map((exception) => [exception.exceptionId, exception]));
  await tellPeople(
    tx,
    context,
    changes.map(({ after, steps }) => ({
      before: before.get(after.exceptionId)!,
      after,
      ...(steps.at(-1) ?? { kind: 'rated', details: {} }),
    })),
  );
  return moves.map(({ exceptionId }) => exceptionId);
}

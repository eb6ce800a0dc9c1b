import type { Tx } from '@throughline/persistence';
import { recordAudits, type Actor } from '../../audit/index.js';
import { isOpen } from '../domain/life-cycle.js';
import { standingRuledAnew, type RuledAnew } from '../domain/standing.js';
import type { StoredException, TimelineStep } from '../domain/stored-exception.js';
import { lookSooner } from '../escalation/clock-look.repository.js';
import {
  insertExceptionEvents,
  lockExceptions,
  notifyExceptionsChanged,
  updateExceptions,
} from '../exceptions.repository.js';
import type { ActContext } from './apply-acts.js';
import { tellPeople } from '../people/tell-people.js';
import { rateProblems } from './rate-problems.js';
import { SYSTEM } from './reconcile-exceptions.js';

/** What applying the rules made of one exception. */
export type Ruled = { isMoved: boolean; isAssigned: boolean; note: string | null };

type Change = { before: StoredException; after: StoredException; steps: TimelineStep[] };

/**
 * Applies the rules as they are now to these exceptions, and rates them: those that are open and free to move go where the rules
 * say, and to whom they name where nobody has them; the others stay. Answers what became of those that are open.
 */
export async function applyRoutingRules(
  tx: Tx,
  context: ActContext,
  exceptionIds: readonly string[],
): Promise<Map<string, Ruled>> {
  const open = (await lockExceptions(tx, exceptionIds)).filter(({ state }) => isOpen(state));
  const ruled = (await rateProblems(tx, open, context.at)).map(standingRuledAnew);
  const changes = open.flatMap((before, index): Change[] => {
    const { after, steps } = ruled[index]!;
    return after === null ? [] : [{ before, after, steps }];
  });
  await write(tx, context, changes);
  await tell(tx, context, changes);
  return new Map(open.map((before, index) => [before.exceptionId, toRuled(before, ruled[index]!)]));
}

function toRuled({ ownerId }: StoredException, { after, isMoved, note }: RuledAnew): Ruled {
  return { isMoved, isAssigned: after !== null && after.ownerId !== ownerId, note };
}

async function write(tx: Tx, { actor, at, traceId, bulkActId }: ActContext, changes: readonly Change[]): Promise<void> {
  await updateExceptions(
    tx,
    changes.map(({ after }) => after),
    at,
  );
  await lookSooner(tx, at, changes);
  const steps = changes.flatMap(({ after: { exceptionId }, steps: taken }) =>
    taken.map(({ kind, details }) => ({
      exceptionId,
      kind,
      details: bulkActId === undefined ? details : { ...details, bulkActId },
      by: actorOf(kind, actor),
    })),
  );
  await insertExceptionEvents(
    tx,
    steps.map(({ by, ...step }) => ({ ...step, actorId: by.id, actorName: by.name })),
    at,
  );
  await recordAudits(
    tx,
    steps.map(({ exceptionId, kind, details, by }) => ({
      at,
      actor: by,
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
}

/** Whoever applies the rules sends where they say; to whom they give it is theirs alone. */
function actorOf(kind: string, actor: Actor): Actor {
  return kind === 'moved' ? actor : SYSTEM;
}

async function tell(tx: Tx, context: ActContext, changes: readonly Change[]): Promise<void> {
  const rated = { kind: 'rated', details: {} };
  await tellPeople(
    tx,
    context,
    changes.map(({ before, after, steps }) => ({
      before,
      after: { ...after, ownerId: before.ownerId },
      ...(steps.find(({ kind }) => kind === 'moved') ?? rated),
    })),
  );
  const given = changes.flatMap(({ after, steps }) => {
    const step = steps.find(({ kind }) => kind === 'assigned');
    return step === undefined ? [] : [{ before: { ...after, ownerId: null }, after, ...step }];
  });
  await tellPeople(tx, { ...context, actor: SYSTEM }, given);
}

import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { acceptAll } from '../usecases/accept-exception.js';
import { refuseByHanging, type ActOutcome } from '../usecases/act-outcome.js';
import { applyActs } from '../usecases/apply-acts.js';
import { applyRoutingRules, type Ruled } from '../usecases/apply-routing-rules.js';
import { assignExceptions } from '../usecases/assign-exceptions.js';
import { changeExceptionState, type StateChange } from '../usecases/change-exception-state.js';
import { noteAll, readNoteOf } from '../usecases/comment-on-exception.js';
import { moveToQueue } from '../usecases/move-to-queue.js';
import { prioritise } from '../usecases/override-priority.js';
import { snoozeExceptions } from '../usecases/snooze-exceptions.js';
import type { Predicate } from '../domain/predicate.js';
import { evaluateFor } from '../predicate-facts.repository.js';
import type { StoredException } from '../domain/stored-exception.js';
import { decideAsked } from './decide-asked.js';
import type { BulkAct, BulkOutcome } from './domain/bulk-act.js';

/** What became of one exception. */
export type Performed = { outcome: BulkOutcome; detail: string | null };

/** Who has it done, why, and as which bulk act. */
export type BulkContext = {
  bulkActId: string;
  viewer: Viewer;
  reason: string;
  now: Date;
  submittedAt: Date;
  traceId: string | undefined;
};

const DONE: Performed = { outcome: 'DONE', detail: null };

/**
 * Does the act with exceptions that the caller holds locked and that are fit for it, by what does it with a few: so that each gets
 * exactly what it would get by itself. Answers what became of each, in their order.
 */
export async function performBulkAct(
  tx: Tx,
  act: BulkAct,
  exceptions: readonly StoredException[],
  context: BulkContext,
): Promise<Performed[]> {
  if (exceptions.length === 0) return [];
  const { viewer, reason, now, traceId, bulkActId } = context;
  const exceptionIds = exceptions.map(({ exceptionId }) => exceptionId);
  const said = { viewer, now, traceId, bulkActId, reason, exceptionIds };
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  const plain = { actor, at: now, traceId, bulkActId };
  const all = (outcome: ActOutcome): Performed[] => {
    if (outcome.kind === 'failure') return exceptions.map(() => ({ outcome: 'REFUSED', detail: outcome.message }));
    return exceptions.map((_one, index) => ({ outcome: 'DONE', detail: outcome.notes?.[index] ?? null }));
  };
  switch (act.kind) {
    case 'ASSIGN':
      return all(await assignExceptions(tx, { ...said, ownerId: act.ownerId, isForwarded: act.isForwarded ?? false }));
    case 'HAND_BACK':
      return all(await assignExceptions(tx, { ...said, ownerId: null }));
    case 'MOVE':
      return all(await moveToQueue(tx, { ...said, queue: act.queue }));
    case 'SNOOZE':
      return all(await snoozeExceptions(tx, { ...said, ...act }));
    case 'WAIT': {
      const refused = await whyNothingToWaitFor(tx, act.terms.predicate, exceptions);
      const waiting = exceptions.filter(({ legalEntity }) => !refused.has(legalEntity));
      const change = stateChangeOf(act, reason);
      const outcome = waiting.length === 0 ? null : await changeExceptionState(tx, { ...said, seen: waiting, change });
      return exceptions.map(({ legalEntity }) => {
        const why = refused.get(legalEntity) ?? (outcome?.kind === 'failure' ? outcome.message : undefined);
        return why === undefined ? DONE : { outcome: 'REFUSED', detail: why };
      });
    }
    case 'START':
    case 'PUT_BACK':
    case 'RESOLVE':
      return all(await changeExceptionState(tx, { ...said, seen: exceptions, change: stateChangeOf(act, reason) }));
    case 'PRIORITISE':
      await applyActs(tx, plain, prioritise(exceptions, { ...act, viewer, reason, now }));
      return exceptions.map(() => DONE);
    case 'NOTE': {
      const note = await readNoteOf(tx, reason);
      // somebody whom it calls may have left since it was submitted
      if ('problem' in note) return exceptions.map(() => ({ outcome: 'REFUSED', detail: note.problem.message }));
      await noteAll(tx, plain, exceptions, { text: reason, mentions: note.mentions });
      return exceptions.map(() => DONE);
    }
    case 'ACCEPT': {
      const refusals = await refuseByHanging(tx, exceptions);
      const fit = exceptions.filter((_one, index) => refusals[index] === null);
      const after = await acceptAll(tx, fit, { ...said, ...act, comment: reason });
      const stateOf = new Map(after.map(({ exceptionId, state }) => [exceptionId, state]));
      return exceptions.map(({ exceptionId }, index) => {
        const refusal = refusals[index];
        if (refusal) return { outcome: 'REFUSED', detail: refusal.message };
        return stateOf.get(exceptionId) === 'ACCEPTED' ? DONE : { outcome: 'APPROVAL_ASKED', detail: null };
      });
    }
    case 'APPROVE_ACCEPTANCES':
    case 'REJECT_ACCEPTANCES':
    case 'WITHDRAW_ACCEPTANCES':
      return decideAsked(tx, act, exceptions, context);
    case 'REROUTE': {
      const ruled = await applyRoutingRules(tx, plain, exceptionIds);
      return exceptionIds.map((id) => toPerformed(ruled.get(id)));
    }
  }
}

/** By legal entity, why there is nothing to wait for; of those of others there is. */
async function whyNothingToWaitFor(
  tx: Tx,
  predicate: Predicate | null,
  exceptions: readonly StoredException[],
): Promise<Map<string | null, string>> {
  if (predicate === null) return new Map();
  const entities = exceptions.map(({ legalEntity }) => legalEntity);
  return new Map(
    [...(await evaluateFor(tx, predicate, entities))].flatMap(([entity, { result, detail }]) =>
      result === 'met' ? [[entity, `There is nothing to wait for: ${detail}.`] as const] : [],
    ),
  );
}

function toPerformed(ruled: Ruled | undefined): Performed {
  if (ruled === undefined) return { outcome: 'ALREADY_SO', detail: null };
  const { isMoved, isAssigned, note: detail } = ruled;
  return { outcome: isMoved ? 'DONE' : isAssigned ? 'ASSIGNED' : 'ALREADY_SO', detail };
}

function stateChangeOf(
  act:
    Extract<BulkAct, { kind: 'WAIT' }> | { kind: 'START' | 'PUT_BACK' | 'RESOLVE' | 'HAND_BACK' | 'NOTE' | 'REROUTE' },
  note: string,
): StateChange {
  switch (act.kind) {
    case 'WAIT':
      return { kind: 'wait', reason: act.waitReason, note, terms: act.terms };
    case 'RESOLVE':
      return { kind: 'resolve-source-fixed', note };
    case 'PUT_BACK':
      return { kind: 'put-back' };
    default:
      return { kind: 'start' };
  }
}

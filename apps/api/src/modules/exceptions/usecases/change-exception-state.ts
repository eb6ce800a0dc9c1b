import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { waitReason } from '../domain/declared-reasons.js';
import { canApply, isOpen, type Act } from '../domain/life-cycle.js';
import { describePredicate } from '../domain/predicate.js';
import type { StoredException } from '../domain/stored-exception.js';
import { nextLook, type BackTo, type WaitTerms } from '../domain/wait.js';
import { putHandPostings } from '../hand-posting.repository.js';
import { evaluateFor } from '../predicate-facts.repository.js';
import { deleteWaits, putWaits, readWaits } from '../wait.repository.js';
import {
  lockAsked,
  notPossible,
  refuseStale,
  type ActOutcome,
  type ActRefusal,
  type SeenException,
} from './act-outcome.js';
import { applyActs, type ActOnException } from './apply-acts.js';

/** What a person does with exceptions, beside sending them again and accepting them. Everything is checked before. */
export type StateChange =
  | { kind: 'start' }
  | { kind: 'put-back' }
  | { kind: 'wait'; reason: string; note: string; terms: WaitTerms }
  | { kind: 'resolve-source-fixed'; note: string }
  | { kind: 'resolve-posted-by-hand'; note: string; document: { type: string; key: string } }
  | { kind: 'mark-duplicate'; note: string; of: string };

export type ChangeStateInput = {
  viewer: Viewer;
  /** Without repeats. */
  seen: readonly SeenException[];
  change: StateChange;
  now: Date;
  traceId: string | undefined;
  bulkActId?: string | undefined;
};

const ACTS: Readonly<Record<StateChange['kind'], { act: Act; kind: string; words: string }>> = {
  start: { act: 'start', kind: 'started', words: 'starting work on it' },
  'put-back': { act: 'put-back', kind: 'put-back', words: 'putting it back' },
  wait: { act: 'wait', kind: 'waiting', words: 'waiting' },
  'resolve-source-fixed': { act: 'resolve', kind: 'resolved', words: 'resolving it' },
  'resolve-posted-by-hand': { act: 'resolve-by-hand', kind: 'resolved', words: 'resolving it' },
  'mark-duplicate': { act: 'mark-duplicate', kind: 'marked-duplicate', words: 'calling it a duplicate' },
};

/** Changes the state of exceptions, all or none, if nobody else changed them since they were seen. */
export async function changeExceptionState(tx: Tx, input: ChangeStateInput): Promise<ActOutcome> {
  const { viewer, seen, change, now, traceId, bulkActId } = input;
  const exceptionIds = seen.map((one) => one.exceptionId);
  const target = change.kind === 'mark-duplicate' ? [change.of] : [];
  const locked = await lockAsked(tx, [...new Set([...exceptionIds, ...target])]);
  const exceptions = locked.slice(0, exceptionIds.length);
  const { act, kind, words } = ACTS[change.kind];
  const refusal =
    (await refuseStale(tx, exceptions, seen)) ??
    refuseState(exceptions, act, words) ??
    (change.kind === 'wait' ? await refusePredicate(tx, change.terms, exceptions) : null) ??
    (change.kind === 'mark-duplicate' ? refuseDuplicate(exceptions, change.of, locked) : null);
  if (refusal !== null) {
    return refusal;
  }
  const details = detailsOf(change);
  const acts = exceptions.map((exception): ActOnException => {
    // who starts something that nobody has in hand has it from now on
    const isTaken = change.kind === 'start' && exception.ownerId === null;
    return {
      exception,
      act,
      kind,
      details: isTaken ? { ownerId: viewer.personId, ownerName: viewer.displayName } : details,
      ...(isTaken && { ownerId: viewer.personId }),
      ...(change.kind === 'put-back' && { ownerId: null }),
      ...(change.kind === 'mark-duplicate' && { duplicateOf: change.of }),
    };
  });
  await writeBeside(tx, exceptions, input);
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  await applyActs(tx, { actor, at: now, traceId, bulkActId }, acts);
  return { kind: 'changed', exceptionIds };
}

function refuseState(exceptions: readonly StoredException[], act: Act, words: string): ActRefusal | null {
  const other = exceptions.find((exception) => !canApply(exception.state, act));
  return other === undefined ? null : notPossible(other, words);
}

async function refusePredicate(
  tx: Tx,
  { predicate }: WaitTerms,
  exceptions: readonly StoredException[],
): Promise<ActRefusal | null> {
  if (predicate === null) {
    return null;
  }
  const verdicts = await evaluateFor(
    tx,
    predicate,
    exceptions.map(({ legalEntity }) => legalEntity),
  );
  for (const { exceptionId, legalEntity } of exceptions) {
    const verdict = verdicts.get(legalEntity);
    if (verdict?.result === 'met') {
      return refuse('PREDICATE_MET_ALREADY', `There is nothing to wait for: ${verdict.detail}.`, exceptionId);
    }
    if (verdict?.result === 'cannot-be-evaluated') {
      return refuse('PREDICATE_CANNOT_BE_EVALUATED', `It would wait for ever: ${verdict.detail}.`, exceptionId);
    }
  }
  return null;
}

function refuseDuplicate(
  exceptions: readonly StoredException[],
  of: string,
  locked: readonly StoredException[],
): ActRefusal | null {
  if (exceptions.some((exception) => exception.exceptionId === of)) {
    return refuse('NO_DUPLICATE', 'An exception is no duplicate of itself.', of);
  }
  const target = locked.find((exception) => exception.exceptionId === of);
  if (target?.state === 'DUPLICATE') {
    return refuse(
      'NO_DUPLICATE',
      `${target.objectKey} is a duplicate itself; name the exception that it duplicates.`,
      of,
    );
  }
  return target !== undefined && !isOpen(target.state)
    ? refuse('NO_DUPLICATE', `${target.objectKey} is closed: nobody works on it, so nothing goes on there.`, of)
    : null;
}

function refuse(code: ActRefusal['code'], message: string, exceptionId: string | null = null): ActRefusal {
  return { kind: 'failure', code, message, exceptionId };
}

function detailsOf(change: StateChange): Record<string, unknown> {
  switch (change.kind) {
    case 'start':
    case 'put-back':
      return {};
    case 'wait': {
      const { until, predicate, expiresAt } = change.terms;
      const pausesClock = waitReason(change.reason)?.pausesClock ?? false;
      const waitsFor = predicate === null ? null : describePredicate(predicate);
      return { reason: change.reason, note: change.note, pausesClock, until, predicate, waitsFor, expiresAt };
    }
    case 'resolve-source-fixed':
      return { resolution: 'SOURCE_FIXED', note: change.note };
    case 'resolve-posted-by-hand':
      return { resolution: 'POSTED_BY_HAND', note: change.note, document: change.document, isVerified: false };
    case 'mark-duplicate':
      return { of: change.of, note: change.note };
  }
}

/** What is kept beside the exception: what it waits for, the document that corrects it. */
async function writeBeside(
  tx: Tx,
  exceptions: readonly StoredException[],
  { viewer, change, now }: ChangeStateInput,
): Promise<void> {
  const by = { personId: viewer.personId, personName: viewer.displayName, at: now };
  const ids = exceptions.map((exception) => exception.exceptionId);
  if (change.kind === 'wait') {
    const before = await readWaits(tx, ids);
    const { terms, reason, note } = change;
    await putWaits(
      tx,
      exceptions.map(({ exceptionId, state }) => ({
        exceptionId,
        reason,
        note,
        pausesClock: waitReason(reason)?.pausesClock ?? false,
        ...terms,
        nextAt: nextLook(terms, now),
        checkedAt: terms.predicate === null ? null : now,
        checkDetail: null,
        backTo: state === 'WAITING' ? (before.get(exceptionId)?.backTo ?? 'OPEN') : (state as BackTo),
        startedAt: now,
        startedBy: by.personId,
        startedByName: by.personName,
      })),
    );
    return;
  }
  await deleteWaits(tx, ids);
  if (change.kind === 'resolve-posted-by-hand') {
    await putHandPostings(tx, exceptions, change.document, by);
  }
}

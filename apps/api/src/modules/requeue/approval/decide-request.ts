import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { recordAudit, type Actor } from '../../audit/index.js';
import {
  applyActs,
  canApply,
  canRequeue,
  lockExceptionsBeside,
  type Act,
  type StoredException,
} from '../../exceptions/index.js';
import type { Viewer } from '../../identity/index.js';
import { afterRequestStep, type RequestStepName } from '../domain/request-life.js';
import { stateBehind } from '../domain/sent-again.js';
import { notifyApprovalsChanged, notifyRequestsChanged } from '../requeue.repository.js';
import { finishAttempts } from '../sending.repository.js';
import { callThoseBehind } from '../usecases/enqueue-sends.js';
import { judgeClaims } from '../usecases/judge-attempts.js';
import { REQUEUE_SENDER } from '../usecases/requeue-sender.js';
import { startSending } from '../usecases/start-sending.js';
import {
  countLeftItems,
  findDoubles,
  findItemExceptions,
  findLeftItems,
  type LeftItem,
} from './approval-item.repository.js';
import {
  findApprovalRows,
  lockRequest,
  putDecision,
  releaseAttempts,
  type ApprovalRow,
} from './approval.repository.js';
import { isDecidedInSlices } from './domain/decided-in-slices.js';
import type { DecisionCode, DecisionRefusal } from './domain/decision.js';
import { insertDecision, type ClosingStep } from './slices/decision.repository.js';

/** What an act on a request brought. */
export type DecisionOutcome =
  /** In slices = the worker carries it out from now on, and no exception was acted on yet. */
  | { kind: 'decided'; requestId: string; exceptionIds: string[]; isInSlices: boolean }
  | { kind: 'failure'; code: DecisionCode; message: string; requestId: string };

export type DecideInput = {
  viewer: Viewer;
  requestId: string;
  now: Date;
  traceId: string | undefined;
  /** Items of which all is done at once. */
  atOnce?: number | undefined;
};

/** Items of a request with their exceptions, which are held. */
export type HeldItems = { row: ApprovalRow; left: readonly LeftItem[]; exceptions: readonly StoredException[] };

/**
 * A request that is decided on, which is held. Of a small one all exceptions are held as well, and what the facts show of them is seen to;
 * those of a large one are looked at slice by slice, once it is decided.
 */
export type Held = HeldItems & { isInSlices: boolean; count: number };

/**
 * Locks a request behind its exceptions; what was overcome or closed while it waited is taken out of it first. Of one that waits no more
 * nothing is decided: it alone is locked, so that nobody who sends or cancels it waits in a circle.
 */
export async function holdRequest(tx: Tx, requestId: string, now: Date, atOnce?: number): Promise<Held> {
  const [known] = await findApprovalRows(tx, [requestId]);
  if (known === null || known === undefined) throw new CodedError('NOT_FOUND', 'There is no such request');
  if (known.state !== 'PENDING_APPROVAL') {
    return nothingHeld((await lockRequest(tx, requestId)) ?? known);
  }
  if (isDecidedInSlices(known, atOnce)) {
    const row = (await lockRequest(tx, requestId)) ?? known;
    const [count = 0] = await countLeftItems(tx, [requestId]);
    return { ...nothingHeld(row), count, isInSlices: row.state === 'PENDING_APPROVAL' };
  }
  const ids = await findItemExceptions(tx, requestId);
  await judgeClaims(tx, ids, now);
  const locked = new Map((await lockExceptionsBeside(tx, ids)).map((one) => [one.exceptionId, one]));
  // read behind the locks: of two who decide at once the second sees what the first did
  const row = await lockRequest(tx, requestId);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such request');
  const found = await findLeftItems(tx, requestId);
  if (row.state !== 'PENDING_APPROVAL') return nothingHeld(row);
  const doubles = await findDoubles(tx, requestId);
  const isOver = ({ exceptionId }: LeftItem) => doubles.has(exceptionId) || !isStillAsked(locked.get(exceptionId));
  const of = (items: readonly LeftItem[]) => items.flatMap(({ exceptionId }) => locked.get(exceptionId) ?? []);
  const [over, left] = [found.filter(isOver), found.filter((item) => !isOver(item))];
  if (over.length > 0) await takeOut(tx, { row, left: over, exceptions: of(over) }, now);
  return { row, left, exceptions: of(left), count: left.length, isInSlices: false };
}

function nothingHeld(row: ApprovalRow): Held {
  return { row, left: [], exceptions: [], count: 0, isInSlices: false };
}

/** Whether it waits, or is open again because its problem came back before anybody heard that it was overcome. */
export function isStillAsked(exception: StoredException | undefined): boolean {
  return exception !== undefined && canRequeue(stateBehind(exception));
}

const CLOSED_OTHERWISE = 'it was closed otherwise, or goes with another, before anybody approved it';

/** What people closed otherwise meanwhile does not go, nor what goes with another item by now; `why` by exception, where it is known. */
export async function takeOut(
  tx: Tx,
  over: HeldItems,
  now: Date,
  why: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  await finishAttempts(
    tx,
    over.left.map(({ attemptId, exceptionId }) => ({
      attemptId,
      state: 'REFUSED',
      answer: `withdrawn: ${why.get(exceptionId) ?? CLOSED_OTHERWISE}`,
    })),
    now,
  );
  const waiting = over.exceptions.filter((one) => stateBehind(one) === 'PENDING_APPROVAL');
  const because = (exceptionId: string) => ({ because: why.get(exceptionId) });
  const context = { actor: REQUEUE_SENDER, at: now };
  await actOn(tx, { ...over, exceptions: waiting }, 'reject-approval', 'requeue-withdrawn', because, context);
  await callThoseBehind(
    tx,
    over.left.map(({ exceptionId }) => exceptionId),
  );
  await notifyApprovalsChanged(tx);
}

export function personOf({ personId, displayName }: Viewer): Actor {
  return { kind: 'person', id: personId, name: displayName };
}

export function failed({ code, message }: DecisionRefusal, requestId: string): DecisionOutcome {
  return { kind: 'failure', code, message, requestId };
}

export type Release = {
  actor: Actor;
  comment: string;
  isBreakGlass: boolean;
  /** Of an emergency. */
  reviewDueAt?: Date;
  now: Date;
  traceId: string | undefined;
};

/** Lets go out what is left of a request that the caller holds and that may be released. */
export async function releaseRequest(
  tx: Tx,
  held: Held,
  { actor, comment, isBreakGlass, reviewDueAt, now, traceId }: Release,
): Promise<void> {
  const { row, left, isInSlices } = held;
  const by = { id: actor.id, name: actor.name };
  const state = stateAfter(row, isInSlices ? 'begin-approving' : 'approve');
  await putDecision(tx, row.id, { state, by, reason: comment, isBreakGlass, reviewDueAt: reviewDueAt ?? null }, now);
  if (isInSlices) {
    const answer = 'withdrawn: it could not go out any more when it was approved';
    await insertDecision(tx, { requestId: row.id, step: 'approve', answer, traceId: traceId ?? null }, now);
  } else {
    await releaseItems(tx, held, { comment, isBreakGlass }, { actor, at: now, traceId });
    await startSending(
      tx,
      left.map(({ attemptId }) => attemptId),
      now,
    );
  }
  await notifyRequestsChanged(tx, [row.id]);
}

type ActOfItems = { actor: Actor; at: Date; traceId?: string | undefined };

/** Makes items ready to go out, and tells their exceptions; their run lets them go. */
export async function releaseItems(
  tx: Tx,
  held: HeldItems,
  { comment, isBreakGlass }: Pick<Release, 'comment' | 'isBreakGlass'>,
  context: ActOfItems,
): Promise<void> {
  await releaseAttempts(
    tx,
    held.left.map(({ attemptId }) => attemptId),
    context.at,
  );
  const kind = isBreakGlass ? 'requeue-break-glass' : 'requeue-approved';
  await actOn(tx, held, 'requeue', kind, { decisionReason: comment }, context);
}

export type Closing = {
  step: ClosingStep;
  /** Told on the attempts that never went out. */
  answer: string;
  reason: string;
  actor: Actor;
  now: Date;
  traceId?: string | undefined;
};

const CLOSING_KINDS = { reject: 'requeue-rejected', withdraw: 'requeue-withdrawn', expire: 'requeue-expired' } as const;

/** Ends a request that was not approved: nothing of it goes out, its claims are free and its exceptions are open again. */
export async function closeRequest(tx: Tx, held: Held, closing: Closing): Promise<void> {
  const { row, isInSlices } = held;
  const { step, answer, reason, actor, now, traceId } = closing;
  const by = { id: actor.kind === 'person' ? actor.id : null, name: actor.name };
  await putDecision(tx, row.id, { state: stateAfter(row, isInSlices ? 'begin-closing' : step), by, reason }, now);
  if (isInSlices) await insertDecision(tx, { requestId: row.id, step, answer, traceId: traceId ?? null }, now);
  else await closeItems(tx, held, closing, { actor, at: now, traceId });
  await recordRequest(tx, row, `requeue.${PAST[step]}`, { reason }, { actor, now, traceId });
  await notifyRequestsChanged(tx, [row.id]);
}

/** Ends items that never go out: their claims are free, and their exceptions are open again. */
export async function closeItems(
  tx: Tx,
  held: HeldItems,
  { step, answer, reason }: Pick<Closing, 'step' | 'answer' | 'reason'>,
  context: ActOfItems,
): Promise<void> {
  await finishAttempts(
    tx,
    held.left.map(({ attemptId }) => ({ attemptId, state: 'REFUSED', answer })),
    context.at,
  );
  await actOn(tx, held, 'reject-approval', CLOSING_KINDS[step], { decisionReason: reason }, context);
  await callThoseBehind(
    tx,
    held.left.map(({ exceptionId }) => exceptionId),
  );
}

const PAST = { reject: 'rejected', withdraw: 'withdrawn', expire: 'expired' } as const;

/** Puts a step of a request on record. */
export async function recordRequest(
  tx: Tx,
  row: Pick<ApprovalRow, 'id' | 'selectionHash' | 'makerId' | 'items'>,
  action: string,
  details: Record<string, unknown>,
  { actor, now, traceId }: { actor: Actor; now: Date; traceId?: string | undefined },
): Promise<void> {
  const { id, selectionHash, makerId, items } = row;
  await recordAudit(tx, {
    at: now,
    actor,
    action,
    subject: { type: 'requeue-request', id },
    details: { ...details, selectionHash, makerId, items },
    traceId,
  });
  await notifyApprovalsChanged(tx);
}

/** Tells a step of a request on each exception that is left of it; null = one that changes no state. */
export async function actOn(
  tx: Tx,
  { row, left, exceptions }: HeldItems,
  act: Act | null,
  kind: string,
  details: Record<string, unknown> | ((exceptionId: string) => Record<string, unknown>),
  context: ActOfItems,
): Promise<void> {
  const attempts = new Map(left.map(({ exceptionId, attemptId }) => [exceptionId, attemptId]));
  const { id: requestId, makerId, makerName, selectionHash } = row;
  await applyActs(
    tx,
    context,
    exceptions.map((exception) => ({
      exception,
      // one that became a duplicate keeps it for when it is one no more
      act: act !== null && (exception.state === 'DUPLICATE' || canApply(exception.state, act)) ? act : null,
      kind,
      details: {
        requestId,
        attemptId: attempts.get(exception.exceptionId),
        makerId,
        makerName,
        selectionHash,
        ...(row.action !== 'requeue' && { action: row.action }),
        ...(typeof details === 'function' ? details(exception.exceptionId) : details),
      },
    })),
  );
}

function stateAfter(row: ApprovalRow, step: RequestStepName): ApprovalRow['state'] {
  const after = afterRequestStep(row.state, step);
  if (after === null) throw new Error(`${step} is not possible for a request that is ${row.state}`);
  return after;
}

import type { Tx } from '@throughline/persistence';
import { recordAudit, recordAudits, type Actor } from '../../../audit/index.js';
import { lockExceptionsBeside, type StoredException } from '../../../exceptions/index.js';
import { afterRequestStep, type RequestStepName } from '../../domain/request-life.js';
import { findSinceFailure } from '../../plan-facts.repository.js';
import { notifyApprovalsChanged, notifyRequestsChanged } from '../../requeue.repository.js';
import { writeState } from '../../run.repository.js';
import { finishAttempts } from '../../sending.repository.js';
import { judgeClaims } from '../../usecases/judge-attempts.js';
import { REQUEUE_SENDER } from '../../usecases/requeue-sender.js';
import { startRun } from '../../usecases/start-sending.js';
import { findDoubles } from '../approval-item.repository.js';
import { findGivenApprovals, lockRequest, type ApprovalRow } from '../approval.repository.js';
import { actOn, closeItems, isStillAsked, releaseItems, takeOut, type HeldItems } from '../decide-request.js';
import { changesSince, whatHappened } from '../domain/changes-since.js';
import { passedDatesOf } from '../read-asked.js';
import { unfitAmong } from '../unfit-payloads.js';
import {
  findDecisions,
  findWaitingItems,
  nextItems,
  putDecisionProgress,
  type DecisionProgress,
  type DecisionRow,
  type DecisionStep,
  type WaitingItem,
} from './decision.repository.js';

export type SliceOptions = {
  now: Date;
  /** Items of one transaction. */
  most: number;
  /** They cannot be carried out, and are set aside. */
  fault?: Fault;
};

/** Why items are set aside. Where they are not told, their exceptions are not even touched: that fails as well. */
export type Fault = { why: keyof typeof FAULTS; isTold: boolean };

const FAULTS = {
  fault: 'it failed by a fault of the program, which is in its log',
  'too-long': 'it took longer than the database gives a statement, each time that it was tried',
} as const;

/**
 * Carries out what was decided on the next items of a large request, or, when all are, lets it go or ends it. What was seen to of a small
 * request as a whole is seen to of each slice: what changed since it was asked for does not go, with its reason. Nothing where another
 * worker went on meanwhile, or where it was cancelled.
 */
export async function carryOutSlice(tx: Tx, seen: DecisionRow, options: SliceOptions): Promise<void> {
  const { requestId, donePosition } = seen;
  const { now, most, fault } = options;
  const items = await nextItems(tx, requestId, donePosition, most);
  const ids = items.map(({ exceptionId }) => exceptionId);
  const isUntold = fault !== undefined && !fault.isTold;
  // exceptions first: everybody who touches attempts locks in that order
  if (fault === undefined) await judgeClaims(tx, ids, now);
  const held = isUntold ? [] : await lockExceptionsBeside(tx, ids);
  const locked = new Map(held.map((one) => [one.exceptionId, one]));
  const row = await lockRequest(tx, requestId);
  const [decision] = await findDecisions(tx, [requestId]);
  if (!row || !decision || decision.state !== seen.state || decision.donePosition !== donePosition) return;
  const last = items.at(-1);
  if (last === undefined) return finish(tx, row, decision, now);
  const waiting = await findWaitingItems(tx, requestId, { after: donePosition, upTo: last.position });
  const { letGo, step } = decision;
  // to give something back is what was decided: that its exception could not be told is what is set aside then
  const aside = fault !== undefined && (step === 'approve' || isUntold) ? waiting : [];
  const progress = { donePosition: last.position, letGo, setAside: decision.setAside + aside.length };
  if (fault !== undefined) await recordSetAside(tx, aside, decision, fault, now);
  if (isUntold) {
    const ended = waiting.map(({ attemptId }) => ({ attemptId, state: 'REFUSED' as const, answer: answerOf(fault) }));
    await finishAttempts(tx, ended, now);
    return wentOn(tx, decision, progress, now);
  }
  // what another request has in hand is told by that one
  const of = (some: readonly WaitingItem[]): HeldItems => ({
    row,
    left: some,
    exceptions: some.flatMap(({ exceptionId, hasClaim }) => (hasClaim ? (locked.get(exceptionId) ?? []) : [])),
  });
  await tellEarlierApprovals(tx, of(waiting), now);
  const why =
    step !== 'approve'
      ? new Map<string, string>()
      : fault !== undefined
        ? new Map(ids.map((id) => [id, FAULTS[fault.why]]))
        : await whyNotLetGo(tx, row, waiting, locked, { after: donePosition, upTo: last.position, now });
  const over = waiting.filter(({ exceptionId }) => why.has(exceptionId));
  const left = waiting.filter(({ exceptionId }) => !why.has(exceptionId));
  if (over.length > 0) await takeOut(tx, of(over), now, why);
  await carryOut(tx, of(left), decision, now);
  await wentOn(tx, decision, { ...progress, letGo: letGo + (step === 'approve' ? left.length : 0) }, now);
}

function answerOf({ why }: Fault): string {
  return `withdrawn: ${FAULTS[why]}`;
}

/** Puts on record what is set aside, item by item: whoever reads what was decided finds why it was not done there. */
async function recordSetAside(
  tx: Tx,
  aside: readonly WaitingItem[],
  { requestId, step }: DecisionRow,
  { why, isTold }: Fault,
  now: Date,
): Promise<void> {
  await recordAudits(
    tx,
    aside.map(({ attemptId, exceptionId, objectKey }) => ({
      at: now,
      actor: REQUEUE_SENDER,
      action: 'requeue.item-set-aside',
      subject: { type: 'requeue-attempt', id: attemptId },
      details: { requestId, exceptionId, objectKey, step, why: FAULTS[why], isTold },
    })),
  );
}

async function wentOn(tx: Tx, { requestId }: DecisionRow, progress: DecisionProgress, now: Date): Promise<void> {
  await putDecisionProgress(tx, requestId, progress, now);
  await notifyRequestsChanged(tx, [requestId]);
  await notifyApprovalsChanged(tx);
}

async function carryOut(tx: Tx, held: HeldItems, { step, answer, traceId }: DecisionRow, now: Date): Promise<void> {
  if (held.left.length === 0) return;
  const { row } = held;
  const context = { actor: deciderOf(row), at: now, traceId: traceId ?? undefined };
  const reason = row.decisionReason ?? '';
  if (step === 'approve') {
    await releaseItems(tx, held, { comment: reason, isBreakGlass: row.isBreakGlass }, context);
  } else {
    const exceptions = held.exceptions.filter(isStillAsked);
    await closeItems(tx, { ...held, exceptions }, { step, answer, reason }, context);
  }
}

/** Who decided, as it stands with the request. */
function deciderOf({ decidedBy, decidedByName }: ApprovalRow): Actor {
  return decidedBy === null ? REQUEUE_SENDER : { kind: 'person', id: decidedBy, name: decidedByName ?? '' };
}

/** Approvals before the last one changed no exception: they are told on each of them here. */
async function tellEarlierApprovals(tx: Tx, waiting: HeldItems, now: Date): Promise<void> {
  const held = { ...waiting, exceptions: waiting.exceptions.filter(isStillAsked) };
  const [given = []] = await findGivenApprovals(tx, [held.row.id]);
  for (const { personId, personName, comment, approvedAt } of given) {
    if (personId === held.row.decidedBy) continue;
    const actor: Actor = { kind: 'person', id: personId, name: personName };
    await actOn(tx, held, null, 'requeue-approval-given', { comment, approvedAt }, { actor, at: now });
  }
}

type Slice = { after: number; upTo: number; now: Date };

/** Why items of an approved request do not go out after all, by exception; absent = nothing is against it. */
async function whyNotLetGo(
  tx: Tx,
  row: ApprovalRow,
  waiting: readonly WaitingItem[],
  locked: ReadonlyMap<string, StoredException>,
  { now, ...positions }: Slice,
): Promise<Map<string, string>> {
  const doubles = await findDoubles(tx, row.id, positions);
  const exceptions = waiting.flatMap(({ exceptionId }) => locked.get(exceptionId) ?? []);
  const since = await findSinceFailure(tx, exceptions, row.createdAt);
  const unfit = await unfitAmong(tx, row.id, exceptions);
  const passed = await passedDatesOf(tx, row, exceptions, now);
  return new Map(
    waiting.flatMap((item): [string, string][] => {
      const { exceptionId, hasClaim } = item;
      const exception = locked.get(exceptionId);
      if (!hasClaim) return [[exceptionId, 'another request has it in hand']];
      if (exception === undefined || !isStillAsked(exception)) return [[exceptionId, 'it was closed otherwise']];
      if (doubles.has(exceptionId)) return [[exceptionId, 'its document goes with another one']];
      const [why = passed.get(exceptionId)] = [
        ...changesSince([item], [exception]),
        ...whatHappened([exception], since),
        ...(unfit.get(exceptionId) ?? []),
      ];
      return why === undefined ? [] : [[exceptionId, why]];
    }),
  );
}

const ENDS = { reject: 'end-reject', withdraw: 'end-withdraw', expire: 'end-expire' } as const satisfies Record<
  Exclude<DecisionStep, 'approve'>,
  RequestStepName
>;

/** All items are seen to: what was approved goes out, unless nothing is left of it; what was not is at its end. */
async function finish(tx: Tx, row: ApprovalRow, { step, letGo }: DecisionRow, now: Date): Promise<void> {
  const isDropped = step === 'approve' && letGo === 0;
  const next = step !== 'approve' ? ENDS[step] : isDropped ? 'drop' : 'let-go';
  const state = afterRequestStep(row.state, next);
  if (state === null) throw new Error(`${next} is not possible for a request that is ${row.state}`);
  const why = isDropped ? 'Nothing of it could be sent any more when it was approved.' : null;
  await writeState(tx, row.id, state, why, now);
  if (isDropped) {
    const subject = { type: 'requeue-request', id: row.id };
    await recordAudit(tx, { at: now, actor: REQUEUE_SENDER, action: 'requeue.dropped', subject, details: { why } });
  } else if (step === 'approve') {
    await startRun(tx, row.id, now);
  }
  await notifyRequestsChanged(tx, [row.id]);
  await notifyApprovalsChanged(tx);
}

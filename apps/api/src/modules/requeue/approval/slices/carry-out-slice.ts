import type { Tx } from '@throughline/persistence';
import { recordAudit, type Actor } from '../../../audit/index.js';
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
  type DecisionRow,
  type DecisionStep,
  type WaitingItem,
} from './decision.repository.js';

export type SliceOptions = {
  now: Date;
  /** Items of one transaction. */
  most: number;
  /** They fail by a fault of ours: they are left out; free = their exceptions are not even told, which fails as well. */
  fault?: 'leave-out' | 'free';
};

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
  // exceptions first: everybody who touches attempts locks in that order
  if (fault === undefined) await judgeClaims(tx, ids, now);
  const locked = new Map((await lockExceptionsBeside(tx, ids)).map((one) => [one.exceptionId, one]));
  const row = await lockRequest(tx, requestId);
  const [decision] = await findDecisions(tx, [requestId]);
  if (!row || !decision || decision.state !== seen.state || decision.donePosition !== donePosition) return;
  const last = items.at(-1);
  if (last === undefined) return finish(tx, row, decision, now);
  const waiting = await findWaitingItems(tx, requestId, { after: donePosition, upTo: last.position });
  if (fault === 'free') {
    await finishAttempts(tx, waiting.map(freed), now);
    await wentOn(tx, decision, { donePosition: last.position, letGo: decision.letGo }, now);
    return;
  }
  // what another request has in hand is told by that one
  const of = (some: readonly WaitingItem[]): HeldItems => ({
    row,
    left: some,
    exceptions: some.flatMap(({ exceptionId, hasClaim }) => (hasClaim ? (locked.get(exceptionId) ?? []) : [])),
  });
  await tellEarlierApprovals(tx, of(waiting), now);
  const why =
    decision.step !== 'approve'
      ? new Map<string, string>()
      : fault !== undefined
        ? new Map(ids.map((id) => [id, FAULT]))
        : await whyNotLetGo(tx, row, waiting, locked, { after: donePosition, upTo: last.position, now });
  const over = waiting.filter(({ exceptionId }) => why.has(exceptionId));
  const left = waiting.filter(({ exceptionId }) => !why.has(exceptionId));
  if (over.length > 0) await takeOut(tx, of(over), now, why);
  await carryOut(tx, of(left), decision, now);
  const letGo = decision.letGo + (decision.step === 'approve' ? left.length : 0);
  await wentOn(tx, decision, { donePosition: last.position, letGo }, now);
}

const FAULT = 'it failed by a fault of the program, which is in its log';

function freed({ attemptId }: WaitingItem): Parameters<typeof finishAttempts>[1][number] {
  return { attemptId, state: 'REFUSED', answer: `withdrawn: ${FAULT}` };
}

async function wentOn(
  tx: Tx,
  { requestId }: DecisionRow,
  progress: Pick<DecisionRow, 'donePosition' | 'letGo'>,
  now: Date,
): Promise<void> {
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

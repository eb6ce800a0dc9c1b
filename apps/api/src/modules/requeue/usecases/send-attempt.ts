import { JOB_NAMES, readRequeueSendJob } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import type { OutboundResult } from '../../../outbound/index.js';
import type { Task } from '../../../worker/stage.js';
import { findIntegrations, missingOf } from '../../catalog/index.js';
import { applyActs } from '../../exceptions/index.js';
import { createAdapters } from '../adapters/adapters.js';
import { contentTypeOf } from '../adapters/content-type.js';
import { afterTransmission, afterWaiting, begin, isAnotherSince, type Outcome } from '../domain/attempt.js';
import { turnOf } from '../domain/order.js';
import { holdOf } from '../domain/hold.js';
import { sendingTime } from '../domain/sending-hours.js';
import { hasOwnRun } from '../own-run.repository.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { holdBack } from '../run.repository.js';
import {
  carryRelease,
  clearRetry,
  findBefore,
  findExceptionOfAttempt,
  markSending,
  noteWaiting,
  type SendingRow,
} from '../sending.repository.js';
import { findSettings } from '../sending-settings/sending-settings.repository.js';
import { endCancelledAttempt } from './end-cancelled.js';
import { enqueueSends } from './enqueue-sends.js';
import { findPassedDates } from './find-passed-dates.js';
import { noteReach, passTarget } from './guard-target.js';
import { judgeClaims } from './judge-attempts.js';
import { isLate, lockWithException, record, recordLate, type HeldAttempt } from './record-outcome.js';
import { REQUEUE_SENDER } from './requeue-sender.js';
import { sendTogether } from './send-together.js';
import { transmit, type SenderDeps, type Transmission } from './transmit.js';

/** How long an attempt waits for what goes before it until it is looked at again. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Carries one attempt to its target. Three steps, each its own: write that it is on its way; send; write what came back. Dying in
 * between leaves SENDING behind, which `begin` reads as "may have been applied".
 */
export function createRequeueSendTask(deps: SenderDeps): Task {
  const adapters = createAdapters(deps.client);
  return {
    name: JOB_NAMES.requeueSend,
    async run(payload) {
      const { tenantId, attemptId, attemptIds } = readRequeueSendJob(payload);
      if (attemptId === undefined) return sendTogether(deps, adapters, tenantId, attemptIds);
      const transmission = await deps.database.withTenant(tenantId, (tx) => start(tx, attemptId, deps));
      if (transmission === null) {
        return;
      }
      const result = await transmit(adapters, transmission, deps.clock());
      await deps.database.withTenant(tenantId, (tx) => finish(tx, transmission, result, deps));
    },
  };
}

async function start(tx: Tx, attemptId: string, deps: SenderDeps): Promise<Transmission | null> {
  const now = deps.clock();
  const exceptionId = await findExceptionOfAttempt(tx, attemptId);
  if (exceptionId !== null) {
    // overcome while the claim was made: the event may have been heard before there was one
    await judgeClaims(tx, [exceptionId], now);
  }
  const held = await lockWithException(tx, attemptId);
  if (held === null) return null;
  const { attempt } = held;
  if (!attempt.hasClaim) {
    if (attempt.state === 'SENDING') await leave(tx, attempt, LOST_AND_ENDED, now);
    return null;
  }
  if (!(await mayGo(tx, attempt, now)) || !(await isInTime(tx, held, now)) || !(await isItsTurn(tx, attempt, now))) {
    return null;
  }
  const integration = (await findIntegrations(tx, [attempt.integration], deps.secretKey)).get(attempt.integration);
  const target = integration?.requeueTarget ?? null;
  const isAnother = isAnotherSince(attempt.sentAt, integration?.requeueChangedAt ?? null);
  const beginning = begin(
    attempt,
    { isIdempotent: target !== null && target.isIdempotent && !isAnother, statusUrl: target?.statusUrl ?? null },
    now,
  );
  switch (beginning.kind) {
    case 'nothing':
      await clearRetry(tx, attemptId);
      return null;
    case 'later':
      await enqueueSends(tx, [attemptId], beginning.at);
      return null;
    case 'unknown':
      await record(tx, attempt, lostOutcome, now);
      return null;
    case 'transmit': {
      if (target === null || missingOf(target).length > 0) {
        const state = beginning.mayHaveApplied ? 'UNKNOWN' : 'REFUSED';
        const answer = 'not sent: the integration takes no requeues any more';
        await record(
          tx,
          attempt,
          { state, mayHaveApplied: beginning.mayHaveApplied, retryAt: null, httpStatus: null, answer },
          now,
        );
        return null;
      }
      const closedUntil = await waitsForHours(tx, attempt, beginning.mayHaveApplied, now);
      if (closedUntil !== null) {
        await carryRelease(tx, attemptId, closedUntil.getTime() - now.getTime(), now);
        await enqueueSends(tx, [attemptId], closedUntil);
        return null;
      }
      if (beginning.mayHaveApplied && (await hasOwnRun(tx, attemptId))) {
        await record(tx, attempt, seenOutcome, now);
        return null;
      }
      const notReachedUntil = await passTarget(tx, attempt.integration, now);
      if (notReachedUntil !== null) {
        const end = afterWaiting(attempt, beginning.mayHaveApplied, now);
        if (end === null) await enqueueSends(tx, [attemptId], notReachedUntil);
        else await record(tx, attempt, end, now);
        return null;
      }
      const { mayHaveApplied } = beginning;
      if (mayHaveApplied) await tellLook(tx, held, now);
      await markSending(tx, { attemptId, mayHaveApplied, contentType: contentTypeOf(target) }, deps.clock());
      await notifyRequestsChanged(tx, [attempt.requestId]);
      return { attempt: { ...attempt, mayHaveApplied, transmissions: attempt.transmissions + 1 }, target };
    }
  }
}

/**
 * Until when something waits for the hours of its target, also when its run released it within them; null = it does not. What may
 * have been applied already is asked for at any time.
 */
async function waitsForHours(tx: Tx, attempt: SendingRow, mayHaveApplied: boolean, now: Date): Promise<Date | null> {
  if (mayHaveApplied) return null;
  const [settings] = await findSettings(tx, [attempt.integration]);
  const time = sendingTime(settings?.hours ?? null, now);
  // hours can be changed
  return time.isOpen ? null : new Date(Math.min(time.opensAt.getTime(), now.getTime() + LOOK_AGAIN_MS));
}

/** Whether its request lets it go out: not while that is paused or stopped, and never once it is cancelled. */
async function mayGo(tx: Tx, attempt: SendingRow, now: Date): Promise<boolean> {
  const { attemptId, requestId } = attempt;
  switch (holdOf(attempt.requestState, attempt.state, attempt.isReleased)) {
    case 'go':
      return true;
    case 'not-released':
      return false;
    case 'hold-back':
      await holdBack(tx, attemptId);
      return false;
    case 'look-again':
      await enqueueSends(tx, [attemptId], new Date(now.getTime() + LOOK_AGAIN_MS));
      return false;
    case 'end': {
      const because = 'Cancelled before the target took it.';
      await endCancelledAttempt(tx, { requestId, actor: REQUEUE_SENDER, because, now }, attemptId);
      return false;
    }
    case 'leave':
      await leave(tx, attempt, LOST_AND_CANCELLED, now);
      return false;
  }
}

/** What is not to be sent again any more. Whether it left a worker that died while sending it is not known. */
async function leave(tx: Tx, attempt: SendingRow, answer: string, now: Date): Promise<void> {
  const beginning = begin(attempt, { isIdempotent: false, statusUrl: null }, now);
  if (beginning.kind === 'later') await enqueueSends(tx, [attempt.attemptId], beginning.at);
  if (beginning.kind === 'unknown') await record(tx, attempt, { ...lostOutcome, answer }, now);
  if (beginning.kind === 'nothing') await clearRetry(tx, attempt.attemptId);
}

/** A payment whose date passed while it was held is withdrawn, unless that was carried forward: a run sets no hard rule aside. */
async function isInTime(tx: Tx, { attempt, exception }: HeldAttempt, now: Date): Promise<boolean> {
  // undoing it moves nothing on a date; what may be with the target already is asked for once more, whatever the date
  if (attempt.action !== 'requeue') return true;
  if (attempt.state !== 'QUEUED' || exception === null) return true;
  const dates = await findPassedDates(tx, [exception], [attempt], now, () => attempt.carriedForwardAt);
  const passed = dates.get(exception.exceptionId);
  if (passed === undefined) return true;
  await record(tx, attempt, withdrawn(`${passed}, and it was not carried forward`), now);
  return false;
}

function withdrawn(because: string): Outcome {
  const answer = `withdrawn: ${because}`;
  return { state: 'REFUSED', mayHaveApplied: false, retryAt: null, httpStatus: null, answer };
}

/** Whether nothing that goes before it is under way. Behind something that failed again it is withdrawn. */
async function isItsTurn(tx: Tx, attempt: SendingRow, now: Date): Promise<boolean> {
  if (attempt.state !== 'QUEUED' || attempt.transmissions > 0) {
    return true;
  }
  const turn = turnOf(await findBefore(tx, attempt.attemptId));
  switch (turn.kind) {
    case 'go':
      return true;
    case 'wait':
      await noteWaiting(tx, attempt.attemptId, `waits for ${turn.for}, which goes first`);
      await carryRelease(tx, attempt.attemptId, LOOK_AGAIN_MS, now);
      // the end of what goes first calls it; looked at again all the same, in case that was missed
      await enqueueSends(tx, [attempt.attemptId], new Date(now.getTime() + LOOK_AGAIN_MS));
      return false;
    case 'withdraw':
      await record(tx, attempt, withdrawn(`${turn.because}, which goes before it, is still stuck`), now);
      return false;
  }
}

const lostOutcome: Outcome = {
  state: 'UNKNOWN',
  mayHaveApplied: true,
  retryAt: null,
  httpStatus: null,
  answer: 'the sender stopped while sending; it is not sent again before it is known that it was not applied',
};

const seenOutcome: Outcome = {
  state: 'UNKNOWN',
  mayHaveApplied: true,
  retryAt: null,
  httpStatus: null,
  answer: 'telemetry tells of it: it is not sent again, and what became of it is seen there',
};

/** On the timeline and on record: telemetry was asked before what may have been applied goes out again, and knew nothing of it. */
async function tellLook(tx: Tx, { attempt, exception }: HeldAttempt, now: Date): Promise<void> {
  if (exception === null) return;
  const { requestId, attemptId, transmissions } = attempt;
  const details = { requestId, attemptId, attempt: attempt.attempt, transmission: transmissions };
  await applyActs(tx, { actor: REQUEUE_SENDER, at: now }, [{ exception, act: null, kind: 'requeue-looked', details }]);
}

const LOST_AND_ENDED = 'the sender stopped while sending, and the step was overcome otherwise: it is not sent again';

const LOST_AND_CANCELLED = 'the sender stopped while sending, and the request was cancelled: it is not sent again';

async function finish(tx: Tx, transmission: Transmission, result: OutboundResult, deps: SenderDeps): Promise<void> {
  const now = deps.clock();
  const held = await lockWithException(tx, transmission.attempt.attemptId);
  if (held === null) {
    return;
  }
  const { attempt } = held;
  const outcome = afterTransmission(result, attempt, transmission.target, now, deps.random());
  if (isLate({ attempt, outcome }, transmission.attempt.transmissions)) {
    await recordLate(tx, [{ attempt: transmission.attempt, outcome }], now);
  } else {
    await record(tx, attempt, outcome, now);
  }
  await noteReach(tx, attempt.integration, result, now);
}

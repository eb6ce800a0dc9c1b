import type { Tx } from '@throughline/persistence';
import { listAbsencesAt } from '../../exceptions/index.js';
import type { PersonRow } from '../../identity/index.js';
import type { SinceFailure } from '../domain/left-out.js';
import { findSinceFailure } from '../plan-facts.repository.js';
import { readReviewDue } from '../reviews/read-review-due.js';
import { hasOverdueReview } from '../reviews/review.repository.js';
import { dayOf, ownersOfLimits, readAsked, readCheckers, readLimitChoices, readPeople } from './read-asked.js';
import { findCorrectors, insertApprovalAmounts, lockLimits } from './approval-item.repository.js';
import { insertApproval, putReview } from './approval.repository.js';
import {
  actOn,
  failed,
  holdRequest,
  personOf,
  closeRequest,
  recordRequest,
  releaseRequest,
  type DecideInput,
  type DecisionOutcome,
  type Held,
} from './decide-request.js';
import {
  chooseLimit,
  isLastApproval,
  refuseApproval,
  refuseBreakGlass,
  refuseRejection,
  refuseWithdrawal,
  type Asked,
  type Checker,
} from './domain/decision.js';
import { fourEyesInForce } from './four-eyes-in-force.js';

/** The selection as the person saw it, lower- or upper-case hex. */
type Seen = { selectionHash: string };

/**
 * Approves exactly the selection whose hash is named: by another person than its maker, within a limit that is counted while all others
 * who approve within it wait. The last approval that is needed lets it go out.
 */
export async function approveRequeue(
  tx: Tx,
  input: DecideInput & Seen & { comment: string },
): Promise<DecisionOutcome> {
  const { viewer, requestId, now, traceId, selectionHash, comment } = input;
  const { held, people, asked, checker } = await readToLetGo(tx, input);
  const { row } = held;
  const refusal = refuseApproval(asked, checker, selectionHash);
  if (refusal !== null) return failed(refusal, requestId);
  const absences = await listAbsencesAt(tx, now);
  const owners = ownersOfLimits(row, viewer.personId, { people, absences, now });
  await lockLimits(tx, owners);
  const { limits } = (await fourEyesInForce(tx)).fourEyes;
  const choices = await readLimitChoices(tx, row, owners, people, { limits, now });
  const chosen = chooseLimit(choices);
  if ('code' in chosen) return failed(chosen, requestId);
  const { ownerId } = chosen;
  const day = dayOf(now);
  const sums = choices.find((choice) => choice.ownerId === ownerId)?.sums ?? [];
  await insertApprovalAmounts(tx, { requestId, makerId: row.makerId, day, ownerId }, sums);
  const isDeputy = ownerId !== viewer.personId;
  const forPersonName = isDeputy ? (people.get(ownerId)?.displayName ?? null) : null;
  await insertApproval(tx, {
    requestId,
    personId: viewer.personId,
    personName: viewer.displayName,
    comment,
    forPersonId: isDeputy ? ownerId : null,
    forPersonName,
    approvedAt: now,
  });
  const actor = personOf(viewer);
  const isLast = isLastApproval(asked, checker);
  const details = { comment, standsInFor: forPersonName, isReleased: isLast, left: asked.left };
  await recordRequest(tx, row, 'requeue.approved', details, { actor, now, traceId });
  if (isLast) await releaseRequest(tx, held, { actor, comment, isBreakGlass: false, now, traceId });
  else await actOn(tx, held, null, 'requeue-approval-given', { comment }, { actor, at: now, traceId });
  return decided(held);
}

/** Sends a request back to its maker, with a reason. */
export async function rejectRequeue(tx: Tx, input: DecideInput & { reason: string }): Promise<DecisionOutcome> {
  const { viewer, requestId, now, traceId, reason } = input;
  const { held, asked, checker } = await readToDecide(tx, await holdRequest(tx, requestId, now, input.atOnce), input);
  const refusal = refuseRejection(asked, checker);
  if (refusal !== null) return failed(refusal, requestId);
  const answer = `withdrawn: ${viewer.displayName} did not approve it`;
  await closeRequest(tx, held, { step: 'reject', answer, reason, actor: personOf(viewer), now, traceId });
  return decided(held);
}

/** Takes a request back, by whoever made it. */
export async function withdrawRequeue(
  tx: Tx,
  { viewer, requestId, now, traceId, atOnce }: DecideInput,
): Promise<DecisionOutcome> {
  const held = await holdRequest(tx, requestId, now, atOnce);
  const refusal = refuseWithdrawal(held.row, viewer.personId);
  if (refusal !== null) return failed(refusal, requestId);
  const answer = 'withdrawn: its maker took it back';
  await closeRequest(tx, held, { step: 'withdraw', answer, reason: '', actor: personOf(viewer), now, traceId });
  return decided(held);
}

/** Lets a request go without a second person, in an emergency; it is shown until somebody else has reviewed that. */
export async function breakGlass(tx: Tx, input: DecideInput & Seen & { reason: string }): Promise<DecisionOutcome> {
  const { viewer, requestId, now, traceId, selectionHash, reason } = input;
  const { held, asked, checker } = await readToLetGo(tx, input);
  const breaker = { ...checker, hasOverdueReview: await hasOverdueReview(tx, viewer.personId, now) };
  const refusal = refuseBreakGlass(asked, breaker, selectionHash);
  if (refusal !== null) return failed(refusal, requestId);
  const actor = personOf(viewer);
  const reviewDueAt = await readReviewDue(tx, now);
  const details = { reason, rules: asked.needed.rules, left: asked.left, reviewDueAt };
  await recordRequest(tx, held.row, 'requeue.glass-broken', details, { actor, now, traceId });
  await releaseRequest(tx, held, { actor, comment: reason, isBreakGlass: true, reviewDueAt, now, traceId });
  return decided(held);
}

/** Says that an emergency was looked at, by another person than its maker and than who let it go. */
export async function reviewBreakGlass(
  tx: Tx,
  { viewer, requestId, now, traceId, comment }: DecideInput & { comment: string },
): Promise<DecisionOutcome> {
  const held = await holdRequest(tx, requestId, now);
  const { row } = held;
  if (!row.isBreakGlass || row.reviewedAt !== null) {
    return failed({ code: 'NO_REVIEW_DUE', message: 'There is nothing to review.' }, requestId);
  }
  if (viewer.personId === row.makerId || viewer.personId === row.decidedBy) {
    const message = 'Whoever asked for it or let it go may not review it.';
    return failed({ code: 'MAKER_MAY_NOT_DECIDE', message }, requestId);
  }
  if ((await findCorrectors(tx, requestId, [viewer.personId])).size > 0) {
    return failed(
      { code: 'TOUCHED_LINEAGE', message: 'You corrected what was sent: somebody else reviews it.' },
      requestId,
    );
  }
  const actor = personOf(viewer);
  await putReview(tx, requestId, { id: actor.id, name: actor.name }, comment, now);
  await recordRequest(
    tx,
    row,
    'requeue.break-glass-reviewed',
    { comment, letGoBy: row.decidedBy },
    { actor, now, traceId },
  );
  return decided(held);
}

type ToDecide = { held: Held; people: ReadonlyMap<string, PersonRow>; asked: Asked; checker: Checker };

/** As the plan, who lets it go looks at what the lineage says by now: it may have waited for days. Of a large one each slice does. */
async function readToLetGo(tx: Tx, input: DecideInput): Promise<ToDecide> {
  const held = await holdRequest(tx, input.requestId, input.now, input.atOnce);
  return readToDecide(tx, held, input, await findSinceFailure(tx, held.exceptions, held.row.createdAt));
}

async function readToDecide(
  tx: Tx,
  held: Held,
  { viewer: { personId }, now }: DecideInput,
  since?: ReadonlyMap<string, SinceFailure>,
): Promise<ToDecide> {
  const people = await readPeople(tx);
  const asked = await readAsked(tx, held.row, people, { ...held, now }, since);
  const checker = (await readCheckers(tx, held.row, [personId], people)).get(personId)!;
  return { held, people, asked, checker };
}

function decided({ row, left, isInSlices }: Held): DecisionOutcome {
  const exceptionIds = left.map(({ exceptionId }) => exceptionId);
  return { kind: 'decided', requestId: row.id, exceptionIds, isInSlices };
}

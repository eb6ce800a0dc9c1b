import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { recordAudit, type Actor } from '../../audit/index.js';
import { listAbsencesAt } from '../../exceptions/index.js';
import type { PersonRow, Viewer } from '../../identity/index.js';
import { endChange, findPendingHash, releaseChange } from '../../lineage/index.js';
import { lockLimits } from '../approval/approval-item.repository.js';
import {
  chooseLimit,
  isLastApproval,
  refuseApproval,
  refuseBreakGlass,
  refuseRejection,
  refuseWithdrawal,
  type Asked,
  type Checker,
  type DecisionCode,
  type DecisionRefusal,
} from '../approval/domain/decision.js';
import { may, mayApprove, ownersOfLimits, readPeople, standing } from '../approval/read-asked.js';
import { readReviewDue } from '../reviews/read-review-due.js';
import { hasOverdueReview } from '../reviews/review.repository.js';
import { readChangeLimits } from './change-limits.js';
import { afterLineageApprovalStep, type LineageApprovalStep } from './domain/approval-life.js';
import {
  findGiven,
  findMappingAuthors,
  insertGiven,
  lockLineageApproval,
  putLineageDecision,
  putLineageReview,
  type LineageApprovalRow,
} from './lineage-approval.repository.js';

/** What an act on an approval brought. */
export type ChangeDecision =
  { kind: 'decided'; approvalId: string } | { kind: 'failure'; code: DecisionCode; message: string };

export type DecideChangeInput = { viewer: Viewer; approvalId: string; now: Date; traceId: string | undefined };

/** Approves exactly the report whose hash is named, within a limit; the last approval that is needed has it done. */
export async function approveChange(
  tx: Tx,
  input: DecideChangeInput & { hash: string; comment: string },
): Promise<ChangeDecision> {
  const { viewer, hash, comment, now } = input;
  const { row, people, asked, checker } = await hold(tx, input);
  const refusal = refuseOver(asked) ?? refuseApproval(asked, checker, hash);
  if (refusal !== null) return failed(refusal);
  const { personId, displayName: personName } = viewer;
  const owners = ownersOfLimits(row, personId, { people, absences: await listAbsencesAt(tx, now), now });
  await lockLimits(tx, owners);
  const chosen = chooseLimit(await readChangeLimits(tx, row, owners, { people, now }));
  if ('code' in chosen) return failed(chosen);
  const forPersonId = chosen.ownerId === personId ? null : chosen.ownerId;
  const forPersonName = forPersonId === null ? null : (people.get(forPersonId)?.displayName ?? null);
  const given = { approvalId: row.id, personId, personName, comment, forPersonId, forPersonName, approvedAt: now };
  await insertGiven(tx, given);
  const isLast = isLastApproval(asked, checker);
  await record(tx, row, input, 'approved', { comment, standsInFor: forPersonName, isReleased: isLast });
  if (isLast) await release(tx, row, input, { reason: comment, isBreakGlass: false });
  return decided(row);
}

/** Sends it back to its maker, with a reason. */
export async function rejectChange(tx: Tx, input: DecideChangeInput & { reason: string }): Promise<ChangeDecision> {
  const { row, asked, checker } = await hold(tx, input);
  const refusal = refuseRejection(asked, checker);
  if (refusal !== null) return failed(refusal);
  const { displayName } = input.viewer;
  const told = `Not approved by ${displayName}: ${input.reason}`;
  await close(tx, row, { step: 'reject', actor: actorOf(input.viewer), reason: input.reason, told, now: input.now });
  await record(tx, row, input, 'rejected', { reason: input.reason });
  return decided(row);
}

/** Takes it back, by whoever asked for it. */
export async function withdrawChange(tx: Tx, input: DecideChangeInput): Promise<ChangeDecision> {
  const { row, asked } = await hold(tx, input);
  const refusal = refuseWithdrawal(asked, input.viewer.personId);
  if (refusal !== null) return failed(refusal);
  const told = 'Withdrawn before anybody approved it';
  await close(tx, row, { step: 'withdraw', actor: actorOf(input.viewer), reason: '', told, now: input.now });
  await record(tx, row, input, 'withdrawn', {});
  return decided(row);
}

/** Has it done without a second person, in an emergency; it is shown until somebody else has reviewed that. */
export async function breakGlassForChange(
  tx: Tx,
  input: DecideChangeInput & { hash: string; reason: string },
): Promise<ChangeDecision> {
  const { row, asked, checker } = await hold(tx, input);
  const breaker = { ...checker, hasOverdueReview: await hasOverdueReview(tx, input.viewer.personId, input.now) };
  const refusal = refuseOver(asked) ?? refuseBreakGlass(asked, breaker, input.hash);
  if (refusal !== null) return failed(refusal);
  const { reason } = input;
  const reviewDueAt = await readReviewDue(tx, input.now);
  await record(tx, row, input, 'glass-broken', { reason, rules: asked.needed.rules, reviewDueAt });
  await release(tx, row, input, { reason, isBreakGlass: true, reviewDueAt });
  return decided(row);
}

/** Says that an emergency was looked at, by another person than its maker and than who had it done. */
export async function reviewChange(tx: Tx, input: DecideChangeInput & { comment: string }): Promise<ChangeDecision> {
  const { viewer, comment, now } = input;
  const { row } = await hold(tx, input);
  if (!row.isBreakGlass || row.reviewedAt !== null)
    return failed({ code: 'NO_REVIEW_DUE', message: 'There is nothing to review.' });
  if (viewer.personId === row.makerId || viewer.personId === row.decidedBy) {
    const message = 'Whoever asked for it or had it done may not review it.';
    return failed({ code: 'MAKER_MAY_NOT_DECIDE', message });
  }
  await putLineageReview(tx, row.id, { id: viewer.personId, name: viewer.displayName }, comment, now);
  await record(tx, row, input, 'break-glass-reviewed', { comment, doneBy: row.decidedBy });
  return decided(row);
}

const SYSTEM: Actor = { kind: 'system', id: 'requeue', name: 'Throughline' };

/** Ends an approval that nobody gave in time, or whose change was cancelled; nothing where somebody just decided. */
export async function expireChange(tx: Tx, approvalId: string, now: Date): Promise<void> {
  const row = await lockLineageApproval(tx, approvalId);
  if (row === null || row.state !== 'PENDING_APPROVAL') return;
  const isOver = (await findPendingHash(tx, { kind: row.kind, id: row.subjectId })) === null;
  if (!isOver && row.dueAt > now) return;
  const step = isOver ? 'withdraw' : 'expire';
  const reason = isOver ? 'It was cancelled, or ended.' : 'Nobody decided in time.';
  await close(tx, row, { step, actor: SYSTEM, reason, told: 'Nobody approved it in time', now });
  await recordAudit(tx, {
    at: now,
    actor: SYSTEM,
    action: `lineage-change.${isOver ? 'withdrawn' : 'expired'}`,
    subject: { type: 'lineage-approval', id: row.id },
    details: { hash: row.hash, makerId: row.makerId, reason },
  });
}

/** An approval as this person would decide on it, with what is approved so far. */
export async function readAskedChange(
  tx: Tx,
  row: LineageApprovalRow,
  { people, pendingHash, now }: { people: ReadonlyMap<string, PersonRow>; pendingHash: string | null; now: Date },
): Promise<Asked> {
  const [given] = await findGiven(tx, [row.id]);
  const isPending = row.state === 'PENDING_APPROVAL';
  return {
    // also while nobody is there to end it
    state: isPending && row.dueAt <= now ? 'EXPIRED' : row.state,
    selectionHash: row.hash,
    makerId: row.makerId,
    makerName: row.makerName,
    makerRoles: people.get(row.makerId)?.roles ?? [],
    needed: row.needed,
    approvals: standing(given ?? [], people),
    changes: pendingHash === null || pendingHash === row.hash ? [] : ['something else would change'],
    passedDate: null,
    left: pendingHash === null ? 0 : 1,
  };
}

/** These people as they would decide on a change of lineage. Who made a mapping in force has worked on what is mapped again. */
export async function readChangeCheckers(
  tx: Tx,
  { needed }: Pick<LineageApprovalRow, 'needed'>,
  personIds: readonly string[],
  people: ReadonlyMap<string, PersonRow>,
): Promise<Map<string, Checker>> {
  const authors = needed.excludesTouchers ? await findMappingAuthors(tx) : new Set<string>();
  return new Map(
    personIds.map((personId) => {
      const person = people.get(personId);
      const checker = {
        personId,
        roles: person?.roles ?? [],
        mayApprove: mayApprove(person),
        mayBreakGlass: may(person, 'requeue.break-glass'),
        hasTouched: authors.has(personId),
        hasCorrected: false,
      };
      return [personId, checker];
    }),
  );
}

type HeldChange = { row: LineageApprovalRow; people: ReadonlyMap<string, PersonRow>; asked: Asked; checker: Checker };

/** Locks an approval, and behind it what it is about: of two who decide at once the second sees what the first did. */
async function hold(tx: Tx, { approvalId, viewer, now }: DecideChangeInput): Promise<HeldChange> {
  const row = await lockLineageApproval(tx, approvalId);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such approval');
  const isPending = row.state === 'PENDING_APPROVAL';
  const pendingHash = isPending ? await findPendingHash(tx, { kind: row.kind, id: row.subjectId }) : null;
  const people = await readPeople(tx);
  const asked = await readAskedChange(tx, row, { people, pendingHash, now });
  const checker = (await readChangeCheckers(tx, row, [viewer.personId], people)).get(viewer.personId)!;
  return { row, people, asked, checker };
}

function refuseOver({ state, left }: Asked): DecisionRefusal | null {
  return state === 'PENDING_APPROVAL' && left === 0
    ? { code: 'NOTHING_LEFT', message: 'It was cancelled, or ended, meanwhile: there is nothing to decide any more.' }
    : null;
}

async function release(
  tx: Tx,
  row: LineageApprovalRow,
  { viewer, now }: DecideChangeInput,
  { reason, isBreakGlass, reviewDueAt = null }: { reason: string; isBreakGlass: boolean; reviewDueAt?: Date | null },
): Promise<void> {
  const by = { id: viewer.personId, name: viewer.displayName };
  await putLineageDecision(
    tx,
    row.id,
    { state: stateAfter(row, 'approve'), by, reason, isBreakGlass, reviewDueAt },
    now,
  );
  await releaseChange(tx, { kind: row.kind, id: row.subjectId }, row.hash);
}

async function close(
  tx: Tx,
  row: LineageApprovalRow,
  closing: {
    step: Extract<LineageApprovalStep, 'reject' | 'withdraw' | 'expire'>;
    actor: Actor;
    reason: string;
    told: string;
    now: Date;
  },
): Promise<void> {
  const { step, actor, reason, told, now } = closing;
  const by = { id: actor.kind === 'person' ? actor.id : null, name: actor.name };
  await putLineageDecision(tx, row.id, { state: stateAfter(row, step), by, reason }, now);
  await endChange(tx, { kind: row.kind, id: row.subjectId }, told, now);
}

function stateAfter({ state }: LineageApprovalRow, step: LineageApprovalStep): LineageApprovalRow['state'] {
  const after = afterLineageApprovalStep(state, step);
  if (after === null) throw new Error(`${step} is not possible for an approval that is ${state}`);
  return after;
}

async function record(
  tx: Tx,
  { id, kind, subjectId, hash, makerId }: LineageApprovalRow,
  { viewer, now, traceId }: DecideChangeInput,
  what: string,
  details: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, {
    at: now,
    actor: actorOf(viewer),
    action: `lineage-change.${what}`,
    subject: { type: 'lineage-approval', id },
    details: { ...details, kind, subjectId, hash, makerId },
    traceId,
  });
}

function actorOf({ personId, displayName }: Viewer): Actor {
  return { kind: 'person', id: personId, name: displayName };
}

function failed({ code, message }: DecisionRefusal): ChangeDecision {
  return { kind: 'failure', code, message };
}

function decided({ id }: LineageApprovalRow): ChangeDecision {
  return { kind: 'decided', approvalId: id };
}

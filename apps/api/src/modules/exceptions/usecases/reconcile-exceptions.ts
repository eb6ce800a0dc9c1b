import type { Tx } from '@throughline/persistence';
import { emit } from '../../../outbox/index.js';
import { recordAudits, type Actor, type AuditEntry } from '../../audit/index.js';
import { milestoneOf, overdueIdentity, overdueProblems, OVERDUE_SIGNATURE } from '../domain/overdue.js';
import { reconcile, type Reconciliation } from '../domain/reconcile.js';
import { identityOf, type ProblemFact, type StoredException, type TimelineStep } from '../domain/stored-exception.js';
import { rateProblems } from './rate-problems.js';
import {
  findExceptionIdsOf,
  findRedirects,
  insertExceptionEvents,
  insertExceptions,
  lockExceptions,
  notifyExceptionsChanged,
  updateExceptions,
  vacateIdentities,
} from '../exceptions.repository.js';
import { followFacts } from '../groups/placement.repository.js';
import { tellGroupOwners } from '../groups/tell-group-owners.js';
import { withoutToldRests } from '../../reconciliation/index.js';
import { tellPeople } from '../people/tell-people.js';
import { loadMilestones, loadMilestonesOf, loadProblems, type OverdueItem } from '../problem-facts.repository.js';
import { lookSooner, planLooks } from '../escalation/clock-look.repository.js';
import { withoutHeld } from '../maintenance/hold-back.js';
import { loadViolations } from '../validation/violation.repository.js';
import { withWaitingMoney } from '../waiting-money.repository.js';

/** Who acts when nobody does. */
export const SYSTEM: Actor = { kind: 'system', id: 'exceptions', name: 'Throughline' };

/** Steps that are decisions, recorded as evidence; a further occurrence is a fact that the counter shows. */
const DECISIONS: Readonly<Record<string, string>> = {
  opened: 'exception.opened',
  resolved: 'exception.resolved',
  reopened: 'exception.reopened',
  merged: 'exception.merged',
  restored: 'exception.restored',
  moved: 'exception.moved',
  assigned: 'exception.assigned',
  'not-assigned': 'exception.not-assigned',
};

/** Each round after the first follows a collision with another worker, whose exceptions are locked from then on. */
const MAX_ROUNDS = 5;

/**
 * Brings the exceptions of these objects in line with the facts. Exceptions are locked first and facts read after that; where
 * another worker opened the same exception at the same time, the unique index lets one win and the other looks again. Silent =
 * the facts come from mapping again: exceptions open and end, and nobody is told.
 */
export async function reconcileExceptions(
  tx: Tx,
  affected: { objectIds: readonly string[]; overdue: readonly OverdueItem[] },
  now: Date,
  { isSilent = false, overdue = new Set() }: { isSilent?: boolean; overdue?: ReadonlySet<string> } = {},
): Promise<void> {
  const told = new Set<string>();
  for (let round = 1; ; round += 1) {
    const { existing, objectIds, redirects } = await lockExceptionsOf(tx, affected.objectIds);
    const violations = await loadViolations(tx, objectIds);
    const problems = await withWaitingMoney(
      tx,
      [
        ...withoutToldRests(await loadProblems(tx, objectIds), violations),
        ...violations,
        ...(await loadOverdue(tx, existing, redirects, affected.overdue, now)),
      ],
      existing,
    );
    const shown = await rateProblems(tx, await withoutHeld(tx, existing, problems, now), now);
    const decided = reconcile(existing, shown, redirects, now, {
      overdue,
      held: new Set(problems.map(({ objectId, hop, signature }) => identityOf(objectId, hop, signature))),
    });
    const inserted = await write(tx, decided, now, isSilent);
    for (const { exceptionId } of newcomersOf(inserted, decided)) {
      told.add(exceptionId);
    }
    if (inserted.length === decided.opened.length) {
      break;
    }
    if (round === MAX_ROUNDS) {
      throw new Error('exceptions of these objects are opened elsewhere again and again; the delivery is tried later');
    }
  }
  if (told.size > 0 && !isSilent) {
    await emit(tx, 'exceptions.opened', { exceptionIds: [...told] });
  }
}

type LockedExceptions = { existing: StoredException[]; objectIds: string[]; redirects: Map<string, string> };

/** Also those that sit at an object to which one of them moves, so that all of each subject are held. */
async function lockExceptionsOf(tx: Tx, affected: readonly string[]): Promise<LockedExceptions> {
  let objectIds = new Set(affected);
  for (;;) {
    const existing = await lockExceptions(tx, await findExceptionIdsOf(tx, [...objectIds]));
    const redirects = await findRedirects(
      tx,
      existing.map((exception) => exception.firstObjectId),
    );
    const homes = existing.map(({ firstObjectId }) => redirects.get(firstObjectId) ?? firstObjectId);
    if (homes.every((home) => objectIds.has(home))) {
      return { existing, objectIds: [...objectIds], redirects };
    }
    objectIds = new Set([...objectIds, ...homes]);
  }
}

async function loadOverdue(
  tx: Tx,
  existing: readonly StoredException[],
  redirects: ReadonlyMap<string, string>,
  items: readonly OverdueItem[],
  now: Date,
): Promise<ProblemFact[]> {
  const subjects = existing
    .filter((exception) => exception.signature === OVERDUE_SIGNATURE)
    .map(({ firstObjectId, hop }) => ({
      objectId: redirects.get(firstObjectId) ?? firstObjectId,
      ...milestoneOf(hop),
    }));
  const asked = await loadMilestones(tx, items);
  const known = await loadMilestonesOf(tx, subjects);
  return overdueProblems(
    [...asked, ...known],
    new Set(asked.map(overdueIdentity)),
    new Set(subjects.map(overdueIdentity)),
    now,
  );
}

/** What groups are split by. */
const SPLIT_FIELDS = ['legalEntity', 'counterparty', 'integration', 'objectType'] as const;

async function write(tx: Tx, decided: Reconciliation, now: Date, isSilent: boolean): Promise<StoredException[]> {
  const moved = decided.changed.filter(
    ({ before, after }) =>
      before.objectId !== after.objectId || (before.state === 'DUPLICATE') !== (after.state === 'DUPLICATE'),
  );
  await vacateIdentities(
    tx,
    moved.map(({ after }) => after.exceptionId),
  );
  await updateExceptions(
    tx,
    decided.changed.map(({ after }) => after),
    now,
  );
  const strayed = decided.changed.filter(({ before, after }) =>
    SPLIT_FIELDS.some((field) => before[field] !== after[field]),
  );
  await followFacts(tx, [...new Set(strayed.map(({ after }) => after.groupId))], now);
  const inserted = await insertExceptions(tx, decided.opened, now);
  await lookSooner(tx, now, decided.changed);
  await planLooks(tx, now, [...inserted, ...reopenedOf(decided)]);
  const stepsByIdentity = new Map(
    decided.opened.map(({ row, steps }) => [identityOf(row.objectId, row.hop, row.signature), steps]),
  );
  const steps = [
    ...decided.changed.flatMap(({ after, steps }) => steps.map((step) => ({ exception: after, step }))),
    ...inserted.flatMap((exception) =>
      (stepsByIdentity.get(identityOf(exception.objectId, exception.hop, exception.signature)) ?? []).map((step) => ({
        exception,
        step,
      })),
    ),
  ];
  if (decided.changed.length + inserted.length > 0) {
    await insertExceptionEvents(
      tx,
      steps.map(({ exception, step }) => ({
        ...step,
        exceptionId: exception.exceptionId,
        actorId: SYSTEM.id,
        actorName: SYSTEM.name,
      })),
      now,
    );
    await recordAudits(
      tx,
      steps.flatMap(({ exception, step }) => toAudit(exception, step, now)),
    );
    await notifyExceptionsChanged(
      tx,
      [...decided.changed.map((change) => change.after), ...inserted].map((exception) => exception.exceptionId),
    );
  }
  if (!isSilent) {
    const followed = decided.changed.map((change) => ({ ...change, ...lastStep(change.steps) }));
    const given = inserted.flatMap((after) => {
      const step = stepsByIdentity.get(identityOf(after.objectId, after.hop, after.signature))?.find(isGiving);
      return step === undefined ? [] : [{ before: { ...after, ownerId: null }, after, ...step }];
    });
    await tellPeople(tx, { actor: SYSTEM, at: now }, [...followed, ...given]);
    await tellGroupOwners(tx, { actor: SYSTEM, at: now }, newcomersOf(inserted, decided));
  }
  return inserted;
}

function isGiving({ kind }: TimelineStep): boolean {
  return kind === 'assigned';
}

/** What people hear of several steps at once; what only follows the facts has none. */
function lastStep(steps: readonly TimelineStep[]): TimelineStep {
  return steps.at(-1) ?? { kind: 'followed', details: {} };
}

function toAudit(exception: StoredException, step: TimelineStep, at: Date): AuditEntry[] {
  const action = DECISIONS[step.kind];
  if (action === undefined) {
    return [];
  }
  const { exceptionId, objectId, hop, signature, state } = exception;
  const subject = { type: 'exception', id: exceptionId };
  return [{ at, actor: SYSTEM, action, subject, details: { objectId, hop, signature, state, ...step.details } }];
}

/** What is open now and was not, or was not there. */
function newcomersOf(inserted: readonly StoredException[], decided: Reconciliation): StoredException[] {
  return [...inserted.filter(({ state }) => state === 'OPEN'), ...reopenedOf(decided)];
}

function reopenedOf({ changed }: Reconciliation): StoredException[] {
  return changed.flatMap(({ after, steps }) => (steps.some(({ kind }) => kind === 'reopened') ? [after] : []));
}

import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { lockBulkAct, type BulkActRow } from '../bulk/bulk-act.repository.js';
import { rightsFor, type DecidingKind } from '../bulk/domain/bulk-act.js';
import { bulkActWords } from '../bulk/domain/bulk-act-words.js';
import { ENDED_BULK_STATES } from '../bulk/domain/bulk-life-cycle.js';
import { freezeSelection, type SelectionTotals } from '../bulk/selection.repository.js';
import { MOST_OF_A_BULK_ACT, type BulkFailure } from '../bulk/submit-bulk-act.js';
import { workBulkAct } from '../bulk/work-bulk-act.js';
import { changedSinceSeen, DECIDED_AT_ONCE } from '../domain/acceptance-decision.js';
import { findLatestDecisions, findSince, markDeciding } from './asked-act.repository.js';

/** What waited when the person looked, and when that was. */
export type SeenAsked = { count: number; hash: string; asOf: Date };

export type AskedDecision = {
  /** The act that asked. */
  ofActId: string;
  kind: DecidingKind;
  /** Empty where none was said. */
  reason: string;
  seen: SeenAsked;
  /** Up to so many are decided at once. */
  atOnce?: number;
};

const RECORDED: Readonly<Record<DecidingKind, string>> = {
  APPROVE_ACCEPTANCES: 'acceptances.approved',
  REJECT_ACCEPTANCES: 'acceptances.rejected',
  WITHDRAW_ACCEPTANCES: 'acceptances.withdrawn',
};

/**
 * Decides on all that one act asked to close without correction and that waits, exactly as it was seen. A decision is an act on many as
 * the one that asked: what it is about is frozen, each of them is decided by the rules of one, and what may not be decided so stays as it
 * is. Few are decided at once, more by the worker.
 */
export async function decideAskedAct(
  tx: Tx,
  context: CatalogAct,
  { ofActId, kind, reason, seen, atOnce = DECIDED_AT_ONCE }: AskedDecision,
): Promise<{ kind: 'submitted'; bulkActId: string } | BulkFailure> {
  const { viewer, now: at, traceId } = context;
  // of two who decide at once the second sees what the first did
  const asking = await lockBulkAct(tx, ofActId);
  if (asking?.kind !== 'ACCEPT') return failure('NOT_FOUND', 'There is no such request.');
  const refusal = refusePerson(asking, kind, context) ?? (await refuseState(tx, asking));
  if (refusal !== null) return refusal;
  const bulkActId = randomUUID();
  const act = { kind, ofActId } as const;
  const { isFrozen, ...current } = await freezeSelection(
    tx,
    { askedBy: ofActId },
    {
      ...{ bulkActId, act, actWords: bulkActWords(act, null), reason, filter: null, viewer, at, traceId },
      selectionWords: `What ${asking.submittedByName} asked for: ${asking.selectionWords}`,
    },
    { previewed: seen, most: MOST_OF_A_BULK_ACT },
  );
  if (!isFrozen) return refuseChanged(tx, ofActId, seen, current);
  await markDeciding(tx, bulkActId, ofActId);
  await recordAct(
    tx,
    context,
    RECORDED[kind],
    { type: 'bulk-act', id: ofActId },
    {
      ...current,
      decisionId: bulkActId,
      reason,
      makerId: asking.submittedById,
      makerName: asking.submittedByName,
    },
  );
  if (current.count <= atOnce) await workBulkAct(tx, { now: at, most: current.count, bulkActId });
  else await tx.notify('throughline_bulk_act', tx.tenantId);
  return { kind: 'submitted', bulkActId };
}

function refusePerson(asking: BulkActRow, kind: DecidingKind, { viewer }: CatalogAct): BulkFailure | null {
  const isMaker = asking.submittedById === viewer.personId;
  if (!rightsFor(kind).some((right) => viewer.permissions.has(right))) {
    return failure('NOT_ALLOWED', `This needs the permission ${rightsFor(kind).join(' or ')}.`);
  }
  if (kind === 'WITHDRAW_ACCEPTANCES') {
    return isMaker ? null : failure('MAKER_MAY_NOT_DECIDE', `Only ${asking.submittedByName} can withdraw it.`);
  }
  return isMaker ? failure('MAKER_MAY_NOT_DECIDE', 'Whoever asked for it may not decide on it.') : null;
}

async function refuseState(tx: Tx, asking: BulkActRow): Promise<BulkFailure | null> {
  if (asking.state === 'FROZEN' || asking.state === 'RUNNING') {
    const { donePosition, count } = asking;
    return failure('STILL_ASKED', `It is still being asked for: ${donePosition} of ${count} are looked at so far.`);
  }
  const [latest = null] = await findLatestDecisions(tx, [asking.id]);
  return latest === null || ENDED_BULK_STATES.includes(latest.state)
    ? null
    : failure('BEING_DECIDED', `${latest.submittedByName} decided on it, which is being carried out: ${latest.words}.`);
}

async function refuseChanged(tx: Tx, ofActId: string, seen: SeenAsked, current: SelectionTotals): Promise<BulkFailure> {
  const since = await findSince(tx, ofActId, seen.asOf);
  const message = changedSinceSeen(seen.count, current.count, since);
  const code = current.count === 0 ? 'NOT_PENDING' : 'SELECTION_CHANGED';
  return { ...failure(code, message), previewed: { count: seen.count, hash: seen.hash }, current };
}

function failure(code: BulkFailure['code'], message: string): BulkFailure {
  return { kind: 'failure', code, message };
}

import { randomUUID } from 'node:crypto';
import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { chosenOf, MOST_OF_A_BULK_ACT, wordsOf, type Picked } from '../../exceptions/index.js';
import type { InSpiteOf } from '../domain/left-out.js';
import { findPlans, freezeChosen, type ToFreeze } from './plan.repository.js';

export type PlanWish = {
  /** What a person picked, or the plan that is made anew: of the same exceptions, with other wishes. */
  picked: Picked | { ofPlan: string };
  /** Trimmed, not empty; who goes on with it says it again. */
  reason: string;
  inSpiteOf: InSpiteOf;
  mode: Exclude<RequeueMode, 'corrected'>;
};

export type PlanFailureCode =
  'EMPTY_SELECTION' | 'SELECTION_TOO_LARGE' | 'NOT_FOUND' | 'NOT_POSSIBLE_NOW' | 'NOTHING_GOES' | 'NOT_THE_MAKER';

export type PlanFailure = { kind: 'plan-failure'; code: PlanFailureCode; message: string };

export type PlanOutcome = { kind: 'planned'; requestId: string } | PlanFailure;

/** Freezes a selection as of now; the worker plans it, and nothing goes out before a person who saw that plan goes on. */
export async function startPlan(tx: Tx, act: CatalogAct, wish: PlanWish): Promise<PlanOutcome> {
  const { viewer, now: at, traceId } = act;
  const requestId = randomUUID();
  const { picked, reason, inSpiteOf, mode } = wish;
  const selection = await selectionOf(tx, picked);
  if (selection === null) return planFailure('NOT_FOUND', 'There is no such plan.');
  const { chosen, selectionWords, filter } = selection;
  const frozen = await freezeChosen(
    tx,
    chosen,
    {
      ...{ requestId, makerId: viewer.personId, makerName: viewer.displayName, reason, mode, wish: inSpiteOf },
      ...{ selectionWords, filter, at, traceId },
    },
    MOST_OF_A_BULK_ACT,
  );
  if (!frozen.isFrozen) return refusalOf(frozen);
  const details = {
    selection: selectionWords,
    items: frozen.count,
    mode,
    inSpiteOf,
    ...('ofPlan' in picked && picked),
  };
  await recordAct(tx, act, 'requeue.planned', { type: 'requeue-request', id: requestId }, details);
  await tx.notify('throughline_requeue', tx.tenantId);
  return { kind: 'planned', requestId };
}

type Selection = { chosen: ToFreeze; selectionWords: string; filter: Readonly<Record<string, unknown>> | null };

/** What is frozen, and how it was picked; null = there is no such plan. */
async function selectionOf(tx: Tx, picked: PlanWish['picked']): Promise<Selection | null> {
  if (!('ofPlan' in picked)) {
    const filter = 'filter' in picked ? picked.filter : null;
    return { chosen: await chosenOf(tx, picked), selectionWords: await wordsOf(tx, picked), filter };
  }
  const [plan] = await findPlans(tx, [picked.ofPlan]);
  return plan ? { chosen: picked, selectionWords: plan.selectionWords, filter: null } : null;
}

function refusalOf({ count, present }: { count: number; present: number }): PlanFailure {
  if (count === 0) return planFailure('EMPTY_SELECTION', 'No exception matches, so there is nothing to send again.');
  if (present < count) return planFailure('NOT_FOUND', `Of ${count} exceptions ${count - present} are not there.`);
  const most = MOST_OF_A_BULK_ACT.toLocaleString('en');
  return planFailure('SELECTION_TOO_LARGE', `${count.toLocaleString('en')} match; at most ${most} are sent at once.`);
}

export function planFailure(code: PlanFailureCode, message: string): PlanFailure {
  return { kind: 'plan-failure', code, message };
}

import type { CompensationAction } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { findExceptions } from '../../../exceptions/index.js';
import { subjectOf } from '../../approval/domain/approval-subject.js';
import { neededApproval, type NeededApproval } from '../../approval/domain/four-eyes.js';
import { fourEyesInForce } from '../../approval/four-eyes-in-force.js';
import { planSums, type PlanSum } from '../../domain/plan-sums.js';
import { findWaiting, type WaitingRow } from '../../plan-facts.repository.js';
import { inOrder } from '../../usecases/read-plan.js';
import { effectSums } from '../domain/compensation-money.js';
import { planCompensation, type CompensationItem, type NamedDocument } from '../domain/compensation-plan.js';
import { readCases, withTargets, type CompensationCase, type CompensationWish } from './read-cases.js';

/** What would be undone or told and what not, what that does to money, what depends on it, and who has to approve it. */
export type CompensationPlan = {
  action: CompensationAction;
  items: (CompensationItem & { choices: NamedDocument[] })[];
  /** What it does to money: taken back, so that what came in is negative. */
  effect: PlanSum[];
  leftOut: PlanSum[];
  /** Steps of workflows and hubs that depend on what is undone. */
  waiting: WaitingRow[];
  approval: NeededApproval | null;
};

/** What would be undone, as things stand; changes nothing. */
export async function planCompensationOf(
  tx: Tx,
  exceptionIds: readonly string[],
  wish: CompensationWish,
  { secretKey, now }: { secretKey: Buffer; now: Date },
): Promise<CompensationPlan> {
  const exceptions = inOrder(exceptionIds, await findExceptions(tx, exceptionIds));
  const cases = await withTargets(tx, await readCases(tx, exceptions, wish, now), secretKey);
  return planOfCases(tx, cases, wish.action);
}

/** The plan of exceptions whose facts are read. */
export async function planOfCases(
  tx: Tx,
  cases: readonly CompensationCase[],
  action: CompensationAction,
): Promise<CompensationPlan> {
  const items = planCompensation(cases);
  const { fourEyes } = await fourEyesInForce(tx);
  const isGoing = new Set(items.filter(({ willSend }) => willSend).map(({ exceptionId }) => exceptionId));
  const going = cases.filter(({ exception }) => isGoing.has(exception.exceptionId));
  const choices = new Map(cases.map((one) => [one.exception.exceptionId, one.choices]));
  return {
    action,
    items: items.map((item) => ({ ...item, choices: choices.get(item.exceptionId) ?? [] })),
    effect: sumsOf(going, action),
    leftOut: sumsOf(
      cases.filter((one) => !going.includes(one)),
      action,
    ),
    waiting: await findWaiting(
      tx,
      going.map(({ measured }) => measured.objectId),
    ),
    approval: neededApproval(
      fourEyes.rules,
      subjectOf(
        going.map(({ measured }) => measured),
        'compensate',
      ),
    ),
  };
}

/** The largest amount of a document counts before its sign is turned, not after. */
function sumsOf(cases: readonly CompensationCase[], action: CompensationAction): PlanSum[] {
  const documents = cases.map(({ measured, row }) => ({ ...measured, amount: row?.amount ?? null }));
  return effectSums(action, planSums(documents));
}

import type { Database, Tx } from '@throughline/persistence';
import { lookAtPayloads } from '../corrections/look-at-payloads.js';
import type { LeftOut } from '../domain/left-out.js';
import { afterRequestStep } from '../domain/request-life.js';
import { settlePlan } from '../domain/plan.js';
import { fourEyesInForce } from '../approval/four-eyes-in-force.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { completePlan, judgeItems } from '../usecases/read-plan.js';
import {
  countLeftOut,
  findPlans,
  lockPlan,
  putPlanned,
  putProgress,
  putState,
  type PlanRow,
} from './plan.repository.js';
import {
  findJudged,
  leaveOutMissing,
  nextToJudge,
  putSettled,
  putVerdicts,
  type JudgedRow,
  type Verdict,
} from './plan-item.repository.js';

/** How a piece of a large selection is worked on. */
export type SliceOptions = { now: Date; most: number; secretKey: Buffer };

const PLAN_HOLDS_HOURS = 24;
const MS_PER_HOUR = 3_600_000;

/** There is no such exception any more. */
export const NO_MORE_THERE: LeftOut = { code: 'NOT_REQUEUEABLE', reason: 'It is not kept any more.' };

/** Slices that are judged side by side: the facts of one are read while another is judged. */
const LANES = 2;

/**
 * Judges the next items each by itself, or, when all are, what hangs on the whole. What is read changes nothing; what was found is
 * written in one transaction, unless another worker went on meanwhile.
 */
export async function planSlice(
  database: Pick<Database, 'withTenant'>,
  tenantId: string,
  seen: Pick<PlanRow, 'requestId' | 'donePosition' | 'items'>,
  options: SliceOptions,
): Promise<void> {
  const { requestId, donePosition, items } = seen;
  const { now, most } = options;
  const isJudged = donePosition >= items;
  // alone, so that it is known which item failed
  const lanes = most === 1 ? 1 : LANES;
  const starts = isJudged ? [] : Array.from({ length: lanes }, (_, lane) => donePosition + lane * most);
  const judge = (after: number) =>
    database.withTenant(tenantId, (tx) => judgeSlice(tx, requestId, after, options), { readOnly: true });
  const verdicts = (await Promise.all(starts.map(judge))).flat();
  await database.withTenant(tenantId, async (tx) => {
    const plan = await lockPlan(tx, requestId);
    if (plan?.state !== 'PLANNING' || plan.donePosition !== donePosition) return;
    if (isJudged) return settle(tx, plan, now);
    await putVerdicts(tx, requestId, verdicts);
    await putProgress(tx, requestId, { donePosition: Math.min(donePosition + lanes * most, items), frozen: 0 }, now);
    await notifyRequestsChanged(tx, [requestId]);
  });
}

async function judgeSlice(
  tx: Tx,
  requestId: string,
  after: number,
  { now, most, secretKey }: SliceOptions,
): Promise<Verdict[]> {
  const [plan] = await findPlans(tx, [requestId]);
  const items = await nextToJudge(tx, requestId, after, most);
  if (!plan || items.length === 0) return [];
  const { unfit, orders } = await lookAtPayloads(tx, items, modeOf(plan));
  const judged = await judgeItems(tx, items, secretKey, { wish: plan.wish, unfit, orders }, now);
  return items.map(({ position, exceptionId }, index) => ({
    position,
    refusal: judged[index]!.refusal,
    before: judged[index]!.before,
    movesMoney: orders.has(exceptionId),
  }));
}

/** What of a selection hangs on the others of it, and what it comes to. */
async function settle(tx: Tx, plan: PlanRow, now: Date): Promise<void> {
  const { requestId } = plan;
  await leaveOutMissing(tx, requestId, NO_MORE_THERE);
  const judged = await findJudged(tx, requestId);
  const rules = await fourEyesInForce(tx);
  const planned = await completePlan(tx, judged, settlePlan(judged, plan.wish), { ...rules, mode: modeOf(plan) });
  await putSettled(tx, requestId, newlySaid(judged, planned.items));
  await countLeftOut(tx, requestId);
  await putPlanned(
    tx,
    requestId,
    {
      ...planned,
      going: planned.items.filter(({ willSend }) => willSend).length,
      expiresAt: new Date(now.getTime() + PLAN_HOLDS_HOURS * MS_PER_HOUR),
    },
    now,
  );
  const state = afterRequestStep(plan.state, 'plan');
  if (state === null) throw new Error(`a request that is ${plan.state} cannot be planned`);
  await putState(tx, requestId, state, now);
  await notifyRequestsChanged(tx, [requestId]);
}

/** Of most items nothing more is said than was said of each by itself. */
function newlySaid(judged: readonly JudgedRow[], items: Awaited<ReturnType<typeof completePlan>>['items']) {
  return items.flatMap(({ code, reason, after }, index) => {
    const { position, refusal } = judged[index]!;
    return code === (refusal?.code ?? null) && after.length === 0 ? [] : [{ position, code, reason, after }];
  });
}

/** A corrected payload is chosen one by one, never for a large selection. */
export function modeOf({ mode }: PlanRow): Exclude<PlanRow['mode'], 'corrected'> {
  if (mode === 'corrected') throw new Error('a large selection is not sent corrected');
  return mode;
}

import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError, type Database, type Tx } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { recordAudit } from '../../audit/index.js';
import { listActivePeople, permissionsOf } from '../../identity/index.js';
import { afterRequestStep } from '../domain/request-life.js';
import type { LeftOut } from '../domain/left-out.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { isDoneInHalves } from '../usecases/done-in-halves.js';
import { REQUEUE_SENDER } from '../usecases/requeue-sender.js';
import { dropPlan } from './finish-freezing.js';
import { freezeSlice } from './freeze-slice.js';
import { planSlice, type SliceOptions } from './plan-slice.js';
import {
  findExpiredPlans,
  findNextPlan,
  lockPlan,
  putProgress,
  putState,
  putWorked,
  type PlanRow,
} from './plan.repository.js';
import { nextToFreeze, putFreezeOutcomes, putVerdicts } from './plan-item.repository.js';

const POLL_MS = 5_000;
/** Items of one transaction: nobody waits for a plan, and somebody may wait for one of the exceptions that are claimed. */
const SLICES = { PLANNING: 10_000, FREEZING: 1_000 };

export type RequeuePlanStageParts = {
  database: Database;
  secretKey: Buffer;
  clock: () => Date;
  log: Pick<Logger, 'error'>;
  /** Items of one transaction. */
  slices?: typeof SLICES;
};

/**
 * Plans large selections, and freezes those that are asked for, slice by slice: rows tell how far each is, so that any worker goes on
 * wherever another was killed. A slice that fails by a fault of ours, or takes longer than a statement may, is done in halves, until
 * the one item it fails on is left out; what fails as a whole is ended.
 */
export function createRequeuePlanStage(parts: RequeuePlanStageParts): Stage {
  const { database, secretKey, clock, log, slices = SLICES } = parts;
  return {
    name: 'requeue-plans',
    wakesOn: ['throughline_requeue'],
    pollMs: POLL_MS,
    async run(tenantId) {
      await database.withTenant(tenantId, (tx) => expirePlans(tx, clock()));
      const plan = await database.withTenant(tenantId, findNextPlan, { readOnly: true });
      if (plan === null) return false;
      for (let most = plan.state === 'PLANNING' ? slices.PLANNING : slices.FREEZING; ; most = Math.ceil(most / 2)) {
        const options = { now: clock(), most, secretKey };
        try {
          if (plan.state === 'PLANNING') await planSlice(database, tenantId, plan, options);
          else await database.withTenant(tenantId, (tx) => freezeNext(tx, plan, options));
          return true;
        } catch (error) {
          if (most > 1 && isDoneInHalves(error)) continue;
          if (isTransientDatabaseError(error)) {
            // others have their turn before it is tried again
            await database.withTenant(tenantId, (tx) => putWorked(tx, plan.requestId, clock()));
            throw error;
          }
          log.error({ tenantId, requestId: plan.requestId, err: error }, 'an item of a selection could not be planned');
          await database.withTenant(tenantId, (tx) => skipItem(tx, plan, clock()));
          return true;
        }
      }
    },
  };
}

async function expirePlans(tx: Tx, now: Date): Promise<void> {
  for (const requestId of await findExpiredPlans(tx, now)) {
    const plan = await lockPlan(tx, requestId);
    const state = plan && afterRequestStep(plan.state, 'expire');
    if (plan === null || plan.state !== 'PLANNED' || state === null) continue;
    await putState(tx, requestId, state, now);
    const subject = { type: 'requeue-request', id: requestId };
    await recordAudit(tx, { at: now, actor: REQUEUE_SENDER, action: 'requeue.expired', subject, details: {} });
    await notifyRequestsChanged(tx, [requestId]);
  }
}

/** Freezes the next items, or ends it where whoever asked for it is not here any more, or may not ask. */
async function freezeNext(tx: Tx, seen: PlanRow, options: SliceOptions): Promise<void> {
  const { requestId, makerId } = seen;
  const maker = (await listActivePeople(tx)).find(({ id }) => id === makerId);
  if (maker !== undefined && permissionsOf(maker.roles).has('requeue.request')) return freezeSlice(tx, seen, options);
  const plan = await lockPlan(tx, requestId);
  if (plan?.state !== 'FREEZING') return;
  await dropPlan(tx, plan, `${plan.makerName} may not ask for it any more.`, options.now);
}

const FAULT: LeftOut = {
  code: 'NOT_PLANNED',
  reason: 'It failed by a fault of the program, which is in its log.',
};

/** Leaves out the next item, or ends what fails as a whole; nothing where another worker went on. */
async function skipItem(tx: Tx, seen: PlanRow, now: Date): Promise<void> {
  const { requestId, donePosition } = seen;
  const plan = await lockPlan(tx, requestId);
  if (plan === null || plan.state !== seen.state || plan.donePosition !== donePosition) return;
  if (plan.state === 'PLANNING') {
    if (donePosition >= plan.items) return dropPlan(tx, plan, FAULT.reason, now);
    const position = donePosition + 1;
    await putVerdicts(tx, requestId, [{ position, refusal: FAULT, before: [], movesMoney: false }]);
    await putProgress(tx, requestId, { donePosition: position, frozen: 0 }, now);
    return;
  }
  const [item] = await nextToFreeze(tx, requestId, donePosition, 1);
  // it would be taken for ever, and keep others from their turn
  if (item === undefined) return dropPlan(tx, plan, FAULT.reason, now);
  await putFreezeOutcomes(tx, requestId, [{ position: item.position, ...FAULT }]);
  await putProgress(tx, requestId, { donePosition: item.position, frozen: plan.frozen }, now);
}

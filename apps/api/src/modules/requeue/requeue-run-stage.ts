import type { Database } from '@throughline/persistence';
import type { Stage } from '../../worker/stage.js';
import { recordAudits } from '../audit/index.js';
import { REQUEST_LIFE_CYCLE } from './domain/request-life.js';
import { notifyRequestsChanged } from './requeue.repository.js';
import { findEndingRuns, findRuns, findSendingRuns, finishRequests } from './run.repository.js';
import { endCancelled } from './usecases/end-cancelled.js';
import { REQUEUE_SENDER } from './usecases/requeue-sender.js';
import { ALL_RELEASED_MS, workRun } from './usecases/work-run.js';

const POLL_MS = 5_000;

const FINISHABLE = REQUEST_LIFE_CYCLE.find(({ step }) => step === 'finish')?.from ?? [];

/**
 * Carries the sending of requests on: releases what their limits allow, ends the rest of cancelled ones batch by batch, and finishes
 * those of which nothing is left. All that it knows is in rows; each step is a transaction of its own, and any worker does the next.
 */
export function createRequeueRunStage({ database, clock }: { database: Database; clock: () => Date }): Stage {
  return {
    name: 'requeue-runs',
    wakesOn: ['throughline_requeue'],
    pollMs: POLL_MS,
    async run(tenantId) {
      const [sending, ending] = await database.withTenant(tenantId, async (tx) => [
        await findSendingRuns(tx),
        await findEndingRuns(tx),
      ]);
      const again: number[] = [];
      for (const requestId of ending) {
        const isEnded = await database.withTenant(tenantId, async (tx) => {
          const [run] = await findRuns(tx, [requestId]);
          const because = run?.note ?? 'Cancelled.';
          return endCancelled(tx, { requestId, actor: REQUEUE_SENDER, because, now: clock() });
        });
        if (!isEnded) again.push(0);
      }
      for (const { requestId } of sending.filter(({ hasLeft }) => hasLeft)) {
        const now = clock();
        const lookAgainAt = await database.withTenant(tenantId, (tx) => workRun(tx, requestId, now));
        if (lookAgainAt !== null) again.push(lookAgainAt.getTime() - now.getTime());
      }
      if (sending.some(({ hasLeft }) => !hasLeft)) again.push(ALL_RELEASED_MS);
      await finish(database, tenantId, clock());
      return again.length > 0 && { againInMs: Math.max(0, Math.min(...again)) };
    },
  };
}

async function finish(database: Database, tenantId: string, now: Date): Promise<void> {
  await database.withTenant(tenantId, async (tx) => {
    const finished = await finishRequests(tx, FINISHABLE, now);
    await recordAudits(
      tx,
      finished.map((id) => ({
        at: now,
        actor: REQUEUE_SENDER,
        action: 'requeue.finished',
        subject: { type: 'requeue-request', id },
        details: {},
      })),
    );
    await notifyRequestsChanged(tx, finished);
  });
}

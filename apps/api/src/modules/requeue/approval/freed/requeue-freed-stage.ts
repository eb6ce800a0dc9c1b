import type { Logger } from '@throughline/observability';
import type { Database, Tx } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import { applyActs, lockExceptionsBeside, type ActOnException } from '../../../exceptions/index.js';
import { callThoseBehind } from '../../usecases/enqueue-sends.js';
import { isDoneInHalves } from '../../usecases/done-in-halves.js';
import { REQUEUE_SENDER } from '../../usecases/requeue-sender.js';
import { findFreed, findStillFreed, type FreedRow } from './freed.repository.js';

const POLL_MS = 60_000;

/** Exceptions of one transaction: somebody may wait for one of them. */
const BATCH = 500;

export type RequeueFreedStageParts = { database: Database; clock: () => Date; log: Pick<Logger, 'error'> };

/**
 * Opens exceptions again that wait for an approval though no request has them in hand: whatever freed them, it ended, or was ended,
 * before it could tell them. One that cannot be told keeps no other from it, and is tried again.
 */
export function createRequeueFreedStage({ database, clock, log }: RequeueFreedStageParts): Stage {
  const open = (tenantId: string, ids: readonly string[]) =>
    database.withTenant(tenantId, (tx) => openFreed(tx, ids, clock()));
  return {
    name: 'requeue-freed',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      for (let after: string | null = null; ;) {
        const ids = await database.withTenant(tenantId, (tx) => findFreed(tx, after, BATCH), { readOnly: true });
        const failed: unknown[] = [];
        await open(tenantId, ids).catch(async (error: unknown) => {
          if (!isDoneInHalves(error)) throw error;
          for (const id of ids) await open(tenantId, [id]).catch((reason: unknown) => failed.push(reason));
        });
        const [err] = failed;
        if (err !== undefined)
          log.error({ tenantId, count: failed.length, err }, 'freed exceptions could not be opened');
        after = ids.at(-1) ?? null;
        if (ids.length < BATCH) return false;
      }
    },
  };
}

/** Opens those of these that nobody has in hand. */
export async function openFreed(tx: Tx, exceptionIds: readonly string[], now: Date): Promise<void> {
  if (exceptionIds.length === 0) return;
  const locked = new Map((await lockExceptionsBeside(tx, exceptionIds)).map((one) => [one.exceptionId, one]));
  const freed = await findStillFreed(tx, exceptionIds);
  const acts = freed.flatMap((row): ActOnException[] => {
    const exception = locked.get(row.exceptionId);
    if (exception === undefined) return [];
    return [{ exception, act: 'reject-approval', kind: 'requeue-withdrawn', details: detailsOf(row) }];
  });
  await applyActs(tx, { actor: REQUEUE_SENDER, at: now }, acts);
  await callThoseBehind(
    tx,
    freed.map(({ exceptionId }) => exceptionId),
  );
}

function detailsOf({ requestId, attemptId, attempt, answer }: FreedRow): Record<string, unknown> {
  const because = answer?.replace(/^withdrawn: /, '') ?? 'no request has it in hand any more';
  return { ...(requestId !== null && { requestId, attemptId, attempt }), because };
}

import type { Tx } from '@throughline/persistence';
import { findQueueMembers, tellNotices } from '../../exceptions/index.js';
import { findApprovalRows } from '../approval/approval.repository.js';
import { findQueuesOfRun } from '../run-queues.repository.js';
import { REQUEUE_SENDER } from './requeue-sender.js';

/** Tells that a run stopped by itself: whoever asked for it, and the members of the queues that its exceptions lie in. */
export async function tellStopped(tx: Tx, requestId: string, why: string, now: Date): Promise<void> {
  const [request] = await findApprovalRows(tx, [requestId]);
  if (request === null || request === undefined) return;
  const members = (await findQueueMembers(tx, await findQueuesOfRun(tx, requestId))).flat();
  const title = `Sending ${request.items} again, asked for by ${request.makerName}`;
  await tellNotices(
    tx,
    { actor: REQUEUE_SENDER, at: now },
    [...new Set([request.makerId, ...members.map(({ id }) => id)])].map((personId) => ({
      ...{ personId, kind: 'run-stopped' as const, exceptionId: null, title },
      details: { requestId, reason: why },
    })),
  );
}

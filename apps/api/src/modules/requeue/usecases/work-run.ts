import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../audit/index.js';
import { afterRequestStep } from '../domain/request-life.js';
import { releaseNow } from '../domain/run.js';
import { sendingTime } from '../domain/sending-hours.js';
import { NO_LOAD, roomOf } from '../domain/target-room.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { findHeldTargets, releaseAll, releaseNext } from '../release.repository.js';
import { countForRelease } from '../release-counts.repository.js';
import { lockSendingRun, writeState, type RunRow } from '../run.repository.js';
import { findSettings, SHIPPED_SETTINGS } from '../sending-settings/sending-settings.repository.js';
import { findTargetLoads, holdTargets } from '../target-load.repository.js';
import { enqueueReleased } from './enqueue-sends.js';
import { REQUEUE_SENDER } from './requeue-sender.js';
import { tellStopped } from './tell-stopped.js';

/** A run of which all is released is looked at so often until it is finished. */
export const ALL_RELEASED_MS = 1_000;

/** A run whose targets are all outside of their hours is looked at so often: hours can be changed. */
const CLOSED_MS = 60_000;

/**
 * Releases what the limits of a run allow now, in the transaction that counts it: whatever ends the worker in between, nothing is
 * released twice, and nothing without its job. Answers when to look again; null = it is not sending, or in other hands.
 */
export async function workRun(tx: Tx, requestId: string, now: Date): Promise<Date | null> {
  const run = await lockSendingRun(tx, requestId);
  if (run === null) return null;
  const counts = await countForRelease(tx, run, now);
  const release = releaseNow(run, counts, now);
  if (release.kind === 'done') return new Date(now.getTime() + ALL_RELEASED_MS);
  if (release.kind === 'stop') {
    await stop(tx, run, release.why, now);
    return null;
  }
  if (release.count === 0) return release.lookAgainAt;
  const { open, opensAt } = await findOpenTargets(tx, requestId, now);
  if (open.length === 0 && opensAt !== null) return new Date(Math.min(opensAt.getTime(), now.getTime() + CLOSED_MS));
  const isFirst = counts.proved + counts.pending + counts.failed === 0;
  const targets = await roomsOf(tx, open, now);
  const isRoomForAll = targets.length === open.length && targets.every(({ room }) => room >= counts.left);
  const isWhole = isFirst && isRoomForAll && counts.left <= Math.min(release.count, run.canary);
  const released = isWhole
    ? await releaseAll(tx, requestId, open, now)
    : await releaseNext(tx, requestId, { count: release.count, targets }, now);
  await enqueueReleased(tx, released);
  if (released.length > 0) await notifyRequestsChanged(tx, [requestId]);
  return release.lookAgainAt;
}

/** The targets that something is held back for and that are in their sending hours; else when the first of them is. */
async function findOpenTargets(
  tx: Tx,
  requestId: string,
  now: Date,
): Promise<{ open: string[]; opensAt: Date | null }> {
  const held = await findHeldTargets(tx, requestId);
  const settings = await findSettings(tx, held);
  const times = settings.map(({ hours }) => sendingTime(hours, now));
  const opens = times.flatMap((time) => (time.isOpen ? [] : [time.opensAt.getTime()]));
  return {
    open: held.filter((_, index) => times[index]?.isOpen),
    opensAt: opens.length === 0 ? null : new Date(Math.min(...opens)),
  };
}

/** How many each of these targets takes now, by all runs; those that nobody else is just releasing to. */
async function roomsOf(
  tx: Tx,
  integrations: readonly string[],
  now: Date,
): Promise<{ integration: string; room: number }[]> {
  const held = await holdTargets(tx, integrations);
  const loads = await findTargetLoads(tx, held, now);
  const settings = await findSettings(tx, held);
  return held.map((integration, index) => ({
    integration,
    room: roomOf(settings[index] ?? SHIPPED_SETTINGS, loads.get(integration) ?? NO_LOAD),
  }));
}

async function stop(tx: Tx, { requestId, state }: RunRow, why: string, now: Date): Promise<void> {
  const after = afterRequestStep(state, 'stop');
  if (after === null) throw new Error(`a request that is ${state} cannot be stopped`);
  await writeState(tx, requestId, after, why, now);
  await recordAudit(tx, {
    at: now,
    actor: REQUEUE_SENDER,
    action: 'requeue.stopped',
    subject: { type: 'requeue-request', id: requestId },
    details: { why },
  });
  await tellStopped(tx, requestId, why, now);
  await notifyRequestsChanged(tx, [requestId]);
}

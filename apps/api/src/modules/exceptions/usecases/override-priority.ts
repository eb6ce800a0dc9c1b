import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { isOpen } from '../domain/life-cycle.js';
import type { PriorityBand } from '../domain/priority.js';
import { applyActs } from './apply-acts.js';
import { lockAsked, type ActOutcome } from './act-outcome.js';

export type OverrideInput = {
  viewer: Viewer;
  exceptionId: string;
  /** Null = as rated again. */
  band: PriorityBand | null;
  /** Trimmed, not empty. */
  reason: string;
  /** As the person saw it; null = whatever it is. */
  version: number | null;
  now: Date;
  traceId: string | undefined;
};

/** States another priority than the rated one, or takes that back. */
export async function overridePriority(tx: Tx, input: OverrideInput): Promise<ActOutcome> {
  const { viewer, exceptionId, band, reason, version, now, traceId } = input;
  const exceptions = await lockAsked(tx, [exceptionId]);
  const failing = exceptions.flatMap((exception): ActOutcome[] => {
    if (version !== null && exception.version !== version) {
      const message = 'It has changed since you looked at it. Look again, then decide.';
      return [{ kind: 'failure', code: 'STALE_VERSION', message, exceptionId }];
    }
    if (!isOpen(exception.state)) {
      const message = `In state ${exception.state} there is nothing to do, so nothing to put first.`;
      return [{ kind: 'failure', code: 'NOT_RATEABLE', message, exceptionId }];
    }
    return [];
  });
  if (failing[0] !== undefined) return failing[0];
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId },
    exceptions
      .filter((exception) => band !== null || exception.statedBand !== null)
      .map((exception) => ({
        exception,
        act: null,
        standing: {
          statedBand: band,
          statedReason: band === null ? null : reason,
          statedBy: band === null ? null : viewer.personId,
          statedAt: band === null ? null : now,
        },
        kind: 'prioritised',
        details: { from: exception.statedBand ?? exception.priorityBand, to: band ?? exception.priorityBand, reason },
      })),
  );
  return { kind: 'changed', exceptionIds: [exceptionId] };
}

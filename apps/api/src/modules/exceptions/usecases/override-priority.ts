import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { isOpen } from '../domain/life-cycle.js';
import type { PriorityBand } from '../domain/priority.js';
import type { StoredException } from '../domain/stored-exception.js';
import { applyActs, type ActOnException } from './apply-acts.js';
import { lockAsked, refuseStale, type ActOutcome } from './act-outcome.js';

/** What a person says of the priority, and why. */
export type StatedPriority = {
  viewer: Viewer;
  /** Null = as rated again. */
  band: PriorityBand | null;
  /** Trimmed, not empty. */
  reason: string;
  now: Date;
};

export type OverrideInput = StatedPriority & {
  exceptionId: string;
  /** As the person saw it; null = whatever it is. */
  version: number | null;
  traceId: string | undefined;
};

/** States another priority than the rated one, or takes that back. */
export async function overridePriority(tx: Tx, input: OverrideInput): Promise<ActOutcome> {
  const { viewer, exceptionId, version, now, traceId } = input;
  const exceptions = await lockAsked(tx, [exceptionId]);
  const stale = version === null ? null : await refuseStale(tx, exceptions, [{ exceptionId, version }]);
  if (stale !== null) return stale;
  const closed = exceptions.find(({ state }) => !isOpen(state));
  if (closed !== undefined) {
    const message = `In state ${closed.state} there is nothing to do, so nothing to put first.`;
    return { kind: 'failure', code: 'NOT_RATEABLE', message, exceptionId };
  }
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId },
    prioritise(exceptions, input),
  );
  return { kind: 'changed', exceptionIds: [exceptionId] };
}

/** The acts that state it; those that are as rated anyhow need none to be so again. */
export function prioritise(
  exceptions: readonly StoredException[],
  { viewer, band, reason, now }: StatedPriority,
): ActOnException[] {
  return exceptions
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
    }));
}

import { canRequeue, isActOfQueue, type StoredException } from '../../exceptions/index.js';
import { orderOf } from './order.js';

/** Where an integration takes requeues; null address = it takes none. */
export type RequeueTarget = { requeueUrl: string | null; requeueSecret: string | null };

export type Candidate = {
  exception: StoredException;
  target: RequeueTarget | null;
  /** An attempt of this exception, or of another one of the same object and integration, is not finished. */
  hasClaim: boolean;
  /** Exceptions before it in the lineage that are failures to be sent again themselves. */
  before: readonly BlockingException[];
};

/** An open failure before another one. */
export type BlockingException = { exceptionId: string; title: string; isUnderWay: boolean };

/** Why something is not sent; the code of the failure when nothing is. */
export type LeftOutCode =
  | 'ALREADY_REQUEUED'
  | 'NOT_REQUEUEABLE'
  | 'NO_REQUEUE_TARGET'
  | 'OBJECT_IN_SELECTION'
  | 'BLOCKED_BY_PREDECESSOR'
  | 'NO_SUCH_VERSION'
  | 'STALE_VERSION'
  | 'PAYLOAD_UNFIT';

export type PlanItem = {
  exceptionId: string;
  integration: string | null;
  objectKey: string;
  willSend: boolean;
  code: LeftOutCode | null;
  reason: string | null;
  /** Exceptions that go before it: it is sent when they are solved. */
  after: readonly string[];
};

/**
 * What would be sent and what is left out and why, in the order asked. One object goes through one integration once at a time: where
 * several exceptions of a selection share both, the first is sent, which serves them all. What is stuck behind a failure that is
 * neither sent with it nor on its way is left out, unless it is asked for in spite of that.
 */
export function planRequeue(candidates: readonly Candidate[], despitePredecessors = false): PlanItem[] {
  let items = planEach(candidates);
  if (!despitePredecessors) {
    items = withoutBlocked(items, candidates);
  }
  const sent = items.filter((item) => item.willSend).map((item) => item.exceptionId);
  const before = new Map(
    candidates.map(({ exception, before: found }) => [exception.exceptionId, found.map((one) => one.exceptionId)]),
  );
  const underWay = candidates.flatMap(({ before: found }) =>
    found.filter((one) => one.isUnderWay).map((one) => one.exceptionId),
  );
  const order = orderOf([...new Set([...sent, ...underWay])], before);
  return items.map((item) => (item.willSend ? { ...item, after: order.get(item.exceptionId) ?? [] } : item));
}

/** Leaves out what is stuck behind something that does not go; what stands behind that in turn as well. */
function withoutBlocked(planned: readonly PlanItem[], candidates: readonly Candidate[]): PlanItem[] {
  const before = new Map(candidates.map((candidate) => [candidate.exception.exceptionId, candidate.before]));
  const stands = (first: string, second: string) =>
    before.get(second)?.some((one) => one.exceptionId === first) ?? false;
  let items = [...planned];
  for (let isChanging = true; isChanging;) {
    // what goes with another exception of its object is as good as sent
    const going = new Set(
      items.filter((item) => item.willSend || item.code === 'OBJECT_IN_SELECTION').map((item) => item.exceptionId),
    );
    items = items.map((item) => {
      const blocking = !item.willSend
        ? undefined
        : before
            .get(item.exceptionId)
            ?.find(
              ({ exceptionId, isUnderWay }) =>
                !isUnderWay && !going.has(exceptionId) && !stands(item.exceptionId, exceptionId),
            );
      return blocking === undefined ? item : { ...item, willSend: false, ...blockedBy(blocking) };
    });
    isChanging = items.some((item) => item.code === 'BLOCKED_BY_PREDECESSOR' && going.has(item.exceptionId));
  }
  return items;
}

function blockedBy({ title }: BlockingException): { code: LeftOutCode; reason: string } {
  return {
    code: 'BLOCKED_BY_PREDECESSOR',
    reason: `Before it comes ${title}, which is stuck as well: send that first, or both together.`,
  };
}

function planEach(candidates: readonly Candidate[]): PlanItem[] {
  const taken = new Set<string>();
  return candidates.map(({ exception, target, hasClaim }) => {
    const lane = JSON.stringify([exception.objectId, exception.integration]);
    const refusal = refusalOf(exception, target, hasClaim, taken.has(lane));
    if (refusal === null) {
      taken.add(lane);
    }
    return {
      exceptionId: exception.exceptionId,
      integration: exception.integration === '' ? null : exception.integration,
      objectKey: exception.objectKey,
      willSend: refusal === null,
      code: refusal?.code ?? null,
      reason: refusal?.reason ?? null,
      after: [],
    };
  });
}

function refusalOf(
  exception: StoredException,
  target: RequeueTarget | null,
  hasClaim: boolean,
  isLaneTaken: boolean,
): { code: LeftOutCode; reason: string } | null {
  if (hasClaim || exception.state === 'REQUEUED') {
    return { code: 'ALREADY_REQUEUED', reason: 'It has been sent again already and the outcome is not known yet.' };
  }
  if (!canRequeue(exception.state)) {
    return { code: 'NOT_REQUEUEABLE', reason: `In state ${exception.state} there is nothing to send again.` };
  }
  if (!isActOfQueue(exception.queue, 'requeue')) {
    return {
      code: 'NOT_REQUEUEABLE',
      reason: 'In its queue nothing is sent again: it is put right where it came from.',
    };
  }
  if (exception.integration === '') {
    return { code: 'NO_REQUEUE_TARGET', reason: 'No integration failed here, so there is nothing to send again.' };
  }
  if (target === null || target.requeueUrl === null) {
    return {
      code: 'NO_REQUEUE_TARGET',
      reason: `Integration ${exception.integration} has no address that takes requeues.`,
    };
  }
  if (target.requeueSecret === null) {
    return {
      code: 'NO_REQUEUE_TARGET',
      reason: `Integration ${exception.integration} has no secret to sign requeues with.`,
    };
  }
  if (isLaneTaken) {
    return {
      code: 'OBJECT_IN_SELECTION',
      reason: 'The same object goes through the same integration with another exception of this selection.',
    };
  }
  return null;
}

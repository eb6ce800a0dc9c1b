import { canRequeue, isActOfQueue, type StoredException } from '../../exceptions/index.js';

/** Where an integration takes requeues; null address = it takes none. */
export type RequeueTarget = { requeueUrl: string | null; requeueSecret: string | null };

export type Candidate = {
  exception: StoredException;
  target: RequeueTarget | null;
  /** An attempt of this exception, or of another one of the same object and integration, is not finished. */
  hasClaim: boolean;
};

/** Why something is not sent; the code of the failure when nothing is. */
export type LeftOutCode = 'ALREADY_REQUEUED' | 'NOT_REQUEUEABLE' | 'NO_REQUEUE_TARGET' | 'OBJECT_IN_SELECTION';

export type PlanItem = {
  exceptionId: string;
  integration: string | null;
  objectKey: string;
  willSend: boolean;
  code: LeftOutCode | null;
  reason: string | null;
};

/**
 * What would be sent and what is left out and why, in the order asked. One object goes through one integration once at a time: where
 * several exceptions of a selection share both, the first is sent, which serves them all.
 */
export function planRequeue(candidates: readonly Candidate[]): PlanItem[] {
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

import type { Alias } from '@throughline/canonical';

/**
 * JSON body of a requeue, POSTed to an integration and signed as Standard Webhooks. One attempt has one byte-identical
 * body over all its transmissions; `Idempotency-Key` equals `webhook-id`.
 */
export type RequeueBody = {
  /** The request; the re-run carries it as `throughline.requeue.id` or `throughlinerequeueid`. */
  requeueId: string;
  /** Counts sends from 1; the original failure is not one. */
  attempt: number;
  integration: string;
  object: { type: string; key: string; aliases: Alias[] };
  /** As it was sent by the source, or corrected; null when the source never gave it. */
  payload: unknown;
  payloadVersion: number;
  /** What is asked of the target; absent = `as-is`, as in bodies of earlier versions. */
  mode?: RequeueMode;
  /** Why a person sends it again. */
  reason: string;
};

/**
 * How something is sent again: `as-is`, the payload that failed; `corrected`, the version that `payloadVersion` names; `extract-anew`,
 * no payload: the source is asked to read the object again and to send what it has now.
 */
export const REQUEUE_MODES = ['as-is', 'corrected', 'extract-anew'] as const;

export type RequeueMode = (typeof REQUEUE_MODES)[number];

/** Header of an attempt that stays the same over all its transmissions, beside `webhook-id`. */
export const IDEMPOTENCY_KEY_HEADER = 'idempotency-key';

/** How an endpoint's answer to a requeue is read. */
export type RequeueAnswer = 'acknowledged' | 'refused' | 'try-later';

/**
 * 2xx and 409 (already processed) acknowledge, 429 and 5xx may succeed later, everything else refuses. After 502 and 504, which something
 * before the endpoint answers, only an endpoint that keeps idempotency keys is asked again: it may have processed it.
 */
export function readRequeueAnswer(httpStatus: number): RequeueAnswer {
  if ((httpStatus >= 200 && httpStatus < 300) || httpStatus === 409) return 'acknowledged';
  return httpStatus === 429 || httpStatus >= 500 ? 'try-later' : 'refused';
}

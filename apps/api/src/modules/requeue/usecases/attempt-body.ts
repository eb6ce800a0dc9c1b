import type { StoredException } from '../../exceptions/index.js';
import type { ChosenPayload, ChosenPayloads } from '../corrections/choose-payloads.js';
import { writeRequeueBody } from '../domain/requeue-body.js';

/** What one attempt sends, written once: its body, and which payload is in it. */
export function attemptBody(
  { exceptionId, objectType, objectKey, integration }: StoredException,
  { objects, payloads }: ChosenPayloads,
  { requestId, attempt, reason }: { requestId: string; attempt: number; reason: string },
): ChosenPayload & { body: string } {
  const known = objects.get(exceptionId);
  const chosen = payloads.get(exceptionId);
  if (chosen === undefined) throw new Error(`no payload was chosen for exception ${exceptionId}`);
  const { mode, payloadJson, payloadVersion } = chosen;
  const object = { type: known?.type ?? objectType, key: known?.key ?? objectKey, aliases: known?.aliases ?? [] };
  const parts = { requeueId: requestId, attempt, integration, object, payloadJson, payloadVersion, mode, reason };
  return { ...chosen, body: writeRequeueBody(parts) };
}

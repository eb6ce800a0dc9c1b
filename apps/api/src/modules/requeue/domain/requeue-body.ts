import { createHash } from 'node:crypto';
import type { RequeueBody } from '@throughline/contracts';

/** The public body with the payload as stored JSON text, so that no number goes through a binary float; null = none known. */
export type RequeueBodyParts = Omit<RequeueBody, 'payload'> & { payloadJson: string | null };

/** The body of the POST as text, written once per attempt. */
export function writeRequeueBody(body: RequeueBodyParts): string {
  const { requeueId, attempt, integration, object, payloadJson, payloadVersion, mode, reason } = body;
  const head = JSON.stringify({ requeueId, attempt, integration, object });
  const tail = JSON.stringify({ payloadVersion, mode, reason });
  return `${head.slice(0, -1)},"payload":${payloadJson ?? 'null'},${tail.slice(1)}`;
}

/** Hash of the frozen selection: which exceptions, which attempt of each, which bytes; independent of the order asked. */
export function selectionHash(items: readonly { exceptionId: string; attempt: number; body: string }[]): Buffer {
  const hash = createHash('sha256');
  const lines = items.map(({ exceptionId, attempt, body }) => {
    const bytes = createHash('sha256').update(body, 'utf8').digest('hex');
    return `${exceptionId} ${attempt} ${bytes}\n`;
  });
  for (const line of lines.sort()) {
    hash.update(line);
  }
  return hash.digest();
}

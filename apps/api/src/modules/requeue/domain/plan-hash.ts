import { createHash } from 'node:crypto';
import type { RequeueMode } from '@throughline/contracts';

/** What would be sent of one exception. */
export type HashedItem = {
  exceptionId: string;
  integration: string;
  mode: RequeueMode;
  payloadVersion: number | null;
  /** Null = it is extracted anew, or none is known. */
  payloadJson: string | null;
};

/**
 * Hash of what a plan says would go: which exceptions, where to, which payload of each, and whether somebody has to approve it. What is
 * left out is not in it, so that who asks for no more than what was to go asks for the same.
 */
export function planHash(going: readonly HashedItem[], isAsked: boolean): string {
  const lines = going.map(({ exceptionId, integration, mode, payloadVersion, payloadJson }) => {
    const bytes = createHash('sha256')
      .update(payloadJson ?? '', 'utf8')
      .digest('hex');
    return `${JSON.stringify([exceptionId, integration, mode, payloadVersion, bytes])}\n`;
  });
  return createHash('sha256')
    .update(`requeue plan 1\n${isAsked ? 'asked' : 'at once'}\n${lines.sort().join('')}`, 'utf8')
    .digest('hex');
}

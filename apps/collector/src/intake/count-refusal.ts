import { asRefusal, type Intake, type IntakeRequest } from './intake.js';
import type { RefusalKind } from './refusal.js';

/** What its sender has to put right; all else may succeed as it is. `unauthenticated` behind the key is a wrong signature. */
const SENDERS_TO_MEND: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  'unauthenticated',
  'forbidden',
  'not-found',
  'gone',
  'malformed',
  'misframed',
  'unsupported-media-type',
  'too-large',
]);
const NOTHING_READ = new Uint8Array(0);

/**
 * Does the work of a request whose key is known. One that is refused as a whole is counted for the key as one item, with a
 * sample of what was read of it.
 */
export async function countRefusal<T>(intake: Intake, taken: IntakeRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = asRefusal(error);
    if (SENDERS_TO_MEND.has(refusal.kind) && !refusal.isBrokenOff)
      await intake.refuseWhole(taken, refusal.message, refusal.sample ?? NOTHING_READ);
    throw refusal;
  }
}

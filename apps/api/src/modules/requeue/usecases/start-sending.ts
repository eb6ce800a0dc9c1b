import type { Tx } from '@throughline/persistence';
import { enqueueSends } from './enqueue-sends.js';

/** Lets the attempts of a request go out, in the transaction that decides it: asked for where nobody has to approve it, else approved. */
export async function startSending(tx: Tx, attemptIds: readonly string[]): Promise<void> {
  await enqueueSends(tx, attemptIds);
}

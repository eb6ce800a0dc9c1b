import type { Tx } from '@throughline/persistence';
import { lockExceptions } from '../exceptions.repository.js';
import { findSeenPostings, verifyPostings } from '../hand-posting.repository.js';
import { applyActs } from './apply-acts.js';
import { SYSTEM } from './reconcile-exceptions.js';

/** Marks corrections by hand as verified once the lineage shows their document. Answers how many there were. */
export async function verifyHandPostings(tx: Tx, now: Date, limit: number): Promise<number> {
  const found = await findSeenPostings(tx, limit);
  if (found.length === 0) {
    return 0;
  }
  const exceptions = await lockExceptions(
    tx,
    found.map((one) => one.exceptionId),
  );
  const seen = new Map((await findSeenPostings(tx, limit)).map((one) => [one.exceptionId, one]));
  const verified = exceptions.flatMap((exception) => {
    const posting = seen.get(exception.exceptionId);
    return posting === undefined ? [] : [{ exception, posting }];
  });
  await verifyPostings(
    tx,
    verified.map(({ posting }) => posting),
    now,
  );
  await applyActs(
    tx,
    { actor: SYSTEM, at: now },
    verified.map(({ exception, posting: { documentType, documentKey, objectId } }) => ({
      exception,
      act: null,
      kind: 'hand-posting-verified',
      details: { document: { type: documentType, key: documentKey }, objectId },
    })),
  );
  return found.length;
}

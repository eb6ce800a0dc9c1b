import { HUB_TYPES, problemSignature } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { integrationOfHop, type StoredException } from '../../../exceptions/index.js';
import { doublePosts, madeBeside, type MadeDocument } from '../../domain/double-post.js';
import { doublePostIdentity } from '../../domain/outcome-problem.js';
import { findMade } from '../../outcome.repository.js';
import { findAttemptsAt } from '../compensation-facts.repository.js';

/**
 * The documents that one send made twice, by exception, in the order in which they were posted; only of exceptions that tell of such.
 * Which of them is the wrong one nobody but a person can say.
 */
export async function findDoubleDocuments(
  tx: Tx,
  exceptions: readonly StoredException[],
): Promise<Map<string, MadeDocument[]>> {
  const told = exceptions.flatMap(({ exceptionId, objectId, hop }) => {
    const integration = integrationOfHop(hop);
    return integration === null ? [] : [{ exceptionId, objectId, integration }];
  });
  if (told.length === 0) return new Map();
  const attempts = await findAttemptsAt(tx, told);
  const made = await findMade(
    tx,
    attempts.map(({ attemptId }) => attemptId),
  );
  const signatures = new Map(exceptions.map(({ exceptionId, signature }) => [exceptionId, signature]));
  const found = new Map<string, MadeDocument[]>();
  for (const { toldById: exceptionId, ...attempt } of attempts) {
    const own = madeBeside(attempt, attempts, made);
    const double = doublePosts(own).find(({ type }) => {
      // a batch holds other payments as well: none is undone as a whole
      if (HUB_TYPES.has(type)) return false;
      const { taxonomy, discriminators } = doublePostIdentity(type, attempt.attempt);
      return problemSignature(taxonomy, discriminators) === signatures.get(exceptionId);
    });
    if (double === undefined) continue;
    const order = own.flatMap(({ documents }) => documents.map(({ objectId }) => objectId));
    const placeOf = ({ objectId }: MadeDocument) => order.indexOf(objectId);
    found.set(
      exceptionId,
      double.documents.toSorted((one, other) => placeOf(one) - placeOf(other)),
    );
  }
  return found;
}

import type { Instant, Uuid } from '@throughline/canonical';
import { type MoneyLink, type MoneyNodes, countsSince } from './money-flows.js';
import { moneyRoleOf } from './money-vocabulary.js';

/** Why an invoice that was paid is open again. */
export type Reopening = 'payment-undone' | 'payment-returned' | 'credit-undone';

const PAYING: ReadonlySet<string> = new Set(['payment', 'settlement']);

/**
 * What had paid or credited a document and does not any more, each kind once with the last time of it: a payment that was voided,
 * reversed or rejected, one that came back, a credit memo that was cancelled. Depends on the sets alone.
 */
export function reopeningsOf(
  objectId: Uuid,
  nodes: MoneyNodes,
  linksFrom: (objectId: Uuid) => readonly MoneyLink[],
): Map<Reopening, Instant> {
  const found = new Map<Reopening, Instant>();
  const note = (reopening: Reopening, at: Instant) => {
    if (at > (found.get(reopening) ?? '')) found.set(reopening, at);
  };
  for (const link of linksFrom(objectId)) {
    if (link.establishedAt === null || moneyRoleOf(link.qualifier, 'invoice') !== 'passes') continue;
    const paying = nodes.get(link.toObjectId);
    if (paying === undefined) continue;
    const isPayment = PAYING.has(paying.type);
    if (!isPayment && paying.type !== 'credit-memo') continue;
    const undone = isPayment ? 'payment-undone' : 'credit-undone';
    if (paying.undoneAt !== null) note(undone, paying.undoneAt);
    for (const back of linksFrom(link.toObjectId)) {
      const since = countsSince(back);
      const role = moneyRoleOf(back.qualifier, paying.type);
      const isBackAgain = (nodes.get(back.toObjectId)?.undoneAt ?? null) !== null;
      if (since === null || isBackAgain) continue;
      if (role === 'reverses') note(undone, since);
      if (role === 'returns') note('payment-returned', since);
    }
  }
  return found;
}

import { type Money, type Uuid, isZero } from '@throughline/canonical';
import { grouped } from './grouped.js';
import { openAmountOf } from './impact.js';
import { balanceMoney, type MoneyBalance } from './money-balances.js';
import type { MoneyLink, MoneyNodes } from './money-flows.js';
import type { ToleranceOf } from './money-tolerance.js';
import { PASSING_ON } from './money-vocabulary.js';

/** A payment is not smaller for having been sent in a batch, unless the batch is counted beside it. */
const IN_A_BATCH = 'batches';
/** They move goods: one without an amount is no station of money. */
const GOODS: ReadonlySet<string> = new Set(['delivery', 'goods-receipt']);

/** A document that names an object as its context: a customer, a supplier, a product, an account, a period. */
export type AttachedTo = { contextId: Uuid; objectId: Uuid };

/** What is open of such a document; null = its amount, or what became of it, is not known. */
export type WaitingDocument = AttachedTo & { open: Money | null };

/**
 * The documents whose money waits for what they are attached to, in the order given. What has gone on downstream is left out,
 * so that the unbilled part counts on the order and the billed one on the invoice; what passes no money on waits with none.
 * `links` null = the money around them could not be read whole, so nothing is known of it.
 */
export function waitingDocuments(
  attached: readonly AttachedTo[],
  nodes: MoneyNodes,
  links: readonly MoneyLink[] | null,
  toleranceOf?: ToleranceOf,
): WaitingDocument[] {
  const ids = [...new Set(attached.map(({ objectId }) => objectId))];
  const balancesWith = (counting: readonly MoneyLink[] | null): Map<Uuid, MoneyBalance[]> =>
    grouped(counting === null ? [] : balanceMoney(nodes, counting, toleranceOf, ids), ({ objectId }) => objectId);
  const [whole, unbatched] = [
    balancesWith(links),
    balancesWith(links && links.filter(({ qualifier }) => qualifier !== IN_A_BATCH)),
  ];
  const batchesOf = grouped(
    (links ?? []).filter(({ qualifier }) => qualifier === IN_A_BATCH),
    ({ fromObjectId }) => fromObjectId,
  );
  const named = new Set(attached.map(({ contextId, objectId }) => `${contextId} ${objectId}`));
  return attached.flatMap(({ contextId, objectId }): WaitingDocument[] => {
    const node = nodes.get(objectId);
    if (node === undefined || !PASSING_ON.has(node.type) || (node.amount === null && GOODS.has(node.type))) return [];
    const isInBatch = (batchesOf.get(objectId) ?? []).some(({ toObjectId }) => named.has(`${contextId} ${toObjectId}`));
    const open = openAmountOf((isInBatch ? whole : unbatched).get(objectId) ?? []);
    return open === undefined || (open !== null && isZero(open)) ? [] : [{ contextId, objectId, open }];
  });
}

import type { Instant, Uuid } from '@throughline/canonical';

/**
 * Links over which one and the same money goes on unchanged, so that it is whole at both ends: what is open at the one is no other
 * money than what is open at the other. An object that has several of them goes by the first of this order.
 */
export const HOLDING_QUALIFIERS: readonly string[] = [
  'batches',
  'gathers',
  'books',
  'formalises',
  'offers',
  'disputes',
  'demands',
  'posts',
];

/** A link as far as it tells where money is held. */
export type HoldingLink = { fromObjectId: Uuid; toObjectId: Uuid; qualifier: string; firstOccurredAt: Instant };

/**
 * Where the money of an object is held: the outermost object that holds it, and the one next to that on the way. Both are the object
 * itself where that holds others; null = its money is its own.
 */
export type MoneyPlace = { moneyPartId: Uuid | null; moneyWholeId: Uuid | null };

/** So far does money go on: payment, block, file, entry. */
const MOST_STEPS = 3;

/**
 *     payment ──batches──► batch ──books──► bank entry        part = batch, whole = entry
 *                          batch ──books──► bank entry        part = batch, whole = entry
 *                                           bank entry        part = whole = entry
 *
 * Of several holders over one kind of link the latest counts: a payment that was rejected goes out in another batch. Depends on the
 * set of links alone; `links` must hold all holding links that lead on from the object, and of those that lead to it at least one.
 */
export function moneyPlaceOf(objectId: Uuid, links: readonly HoldingLink[]): MoneyPlace {
  const path = [objectId];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = holderOf(path.at(-1)!, links);
    if (next === null || path.includes(next)) break;
    path.push(next);
  }
  const whole = path.at(-1)!;
  if (path.length > 1) return { moneyPartId: path.at(-2)!, moneyWholeId: whole };
  const holdsOthers = links.some(
    ({ fromObjectId, toObjectId }) => toObjectId === objectId && fromObjectId !== objectId,
  );
  return holdsOthers ? { moneyPartId: whole, moneyWholeId: whole } : { moneyPartId: null, moneyWholeId: null };
}

function holderOf(objectId: Uuid, links: readonly HoldingLink[]): Uuid | null {
  const [first] = links
    .filter(({ fromObjectId, toObjectId }) => fromObjectId === objectId && toObjectId !== objectId)
    .sort(byPrecedence);
  return first?.toObjectId ?? null;
}

function byPrecedence(left: HoldingLink, right: HoldingLink): number {
  return (
    HOLDING_QUALIFIERS.indexOf(left.qualifier) - HOLDING_QUALIFIERS.indexOf(right.qualifier) ||
    compareText(right.firstOccurredAt, left.firstOccurredAt) ||
    compareText(left.toObjectId, right.toObjectId)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

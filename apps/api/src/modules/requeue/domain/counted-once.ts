import { compareMoney, sumMoney, zeroMoney, type Money } from '@throughline/canonical';

/** Whose money an object's is: null = its own, see ADR 12. */
export type Held = { objectId: string; moneyPartId?: string | null; moneyWholeId?: string | null };

type Counted = { id: string; money: Money };

/**
 * Money of objects, each named once, in one currency: what one of them holds counts with it, as the holder or the sum of what it holds,
 * whichever is more. The same as countedOnceSql of exceptions.
 */
export function countedOnce(objects: readonly (Held & { money: Money })[], currency: string): Money {
  const alone: Money[] = [];
  const wholes = new Map<string, Map<string, Counted[]>>();
  for (const { objectId, moneyPartId, moneyWholeId, money } of objects) {
    if (moneyWholeId === null || moneyWholeId === undefined) {
      alone.push(money);
      continue;
    }
    const parts = wholes.get(moneyWholeId) ?? new Map<string, Counted[]>();
    wholes.set(moneyWholeId, parts);
    const partId = moneyPartId ?? moneyWholeId;
    const known = parts.get(partId) ?? [];
    parts.set(partId, known);
    known.push({ id: objectId, money });
  }
  const held = [...wholes].map(([wholeId, parts]) =>
    largerOf(
      wholeId,
      [...parts].map(([id, within]) => ({ id, money: largerOf(id, within, currency) })),
      currency,
    ),
  );
  return sumMoney([...alone, ...held], currency);
}

function largerOf(holderId: string, counted: readonly Counted[], currency: string): Money {
  const own = counted.find(({ id }) => id === holderId)?.money ?? zeroMoney(currency);
  const others = sumMoney(
    counted.filter(({ id }) => id !== holderId).map(({ money }) => money),
    currency,
  );
  return compareMoney(own, others) >= 0 ? own : others;
}

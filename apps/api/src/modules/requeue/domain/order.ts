/** What stands before an exception in the lineage and is stuck itself, by exception. */
export type Before = ReadonlyMap<string, readonly string[]>;

/**
 * What goes out before each of these: those of them that stand before it.
 *
 *     order ✗ ──► delivery ✗ ──► invoice ✗        the invoice goes behind delivery and order, the delivery behind the order
 *
 * Of two that stand before one another (links in a circle) neither waits for the other.
 */
export function orderOf(sent: readonly string[], before: Before): Map<string, string[]> {
  const wanted = new Set(sent);
  const isBefore = (first: string, second: string) => before.get(second)?.includes(first) ?? false;
  return new Map(
    sent.map((id) => [
      id,
      [...new Set(before.get(id) ?? [])].filter((other) => wanted.has(other) && other !== id && !isBefore(id, other)),
    ]),
  );
}

/** What goes before an attempt, as it stands now. */
export type Predecessor = {
  /** Type and number, to be told. */
  title: string;
  /** Something of it is on its way, whoever sent it. */
  isUnderWay: boolean;
  /** It is still stuck. */
  isOpen: boolean;
};

export type Turn = { kind: 'go' } | { kind: 'wait'; for: string } | { kind: 'withdraw'; because: string };

/** Whether an attempt may go out: not while something before it is on its way, and not at all when that failed again. */
export function turnOf(before: readonly Predecessor[]): Turn {
  const stuck = before.find(({ isOpen, isUnderWay }) => isOpen && !isUnderWay);
  if (stuck !== undefined) {
    return { kind: 'withdraw', because: stuck.title };
  }
  const underWay = before.find(({ isUnderWay }) => isUnderWay);
  return underWay === undefined ? { kind: 'go' } : { kind: 'wait', for: underWay.title };
}

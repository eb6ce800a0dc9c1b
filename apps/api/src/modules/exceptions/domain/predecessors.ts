/** A flow link by its ends; what comes first is `from`. */
export type FlowLink = { from: string; to: string };

/** An open exception about something that comes before. */
export type Predecessor = { exceptionId: string; objectId: string; steps: number; isRoot: boolean };

/**
 * Open exceptions upstream of an object, the nearest first: what is stuck there cannot reach it. Root = nothing upstream of it is
 * stuck in turn, so that it is the one to begin with.
 *
 *     contract ✗ ──► order ──► delivery ✗ ──► invoice        of the invoice: delivery (1 step), contract (3 steps, root)
 *
 * Circles of links end where they began.
 */
export function predecessorsOf(
  objectId: string,
  links: readonly FlowLink[],
  openByObject: ReadonlyMap<string, readonly string[]>,
): Predecessor[] {
  const upstream = new Map<string, string[]>();
  for (const { from, to } of links) {
    upstream.set(to, [...(upstream.get(to) ?? []), from]);
  }
  const found: Predecessor[] = [];
  for (const [object, steps] of distancesFrom(objectId, upstream)) {
    if (object !== objectId) {
      const before = [...distancesFrom(object, upstream).keys()].filter(
        (other) => other !== object && other !== objectId,
      );
      const isRoot = !before.some((other) => (openByObject.get(other)?.length ?? 0) > 0);
      found.push(
        ...(openByObject.get(object) ?? []).map((exceptionId) => ({ exceptionId, objectId: object, steps, isRoot })),
      );
    }
  }
  return found.sort((left, right) => left.steps - right.steps || (left.exceptionId < right.exceptionId ? -1 : 1));
}

function distancesFrom(objectId: string, upstream: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const distances = new Map([[objectId, 0]]);
  let ring = [objectId];
  for (let steps = 1; ring.length > 0; steps += 1) {
    const next: string[] = [];
    for (const object of ring.flatMap((one) => upstream.get(one) ?? [])) {
      if (!distances.has(object)) {
        distances.set(object, steps);
        next.push(object);
      }
    }
    ring = next;
  }
  return distances;
}

import { type Instant, type Uuid, hashedUuid } from '@throughline/canonical';
import type { LineageActivity, LineageEdge, LineageGraph } from '../lineage-graph.js';
import {
  type StandingAct,
  carriedOutAtOf,
  isCarriedOut,
  refusalAt,
  standsSince,
  undoneWithBatchAt,
} from './undone-objects.js';

/** What gathers payments for the bank: a block of a file, and the file. */
export const BATCH = 'payment-batch';
/** What goes out in batches. */
const BATCHED: ReadonlySet<string> = new Set(['payment', 'refund']);
/** From a block to its file, and no further. */
const MOST_FILES = 1;

/** A link into a batch: of a payment to the block that it goes out in, of a block to its file. */
export type BatchLink = LineageEdge;

/**
 *     payment ──batches──► block ──gathers──► file        the bank's no to the file is one to all that is in it
 *
 * Since when what goes out in a batch does not go, because the batch was rejected or cancelled as a whole and does not stand again
 * since. Of several batches the latest counts: what was rejected goes out in another one; an attempt that failed moves nothing into
 * another. Depends on the sets of links and acts alone.
 */
export function refusedWithBatch(
  links: readonly BatchLink[],
  actsOf: (batchId: Uuid) => readonly StandingAct[],
): (objectId: Uuid) => Instant | null {
  const latest = latestLinks(links);
  const refusedAt = refusalOfBatch(latest, actsOf);
  return (objectId) => {
    const batchId = latest.get(objectId)?.toObjectId;
    return batchId === undefined ? null : refusedAt(batchId, MOST_FILES);
  };
}

/** Since when a batch does not go, by itself or with the file that it is in. */
function refusalOfBatch(
  latest: ReadonlyMap<Uuid, BatchLink>,
  actsOf: (batchId: Uuid) => readonly StandingAct[],
): (batchId: Uuid, files: number) => Instant | null {
  const refused = new Map<string, Instant | null>();
  const refusedAt = (batchId: Uuid, files: number): Instant | null => {
    const key = `${batchId}/${files}`;
    const known = refused.get(key);
    if (known !== undefined) return known;
    const fileId = files === 0 ? undefined : latest.get(batchId)?.toObjectId;
    const withFile = fileId === undefined ? null : refusedAt(fileId, files - 1);
    const at = undoneWithBatchAt(BATCH, actsOf(batchId), withFile);
    refused.set(key, at);
    return at;
  };
  return refusedAt;
}

/** Of each start the link that counts: what it is in now. */
function latestLinks(links: readonly BatchLink[]): Map<Uuid, BatchLink> {
  const latest = new Map<Uuid, BatchLink>();
  for (const link of links) {
    const known = latest.get(link.fromObjectId);
    if (link.fromObjectId !== link.toObjectId && (known === undefined || isLater(link, known)))
      latest.set(link.fromObjectId, link);
  }
  return latest;
}

/** Whether one link into a batch counts rather than another from the same start: the later, of which attempts that failed come first. */
export function isLater(one: BatchLink, other: BatchLink): boolean {
  const isAttempt = one.establishedAt === null;
  if (isAttempt !== (other.establishedAt === null)) return !isAttempt;
  if (one.firstOccurredAt !== other.firstOccurredAt) return one.firstOccurredAt > other.firstOccurredAt;
  return one.toObjectId > other.toObjectId;
}

/** What happened to a payment with a batch, as if the bank had told it; `leftAt` = when it went into another, null = it is in it. */
export type BatchRefusal = { objectId: Uuid; type: string; leftAt: Instant | null; activity: LineageActivity };

/**
 * Refusals without those of what was carried out all the same. Of a batch that a payment left they count where it is told to go
 * anew since: what was told with the first batch is then not what carried it.
 */
export function withoutCarriedOut(
  refusals: readonly BatchRefusal[],
  actsOf: (objectId: Uuid) => readonly StandingAct[],
): BatchRefusal[] {
  return refusals.filter(({ objectId, type, leftAt, activity }) => {
    const acts = actsOf(objectId);
    if (leftAt === null) return !isCarriedOut(type, acts);
    const carriedOutAt = carriedOutAtOf(type, acts);
    return (carriedOutAt === null || carriedOutAt >= leftAt) && standsSince(type, acts, activity.occurredAt);
  });
}

/** What happened to the payments of a graph with their batches, those that they are in and those that they left. */
export function refusalsInGraph(
  { nodes, edgesFrom }: Pick<LineageGraph, 'nodes' | 'edgesFrom'>,
  actsOf: (batchId: Uuid) => readonly StandingAct[],
): BatchRefusal[] {
  const isBatch = (id: Uuid) => nodes.get(id)?.type === BATCH;
  const batched = [...nodes.values()].filter(({ type }) => type === BATCH || BATCHED.has(type));
  const linksOf = new Map(
    batched.map(({ objectId }) => [
      objectId,
      (edgesFrom.get(objectId) ?? []).filter(({ toObjectId }) => isBatch(toObjectId)),
    ]),
  );
  const links = [...linksOf.values()].flat();
  if (links.length === 0) return [];
  const latest = latestLinks(links);
  const refusedAt = refusalOfBatch(latest, actsOf);
  return batched.flatMap(({ objectId, type }) => {
    const now = latest.get(objectId);
    if (type === BATCH || now === undefined) return [];
    const at = refusedAt(now.toObjectId, MOST_FILES);
    const leftAt = now.firstOccurredAt;
    const before = (linksOf.get(objectId) ?? []).filter(
      (link) => link.toObjectId !== now.toObjectId && link.establishedAt !== null && now.establishedAt !== null,
    );
    const earlier = before
      .flatMap(({ toObjectId }) => refusedAt(toObjectId, MOST_FILES) ?? [])
      .map((one) => (one < leftAt ? one : justBefore(leftAt)))
      .sort()
      .at(-1);
    return [
      ...(earlier === undefined ? [] : [refusal(objectId, type, earlier, leftAt)]),
      ...(at === null ? [] : [refusal(objectId, type, at, null)]),
    ];
  });
}

function refusal(objectId: Uuid, type: string, occurredAt: Instant, leftAt: Instant | null): BatchRefusal {
  const activity: LineageActivity = {
    ...refusalAt(type, occurredAt),
    activityId: hashedUuid([
      leftAt === null ? 'refused with its batch' : 'refused with a batch that it left',
      objectId,
    ]),
    system: '',
    integration: '',
    runKey: '',
    problem: null,
  };
  return { objectId, type, leftAt, activity };
}

/** A batch that is refused once a payment has left it takes nothing from the one that carries it: undone is what was before. */
function justBefore(instant: Instant): Instant {
  return new Date(Date.parse(instant) - 1).toISOString();
}

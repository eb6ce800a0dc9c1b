import { type Instant, type Uuid, hashedUuid } from '@throughline/canonical';
import type { LineageActivity, LineageEdge, LineageGraph } from '../lineage-graph.js';
import { type StandingAct, isCarriedOut, refusalAt, undoneWithBatchAt } from './undone-objects.js';

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
  const latest = new Map<Uuid, BatchLink>();
  for (const link of links) {
    const known = latest.get(link.fromObjectId);
    if (link.fromObjectId !== link.toObjectId && (known === undefined || isLater(link, known)))
      latest.set(link.fromObjectId, link);
  }
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
  return (objectId) => {
    const batchId = latest.get(objectId)?.toObjectId;
    return batchId === undefined ? null : refusedAt(batchId, MOST_FILES);
  };
}

/** What happened to a payment with its batch, as if the bank had told it. */
export type BatchRefusal = { objectId: Uuid; type: string; activity: LineageActivity };

/** Refusals without those of what was carried out all the same. */
export function withoutCarriedOut(
  refusals: readonly BatchRefusal[],
  actsOf: (objectId: Uuid) => readonly StandingAct[],
): BatchRefusal[] {
  return refusals.filter(({ objectId, type }) => !isCarriedOut(type, actsOf(objectId)));
}

/** What happened to the payments of a graph with their batches, as if the bank had told it of each. */
export function refusalsInGraph(
  { nodes, edgesFrom }: Pick<LineageGraph, 'nodes' | 'edgesFrom'>,
  actsOf: (batchId: Uuid) => readonly StandingAct[],
): BatchRefusal[] {
  const isBatch = (id: Uuid) => nodes.get(id)?.type === BATCH;
  const batched = [...nodes.values()].filter(({ type }) => type === BATCH || BATCHED.has(type));
  const links = batched.flatMap(({ objectId }) =>
    (edgesFrom.get(objectId) ?? []).filter(({ toObjectId }) => isBatch(toObjectId)),
  );
  if (links.length === 0) return [];
  const refusedAt = refusedWithBatch(links, actsOf);
  return batched.flatMap(({ objectId, type }) => {
    const occurredAt = type === BATCH ? null : refusedAt(objectId);
    if (occurredAt === null) return [];
    const activity: LineageActivity = {
      ...refusalAt(type, occurredAt),
      activityId: hashedUuid(['refused with its batch', objectId]),
      system: '',
      integration: '',
      runKey: '',
      problem: null,
    };
    return [{ objectId, type, activity }];
  });
}

function isLater(one: BatchLink, other: BatchLink): boolean {
  const isAttempt = one.establishedAt === null;
  if (isAttempt !== (other.establishedAt === null)) return !isAttempt;
  if (one.firstOccurredAt !== other.firstOccurredAt) return one.firstOccurredAt > other.firstOccurredAt;
  return one.toObjectId > other.toObjectId;
}

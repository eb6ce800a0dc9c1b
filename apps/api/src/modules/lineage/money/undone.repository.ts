import { HUB_TYPES, type Outcome } from '@throughline/canonical';
import {
  BATCH,
  type BatchLink,
  type StandingAct,
  refusedWithBatch,
  tellingOfStanding,
  undoneWithBatchAt,
} from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import { type HappenedLine, happenedOf } from '../pipeline/read-objects.js';

type Asked = { objectId: string; type: string; happened: HappenedLine[] | null };

/**
 * Since when objects are cancelled, reversed or rejected, alone or with the batch that they are in; what stands is left out. Hubs
 * gather thousands and are not looked at.
 */
export async function findUndone(tx: Tx, objects: readonly Asked[]): Promise<Map<string, string>> {
  const documents = objects.filter(({ type }) => !HUB_TYPES.has(type));
  // What happened is kept with an object unless a failure is among it, or there is much of it.
  const read = await readActs(
    tx,
    documents.filter(({ happened }) => happened === null),
  );
  const refusedAt = await findRefused(tx, documents);
  return new Map(
    documents.flatMap(({ objectId, type, happened }) => {
      const kept = happenedOf(happened)?.map((one): StandingAct => ({ ...one, outcome: 'success' }));
      const undoneAt = undoneWithBatchAt(type, kept ?? read.get(objectId) ?? [], refusedAt(objectId));
      return undoneAt === null ? [] : [[objectId, undoneAt] as const];
    }),
  );
}

/** Since when documents do not go because their batch does not. */
async function findRefused(tx: Tx, documents: readonly Asked[]): Promise<(objectId: string) => string | null> {
  const links: BatchLink[] = [];
  // The blocks that documents are in, then the files that those are in.
  let ids = documents.flatMap(({ objectId, type }) => (type === 'payment' || type === 'refund' ? [objectId] : []));
  for (let step = 0; step < 2 && ids.length > 0; step += 1) {
    const found = await findBatchLinks(tx, ids);
    links.push(...found);
    ids = [...new Set(found.map(({ toObjectId }) => toObjectId))];
  }
  const batchIds = [...new Set(links.map(({ toObjectId }) => toObjectId))];
  const acts = await readActs(
    tx,
    batchIds.map((objectId) => ({ objectId, type: BATCH })),
  );
  return refusedWithBatch(links, (batchId) => acts.get(batchId) ?? []);
}

async function findBatchLinks(tx: Tx, objectIds: readonly string[]): Promise<BatchLink[]> {
  const rows = await tx.query<
    Omit<BatchLink, 'firstOccurredAt' | 'establishedAt'> & { firstOccurredAt: Date; isEstablished: boolean }
  >(
    `select from_object_id as "fromObjectId", to_object_id as "toObjectId", first_occurred_at as "firstOccurredAt",
            is_established as "isEstablished"
     from object_link
     where tenant_id = $1 and from_object_id = any($2::uuid[]) and to_type = '${BATCH}' and not is_context`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return rows.map(({ isEstablished, ...row }) => {
    const firstOccurredAt = row.firstOccurredAt.toISOString();
    return { ...row, firstOccurredAt, establishedAt: isEstablished ? firstOccurredAt : null };
  });
}

/** What tells of objects whether they stand: the last of each kind. */
export async function readActs(
  tx: Tx,
  objects: readonly Pick<Asked, 'objectId' | 'type'>[],
): Promise<Map<string, StandingAct[]>> {
  const acts = new Map<string, StandingAct[]>();
  if (objects.length === 0) return acts;
  const types = [...new Set(objects.map(({ type }) => type))].flatMap(tellingOfStanding);
  const rows = await tx.query<{ objectId: string; type: string; outcome: Outcome; occurredAt: Date }>(
    `select asked.id as "objectId", s.activity_type as type, s.outcome, max(s.occurred_at) as "occurredAt"
     from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       select alias_id from object_alias where tenant_id = $1 and object_id = asked.id offset 0
     ) name
     cross join lateral (
       select activity_type, outcome, occurred_at from alias_statement
       where tenant_id = $1 and alias_id = name.alias_id and is_subject and activity_type = any($3::text[]) offset 0
     ) s
     group by asked.id, s.activity_type, s.outcome`,
    [tx.tenantId, uuidArray(objects.map(({ objectId }) => objectId)), types],
  );
  for (const { objectId, occurredAt, ...act } of rows) {
    const known = acts.get(objectId);
    const one = { ...act, occurredAt: occurredAt.toISOString() };
    if (known === undefined) acts.set(objectId, [one]);
    else known.push(one);
  }
  return acts;
}

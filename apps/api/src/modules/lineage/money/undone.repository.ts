import { HUB_TYPES, type Outcome } from '@throughline/canonical';
import { type StandingAct, tellingOfStanding, undoneAtOf } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import { type HappenedLine, happenedOf } from '../pipeline/read-objects.js';

type Asked = { objectId: string; type: string; happened: HappenedLine[] | null };

/** Since when objects are cancelled, reversed or rejected; what stands is left out. Hubs gather thousands and are not looked at. */
export async function findUndone(tx: Tx, objects: readonly Asked[]): Promise<Map<string, string>> {
  const documents = objects.filter(({ type }) => !HUB_TYPES.has(type));
  // What happened is kept with an object unless a failure is among it, or there is much of it.
  const read = await readActs(
    tx,
    documents.filter(({ happened }) => happened === null),
  );
  return new Map(
    documents.flatMap(({ objectId, type, happened }) => {
      const kept = happenedOf(happened)?.map((one): StandingAct => ({ ...one, outcome: 'success' }));
      const undoneAt = undoneAtOf(type, kept ?? read.get(objectId) ?? []);
      return undoneAt === null ? [] : [[objectId, undoneAt] as const];
    }),
  );
}

async function readActs(tx: Tx, objects: readonly Asked[]): Promise<Map<string, StandingAct[]>> {
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

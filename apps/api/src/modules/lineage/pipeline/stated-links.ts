import {
  type ActivityLink,
  type ActivityObject,
  CONTEXT_TYPES,
  HUB_TYPES,
  type ObjectType,
  type Outcome,
} from '@throughline/canonical';
import { type AliasStatement, type LinkState, type ResolvedLink, aliasStatements } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import { readObjectIds } from './read-objects.js';
import type { StatementLine } from './read-statements.js';

/** Links as they were stated, and the types of the objects at their ends. */
export type StatedLinks = { links: ResolvedLink[]; types: ReadonlyMap<string, ObjectType> };

/** What is known of an activity by the names that were read. */
type Named = {
  occurredAt: string;
  recordedAt: string | undefined;
  outcome: Outcome;
  /** By position its lowest name, and the object of that: names that contradict one another are of several objects. */
  objectAt: Map<number, { aliasId: string; objectId: string }>;
  isRegrouped: boolean;
};

type ActivityLine = { activity_id: string; links: ActivityLink[]; objects: ActivityObject[] | null };

/**
 * The links that activities state between objects all of whose statements were read, and those between a regrouped object and
 * any other. An activity that names one of them alone has no link between two: the thousands of a hub stay unread.
 */
export async function linksOfStatements(
  tx: Tx,
  lines: readonly StatementLine[],
  objectIdOf: ReadonlyMap<string, string>,
  regrouped: ReadonlySet<string>,
): Promise<StatedLinks> {
  const types = new Map<string, ObjectType>();
  const named = new Map<string, Named>();
  for (const line of lines) {
    const objectId = objectIdOf.get(line.alias_id);
    if (objectId === undefined) continue;
    types.set(objectId, line.object_type);
    const known = named.get(line.activity_id);
    const one = known ?? {
      occurredAt: line.occurred_at.toISOString(),
      recordedAt: line.recorded_at?.toISOString(),
      outcome: line.outcome,
      objectAt: new Map<number, { aliasId: string; objectId: string }>(),
      isRegrouped: false,
    };
    const lowest = one.objectAt.get(line.position);
    if (lowest === undefined || line.alias_id < lowest.aliasId)
      one.objectAt.set(line.position, { aliasId: line.alias_id, objectId });
    one.isRegrouped ||= regrouped.has(objectId);
    if (known === undefined) named.set(line.activity_id, one);
  }
  const asked = [...named].filter(([, one]) => one.isRegrouped || one.objectAt.size > 1);
  const activities = await readActivities(tx, asked);
  const others = await readOthers(tx, activities, named, types);
  const isAsked = new Set(objectIdOf.values());
  const links = activities.flatMap(({ activity_id: activityId, links: stated }) => {
    const { occurredAt = '', recordedAt, outcome = 'failure', objectAt } = named.get(activityId) ?? {};
    const objectOf = (position: number) => objectAt?.get(position)?.objectId ?? others.get(`${activityId}/${position}`);
    return stated.flatMap(({ from, to, qualifier, amount }, ordinal): ResolvedLink[] => {
      const [fromObjectId, toObjectId] = [objectOf(from), objectOf(to)];
      if (fromObjectId === undefined || toObjectId === undefined) return [];
      const isConcerned =
        (isAsked.has(fromObjectId) && isAsked.has(toObjectId)) ||
        regrouped.has(fromObjectId) ||
        regrouped.has(toObjectId);
      if (!isConcerned) return [];
      const origin = { activityId, ordinal, occurredAt, recordedAt, outcome };
      return [{ ...origin, fromObjectId, toObjectId, qualifier, amount: amount ?? null }];
    });
  });
  return { links, types };
}

async function readActivities(tx: Tx, asked: readonly [string, Named][]): Promise<ActivityLine[]> {
  if (asked.length === 0) return [];
  return tx.query<ActivityLine>(
    `select a.activity_id, a.links, case when asked.is_regrouped then a.objects end as objects
     from unnest($2::uuid[], $3::bool[]) as asked(activity_id, is_regrouped)
     cross join lateral (
       select activity_id, links, objects from activity where tenant_id = $1 and activity_id = asked.activity_id limit 1
     ) a
     where a.links <> '[]'::jsonb`,
    [tx.tenantId, uuidArray(asked.map(([activityId]) => activityId)), asked.map(([, one]) => one.isRegrouped)],
  );
}

/** The other objects of activities that name a regrouped one, by activity and position. */
async function readOthers(
  tx: Tx,
  activities: readonly ActivityLine[],
  named: ReadonlyMap<string, Named>,
  types: Map<string, ObjectType>,
): Promise<Map<string, string>> {
  const others = activities.flatMap(({ activity_id: activityId, objects }) =>
    aliasStatements({ activityId, objects: objects ?? [] }).filter(
      ({ position }) => named.get(activityId)?.objectAt.has(position) !== true,
    ),
  );
  const objectIds =
    others.length === 0
      ? new Map<string, string>()
      : await readObjectIds(tx, [...new Set(others.map((one) => one.aliasId))]);
  const lowest = new Map<string, AliasStatement>();
  for (const other of others) {
    const place = `${other.activityId}/${other.position}`;
    const known = lowest.get(place);
    if (known === undefined || other.aliasId < known.aliasId) lowest.set(place, other);
  }
  return new Map(
    [...lowest].flatMap(([place, { aliasId, objectType }]) => {
      const objectId = objectIds.get(aliasId);
      if (objectId === undefined) return [];
      types.set(objectId, objectType);
      return [[place, objectId] as const];
    }),
  );
}

type NearLine = {
  place: number;
  activity_id: string;
  occurred_at: Date;
  recorded_at: Date | null;
  outcome: Outcome;
  near: number;
  near_alias: string;
  near_beside: Buffer | null;
  far: number;
  far_alias: string;
  far_beside: Buffer | null;
  links: ActivityLink[];
};

/** Every statement of these links, by the activities that name both their ends: looked for from the end that has fewer. */
export async function readLinkStatements(tx: Tx, links: readonly LinkState[]): Promise<ResolvedLink[]> {
  if (links.length === 0) return [];
  const isFromNear = links.map(({ fromType }) => !HUB_TYPES.has(fromType) && !CONTEXT_TYPES.has(fromType));
  const idsOf = (isNear: boolean) =>
    links.map((link, index) => (isFromNear[index] === isNear ? link.fromObjectId : link.toObjectId));
  const lines = await tx.query<NearLine>(
    `select asked.place::int - 1 as place, s.activity_id, s.occurred_at, s.outcome, a.recorded_at, s.position as near,
            name.alias_id as near_alias, s.beside as near_beside, far.position as far, far.alias_id as far_alias,
            far.beside as far_beside, a.links
     from unnest($2::uuid[], $3::uuid[]) with ordinality as asked(near_id, far_id, place)
     cross join lateral (
       select alias_id from object_alias where tenant_id = $1 and object_id = asked.near_id offset 0
     ) name
     cross join lateral (
       select activity_id, occurred_at, outcome, position, beside from alias_statement
       where tenant_id = $1 and alias_id = name.alias_id offset 0
     ) s
     cross join lateral (
       select t.position, t.beside, other.alias_id
       from (select alias_id from object_alias where tenant_id = $1 and object_id = asked.far_id offset 0) other
       cross join lateral (
         select position, beside from alias_statement
         where tenant_id = $1 and alias_id = other.alias_id and occurred_at = s.occurred_at and activity_id = s.activity_id offset 0
       ) t
     ) far
     cross join lateral (
       select links, recorded_at from activity where tenant_id = $1 and activity_id = s.activity_id limit 1
     ) a`,
    [tx.tenantId, uuidArray(idsOf(true)), uuidArray(idsOf(false))],
  );
  // An object with several names at a place is read by each of them.
  const found = new Map<string, ResolvedLink>();
  for (const line of lines) {
    const { place, activity_id: activityId, occurred_at, recorded_at, outcome, near, far, links: stated } = line;
    const link = links[place];
    // A place whose names contradict one another is of the object that its lowest name is of.
    const isOfBoth = isLowest(line.near_alias, line.near_beside) && isLowest(line.far_alias, line.far_beside);
    if (link === undefined || !isOfBoth) continue;
    const [from, to] = isFromNear[place] === true ? [near, far] : [far, near];
    for (const [ordinal, one] of stated.entries()) {
      if (one.from !== from || one.to !== to || one.qualifier !== link.qualifier) continue;
      const { fromObjectId, toObjectId, qualifier } = link;
      found.set(`${activityId}/${ordinal}`, {
        activityId,
        ordinal,
        occurredAt: occurred_at.toISOString(),
        recordedAt: recorded_at?.toISOString(),
        outcome,
        fromObjectId,
        toObjectId,
        qualifier,
        amount: one.amount ?? null,
      });
    }
  }
  return [...found.values()];
}

/** Whether a name is the lowest at its place; `beside` are the others there, 16 bytes each. */
function isLowest(aliasId: string, beside: Buffer | null): boolean {
  const own = Buffer.from(aliasId.replaceAll('-', ''), 'hex');
  for (let start = 0; start < (beside?.length ?? 0); start += own.length)
    if (beside?.subarray(start, start + own.length).compare(own) === -1) return false;
  return true;
}

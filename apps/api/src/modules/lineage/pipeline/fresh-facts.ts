import type { Alias, Instant, Money, ObjectType, Outcome, Uuid } from '@throughline/canonical';
import type { AliasStatement, LinkStatement, ObjectStatement } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import type { StatedActivity } from './stated-activity.js';

/** A name that a new activity states, with what it says there of the object. */
export type FreshName = AliasStatement & ObjectStatement;

/** A link that a new activity states. */
export type FreshLink = LinkStatement & { occurredAt: Instant; recordedAt: Instant | undefined; outcome: Outcome };

/** What new activities state, as it was handed on by those who stored them. */
export type FreshFacts = { names: FreshName[]; links: FreshLink[] };

/** Activities of one row of the queue: each brings both ends of its links, so that rows can be taken apart from one another. */
const ACTIVITIES_AT_ONCE = 500;
/** Most rows that are looked at for one projection. */
const MOST_ROWS = 200;

type Place = [
  position: number,
  type: ObjectType,
  isSubject: 0 | 1,
  stated: ObjectStatement['stated'] | 0,
  names: Name[],
];
type Name = [aliasId: Uuid, system: string, kind: string, scope: string, value: string];
type Link = [ordinal: number, from: Uuid, to: Uuid, qualifier: string, amount: Money | 0];
type Entry = [
  activityId: Uuid,
  type: string,
  outcome: Outcome,
  occurredAt: Instant,
  places: Place[],
  links: Link[],
  recordedAt?: Instant | null,
];

/**
 * Hands what new activities state to the projector, which then need not look it up. The text is the very content of the
 * statements stored in the same transaction; it is news by its nature.
 */
export async function handOn(tx: Tx, activities: readonly StatedActivity[]): Promise<void> {
  const stating = activities.filter(({ aliases }) => aliases.length > 0);
  if (stating.length === 0) return;
  for (let start = 0; start < stating.length; start += ACTIVITIES_AT_ONCE) {
    const part = stating.slice(start, start + ACTIVITIES_AT_ONCE);
    await tx.query(`insert into fresh_facts (tenant_id, names, alias_ids, facts) values ($1, $2, $3::uuid[], $4)`, [
      tx.tenantId,
      part.reduce((sum, { aliases }) => sum + aliases.length, 0),
      uuidArray([...new Set(part.flatMap(({ aliases }) => aliases.map(({ aliasId }) => aliasId)))]),
      JSON.stringify(part.map(entryOf)),
    ]);
  }
  await tx.notify('throughline_dirty', tx.tenantId);
}

/**
 * Takes the oldest facts handed on, so many names and whatever was stored together with the last of them. `unsure`: of rows
 * among whose activities some may have been unsaid since, so that only their names count. They come back if the transaction
 * fails. Locked in the order in which they are distrusted: each would else hold what the other waits for.
 */
export async function takeFreshFacts(tx: Tx, limit: number): Promise<{ sure: FreshFacts; unsure: FreshFacts }> {
  const rows = await tx.query<{ isUnsure: boolean; facts: string }>(
    `delete from fresh_facts
     where tenant_id = $1 and facts_id = any(array(
       select facts_id from fresh_facts
       where tenant_id = $1 and facts_id = any(array(
         select facts_id from (
           select facts_id, sum(names) over (order by facts_id) - names as before
           from (select facts_id, names from fresh_facts where tenant_id = $1 order by facts_id limit ${MOST_ROWS}) oldest
         ) counted where before < $2))
       order by facts_id for update))
     returning is_unsure as "isUnsure", facts`,
    [tx.tenantId, limit],
  );
  const of = (isUnsure: boolean) => decode(rows.filter((row) => row.isUnsure === isUnsure).map((row) => row.facts));
  return { sure: of(false), unsure: of(true) };
}

/** Facts are about to be unsaid, perhaps some that the projector has not taken yet: of all that wait only the names count. */
export async function distrustFreshFacts(tx: Tx): Promise<void> {
  await tx.query(
    `update fresh_facts set is_unsure = true
     where tenant_id = $1 and facts_id = any(array(
       select facts_id from fresh_facts where tenant_id = $1 and not is_unsure order by facts_id for update))`,
    [tx.tenantId],
  );
}

function entryOf({ activity, aliases, links }: StatedActivity): Entry {
  const places = new Map<number, Place>();
  for (const { position, objectType, isSubject, aliasId, alias } of aliases) {
    const known = places.get(position);
    const name: Name = [aliasId, alias.system, alias.kind, alias.scope, alias.value];
    if (known === undefined)
      places.set(position, [position, objectType, isSubject ? 1 : 0, statedAt(activity.objects[position]), [name]]);
    else known[4].push(name);
  }
  return [
    activity.activityId,
    activity.type,
    activity.outcome,
    activity.occurredAt,
    [...places.values()],
    links.map((link) => [link.ordinal, link.fromAliasId, link.toAliasId, link.qualifier, link.amount ?? 0]),
    activity.recordedAt ?? null,
  ];
}

function statedAt(object: StatedActivity['activity']['objects'][number] | undefined): Place[3] {
  if (object === undefined) return 0;
  const { type: _type, qualifier: _qualifier, aliases: _aliases, ...stated } = object;
  return Object.keys(stated).length === 0 ? 0 : stated;
}

function decode(texts: readonly string[]): FreshFacts {
  const entries = texts.flatMap((text) => JSON.parse(text) as Entry[]);
  return {
    names: entries.flatMap(([activityId, activityType, outcome, occurredAt, places, , recordedAt]) =>
      places.flatMap(([position, objectType, isSubject, stated, names]) =>
        names.map(([aliasId, ...parts]) => ({
          activityId,
          activityType,
          outcome,
          occurredAt,
          recordedAt: recordedAt ?? undefined,
          position,
          aliasId,
          objectType,
          alias: aliasOf(parts),
          isSubject: isSubject === 1,
          isAlone: names.length === 1,
          stated: stated === 0 ? {} : stated,
        })),
      ),
    ),
    links: entries.flatMap(([activityId, , outcome, occurredAt, , links, recordedAt]) =>
      links.map(([ordinal, fromAliasId, toAliasId, qualifier, amount]) => ({
        activityId,
        occurredAt,
        recordedAt: recordedAt ?? undefined,
        outcome,
        ordinal,
        fromAliasId,
        toAliasId,
        qualifier,
        amount: amount === 0 ? null : amount,
      })),
    ),
  };
}

function aliasOf([system, kind, scope, value]: [string, string, string, string]): Alias {
  return { system, kind, scope, value };
}

import type { Activity } from '@throughline/canonical';
import { type AliasStatement, type LinkStatement, aliasStatements, linkStatements } from '@throughline/lineage';

/** An activity with the statements that it makes. */
export type StatedActivity = { activity: Activity; aliases: AliasStatement[]; links: LinkStatement[] };

/** A name that changed facts speak of, and the time of the earliest of them. */
export type MarkedName = { aliasId: string; occurredAt: string };

/** The activity with what it states of names and links. */
export function withStatements(activity: Activity): StatedActivity {
  const aliases = aliasStatements(activity);
  return { activity, aliases, links: linkStatements(activity, aliases) };
}

/** Each name that the activities speak of, once. */
export function namesOf(stated: readonly StatedActivity[]): MarkedName[] {
  return earliestOf(
    stated.flatMap(({ activity: { occurredAt }, aliases }) => aliases.map(({ aliasId }) => ({ aliasId, occurredAt }))),
  );
}

/** Each name once, with the earliest time that is given for it. */
export function earliestOf(names: readonly MarkedName[]): MarkedName[] {
  const times = earliestTimes(names.map(({ aliasId, occurredAt }) => [aliasId, occurredAt]));
  return [...times].map(([aliasId, occurredAt]) => ({ aliasId, occurredAt }));
}

/** The earliest time that is given for each id. */
export function earliestTimes(times: readonly (readonly [id: string, occurredAt: string])[]): Map<string, string> {
  const earliest = new Map<string, string>();
  for (const [id, occurredAt] of times) {
    const known = earliest.get(id);
    if (known === undefined || occurredAt < known) earliest.set(id, occurredAt);
  }
  return earliest;
}

import {
  type Activity,
  type Alias,
  type Money,
  type ObjectType,
  type Uuid,
  aliasId,
  isUsableAliasValue,
} from '@throughline/canonical';

/** One name that an activity gives to one of its objects; equal (activityId, position) = one object. */
export type AliasStatement = {
  activityId: Uuid;
  /** Index in the activity's `objects`. */
  position: number;
  aliasId: Uuid;
  objectType: ObjectType;
  alias: Alias;
  /** The activity happened to this object; false = it is only referred to. */
  isSubject: boolean;
  /** The only usable name at this position: it states nothing about identity. */
  isAlone: boolean;
};

/** One link of an activity between names; which objects they are is decided when the projection is made. */
export type LinkStatement = {
  activityId: Uuid;
  /** Index in the activity's `links`. */
  ordinal: number;
  fromAliasId: Uuid;
  toAliasId: Uuid;
  qualifier: string;
  amount: Money | null;
};

/** Positions of the objects that the activity happened to: qualifier "subject", else the first object. */
export function subjectPositions(activity: Pick<Activity, 'objects'>): ReadonlySet<number> {
  const named = activity.objects.flatMap((object, position) => (object.qualifier === 'subject' ? [position] : []));
  return new Set(named.length > 0 ? named : [0]);
}

/** Every usable name of every object of an activity. Blank and dummy values name nothing and are left out. */
export function aliasStatements(activity: Pick<Activity, 'activityId' | 'objects'>): AliasStatement[] {
  const subjects = subjectPositions(activity);
  return activity.objects.flatMap((object, position) => {
    const named = new Map<Uuid, Alias>();
    for (const alias of object.aliases) {
      if (isUsableAliasValue(alias.value)) named.set(aliasId(object.type, alias), alias);
    }
    return [...named].map(([id, alias]) => ({
      activityId: activity.activityId,
      position,
      aliasId: id,
      objectType: object.type,
      alias,
      isSubject: subjects.has(position),
      isAlone: named.size === 1,
    }));
  });
}

/** The links of an activity between names; a link to an object without a usable name is left out. */
export function linkStatements(
  activity: Pick<Activity, 'activityId' | 'links'>,
  aliases: readonly AliasStatement[],
): LinkStatement[] {
  // Any name of the object will do; the lowest makes the choice independent of the order they came in.
  const nameOf = new Map<number, Uuid>();
  for (const statement of aliases) {
    const known = nameOf.get(statement.position);
    if (known === undefined || statement.aliasId < known) nameOf.set(statement.position, statement.aliasId);
  }
  return activity.links.flatMap((link, ordinal) => {
    const fromAliasId = nameOf.get(link.from);
    const toAliasId = nameOf.get(link.to);
    if (fromAliasId === undefined || toAliasId === undefined) return [];
    return [
      {
        activityId: activity.activityId,
        ordinal,
        fromAliasId,
        toAliasId,
        qualifier: link.qualifier,
        amount: link.amount ?? null,
      },
    ];
  });
}

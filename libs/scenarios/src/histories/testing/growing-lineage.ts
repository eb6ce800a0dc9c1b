import type { Activity, Alias, ObjectType } from '@throughline/canonical';
import {
  type AliasState,
  type AliasStatement,
  type CalendarOf,
  type LinkState,
  type MasterDataRules,
  type ObjectIdentity,
  type ObjectState,
  type ObjectStatement,
  type Projection,
  type ResolvedLink,
  type Workflow,
  MOST_ALIASES_PER_OBJECT,
  advanceLink,
  advanceObject,
  aliasStatements,
  describeObject,
  displayKey,
  displayKeysOf,
  groupNames,
  hasTwoValues,
  identifyObjects,
  isSingleValued,
  linkStatements,
  mergeLinks,
  projectAll,
  subjectPositions,
} from '@throughline/lineage';

/** What a projection is made with. */
export type ProjectionTerms = { workflows: readonly Workflow[]; calendarOf: CalendarOf; rules: MasterDataRules };

/** How often adding to what is known was enough, and how often all statements had to be read. */
export type GrowthCount = { added: number; whole: number };

/**
 * Objects, names and links that grow batch by batch as the worker makes them: what is new is added to what is known by the same
 * functions; what cannot be told in that way is taken from the projection of everything that was said so far.
 */
export class GrowingLineage {
  readonly count: GrowthCount = { added: 0, whole: 0 };
  private readonly said = new Map<string, Activity>();
  private readonly statements: AliasStatement[] = [];
  private readonly names = new Map<string, AliasState>();
  /** The same by object. */
  private readonly namesOf = new Map<string, Map<string, Alias>>();
  private readonly objectIds = new Map<string, string>();
  private readonly objects = new Map<string, ObjectState>();
  private readonly links = new Map<string, LinkState>();
  private whole: Projection | null = null;

  constructor(private readonly terms: ProjectionTerms) {}

  /** Adds what a batch says; some of it may have been said before. */
  add(batch: readonly Activity[]): void {
    this.whole = null;
    const statements = batch.flatMap(aliasStatements);
    this.statements.push(...statements.filter(({ activityId }) => !this.said.has(activityId)));
    for (const activity of batch) this.said.set(activity.activityId, activity);
    const isSingle = (type: ObjectType, alias: Alias) => isSingleValued(this.terms.rules, type, alias);
    const asked = groupNames(statements, this.objectIds, isSingle);
    const contradicted = [...asked.groups.values()].filter(
      ({ objectId, type, added }) =>
        added.size > 0 &&
        hasTwoValues(type, [...(this.namesOf.get(objectId)?.values() ?? []), ...added.values()], isSingle),
    );
    const regrouped = [...asked.regrouped, ...contradicted.flatMap(({ added }) => [...added.keys()])];
    const taken = regrouped.length === 0 ? new Set<string>() : this.takeWhole(regrouped);
    const { groups } = groupNames(statements, this.objectIds);
    const stated = statementsOf(batch, statements);
    for (const group of groups.values()) {
      if (taken.has(group.objectId)) continue;
      for (const [aliasId, alias] of group.added) this.name({ aliasId, objectId: group.objectId, ...alias });
    }
    const byObject = this.byObject(stated);
    for (const [objectId, ofObject] of byObject) {
      if (!taken.has(objectId)) this.addToObject(objectId, ofObject.type, ofObject.statements);
    }
    this.addLinks(batch, statements);
  }

  /** What there is now, in the shape of a projection. */
  read(): Pick<Projection, 'aliases' | 'objects' | 'links'> {
    return {
      aliases: [...this.names.values()],
      objects: [...this.objects.values()],
      links: [...this.links.values()],
    };
  }

  private name(state: AliasState): void {
    const { aliasId, objectId, ...alias } = state;
    const before = this.objectIds.get(aliasId);
    if (before !== undefined) this.namesOf.get(before)?.delete(aliasId);
    this.names.set(aliasId, state);
    this.objectIds.set(aliasId, objectId);
    const known = this.namesOf.get(objectId);
    if (known === undefined) this.namesOf.set(objectId, new Map([[aliasId, alias]]));
    else known.set(aliasId, alias);
  }

  private byObject(
    stated: readonly { aliasId: string; type: ObjectType; statement: ObjectStatement }[],
  ): Map<string, { type: ObjectType; statements: ObjectStatement[] }> {
    const byObject = new Map<string, { type: ObjectType; statements: ObjectStatement[] }>();
    for (const { aliasId, type, statement } of stated) {
      const objectId = this.names.get(aliasId)?.objectId ?? '';
      const known = byObject.get(objectId);
      if (known === undefined) byObject.set(objectId, { type, statements: [statement] });
      else known.statements.push(statement);
    }
    return byObject;
  }

  private addToObject(objectId: string, type: ObjectType, statements: ObjectStatement[]): void {
    const displayKeys = displayKeysOf(this.terms.workflows);
    const aliases = this.namesOf.get(objectId) ?? new Map<string, Alias>();
    const hasTooManyAliases = aliases.size > MOST_ALIASES_PER_OBJECT;
    const identity: ObjectIdentity = { objectId, type, aliases, hasTooManyAliases };
    const before = this.objects.get(objectId);
    const after =
      before === undefined
        ? describeObject(identity, statements, displayKeys)
        : advanceObject(before, statements, displayKey(identity, displayKeys));
    if (after !== null) this.count.added += 1;
    else this.count.whole += 1;
    this.objects.set(objectId, after ?? this.soFar().objects.find((object) => object.objectId === objectId)!);
  }

  private addLinks(batch: readonly Activity[], statements: readonly AliasStatement[]): void {
    const byLink = new Map<string, ResolvedLink[]>();
    const ofActivity = new Map<string, AliasStatement[]>();
    for (const statement of statements)
      ofActivity.set(statement.activityId, [...(ofActivity.get(statement.activityId) ?? []), statement]);
    for (const activity of batch) {
      const own = ofActivity.get(activity.activityId) ?? [];
      for (const { fromAliasId, toAliasId, ...link } of linkStatements(activity, own)) {
        const fromObjectId = this.names.get(fromAliasId)?.objectId ?? '';
        const toObjectId = this.names.get(toAliasId)?.objectId ?? '';
        const { occurredAt, outcome } = activity;
        const resolved = { ...link, occurredAt, outcome, fromObjectId, toObjectId };
        byLink.set(linkKey(resolved), [...(byLink.get(linkKey(resolved)) ?? []), resolved]);
      }
    }
    for (const [key, ofLink] of byLink) {
      const before = this.links.get(key);
      const [first] = mergeLinks(ofLink, (objectId) => this.objects.get(objectId)?.type);
      if (first === undefined) continue;
      const after = before === undefined ? first : advanceLink(before, ofLink);
      if (after !== null) this.count.added += 1;
      else this.count.whole += 1;
      this.links.set(key, after ?? this.soFar().links.find((link) => linkKey(link) === key)!);
    }
  }

  /** Takes everything that these names can be joined with from the projection of all that was said; answers its objects. */
  private takeWhole(aliasIds: readonly string[]): Set<string> {
    this.count.whole += 1;
    const joined = identifyObjects(this.statements);
    const affected = new Set<string>();
    const waiting = [...aliasIds];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (affected.has(next)) continue;
      affected.add(next);
      waiting.push(...(joined.objects.get(joined.objectIdOf.get(next) ?? '')?.aliases.keys() ?? []));
      const known = this.names.get(next);
      if (known !== undefined) waiting.push(...(this.namesOf.get(known.objectId)?.keys() ?? []));
    }
    const before = new Set([...affected].flatMap((aliasId) => this.names.get(aliasId)?.objectId ?? []));
    const { aliases, objects, links } = this.soFar();
    const now = new Set(aliases.flatMap(({ aliasId, objectId }) => (affected.has(aliasId) ? [objectId] : [])));
    for (const objectId of before) this.objects.delete(objectId);
    for (const [key, link] of this.links)
      if (before.has(link.fromObjectId) || before.has(link.toObjectId)) this.links.delete(key);
    for (const alias of aliases) if (affected.has(alias.aliasId)) this.name(alias);
    for (const object of objects) if (now.has(object.objectId)) this.objects.set(object.objectId, object);
    for (const link of links)
      if (now.has(link.fromObjectId) || now.has(link.toObjectId)) this.links.set(linkKey(link), link);
    return now;
  }

  /** The objects and links of all that was said. Of workflows only the names that they show are needed. */
  private soFar(): Projection {
    const { workflows, calendarOf, rules } = this.terms;
    const unstarted = workflows.map((workflow): Workflow => ({
      ...workflow,
      anchor: 'run',
      milestones: [],
      provenBy: new Map(),
    }));
    return (this.whole ??= projectAll([...this.said.values()], unstarted, calendarOf, rules));
  }
}

/** One statement per place of an activity, by any of its names. */
function statementsOf(
  batch: readonly Activity[],
  statements: readonly AliasStatement[],
): { aliasId: string; type: ObjectType; statement: ObjectStatement }[] {
  const firstName = new Map<string, string>();
  for (const { activityId, position, aliasId } of statements)
    if (!firstName.has(`${activityId}/${position}`)) firstName.set(`${activityId}/${position}`, aliasId);
  return batch.flatMap((activity) => {
    const subjects = subjectPositions(activity);
    const { activityId, type: activityType, outcome, occurredAt } = activity;
    return activity.objects.flatMap((object, position) => {
      const aliasId = firstName.get(`${activityId}/${position}`);
      if (aliasId === undefined) return [];
      const isSubject = subjects.has(position);
      const statement = { activityId, activityType, outcome, occurredAt, position, isSubject, stated: object };
      return [{ aliasId, type: object.type, statement }];
    });
  });
}

function linkKey({
  fromObjectId,
  toObjectId,
  qualifier,
}: Pick<LinkState, 'fromObjectId' | 'toObjectId' | 'qualifier'>) {
  return `${fromObjectId}/${toObjectId}/${qualifier}`;
}

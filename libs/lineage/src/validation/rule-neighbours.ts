import type { Uuid } from '@throughline/canonical';
import type { LinkState } from '../links.js';
import { decimalText, readDecimal } from './exact-decimal.js';
import type { LinkedObject, LinkedObjects, RuleObject, RuleSubject } from './rule-facts.js';
import { isEarlier, sameFactsKeys } from './same-facts.js';
import type { RuleLink, RuleStep, ValidationRule } from './validation-rule.js';

/** A link as far as rules look at it. */
export type RuleEdge = Pick<
  LinkState,
  'fromObjectId' | 'toObjectId' | 'qualifier' | 'isContext' | 'fromType' | 'toType' | 'amount'
>;

/** Objects and links around those that are checked; more than is asked for does no harm. */
export type RuleSurroundings = { objects: ReadonlyMap<Uuid, RuleObject>; edges: readonly RuleEdge[] };

/** Gives each object with what the links of a rule lead to from there. */
export type SubjectOf = (rule: ValidationRule, object: RuleObject) => RuleSubject;

/** Finds linked objects in what was read of the lineage. */
export function neighboursIn({ objects, edges }: RuleSurroundings): SubjectOf {
  const around = edgesByEnd(edges);
  const byKey = new Map<ValidationRule, Map<Uuid, RuleObject[]>>();
  const sameAs = (rule: ValidationRule) => {
    const known = byKey.get(rule) ?? objectsBySameFacts(rule, objects.values());
    byKey.set(rule, known);
    return known;
  };
  return (rule, object) => ({
    object,
    linked: new FoundOnce([...rule.links.keys()], (name) => {
      const link = rule.links.get(name);
      if (link === undefined) return undefined;
      return 'steps' in link
        ? walk(link, object, objects, around)
        : earlierOnes(rule, name, object, sameAs(rule)).map(whole);
    }),
  });
}

/** Linked objects that are looked for when they are asked for, once: what most rules say of an object is decided without them. */
class FoundOnce implements LinkedObjects {
  private found: Map<string, readonly LinkedObject[] | undefined> | null = null;

  constructor(
    private readonly links: readonly string[],
    private readonly find: (link: string) => readonly LinkedObject[] | undefined,
  ) {}

  get(link: string): readonly LinkedObject[] | undefined {
    this.found ??= new Map();
    if (!this.found.has(link)) this.found.set(link, this.find(link));
    return this.found.get(link);
  }

  values(): (readonly LinkedObject[])[] {
    return this.links.map((link) => this.get(link) ?? []);
  }
}

function edgesByEnd(edges: readonly RuleEdge[]): ReadonlyMap<Uuid, RuleEdge[]> {
  const byEnd = new Map<Uuid, RuleEdge[]>();
  for (const edge of edges) {
    file(byEnd, edge.fromObjectId, edge);
    if (edge.toObjectId !== edge.fromObjectId) file(byEnd, edge.toObjectId, edge);
  }
  return byEnd;
}

function file<T>(filed: Map<Uuid, T[]>, id: Uuid, item: T): void {
  const known = filed.get(id);
  if (known) known.push(item);
  else filed.set(id, [item]);
}

function walk(
  { steps }: Extract<RuleLink, { steps: unknown }>,
  from: RuleObject,
  objects: RuleSurroundings['objects'],
  around: ReadonlyMap<Uuid, RuleEdge[]>,
): LinkedObject[] {
  let reached = new Map<Uuid, RuleEdge[]>([[from.objectId, []]]);
  for (const step of steps) {
    const next = new Map<Uuid, RuleEdge[]>();
    for (const id of reached.keys()) {
      for (const edge of around.get(id) ?? []) {
        const end = endOf(step, edge, id);
        if (end !== null) file(next, end, edge);
      }
    }
    reached = next;
  }
  return [...reached].flatMap(([id, by]) => {
    const object = objects.get(id);
    return object === undefined || object.isUndone ? [] : [{ object, share: shareOf(object, by, around) }];
  });
}

const whole = (object: RuleObject): LinkedObject => ({ object, share: object });

/** What the links to an object say of its amount, else all of it: but of one that has more such links, nobody said how much. */
function shareOf(
  object: RuleObject,
  by: readonly RuleEdge[],
  around: ReadonlyMap<Uuid, RuleEdge[]>,
): LinkedObject['share'] {
  if (by.every(({ amount }) => amount === null)) {
    const all = (around.get(object.objectId) ?? []).filter((edge) => by.some((one) => isAlike(one, edge)));
    return all.length > by.length ? null : object;
  }
  const [currency, ...others] = new Set(by.map(({ amount }) => amount?.currency));
  const amounts = by.map(({ amount }) => readDecimal(amount?.amount ?? ''));
  if (currency === undefined || others.length > 0 || amounts.includes(undefined)) return null;
  return { amount: decimalText(amounts.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n)), currency };
}

/** The same kind of link to or from the same object. */
function isAlike(one: RuleEdge, other: RuleEdge): boolean {
  return (
    one.qualifier === other.qualifier &&
    one.fromType === other.fromType &&
    one.toType === other.toType &&
    (one.fromObjectId === other.fromObjectId || one.toObjectId === other.toObjectId)
  );
}

/** Where a step leads over a link, if it does. */
function endOf({ direction, types, qualifier }: RuleStep, edge: RuleEdge, from: Uuid): Uuid | null {
  if (edge.isContext !== (direction === 'attached')) return null;
  const isFrom = edge.fromObjectId === from;
  if (direction !== 'attached' && isFrom !== (direction === 'downstream')) return null;
  if (qualifier !== null && edge.qualifier !== qualifier) return null;
  if (!types.includes(isFrom ? edge.toType : edge.fromType)) return null;
  return isFrom ? edge.toObjectId : edge.fromObjectId;
}

function objectsBySameFacts(rule: ValidationRule, objects: Iterable<RuleObject>): Map<Uuid, RuleObject[]> {
  const byKey = new Map<Uuid, RuleObject[]>();
  for (const object of objects) {
    for (const { key } of sameFactsKeys(rule, object)) file(byKey, key, object);
  }
  return byKey;
}

function earlierOnes(
  rule: ValidationRule,
  link: string,
  object: RuleObject,
  byKey: ReadonlyMap<Uuid, RuleObject[]>,
): RuleObject[] {
  const same = sameFactsKeys(rule, object)
    .filter((one) => one.link === link)
    .flatMap(({ key }) => byKey.get(key) ?? [])
    .filter((other) => isEarlier(other, object));
  return [...new Set(same)];
}

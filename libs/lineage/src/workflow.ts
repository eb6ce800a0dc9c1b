import type { ObjectType } from '@throughline/canonical';
import type { DueRule } from '@throughline/sla';

/** Per object type the (system, kind) of the name to show, most preferred first. */
export type DisplayKeys = ReadonlyMap<ObjectType, readonly { system: string; kind: string }[]>;

/** Any of these is there: an object of the type `<object type>`, or a success of the type `<object type>.<past participle>`. */
export type Conditions = ReadonlySet<string>;

/** The calendars that a due rule can name. */
export const DUE_CALENDARS = ['legal-entity', 'currency', 'around-the-clock'] as const;

export type DueCalendar = (typeof DUE_CALENDARS)[number];

/** When a milestone is due. */
export type MilestoneDueRule = DueRule & {
  /** Whose time counts: the legal entity's, that of the days on which the currency of the object is paid, or all of it. */
  calendar: DueCalendar;
  /** Type of the object that states the date or the posting period; null = none is read. */
  of: ObjectType | null;
  /** Where it is not empty, the rule binds only in transactions that have any of these. */
  given: Conditions;
};

/** How many objects reach a milestone for each object of a type upstream of them. */
export type Cardinality = {
  per: ObjectType;
  /** More is a finding; null = any number. */
  atMost: number | null;
  /** As long as there are fewer, one is still to come; null = nobody waits for one. */
  atLeast: number | null;
  /** What happens to the object upstream and makes one more to come: a part payment. */
  moreAfter: ReadonlySet<string>;
  /** What happens to it and says that no more is to come: its clearing. */
  enoughAfter: ReadonlySet<string>;
};

/** A named point of a workflow. */
export type MilestoneRule = {
  name: string;
  title: string;
  /** Place in the declaration, from 0; every milestone stands behind those it comes after. */
  position: number;
  /** Type of the object whose activities reach it; a hub type makes it a hub milestone. */
  on: ObjectType;
  /** Reached once for each object of this type; null = once per transaction. */
  per: ObjectType | null;
  after: readonly string[];
  /** One that is not required never keeps a transaction from completing, and is skipped once a later one is reached. */
  isRequired: boolean;
  /**
   * Where it is not empty, the milestone is there once any of these is in the transaction, at the object itself where it is of the
   * type that the milestone is declared per. It is there anyway once it is reached.
   */
  given: Conditions;
  expects: readonly Cardinality[];
  /** Once one of these milestones is reached, this one should not be any more: whoever reaches it later is a finding. */
  notAfter: readonly string[];
  reachedBy: ReadonlySet<string>;
  /** Kinds of source system whose activities reach it; empty = whoever reports them. */
  bySystems: ReadonlySet<string>;
  /** Activities that undo what reached it on the same object at the same time or before. */
  undoneBy: ReadonlySet<string>;
  due: MilestoneDueRule | null;
};

/** A declared process. */
export type Workflow = {
  name: string;
  title: string;
  anchor: ObjectType;
  /** Where it is not empty, an anchor starts this workflow only with any of these at it or downstream of it. */
  given: Conditions;
  /** An anchor with any of these at it or downstream of it does not start this workflow. */
  unless: Conditions;
  /** Activities on the anchor with which its process begins anew: what happened before the latest of them does not count. */
  restartedBy: ReadonlySet<string>;
  /** Activities on the anchor that end the transaction. */
  cancelledBy: ReadonlySet<string>;
  displayKeys: DisplayKeys;
  /** Which links it follows downstream, as `from>to` types. */
  follows: ReadonlySet<string>;
  milestones: readonly MilestoneRule[];
  /** Integration → name of the milestone that shows that it has done its work. */
  provenBy: ReadonlyMap<string, string>;
};

/** A workflow's answer to whether a link between these types is followed. */
export function followsLink({ follows }: Workflow, fromType: string, toType: string): boolean {
  let targets = TARGETS.get(follows);
  if (targets === undefined) TARGETS.set(follows, (targets = targetsOf(follows)));
  return targets.get(fromType)?.has(toType) ?? false;
}

/** By what a workflow follows: it is asked at every link of every transaction. */
const TARGETS = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, ReadonlySet<string>>>();

function targetsOf(follows: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const targets = new Map<string, Set<string>>();
  for (const link of follows) {
    const [from = '', to = ''] = link.split('>');
    targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  return targets;
}

/** Names of the milestones that a milestone comes after, near and far. */
export function predecessorsOf(workflow: Pick<Workflow, 'milestones'>, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const before of workflow.milestones.find((rule) => rule.name === next)?.after ?? []) {
      if (found.has(before)) continue;
      found.add(before);
      waiting.push(before);
    }
  }
  return found;
}

/**
 * Names of the milestones that keep one from being next as long as they are unreached: those that it comes after, and where such
 * a one may be absent also those before it. One that is not required keeps nothing back.
 */
export function heldBackBy(workflow: Workflow, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const before of workflow.milestones.find((rule) => rule.name === next)?.after ?? []) {
      const rule = workflow.milestones.find((one) => one.name === before);
      if (rule === undefined || seen.has(before)) continue;
      seen.add(before);
      if (rule.isRequired) found.add(before);
      if (!rule.isRequired || rule.given.size > 0) waiting.push(before);
    }
  }
  return found;
}

/** By which an object that has no amount, such as a statement, says what its currency is. */
const CURRENCY_ATTRIBUTE = 'currency';

/** Types of objects whose attributes due rules read, with the names of those. */
export function statedAttributes(workflows: readonly Workflow[]): ReadonlyMap<ObjectType, readonly string[]> {
  const stated = new Map<ObjectType, string[]>();
  for (const { due } of workflows.flatMap((workflow) => workflow.milestones)) {
    const name = due === null ? undefined : attributeOf(due);
    if (due === null || due.of === null || name === undefined) continue;
    const names = due.calendar === 'currency' ? [name, CURRENCY_ATTRIBUTE] : [name];
    stated.set(due.of, [...new Set([...(stated.get(due.of) ?? []), ...names])]);
  }
  return stated;
}

/** The currency that an object without an amount states; read of objects alone that a rule of that calendar reads anyway. */
export function currencyStatedBy(
  { type, attributes }: { type: ObjectType; attributes?: Readonly<Record<string, string>> },
  workflow: Workflow,
): string | null {
  if (statedAttributes([workflow]).get(type)?.includes(CURRENCY_ATTRIBUTE) !== true) return null;
  // Senders choose the names: "constructor" is one that every object has without its being stated.
  return Object.hasOwn(attributes ?? {}, CURRENCY_ATTRIBUTE) ? (attributes?.[CURRENCY_ATTRIBUTE] ?? null) : null;
}

/** The attribute that a due rule reads; undefined when it reads none. */
export function attributeOf(due: DueRule): string | undefined {
  if (due.kind === 'stated-date') return due.date;
  return due.kind === 'close-day' ? due.period : undefined;
}

/** The display keys of several workflows; the loader has seen to it that they agree. */
export function displayKeysOf(workflows: readonly Workflow[]): DisplayKeys {
  return new Map(workflows.flatMap((workflow) => [...workflow.displayKeys]));
}

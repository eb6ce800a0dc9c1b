import type { ObjectType } from '@throughline/canonical';
import type { BusinessDurationRule, LocalCutOffRule } from '@throughline/sla';

/** Per object type the (system, kind) of the name to show, most preferred first. */
export type DisplayKeys = ReadonlyMap<ObjectType, readonly { system: string; kind: string }[]>;

/** When a milestone is due: counted from when another one was reached, on the calendar of the legal entity. */
export type MilestoneDueRule = BusinessDurationRule | LocalCutOffRule;

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
  reachedBy: ReadonlySet<string>;
  /** Activities that undo what reached it on the same object at the same time or before. */
  undoneBy: ReadonlySet<string>;
  due: MilestoneDueRule | null;
};

/** A declared process. */
export type Workflow = {
  name: string;
  title: string;
  anchor: ObjectType;
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
export function followsLink(workflow: Workflow, fromType: string, toType: string): boolean {
  return workflow.follows.has(`${fromType}>${toType}`);
}

/** The display keys of several workflows; the loader has seen to it that they agree. */
export function displayKeysOf(workflows: readonly Workflow[]): DisplayKeys {
  return new Map(workflows.flatMap((workflow) => [...workflow.displayKeys]));
}

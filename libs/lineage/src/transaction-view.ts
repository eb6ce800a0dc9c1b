import { CONTEXT_TYPES, type Instant, NIL_UUID, type Uuid } from '@throughline/canonical';
import { type Closure, closeDownstream } from './closure.js';
import type { LineageActivity, LineageGraph, LineageNode } from './lineage-graph.js';
import { type Conditions, type Workflow, followsLink } from './workflow.js';

/** Where to look for what reaches a milestone: objects, each from a time on ('' = ever). */
export type Scope = ReadonlyMap<Uuid, Instant | ''>;

const NOTHING: Scope = new Map();

/** Closure from an object within a workflow. */
export function closeInWorkflow(workflow: Workflow, graph: LineageGraph, startId: Uuid): Closure {
  return closeDownstream(graph, startId, (from: LineageNode, to: LineageNode) =>
    followsLink(workflow, from.type, to.type),
  );
}

/** The members and linked hubs of a closure as a scope; a hub counts from the time it was linked, a batch that was left not at all. */
export function scopeOfClosure(closure: Closure): Scope {
  const scope = new Map<Uuid, Instant | ''>();
  for (const id of closure.members.keys()) scope.set(id, '');
  for (const [hubId, hub] of closure.hubs) if (!hub.isLeft) scope.set(hubId, hub.linkedAt);
  return scope;
}

/** A transaction while its milestones are evaluated: what is asked of it more than once is worked out once. */
export class TransactionView {
  readonly scope: Scope;
  private readonly closures = new Map<Uuid, Closure>();
  private readonly members = new Map<string, readonly Uuid[]>();
  private readonly scopes = new Map<string, Map<Uuid, Instant | ''>>();
  /** Types of objects, and types of what happened to them, anywhere in the transaction. */
  private seen: ReadonlySet<string> | null = null;

  constructor(
    readonly workflow: Workflow,
    readonly graph: LineageGraph,
    readonly closure: Closure,
  ) {
    this.scope = scopeOfClosure(closure);
  }

  /** Members of a type, in the order of their ids. */
  membersOf(type: string): readonly Uuid[] {
    let found = this.members.get(type);
    if (found === undefined) {
      found = [...this.closure.members.keys()].filter((id) => this.graph.nodes.get(id)?.type === type).sort();
      this.members.set(type, found);
    }
    return found;
  }

  /** The part of its scope that is of a type. */
  scopeOf(type: string): Scope {
    if (this.scopes.size === 0) {
      for (const [objectId, since] of this.scope) {
        const of = this.graph.nodes.get(objectId)?.type ?? '';
        const known = this.scopes.get(of);
        if (known) known.set(objectId, since);
        else this.scopes.set(of, new Map([[objectId, since]]));
      }
    }
    return this.scopes.get(type) ?? NOTHING;
  }

  closureOf(objectId: Uuid): Closure {
    const known = this.closures.get(objectId) ?? closeInWorkflow(this.workflow, this.graph, objectId);
    this.closures.set(objectId, known);
    return known;
  }

  isDownstream(fromId: Uuid, objectId: Uuid): boolean {
    return this.closureOf(fromId).members.has(objectId);
  }

  /** Whether an object of the type is a member or a linked hub. */
  hasType(type: string): boolean {
    return this.seenTypes().has(type);
  }

  /** Whether any of the conditions holds: those about objects of the type `per` at this object alone, others anywhere. */
  meets(conditions: Conditions, per: string | null, objectId: Uuid): boolean {
    for (const condition of conditions) if (this.holds(condition, per, objectId)) return true;
    return false;
  }

  private holds(condition: string, per: string | null, objectId: Uuid): boolean {
    if (!this.graph.seen.has(condition)) return false;
    const type = objectTypeOf(condition);
    if (type !== per) return this.seenTypes().has(condition);
    if (objectId === NIL_UUID) return false;
    return type === condition || this.activitiesOf(objectId, '').some((activity) => activity.type === condition);
  }

  private seenTypes(): ReadonlySet<string> {
    if (this.seen !== null) return this.seen;
    const seen = new Set<string>();
    for (const [objectId, since] of this.scope) {
      const type = this.graph.nodes.get(objectId)?.type;
      if (type === undefined) continue;
      seen.add(type);
      const isMember = this.closure.members.has(objectId);
      for (const activity of this.activitiesOf(objectId, since)) {
        const subject = objectTypeOf(activity.type);
        // Context has no place in the transaction: what happened to it counts at the members that the activity names beside it.
        if (subject === type || (isMember && CONTEXT_TYPES.has(subject))) seen.add(activity.type);
      }
    }
    this.seen = seen;
    return seen;
  }

  private activitiesOf(objectId: Uuid, since: Instant | ''): LineageActivity[] {
    const activities = this.graph.activitiesOf.get(objectId) ?? [];
    return activities.filter(({ outcome, occurredAt }) => outcome === 'success' && occurredAt >= since);
  }
}

/** The type of the object that an activity type speaks of; an object type is its own. */
function objectTypeOf(type: string): string {
  const dot = type.indexOf('.');
  return dot < 0 ? type : type.slice(0, dot);
}

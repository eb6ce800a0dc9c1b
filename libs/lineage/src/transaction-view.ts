import { CONTEXT_TYPES, type Instant, NIL_UUID, type Uuid } from '@throughline/canonical';
import { type Closure, closeDownstream } from './closure.js';
import type { LineageGraph, LineageNode } from './lineage-graph.js';
import { type Conditions, type Workflow, followsLink } from './workflow.js';

/** Where to look for what reaches a milestone: objects, each from a time on ('' = ever). */
export type Scope = ReadonlyMap<Uuid, Instant | ''>;

/** Closure from an object within a workflow. */
export function closeInWorkflow(workflow: Workflow, graph: LineageGraph, startId: Uuid): Closure {
  return closeDownstream(graph, startId, (from: LineageNode, to: LineageNode) =>
    followsLink(workflow, from.type, to.type),
  );
}

/** The members and linked hubs of a closure as a scope; a hub counts from the time it was linked. */
export function scopeOfClosure(closure: Closure): Scope {
  const scope = new Map<Uuid, Instant | ''>([...closure.members.keys()].map((id) => [id, '']));
  for (const [hubId, hub] of closure.hubs) scope.set(hubId, hub.linkedAt);
  return scope;
}

/** A transaction while its milestones are evaluated: what is asked of it more than once is worked out once. */
export class TransactionView {
  readonly scope: Scope;
  private readonly closures = new Map<Uuid, Closure>();

  constructor(
    readonly workflow: Workflow,
    readonly graph: LineageGraph,
    readonly closure: Closure,
  ) {
    this.scope = scopeOfClosure(closure);
  }

  /** Members of a type, in the order of their ids. */
  membersOf(type: string): Uuid[] {
    return [...this.closure.members.keys()].filter((id) => this.graph.nodes.get(id)?.type === type).sort();
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
    for (const objectId of this.scope.keys()) if (this.graph.nodes.get(objectId)?.type === type) return true;
    return false;
  }

  /** Whether any of the conditions holds: those about objects of the type `per` at this object alone, others anywhere. */
  meets(conditions: Conditions, per: string | null, objectId: Uuid): boolean {
    for (const condition of conditions) if (this.holds(condition, per, objectId)) return true;
    return false;
  }

  private holds(condition: string, per: string | null, objectId: Uuid): boolean {
    const [type = ''] = condition.split('.', 1);
    const isActivity = type !== condition;
    if (type === per) return objectId !== NIL_UUID && (!isActivity || this.happened(condition, objectId, ''));
    if (!isActivity) return this.hasType(type);
    // Context has no place in the transaction: what happened to it counts at the members that the activity names beside it.
    if (CONTEXT_TYPES.has(type)) return [...this.closure.members.keys()].some((id) => this.happened(condition, id, ''));
    for (const [id, since] of this.scope) {
      if (this.graph.nodes.get(id)?.type === type && this.happened(condition, id, since)) return true;
    }
    return false;
  }

  private happened(activityType: string, objectId: Uuid, since: Instant | ''): boolean {
    return (this.graph.activitiesOf.get(objectId) ?? []).some(
      ({ type, outcome, occurredAt }) => type === activityType && outcome === 'success' && occurredAt >= since,
    );
  }
}

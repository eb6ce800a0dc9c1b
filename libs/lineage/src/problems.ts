import { type Instant, type Uuid, problemSignature } from '@throughline/canonical';
import { withoutEchoes } from './failure-echoes.js';
import { type LineageActivity, type LineageGraph, type LineageProblem, compareActivities } from './lineage-graph.js';
import { earliestReaching } from './milestones.js';
import { closeInWorkflow, scopeOfClosure } from './transaction-view.js';
import type { MilestoneRule, Workflow } from './workflow.js';

/** What the facts show of a problem: one subject, one hop, one signature. */
export type ProblemState = {
  objectId: Uuid;
  hop: string;
  signature: string;
  taxonomy: string;
  discriminators: Readonly<Record<string, string>>;
  /** Of the last failed run, in words. */
  message: string;
  integration: string;
  /** Failed runs; several signals of one run are one occurrence. */
  occurrences: number;
  firstOccurredAt: Instant;
  lastOccurredAt: Instant;
  /** Of the last failed run: the activity that carries the payload, if any does. */
  lastActivityId: Uuid;
  clearedAt: Instant | null;
  clearedBy: Uuid | null;
};

type Failure = LineageActivity & { problem: LineageProblem };

/**
 * The problems of one object. One is cleared by the earliest activity, at or after its last failure, that reaches the
 * milestone which the hop is there for, on the object or downstream of it: done means seen in the outcome, so a run that
 * merely reports success clears nothing.
 */
export function detectProblems(objectId: Uuid, graph: LineageGraph, workflows: readonly Workflow[]): ProblemState[] {
  const byHop = new Map<string, Failure[]>();
  for (const failure of failuresOf(objectId, graph)) {
    const hop = hopOf(failure);
    byHop.set(hop, [...(byHop.get(hop) ?? []), failure]);
  }
  const groups = new Map<string, Failure[]>();
  for (const failure of [...byHop.values()].flatMap(withoutEchoes)) {
    const identity = JSON.stringify([
      hopOf(failure),
      problemSignature(failure.problem.taxonomy, failure.problem.discriminators),
    ]);
    groups.set(identity, [...(groups.get(identity) ?? []), failure]);
  }
  return [...groups.values()].map((group) => describeProblem(objectId, group, graph, workflows));
}

/** Failed activities of an object, in order. */
export function failuresOf(objectId: Uuid, graph: LineageGraph): Failure[] {
  return (graph.activitiesOf.get(objectId) ?? []).filter(
    (activity): activity is Failure => activity.outcome === 'failure' && activity.problem !== null,
  );
}

/** The milestones that show that an integration has done its work, each with its workflow. */
export function proofsOf(
  integration: string,
  workflows: readonly Workflow[],
): { workflow: Workflow; rule: MilestoneRule }[] {
  return workflows.flatMap((workflow) => {
    const name = workflow.provenBy.get(integration);
    return workflow.milestones.filter((rule) => rule.name === name).map((rule) => ({ workflow, rule }));
  });
}

function hopOf(failure: Failure): string {
  // A failure outside any named integration still happened somewhere: at the system that reported it.
  return failure.integration === '' ? failure.system : failure.integration;
}

function describeProblem(
  objectId: Uuid,
  group: Failure[],
  graph: LineageGraph,
  workflows: readonly Workflow[],
): ProblemState {
  const ordered = [...group].sort(compareActivities);
  const first = ordered[0]!;
  const last = ordered.at(-1)!;
  const lastRun = ordered.filter((failure) => failure.runKey === last.runKey);
  const telling = lastRun.findLast((failure) => failure.problem.hasPayload) ?? last;
  const proof = earliestProof(objectId, last, graph, workflows);
  return {
    objectId,
    hop: hopOf(first),
    signature: problemSignature(first.problem.taxonomy, first.problem.discriminators),
    taxonomy: telling.problem.taxonomy,
    discriminators: telling.problem.discriminators,
    message: telling.problem.message,
    integration: first.integration,
    occurrences: new Set(ordered.map((failure) => failure.runKey)).size,
    firstOccurredAt: first.occurredAt,
    lastOccurredAt: last.occurredAt,
    lastActivityId: telling.activityId,
    clearedAt: proof?.occurredAt ?? null,
    clearedBy: proof?.activityId ?? null,
  };
}

/** The no of a bank is a problem of its own: what had been overcome before is not there again. */
function takesBack(
  { undoneBy }: Pick<MilestoneRule, 'undoneBy'>,
  { type, outcome }: Pick<LineageActivity, 'type' | 'outcome'>,
): boolean {
  return outcome === 'success' && undoneBy.has(type);
}

function earliestProof(
  objectId: Uuid,
  last: Failure,
  graph: LineageGraph,
  workflows: readonly Workflow[],
): LineageActivity | null {
  const proofs = proofsOf(last.integration, workflows).flatMap(({ workflow, rule }) => {
    const scope = scopeOfClosure(closeInWorkflow(workflow, graph, objectId));
    return earliestReaching(rule, scope, graph, last.occurredAt, takesBack) ?? [];
  });
  return proofs.sort(compareActivities)[0] ?? null;
}

import { CONTEXT_TYPES, HUB_TYPES } from '@throughline/canonical';
import type { MilestoneRule, Workflow } from './workflow.js';
import { WorkflowError } from './workflow-reader.js';

/** What makes a readable workflow unusable: names that lead nowhere, circles, rules that can never apply. */
export function proveWorkflow(workflow: Workflow): string[] {
  return [
    ...repeated(workflow.milestones.map((rule) => rule.name)).map((name) => `milestones: "${name}" is declared twice`),
    ...(workflow.milestones.length === 0 ? ['milestones: must have at least one'] : []),
    ...(HUB_TYPES.has(workflow.anchor) || CONTEXT_TYPES.has(workflow.anchor)
      ? [`anchor: ${workflow.anchor} gathers or describes others and cannot start a transaction`]
      : []),
    ...workflow.milestones.flatMap((rule) => proveMilestone(rule, workflow)),
    ...proveOrder(workflow.milestones),
    ...[...workflow.provenBy]
      .filter(([, milestone]) => !workflow.milestones.some((rule) => rule.name === milestone))
      .map(([integration, milestone]) => `hops: ${integration} proves "${milestone}", which is no milestone`),
  ];
}

/** What makes workflows that are each usable contradict one another. */
export function proveWorkflows(workflows: readonly Workflow[]): void {
  const problems = repeated(workflows.map((workflow) => workflow.name)).map((name) => `the name ${name} is used twice`);
  const keys = new Map<string, string>();
  for (const workflow of workflows) {
    for (const [type, preferred] of workflow.displayKeys) {
      const text = JSON.stringify(preferred);
      if ((keys.get(type) ?? text) !== text) problems.push(`the display keys of ${type} differ between workflows`);
      keys.set(type, text);
    }
  }
  if (problems.length > 0) throw new WorkflowError('the set of workflows', problems);
}

function proveMilestone(rule: MilestoneRule, workflow: Workflow): string[] {
  const place = `milestones.${rule.name}`;
  const reachable = reachableTypes(workflow);
  const problems: string[] = [];
  for (const name of rule.after) {
    if (!workflow.milestones.some((other) => other.name === name))
      problems.push(`${place}.after: "${name}" is no milestone`);
  }
  for (const type of new Set([rule.on, ...(rule.per === null ? [] : [rule.per])])) {
    if (!reachable.has(type)) problems.push(`${place}: no followed link leads from ${workflow.anchor} to ${type}`);
  }
  if (rule.per !== null && HUB_TYPES.has(rule.per))
    problems.push(`${place}.per: ${rule.per} is a hub; a transaction has no hubs of its own`);
  if (HUB_TYPES.has(rule.on) && rule.undoneBy.size > 0)
    problems.push(`${place}.undoneBy: what a hub's activity reached cannot be undone`);
  return [...problems, ...proveDueRule(rule, workflow)];
}

function proveDueRule(rule: MilestoneRule, workflow: Workflow): string[] {
  if (rule.due === null) return [];
  const place = `milestones.${rule.name}.due.after`;
  const from = rule.due.after;
  const start = workflow.milestones.find((other) => other.name === from);
  if (!start) return [`${place}: "${from}" is no milestone`];
  if (!rule.after.includes(from)) return [`${place}: "${from}" is not among the milestones it comes after`];
  if (start.per !== null && start.per !== rule.per) {
    return [`${place}: "${from}" is reached per ${start.per}, so this milestone must be declared per ${start.per} too`];
  }
  return [];
}

function proveOrder(milestones: readonly MilestoneRule[]): string[] {
  const done = new Set<string>();
  let left = [...milestones];
  for (;;) {
    // A predecessor that is no milestone is reported by itself and is no circle.
    const ready = left.filter((rule) =>
      rule.after.every((name) => done.has(name) || !milestones.some((other) => other.name === name)),
    );
    if (ready.length === 0) break;
    for (const rule of ready) done.add(rule.name);
    left = left.filter((rule) => !done.has(rule.name));
  }
  return left.length === 0
    ? []
    : [`milestones: ${left.map((rule) => rule.name).join(', ')} come after one another in a circle`];
}

function reachableTypes(workflow: Workflow): ReadonlySet<string> {
  const reachable = new Set<string>([workflow.anchor]);
  for (let size = 0; size < reachable.size;) {
    size = reachable.size;
    for (const link of workflow.follows) {
      const [from = '', to = ''] = link.split('>');
      if (reachable.has(from)) reachable.add(to);
    }
  }
  return reachable;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

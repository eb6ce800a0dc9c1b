import { CONTEXT_TYPES, HUB_TYPES, TECHNICAL_TYPES } from '@throughline/canonical';
import { proveConditions, proveMilestone } from './prove-milestone.js';
import type { MilestoneRule, Workflow } from './workflow.js';

/** What makes a readable workflow unusable: names that lead nowhere, circles, rules that can never apply. */
export function proveWorkflow(workflow: Workflow): string[] {
  const reachable = reachableTypes(workflow);
  return [
    ...repeated(workflow.milestones.map((rule) => rule.name)).map((name) => `milestones: "${name}" is declared twice`),
    ...(workflow.milestones.length === 0 ? ['milestones: must have at least one'] : []),
    ...(workflow.milestones.length > 0 && workflow.milestones.every((rule) => !rule.isRequired)
      ? ['milestones: at least one must be required, or every transaction would be completed from its beginning']
      : []),
    ...proveAnchor(workflow),
    ...proveLinks(workflow, reachable),
    ...proveStart(workflow, reachable),
    ...workflow.milestones.flatMap((rule) => proveMilestone(rule, workflow, reachable)),
    ...proveOrder(workflow.milestones),
    ...[...workflow.provenBy]
      .filter(([, milestone]) => !workflow.milestones.some((rule) => rule.name === milestone))
      .map(([integration, milestone]) => `hops: ${integration} proves "${milestone}", which is no milestone`),
  ];
}

/** A hub can start a transaction of its own, and so can what describes others; neither leads to the documents it concerns. */
function proveAnchor({ anchor, follows, given }: Workflow): string[] {
  if (TECHNICAL_TYPES.has(anchor)) return [`anchor: ${anchor} is no business object and cannot start a transaction`];
  const leading = [...follows].map((link) => link.split('>')[1] ?? '');
  if (HUB_TYPES.has(anchor) && leading.some((type) => !HUB_TYPES.has(type)))
    return [`anchor: ${anchor} gathers others and cannot start a transaction that leads to anything but hubs`];
  if (CONTEXT_TYPES.has(anchor) && leading.length > 0)
    return [`anchor: ${anchor} describes others and cannot start a transaction that leads to them`];
  if (CONTEXT_TYPES.has(anchor) && given.size === 0)
    return [`anchor: ${anchor} describes others; "given" has to say when it starts a transaction`];
  return [];
}

function proveLinks({ follows, anchor }: Workflow, reachable: ReadonlySet<string>): string[] {
  return [...follows].flatMap((link) => {
    const [from = '', to = ''] = link.split('>');
    const place = `follows: ${from} to ${to}`;
    if (CONTEXT_TYPES.has(from) || CONTEXT_TYPES.has(to)) return [`${place}: context is never traversed`];
    if (HUB_TYPES.has(from) && !HUB_TYPES.has(to)) return [`${place}: from a hub only further hubs are reached`];
    return reachable.has(from) ? [] : [`${place}: no followed link leads from ${anchor} to ${from}`];
  });
}

function proveStart(workflow: Workflow, reachable: ReadonlySet<string>): string[] {
  const { given, unless, anchor, restartedBy, milestones } = workflow;
  return [
    ...proveConditions(given, 'given', workflow, reachable),
    ...proveConditions(unless, 'unless', workflow, reachable),
    ...(given.has(anchor) ? [`given: every anchor is a ${anchor}`] : []),
    ...(unless.has(anchor) ? [`unless: every anchor is a ${anchor}`] : []),
    ...(restartedBy.size > 0 && milestones.some(({ on }) => HUB_TYPES.has(on))
      ? ['restartedBy: a workflow with milestones of hubs cannot begin anew']
      : []),
  ];
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

import { CONTEXT_TYPES, HUB_TYPES } from '@throughline/canonical';
import { SYSTEM_KINDS } from './system-kinds.js';
import { type MilestoneRule, type Workflow, predecessorsOf } from './workflow.js';

/** What makes a milestone of a readable workflow unusable; `reachable` are the types that its links lead to. */
export function proveMilestone(rule: MilestoneRule, workflow: Workflow, reachable: ReadonlySet<string>): string[] {
  const place = `milestones.${rule.name}`;
  const problems: string[] = [];
  for (const name of rule.after) {
    if (!workflow.milestones.some((other) => other.name === name))
      problems.push(`${place}.after: "${name}" is no milestone`);
  }
  for (const name of rule.notAfter) {
    if (!workflow.milestones.some((other) => other.name === name))
      problems.push(`${place}.notAfter: "${name}" is no milestone`);
    if (name === rule.name || predecessorsOf(workflow, rule.name).has(name))
      problems.push(`${place}.notAfter: "${name}" is among the milestones it comes after`);
  }
  for (const type of new Set([rule.on, ...(rule.per === null ? [] : [rule.per])])) {
    if (!reachable.has(type)) problems.push(`${place}: no followed link leads from ${workflow.anchor} to ${type}`);
  }
  if (rule.per !== null && rule.per !== rule.on && !leadsTo(workflow, rule.per, rule.on))
    problems.push(`${place}.per: no followed link leads from ${rule.per} to ${rule.on}`);
  if (rule.per !== null && HUB_TYPES.has(rule.per))
    problems.push(`${place}.per: ${rule.per} is a hub; a transaction has no hubs of its own`);
  if (HUB_TYPES.has(rule.on) && rule.undoneBy.size > 0)
    problems.push(`${place}.undoneBy: what a hub's activity reached cannot be undone`);
  return [
    ...problems,
    ...proveSystems(rule),
    ...proveGiven(rule, workflow, reachable),
    ...proveCardinality(rule, workflow, reachable),
    ...proveDueRule(rule, workflow, reachable),
  ];
}

function proveSystems({ name, on, bySystems }: MilestoneRule): string[] {
  const place = `milestones.${name}.bySystems`;
  if (bySystems.size > 0 && HUB_TYPES.has(on))
    return [`${place}: of a hub's activities only the earliest is looked for, whoever reports it`];
  return [...bySystems]
    .filter((kind) => !SYSTEM_KINDS.has(kind))
    .map((kind) => `${place}: "${kind}" is no kind of source system (known: ${[...SYSTEM_KINDS.keys()].join(', ')})`);
}

function proveGiven(rule: MilestoneRule, workflow: Workflow, reachable: ReadonlySet<string>): string[] {
  const place = `milestones.${rule.name}.given`;
  const problems = proveConditions(rule.given, place, workflow, reachable);
  // An activity of a hub concerns the transactions that wait for it, so they have to be found by the waiting milestone.
  if (rule.given.size > 0 && HUB_TYPES.has(rule.on) && rule.on !== workflow.anchor && !rule.given.has(rule.on))
    problems.push(`${place}: must name ${rule.on} too, since it is there once that hub is linked`);
  return problems;
}

/** What makes conditions of a workflow or of a part of it impossible, or not to be found out when they come true. */
export function proveConditions(
  conditions: ReadonlySet<string>,
  place: string,
  { anchor }: Pick<Workflow, 'anchor'>,
  reachable: ReadonlySet<string>,
): string[] {
  return [...conditions].flatMap((condition) => {
    const [type = ''] = condition.split('.');
    const isActivity = type !== condition;
    if (isActivity && CONTEXT_TYPES.has(type)) return [];
    if (!reachable.has(type)) return [`${place}: no followed link leads from ${anchor} to ${type}`];
    if (isActivity && HUB_TYPES.has(type) && type !== anchor)
      return [`${place}: "${condition}" happens to a hub, for thousands at once; name ${type} itself`];
    return [];
  });
}

function proveCardinality(rule: MilestoneRule, workflow: Workflow, reachable: ReadonlySet<string>): string[] {
  const place = `milestones.${rule.name}.expects`;
  const perRule = rule.per;
  return rule.expects.flatMap(({ per }) => {
    if (perRule === null) return [`${place}: is reached once per transaction, so there is nothing to count`];
    if (!reachable.has(per)) return [`${place}: no followed link leads from ${workflow.anchor} to ${per}`];
    if (per === perRule || !leadsTo(workflow, per, perRule))
      return [`${place}: no followed link leads from ${per} to ${perRule}`];
    return [];
  });
}

function proveDueRule(rule: MilestoneRule, workflow: Workflow, reachable: ReadonlySet<string>): string[] {
  const { due } = rule;
  if (due === null) return [];
  const place = `milestones.${rule.name}.due`;
  const problems = proveConditions(due.given, `${place}.given`, workflow, reachable);
  if (due.of !== null && !reachable.has(due.of))
    problems.push(`${place}.of: no followed link leads from ${workflow.anchor} to ${due.of}`);
  if (due.after !== undefined) problems.push(...proveStart(rule, due.after, workflow));
  return problems;
}

function proveStart(rule: MilestoneRule, from: string, workflow: Workflow): string[] {
  const place = `milestones.${rule.name}.due.after`;
  const start = workflow.milestones.find((other) => other.name === from);
  if (!start) return [`${place}: "${from}" is no milestone`];
  if (!predecessorsOf(workflow, rule.name).has(from) || from === rule.name)
    return [`${place}: "${from}" is not among the milestones it comes after`];
  if (start.per === null || start.per === rule.per) return [];
  if (rule.per === null || !leadsTo(workflow, start.per, rule.per)) {
    return [
      `${place}: "${from}" is reached per ${start.per}, so this milestone must be declared per ${start.per} too, or per what lies downstream of it`,
    ];
  }
  return [];
}

/** Whether followed links lead from one type to another. */
function leadsTo(workflow: Workflow, from: string, to: string): boolean {
  const found = new Set([from]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const link of workflow.follows) {
      const [upper = '', lower = ''] = link.split('>');
      if (found.has(upper)) found.add(lower);
    }
  }
  return found.has(to) && from !== to;
}

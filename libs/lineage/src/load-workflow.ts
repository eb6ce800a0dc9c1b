import type { ObjectType } from '@throughline/canonical';
import { parse } from 'yaml';
import { proveWorkflow } from './prove-workflow.js';
import { readDueRule } from './read-due-rule.js';
import type { Cardinality, MilestoneRule, Workflow } from './workflow.js';
import { WorkflowError, WorkflowReader } from './workflow-reader.js';

/** One workflow from the text of its file; `source` names the file in errors. Throws WorkflowError with every problem. */
export function parseWorkflow(yaml: string, source: string): Workflow {
  const problems: string[] = [];
  const workflow = readWorkflow(parseYaml(yaml, source), new WorkflowReader(problems));
  if (problems.length === 0) problems.push(...proveWorkflow(workflow));
  if (problems.length > 0) throw new WorkflowError(source, problems);
  return { ...workflow, milestones: inOrder(workflow.milestones) };
}

function parseYaml(yaml: string, source: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new WorkflowError(source, [error instanceof Error ? error.message : 'is no YAML']);
  }
}

function readWorkflow(value: unknown, reader: WorkflowReader): Workflow {
  const known = [
    ...['name', 'title', 'anchor', 'given', 'unless', 'restartedBy', 'cancelledBy'],
    ...['displayKeys', 'follows', 'milestones', 'hops'],
  ];
  const fields = reader.fields(value, 'workflow', known);
  // An anchor that cannot be read is reported; the rest is read all the same, to report that too.
  const anchor = reader.objectType(fields['anchor'], 'anchor') ?? 'contract';
  return {
    name: reader.name(fields['name'], 'name'),
    title: reader.text(fields['title'], 'title'),
    anchor,
    given: reader.conditions(fields['given'], 'given'),
    unless: reader.conditions(fields['unless'], 'unless'),
    restartedBy: reader.activityTypes(fields['restartedBy'], 'restartedBy', anchor),
    cancelledBy: reader.activityTypes(fields['cancelledBy'], 'cancelledBy', anchor),
    displayKeys: readDisplayKeys(fields['displayKeys'], reader),
    follows: readFollows(fields['follows'], reader),
    milestones: reader
      .list(fields['milestones'], 'milestones')
      .map((item, index) => readMilestone(item, index, reader)),
    provenBy: readHops(fields['hops'], reader),
  };
}

function readDisplayKeys(value: unknown, reader: WorkflowReader): Workflow['displayKeys'] {
  const keys = new Map<ObjectType, { system: string; kind: string }[]>();
  if (value === undefined) return keys;
  for (const [typeName, list] of Object.entries(reader.fields(value, 'displayKeys', Object.keys(value ?? {})))) {
    const place = `displayKeys.${typeName}`;
    const type = reader.objectType(typeName, place);
    const preferred = reader.list(list, place).map((item, index) => {
      const fields = reader.fields(item, `${place}[${index}]`, ['system', 'kind']);
      return {
        system: reader.name(fields['system'], `${place}[${index}].system`),
        kind: reader.name(fields['kind'], `${place}[${index}].kind`),
      };
    });
    if (type) keys.set(type, preferred);
  }
  return keys;
}

function readFollows(value: unknown, reader: WorkflowReader): ReadonlySet<string> {
  return new Set(
    reader.list(value, 'follows').map((item, index) => {
      const place = `follows[${index}]`;
      const fields = reader.fields(item, place, ['from', 'to', 'as']);
      reader.name(fields['as'], `${place}.as`);
      return `${reader.objectType(fields['from'], `${place}.from`) ?? ''}>${reader.objectType(fields['to'], `${place}.to`) ?? ''}`;
    }),
  );
}

function readMilestone(value: unknown, position: number, reader: WorkflowReader): MilestoneRule {
  const place = `milestones[${position}]`;
  const known = [
    ...['name', 'title', 'on', 'per', 'after', 'required', 'given', 'expects', 'notAfter'],
    ...['reachedBy', 'bySystems', 'undoneBy', 'due'],
  ];
  const fields = reader.fields(value, place, known);
  const on = reader.objectType(fields['on'], `${place}.on`);
  const reachedBy = reader.activityTypes(fields['reachedBy'], `${place}.reachedBy`, on);
  if (reachedBy.size === 0) reader.report(`${place}.reachedBy`, 'must name at least one activity type');
  if (Array.isArray(fields['bySystems']) && fields['bySystems'].length === 0)
    reader.report(`${place}.bySystems`, 'must name at least one kind of source system');
  return {
    name: reader.name(fields['name'], `${place}.name`),
    title: reader.text(fields['title'], `${place}.title`),
    position,
    on: on ?? 'contract',
    per: fields['per'] === undefined ? null : (reader.objectType(fields['per'], `${place}.per`) ?? null),
    after: reader.names(fields['after'], `${place}.after`),
    isRequired: reader.flag(fields['required'], `${place}.required`, true),
    given: reader.conditions(fields['given'], `${place}.given`),
    expects: readCardinalities(fields['expects'], `${place}.expects`, reader),
    notAfter: reader.names(fields['notAfter'], `${place}.notAfter`),
    reachedBy,
    bySystems: new Set(reader.names(fields['bySystems'], `${place}.bySystems`)),
    undoneBy: reader.activityTypes(fields['undoneBy'], `${place}.undoneBy`, on),
    due: fields['due'] === undefined ? null : readDueRule(fields['due'], `${place}.due`, reader),
  };
}

/** One cardinality, or a list of them. */
function readCardinalities(value: unknown, place: string, reader: WorkflowReader): Cardinality[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return readCardinality(value, place, reader);
  return value.flatMap((item, index) => readCardinality(item, `${place}[${index}]`, reader));
}

function readCardinality(value: unknown, place: string, reader: WorkflowReader): Cardinality[] {
  const fields = reader.fields(value, place, ['atMost', 'atLeast', 'per', 'moreAfter', 'enoughAfter']);
  const per = reader.objectType(fields['per'], `${place}.per`);
  const count = (name: string) =>
    fields[name] === undefined ? null : reader.wholeNumber(fields[name], `${place}.${name}`, 1);
  const [atMost, atLeast] = [count('atMost'), count('atLeast')];
  if (atMost === null && atLeast === null) reader.report(place, 'must say atLeast, atMost or both');
  if (atMost !== null && atLeast !== null && atLeast > atMost) reader.report(place, 'atLeast is more than atMost');
  const moreAfter = reader.activityTypes(fields['moreAfter'], `${place}.moreAfter`, per);
  const enoughAfter = reader.activityTypes(fields['enoughAfter'], `${place}.enoughAfter`, per);
  return per === undefined ? [] : [{ per, atMost, atLeast, moreAfter, enoughAfter }];
}

function readHops(value: unknown, reader: WorkflowReader): ReadonlyMap<string, string> {
  const hops = new Map<string, string>();
  for (const [index, item] of reader.list(value, 'hops').entries()) {
    const place = `hops[${index}]`;
    const fields = reader.fields(item, place, ['integration', 'proves']);
    const integration = reader.name(fields['integration'], `${place}.integration`);
    if (hops.has(integration)) reader.report(place, `"${integration}" is declared twice`);
    hops.set(integration, reader.name(fields['proves'], `${place}.proves`));
  }
  return hops;
}

/** Predecessors first, otherwise as declared. */
function inOrder(milestones: readonly MilestoneRule[]): MilestoneRule[] {
  const ordered: MilestoneRule[] = [];
  const left = [...milestones];
  while (left.length > 0) {
    const next = left.findIndex((rule) => rule.after.every((name) => ordered.some((done) => done.name === name)));
    const [rule] = left.splice(next, 1);
    if (rule) ordered.push({ ...rule, position: ordered.length });
  }
  return ordered;
}

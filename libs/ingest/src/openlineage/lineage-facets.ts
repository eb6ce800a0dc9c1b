import { quoted, parseFinanceEventData, toStorableText, type FinanceEventObject } from '@throughline/canonical';
import { parseRequeueId, parseTraceparent } from '../mapping/trace-context.js';
import type { JobEvent, LineageDataset, LineageFacets, LineageName, RunEvent } from './lineage-event.js';
import { joinNames } from './name-list.js';

type Members = Readonly<Record<string, unknown>>;

/** Custom facet of a run, job or dataset that names business objects: `{ objects: [finance event objects] }`. */
export const BUSINESS_OBJECTS_FACET = 'throughline_businessObjects';
/** Custom facet of a run that was started by a requeue: `{ requeueId }`. */
export const REQUEUE_FACET = 'throughline_requeue';
/** Namespace of a dataset that is a business object: `throughline://<system>`, name `<type>/<kind of key>/<value>`. */
export const BUSINESS_OBJECT_NAMESPACE = 'throughline://';

const LONGEST_TEXT = 1_000;

/** What the errorMessage facet says. */
export type RunError = { message: string; programmingLanguage?: string; stackTrace?: string };

/** One data-quality assertion of a dataset, as its facet reports it. */
export type Assertion = {
  assertion: string;
  column?: string;
  name?: string;
  isMet: boolean;
  severity: 'error' | 'warn';
  expected?: string;
  actual?: string;
};

/** Run attributes from the standard run and job facets: nominal time, parent, root, processing type, extraction errors. */
export function runAttributes(event: RunEvent): Record<string, string> {
  const nominal = membersOf(event.runFacets['nominalTime']);
  const { parent, root } = relatedRuns(event.runFacets);
  const extraction = membersOf(event.runFacets['extractionError']);
  const jobType = membersOf(event.jobFacets['jobType']);
  return withoutBlank({
    job: pathOf(event.job),
    nominalStart: textOf(nominal.nominalStartTime),
    nominalEnd: textOf(nominal.nominalEndTime),
    parentRun: parent?.runId,
    parentJob: parent && pathOf(parent.job),
    rootRun: root?.runId,
    rootJob: root && pathOf(root.job),
    processingType: textOf(jobType.processingType),
    producer: event.producer,
    failedExtractions: textOf(extraction.failedTasks),
    error: runError(event.runFacets)?.message.slice(0, LONGEST_TEXT),
    inputs: joinNames(event.inputs.map(pathOf)),
    outputs: joinNames(event.outputs.map(pathOf)),
  });
}

/** What a job event says of its job by the standard job facets. */
export function jobAttributes(event: JobEvent): Record<string, string> {
  const jobType = membersOf(event.jobFacets['jobType']);
  return withoutBlank({
    job: pathOf(event.job),
    description: textOf(membersOf(event.jobFacets['documentation']).description),
    processingType: textOf(jobType.processingType),
    producer: event.producer,
    inputs: joinNames(event.inputs.map(pathOf)),
    outputs: joinNames(event.outputs.map(pathOf)),
  });
}

/** What a dataset event says of its dataset by the standard dataset facets. */
export function datasetAttributes({ facets, ...dataset }: LineageDataset): Record<string, string> {
  return withoutBlank({
    dataset: pathOf(dataset),
    description: textOf(membersOf(facets['documentation']).description),
    lifecycleChange: textOf(membersOf(facets['lifecycleStateChange']).lifecycleStateChange),
  });
}

/** A run that another one belongs to. */
export type RelatedRun = { runId: string; job: LineageName };

/** Parent and root of a run, where its parent facet names them. */
export function relatedRuns(facets: LineageFacets): { parent: RelatedRun | undefined; root: RelatedRun | undefined } {
  const facet = membersOf(facets['parent'] ?? facets['parentRun']);
  return { parent: relatedRun(facet), root: relatedRun(membersOf(facet.root)) };
}

function relatedRun(value: Members): RelatedRun | undefined {
  const runId = textOf(membersOf(value.run).runId)?.toLowerCase();
  const job = membersOf(value.job);
  if (runId === undefined) return undefined;
  return { runId, job: { namespace: textOf(job.namespace) ?? '', name: textOf(job.name) ?? '' } };
}

/** The errorMessage facet. */
export function runError(facets: LineageFacets): RunError | undefined {
  const facet = membersOf(facets['errorMessage']);
  const message = textOf(facet.message, 20_000);
  const [language, stack] = [textOf(facet.programmingLanguage), textOf(facet.stackTrace, 20_000)];
  if (message === undefined && stack === undefined) return undefined;
  return {
    message: message ?? stack!,
    ...(language !== undefined && { programmingLanguage: language }),
    ...(stack !== undefined && { stackTrace: stack }),
  };
}

/** Class of the error: the last unindented line of a Python trace, else the first line of a JVM's. */
export function errorTypeOf({ message, stackTrace }: RunError): string | undefined {
  const lines = (stackTrace ?? message).split(/\r?\n/).filter((line) => /^\S/.test(line));
  const candidates = /^Traceback/.test(lines[0] ?? '') ? [lines.at(-1)] : [lines[0], message];
  for (const line of candidates) {
    const type =
      /^((?:[A-Za-z_$][\w$]*\.)*[A-Za-z_$][\w$]*(?:Error|Exception|Failure|Fault|[a-z]\w*\.[A-Z]\w*))(?::|$)/.exec(
        line ?? '',
      )?.[1];
    if (type !== undefined) return type.slice(0, 200);
  }
  return undefined;
}

/** The trace in which a run takes place: any run facet that carries a W3C traceparent. */
export function traceOf(facets: LineageFacets): { traceId: string; spanId: string } | undefined {
  for (const facet of Object.values(facets)) {
    const trace = parseTraceparent(membersOf(facet).traceparent);
    if (trace !== undefined) return trace;
  }
  return undefined;
}

/** The requeue request that caused a run. */
export function requeueOf(facets: LineageFacets): string | undefined {
  return parseRequeueId(textOf(membersOf(facets[REQUEUE_FACET]).requeueId));
}

/** The assertions of a dataset, from its own facets (specification 1-1-0) and those of its use as an input. */
export function assertionsOf(dataset: LineageDataset): Assertion[] {
  return [dataset.facets, dataset.ioFacets].flatMap((facets) => {
    const { assertions } = membersOf(facets['dataQualityAssertions']);
    return (Array.isArray(assertions) ? assertions : []).flatMap((item: unknown): Assertion[] => {
      const members = membersOf(item);
      const assertion = textOf(members.assertion);
      if (assertion === undefined || typeof members.success !== 'boolean') return [];
      const facts = withoutBlank({
        column: textOf(members.column),
        name: textOf(members.name),
        expected: textOf(members.expected),
        actual: textOf(members.actual),
      });
      const isWarning = typeof members.severity === 'string' && members.severity.toLowerCase() === 'warn';
      return [{ assertion, isMet: members.success, severity: isWarning ? 'warn' : 'error', ...facts }];
    });
  });
}

/**
 * Rows, bytes and files that a run wrote to a dataset, under a name of its own: a run that writes several has the figures of
 * each. Undefined when nothing was counted.
 */
export function statisticsOf(dataset: LineageDataset): Record<string, string> | undefined {
  const facet = membersOf(dataset.ioFacets['outputStatistics'] ?? dataset.facets['outputStatistics']);
  const counted = [
    ['rows', textOf(facet.rowCount)],
    ['bytes', textOf(facet.size ?? facet.bytes)],
    ['files', textOf(facet.fileCount)],
  ].flatMap(([what, figure]) => (figure === undefined ? [] : [`${figure} ${what}`]));
  if (counted.length === 0) return undefined;
  return { [`written to ${pathOf(dataset)}`.slice(0, LONGEST_TEXT)]: counted.join(', ') };
}

/** The business objects that facets name, checked; or the place and reason why they cannot be read. */
export function businessObjectsOf(
  facets: LineageFacets,
  place: string,
  system: string,
): { ok: true; objects: FinanceEventObject[] } | { ok: false; place: string; reason: string } {
  const facet = facets[BUSINESS_OBJECTS_FACET];
  if (facet === undefined || facet === null) return { ok: true, objects: [] };
  const { objects } = membersOf(facet);
  const at = `${place}/${BUSINESS_OBJECTS_FACET}`;
  if (Array.isArray(objects) && objects.length === 0) return { ok: true, objects: [] };
  const parsed = parseFinanceEventData({ system, objects });
  if (parsed.ok) return { ok: true, objects: parsed.value.objects };
  const [first = 'cannot be read'] = parsed.reasons;
  const [, inner = '', reason = first] = /^(\/[^:\s]*): ([\s\S]*)$/.exec(first) ?? [];
  return { ok: false, place: `${at}${inner}`, reason };
}

/** The business object that a dataset is by its very name. */
export function businessObjectOfName({ namespace, name }: LineageName): FinanceEventObject | undefined {
  if (!namespace.startsWith(BUSINESS_OBJECT_NAMESPACE)) return undefined;
  const system = namespace.slice(BUSINESS_OBJECT_NAMESPACE.length);
  const [type, kind, ...value] = name.split('/');
  const parsed = parseFinanceEventData({
    system,
    objects: [{ type, keys: [{ system, kind, value: value.join('/') }] }],
  });
  return parsed.ok ? parsed.value.objects[0] : undefined;
}

/** `<namespace>/<name>`: how a job is named as an integration, and a dataset in a list. */
export function pathOf({ namespace, name }: LineageName): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function textOf(value: unknown, longest = LONGEST_TEXT): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && value !== null) return quoted(value);
  const text = typeof value === 'string' ? toStorableText(value.trim()).slice(0, longest) : '';
  return text === '' ? undefined : text;
}

function withoutBlank<K extends string>(
  values: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> & Record<string, string>;
function withoutBlank(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value] as const],
    ),
  );
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

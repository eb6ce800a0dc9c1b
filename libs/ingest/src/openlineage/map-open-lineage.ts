import {
  activityId,
  type Activity,
  type ActivityLink,
  type ActivityObject,
  type ActivityProblem,
  type FinanceEventObject,
  type SignalReference,
} from '@throughline/canonical';
import { parseExactJson } from '../exact-json.js';
import type { MappedSignal, UnmappedReason } from '../mapping/mapped-signal.js';
import type { StoredSignal } from '../mapping/stored-signal.js';
import { classifyFailure } from '../packs/classify-failure.js';
import { evidenceActivity } from './evidence-activity.js';
import type { DatasetEvent, JobEvent, LineageDataset, LineageEvent, RunEvent, RunEventType } from './lineage-event.js';
import {
  assertionsOf,
  businessObjectOfName,
  businessObjectsOf,
  datasetAttributes,
  errorTypeOf,
  jobAttributes,
  pathOf,
  relatedRuns,
  requeueOf,
  runAttributes,
  runError,
  statisticsOf,
  traceOf,
} from './lineage-facets.js';
import { parseLineageEvent } from './parse-lineage-event.js';
import { RUN_ACTIVITY_TYPES } from './run-activity-types.js';

/** Name and version by which its activities refer to it. */
export const OPEN_LINEAGE_MAPPING = { name: 'open-lineage', version: 2 } as const;

const ACTIVITY_TYPES = new Map<RunEventType, string>(RUN_ACTIVITY_TYPES);
const LONGEST_INTEGRATION = 256;
const LONGEST_MESSAGE = 4_000;
/** Of the activities of one event, the run's own first. */
const MOST_ACTIVITIES = 1_000;
const MOST_FEEDS = 100;

/** Everything of an activity but what makes it one of many: id, type, time, outcome and what it is about. */
export type ActivityFrame = Pick<Activity, 'system' | 'integration' | 'runKey' | 'signal'> &
  Partial<Pick<Activity, 'requeueId' | 'traceId' | 'spanId'>>;

/** An activity before its position in the signal is known. */
export type LineageActivity = Omit<Activity, 'activityId' | 'mapping' | keyof ActivityFrame> & { rule: string };

type DatasetObjects = { dataset: LineageDataset; use: 'input' | 'output'; objects: FinanceEventObject[] };

/**
 * Mapping "open-lineage". A run event is an activity of an object of type `run` (key `run-id`) of the integration
 * `<job namespace>/<job name>`, with the business objects that facets or names of datasets tell of; each data-quality
 * assertion and each counted output is an activity of its own. A job event describes its integration, a dataset event the
 * business objects that the dataset is. The state of a run is never taken from one event: see openLineageRunState; nor is
 * what it read and wrote: see gatherRun.
 */
export function mapOpenLineage(signal: StoredSignal, reference: SignalReference): MappedSignal {
  const read = readEvent(signal);
  if ('outcome' in read) return read;
  const { event } = read;
  const system = systemOf(signal, event);
  const named = datasetObjects(event, system);
  if ('outcome' in named) return named;
  const activities = activitiesOfEvent(event, named, system);
  if ('outcome' in activities) return activities;
  if (activities.length === 0) {
    const described = pathOf(event.form === 'dataset' ? event.dataset : event.job);
    return ignored(`describes the dataset ${described}, which is no business object`, 'dataset-event');
  }
  const frame = frameOf(signal, event, system, reference);
  const [first] = activities;
  return {
    outcome: 'mapped',
    activities: activities.slice(0, MOST_ACTIVITIES).map(({ rule, ...activity }, position) => ({
      activityId: activityId(signal.scopedKey, position),
      ...activity,
      ...frame,
      mapping: { ...OPEN_LINEAGE_MAPPING, rule },
    })),
    mapping: { ...OPEN_LINEAGE_MAPPING, rule: first!.rule },
  };
}

function readEvent(signal: StoredSignal): { event: LineageEvent } | MappedSignal {
  let value: unknown;
  try {
    value = parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(signal.body));
  } catch {
    return unmapped({ code: 'unreadable', reason: 'the event is not JSON in UTF-8' });
  }
  const parsed = parseLineageEvent(value);
  if (parsed.ok) return { event: parsed.value };
  const [first = ''] = parsed.reasons;
  const place = /^(\/[^:\s]*):/.exec(first)?.[1];
  return unmapped({
    code: 'contract-violation',
    reason: parsed.reasons.join('; '),
    ...(place !== undefined && { place }),
  });
}

/** The configured source system; of an unbound sender the namespace, so that a parent that is named is the same run. */
function systemOf(signal: StoredSignal, event: LineageEvent): string {
  if (signal.sourceSystem !== '') return signal.sourceSystem;
  return (event.form === 'dataset' ? event.dataset.namespace : event.job.namespace).slice(0, LONGEST_INTEGRATION);
}

function frameOf(signal: StoredSignal, event: LineageEvent, system: string, reference: SignalReference): ActivityFrame {
  const facets = event.form === 'run' ? event.runFacets : {};
  const requeueId = requeueOf(facets);
  return {
    system,
    integration: event.form === 'dataset' ? '' : pathOf(event.job).slice(0, LONGEST_INTEGRATION),
    // All events of a run are one run, whatever their traces.
    runKey: event.form === 'run' ? `run:${system}:${event.runId}` : signal.scopedKey,
    ...(requeueId !== undefined && { requeueId }),
    ...traceOf(facets),
    signal: reference,
  };
}

function datasetObjects(event: LineageEvent, system: string): DatasetObjects[] | MappedSignal {
  const uses =
    event.form === 'dataset'
      ? [{ dataset: event.dataset, use: 'output' as const, place: '/dataset' }]
      : [
          ...event.inputs.map((dataset, index) => ({ dataset, use: 'input' as const, place: `/inputs/${index}` })),
          ...event.outputs.map((dataset, index) => ({ dataset, use: 'output' as const, place: `/outputs/${index}` })),
        ];
  const found: DatasetObjects[] = [];
  for (const { dataset, use, place } of uses) {
    const byName = businessObjectOfName(dataset);
    const objects = byName === undefined ? [] : [byName];
    for (const [member, facets] of [
      ['facets', dataset.facets],
      [`${use}Facets`, dataset.ioFacets],
    ] as const) {
      const read = businessObjectsOf(facets, `${place}/${member}`, system);
      if (!read.ok) return unmapped({ code: 'invalid-output', place: read.place, reason: read.reason });
      objects.push(...read.objects);
    }
    found.push({ dataset, use, objects });
  }
  return found;
}

function activitiesOfEvent(
  event: LineageEvent,
  named: readonly DatasetObjects[],
  system: string,
): LineageActivity[] | MappedSignal {
  if (event.form === 'run') return runActivities(event, named, system);
  return event.form === 'job' ? jobActivities(event, named, system) : datasetActivities(event, named, system);
}

function runActivities(
  event: RunEvent,
  named: readonly DatasetObjects[],
  system: string,
): LineageActivity[] | MappedSignal {
  const ofRun = [];
  for (const [place, facets] of [
    ['/run/facets', event.runFacets],
    ['/job/facets', event.jobFacets],
  ] as const) {
    const read = businessObjectsOf(facets, place, system);
    if (!read.ok) return unmapped({ code: 'invalid-output', place: read.place, reason: read.reason });
    ofRun.push(...read.objects);
  }
  const run: ActivityObject = { ...runObject(system, event.runId, 'subject'), attributes: runAttributes(event) };
  const { objects, links } = withRelated(event, run, ofRun, named, system);
  const hasFailed = event.eventType === 'FAIL' || event.eventType === 'ABORT';
  const error = runError(event.runFacets);
  const own: LineageActivity = {
    rule: 'run-event',
    type: ACTIVITY_TYPES.get(event.eventType) ?? 'run.reported',
    occurredAt: event.occurredAt,
    outcome: hasFailed ? 'failure' : 'success',
    objects,
    links,
    ...(hasFailed && { problem: runProblem(event) }),
  };
  const contradiction: LineageActivity[] =
    event.eventType === 'COMPLETE' && error !== undefined
      ? [
          {
            rule: 'contradicting-outcome',
            type: 'run.contradicted',
            occurredAt: event.occurredAt,
            outcome: 'failure',
            objects: [run],
            links: [],
            problem: {
              taxonomy: 'data-quality.conflicting-outcome',
              discriminators: { state: 'COMPLETE' },
              message: `The run is reported complete, with an error: ${firstLine(error.message)}`,
              field: '/run/facets/errorMessage/message',
              payload: error,
            },
          },
        ]
      : [];
  return [own, ...contradiction, ...named.flatMap((one) => datasetFacts(one, event, run, system))];
}

/** What a job reads and writes by its design; no run of it has done so yet, so that nothing feeds anything. */
function jobActivities(
  event: JobEvent,
  named: readonly DatasetObjects[],
  system: string,
): LineageActivity[] | MappedSignal {
  const ofJob = businessObjectsOf(event.jobFacets, '/job/facets', system);
  if (!ofJob.ok) return unmapped({ code: 'invalid-output', place: ofJob.place, reason: ofJob.reason });
  const name = pathOf(event.job).slice(0, LONGEST_INTEGRATION);
  const job: ActivityObject = {
    type: 'integration',
    qualifier: 'subject',
    aliases: [{ system, kind: 'name', scope: '', value: name }],
    attributes: jobAttributes(event),
  };
  const objects = [
    ...ofJob.objects.map((object) => toObject(object, 'related', system)),
    ...named.flatMap(({ use, objects: found }) => found.map((object) => toObject(object, use, system))),
  ];
  const described: LineageActivity = {
    rule: 'job-event',
    type: 'integration.described',
    occurredAt: event.occurredAt,
    outcome: 'success',
    objects: [job, ...objects],
    links: [],
  };
  return [described, ...named.flatMap((one) => evidenceOf(one, event.occurredAt, system, 'related'))];
}

function datasetActivities(
  { dataset, occurredAt }: DatasetEvent,
  named: readonly DatasetObjects[],
  system: string,
): LineageActivity[] {
  const [first, ...others] = named.flatMap(({ objects }) => objects);
  const described: LineageActivity[] =
    first === undefined
      ? []
      : [
          {
            rule: 'dataset-event',
            type: `${first.type}.described`,
            occurredAt,
            outcome: 'success',
            objects: [
              {
                ...toObject(first, 'subject', system),
                attributes: { ...first.attributes, ...datasetAttributes(dataset) },
              },
              ...others.map((object) => toObject(object, 'related', system)),
            ],
            links: [],
          },
        ];
  return [...described, ...named.flatMap((one) => evidenceOf(one, occurredAt, system, 'related'))];
}

function evidenceOf(
  { dataset, objects }: DatasetObjects,
  occurredAt: string,
  system: string,
  qualifier: string,
  related: readonly ActivityObject[] = [],
): LineageActivity[] {
  const about = [...related, ...objects.map((object) => toObject(object, qualifier, system))];
  return assertionsOf(dataset).map((assertion) => evidenceActivity(assertion, dataset, occurredAt, system, about));
}

/** What the facets of one dataset tell: what was counted, and what was checked. */
function datasetFacts(one: DatasetObjects, event: RunEvent, run: ActivityObject, system: string): LineageActivity[] {
  const { dataset, use, objects } = one;
  const about = objects.map((object) => toObject(object, use, system));
  const bare = runObject(system, event.runId, 'related');
  const counted = use === 'output' ? statisticsOf(dataset) : undefined;
  const written: LineageActivity[] =
    counted === undefined
      ? []
      : [
          {
            rule: 'output-statistics',
            type: 'run.output-written',
            occurredAt: event.occurredAt,
            outcome: 'success',
            objects: [{ ...bare, qualifier: run.qualifier, attributes: counted }, ...about],
            links: [],
          },
        ];
  return [...written, ...evidenceOf(one, event.occurredAt, system, use, [bare])];
}

function withRelated(
  event: RunEvent,
  run: ActivityObject,
  ofRun: readonly FinanceEventObject[],
  named: readonly DatasetObjects[],
  system: string,
): { objects: ActivityObject[]; links: ActivityLink[] } {
  const objects: ActivityObject[] = [run];
  const links: ActivityLink[] = [];
  const { parent, root } = relatedRuns(event.runFacets);
  for (const [qualifier, related] of [
    ['parent', parent],
    ['root', root],
  ] as const) {
    if (related === undefined || related.runId === event.runId) continue;
    if (qualifier === 'root' && related.runId === parent?.runId) continue;
    // Without a configured source system a run is named by the namespace of its own job.
    const owner = system === event.job.namespace && related.job.namespace !== '' ? related.job.namespace : system;
    objects.push(runObject(owner, related.runId, qualifier));
    if (qualifier === 'parent') links.push({ from: objects.length - 1, to: 0, qualifier: 'part-of' });
  }
  objects.push(...ofRun.map((object) => toObject(object, object.qualifier ?? 'related', system)));
  const positions = { input: [] as number[], output: [] as number[] };
  for (const { use, objects: found } of named) {
    for (const object of found) {
      positions[use].push(objects.length);
      objects.push(toObject(object, use, system));
    }
  }
  const feeds = positions.input.flatMap((from) => positions.output.map((to) => ({ from, to, qualifier: 'feeds' })));
  // A run that did not end well fed nothing, one that has only begun nothing yet.
  const hasFed = event.eventType === 'COMPLETE' || event.eventType === 'RUNNING';
  if (hasFed && feeds.length <= MOST_FEEDS) links.push(...feeds.filter((link) => !isSame(objects, link)));
  return { objects, links };
}

/** A dataset that is read and written is one object: it does not feed itself. */
function isSame(objects: readonly ActivityObject[], { from, to }: ActivityLink): boolean {
  return JSON.stringify(objects[from]?.aliases) === JSON.stringify(objects[to]?.aliases);
}

function runProblem(event: RunEvent): ActivityProblem {
  const error = runError(event.runFacets);
  const isAborted = event.eventType === 'ABORT';
  if (error === undefined) {
    const message = `${pathOf(event.job)} ${isAborted ? 'was aborted' : 'failed without a message'}`;
    return { taxonomy: 'platform.unclassified', discriminators: { state: event.eventType }, message };
  }
  const errorType = errorTypeOf(error);
  return {
    taxonomy: classifyFailure([error.message, errorType ?? '']),
    discriminators: { state: event.eventType, ...(errorType !== undefined && { errorType }) },
    message: firstLine(error.message),
    field: '/run/facets/errorMessage/message',
    payload: error,
  };
}

function runObject(system: string, runId: string, qualifier: string): ActivityObject {
  return { type: 'run', qualifier, aliases: [{ system, kind: 'run-id', scope: '', value: runId }] };
}

function toObject(object: FinanceEventObject, qualifier: string, system: string): ActivityObject {
  const { type, qualifier: own, keys, ...facts } = object;
  const [first, ...others] = keys.map((key) => ({
    system: key.system ?? system,
    kind: key.kind,
    scope: key.scope ?? '',
    value: key.value,
  }));
  return { type, qualifier: own ?? qualifier, aliases: [first!, ...others], ...facts };
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0]!.slice(0, LONGEST_MESSAGE);
}

function ignored(reason: string, rule: string): MappedSignal {
  return { outcome: 'ignored', reason, mapping: { ...OPEN_LINEAGE_MAPPING, rule } };
}

function unmapped(reason: Omit<UnmappedReason, 'mapping'>): MappedSignal {
  return { outcome: 'unmapped', unmapped: { ...reason, mapping: { ...OPEN_LINEAGE_MAPPING, rule: '' } } };
}

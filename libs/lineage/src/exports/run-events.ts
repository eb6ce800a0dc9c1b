import {
  type Activity,
  type ActivityObject,
  type Alias,
  TECHNICAL_TYPES,
  type Uuid,
  hashedUuid,
} from '@throughline/canonical';
import { subjectPositions } from '../alias-statements.js';
import type { TextFilter } from './ocel-log.js';

/** An activity as the events of its run need it; a run is what has one system, integration and run key. */
export type RunActivity = Pick<
  Activity,
  'activityId' | 'type' | 'occurredAt' | 'outcome' | 'system' | 'integration' | 'runKey' | 'objects' | 'links'
> &
  Partial<Pick<Activity, 'traceId' | 'spanId' | 'requeueId'>> & { message: string | null };

/** An OpenLineage run event, ready to be written as JSON. */
export type ExportedRunEvent = Readonly<Record<string, unknown>>;

const PRODUCER = 'urn:throughline:export';
const EVENT_SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
const OWN_FACET = 'urn:throughline:facet';
const OWN_RUN = /^run:.*:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Business objects that one event may name; those of a larger run are left to the events of its parts. */
const MOST_DATASETS = 1_000;

/** Where an activity stands among those of its run. */
export type PlaceInRun = { isFirst: boolean; isLast: boolean };

/**
 * The OpenLineage events of one activity of a run: before the first one its start, and for each one event with the business
 * objects it took in and those it was about as datasets; the last is COMPLETE, or FAIL when the last outcome was one. The
 * form is the one that `POST /api/v1/lineage` takes; sent there, the same objects under the same names come of it.
 */
export function runEventsOf(activity: RunActivity, place: PlaceInRun, shown: TextFilter): ExportedRunEvent[] {
  const type = !place.isLast ? 'RUNNING' : activity.outcome === 'failure' ? 'FAIL' : 'COMPLETE';
  const { inputs, outputs } = datasetsOf(activity, shown);
  return [
    ...(place.isFirst ? [envelope(activity, 'START', {}, [], [])] : []),
    envelope(activity, type, errorFacet(activity, shown), inputs, outputs),
  ];
}

/** True when two activities are of one run. */
export function isSameRun(left: RunActivity, right: RunActivity): boolean {
  return left.system === right.system && left.integration === right.integration && left.runKey === right.runKey;
}

/** Run id: the sender's own where it was an OpenLineage run, else one that follows from what identifies the run. */
export function runIdOf({ system, integration, runKey }: Pick<RunActivity, 'system' | 'integration' | 'runKey'>): Uuid {
  return OWN_RUN.exec(runKey)?.[1] ?? hashedUuid(['run', system, integration, runKey]);
}

function envelope(
  activity: RunActivity,
  eventType: string,
  facets: object,
  inputs: readonly object[],
  outputs: readonly object[],
): ExportedRunEvent {
  const { system, integration, type, traceId, spanId, requeueId } = activity;
  return {
    eventType,
    eventTime: activity.occurredAt,
    run: {
      runId: runIdOf(activity),
      facets: {
        throughline_activity: ownFacet('activity', { type, activityId: activity.activityId }),
        ...(traceId !== undefined &&
          spanId !== undefined && {
            throughline_trace: ownFacet('trace', { traceparent: `00-${traceId}-${spanId}-01` }),
          }),
        ...(requeueId !== undefined && { throughline_requeue: ownFacet('requeue', { requeueId }) }),
        ...facets,
      },
    },
    job: { namespace: system, name: integration === '' ? type : integration, facets: {} },
    inputs,
    outputs,
    producer: PRODUCER,
    schemaURL: EVENT_SCHEMA,
  };
}

function errorFacet(activity: RunActivity, shown: TextFilter): object {
  if (activity.outcome !== 'failure') return {};
  return {
    errorMessage: {
      _producer: PRODUCER,
      _schemaURL: 'https://openlineage.io/spec/facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet',
      message: activity.message === null || activity.message === '' ? activity.type : shown(activity.message),
      // required by the facet; what an integration is written in is not known
      programmingLanguage: 'unknown',
    },
  };
}

/** Subjects and ends of links are written, everything else is read. */
function datasetsOf(activity: RunActivity, shown: TextFilter): { inputs: object[]; outputs: object[] } {
  const written = new Set([...subjectPositions(activity), ...activity.links.map(({ to }) => to)]);
  const inputs: object[] = [];
  const outputs: object[] = [];
  for (const [position, object] of activity.objects.entries()) {
    if (TECHNICAL_TYPES.has(object.type) || inputs.length + outputs.length >= MOST_DATASETS) continue;
    (written.has(position) ? outputs : inputs).push(datasetOf(object, shown));
  }
  return { inputs, outputs };
}

function datasetOf(object: ActivityObject, shown: TextFilter): object {
  const { type, aliases, qualifier: _role, ...facts } = object;
  const [first] = aliases;
  const { system, name } = datasetName(type, first, shown);
  const keys = aliases.map(({ system: owner, kind, scope, value }) => ({
    system: owner,
    kind,
    ...(scope !== '' && { scope }),
    value: shown(value),
  }));
  const { counterparty, attributes } = facts;
  const told = {
    type,
    keys,
    ...facts,
    ...(counterparty !== undefined && { counterparty: shown(counterparty) }),
    ...(attributes !== undefined && {
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, shown(value)])),
    }),
  };
  return {
    // not `throughline://`: by that namespace a receiver would read the object a second time, from the name alone
    namespace: `urn:throughline:${system}`,
    name,
    facets: { throughline_businessObjects: ownFacet('businessObjects', { objects: [told] }) },
  };
}

function datasetName(type: string, { system, kind, scope, value }: Alias, shown: TextFilter) {
  return { system, name: [type, kind, ...(scope === '' ? [] : [scope]), shown(value)].join('/') };
}

function ownFacet(name: string, members: object): object {
  return { _producer: PRODUCER, _schemaURL: `${OWN_FACET}:${name}:1`, ...members };
}

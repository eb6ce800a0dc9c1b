import { toStorableText } from '@throughline/canonical';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import type { LineageEvent } from './lineage-event.js';
import { pathOf, traceOf } from './lineage-facets.js';

/** What of an event its signal is listed, filtered and found by. */
export type LineageSignalFacts = {
  /** `START` … `OTHER`, `RunEvent` for a run event without a type, `JobEvent`, `DatasetEvent`. */
  type: string;
  /** `<namespace>/<name>` of the job, or of the dataset. */
  source: string;
  /** Run id, else the source. */
  externalId: string;
  occurredAt: string;
  attributes: Record<string, CloudEventAttribute>;
  traceId: string | null;
};

/** The columns of a signal from an OpenLineage event. */
export function lineageSignalFacts(event: LineageEvent): LineageSignalFacts {
  const { occurredAt } = event;
  if (event.form === 'dataset') {
    const source = toStorableText(pathOf(event.dataset));
    return { type: 'DatasetEvent', source, externalId: source, occurredAt, attributes: {}, traceId: null };
  }
  const source = toStorableText(pathOf(event.job));
  if (event.form === 'job') {
    return { type: 'JobEvent', source, externalId: source, occurredAt, attributes: { job: source }, traceId: null };
  }
  return {
    type: event.statedType ?? 'RunEvent',
    source,
    externalId: event.runId,
    occurredAt,
    attributes: { job: source, runid: event.runId, eventtype: event.eventType },
    traceId: traceOf(event.runFacets)?.traceId ?? null,
  };
}

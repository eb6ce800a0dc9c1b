import {
  FINANCE_EVENT_SCHEMA,
  FINANCE_EVENT_TYPE_PREFIX,
  type FinanceEventData,
  hashedUuid,
  msOfInstant,
} from '@throughline/canonical';
import type { ScenarioSignal } from './scenario-signal.js';

/** A run of an integration: the trace that its spans and events share. */
export type Run = { traceId: string; requeueId?: string };

/** A run by its name; the same name is the same run. */
export function runNamed(name: string, requeueId?: string): Run {
  const traceId = hashedUuid(partsOfRun(name)).replaceAll('-', '');
  return requeueId === undefined ? { traceId } : { traceId, requeueId };
}

/** What the trace id of a run is the hash of. */
export function partsOfRun(name: string): string[] {
  return ['scenario-run', name];
}

/** What the id of a span of a run begins as the hash of. */
export function partsOfSpan(traceId: string, name = 'root'): string[] {
  return ['scenario-span', traceId, name];
}

/** A CloudEvent in structured mode. */
export function financeEvent(
  activityType: string,
  id: string,
  time: string,
  data: FinanceEventData,
  run?: Run,
): ScenarioSignal {
  const event = {
    specversion: '1.0',
    id: `${id}:${activityType}`,
    source: `/${data.system}/production`,
    type: `${FINANCE_EVENT_TYPE_PREFIX}${activityType}`,
    time,
    subject: id,
    datacontenttype: 'application/json',
    dataschema: FINANCE_EVENT_SCHEMA,
    ...(run && { traceparent: `00-${run.traceId}-${spanIdOf(run, 'root')}-01` }),
    ...(run?.requeueId !== undefined && { throughlinerequeueid: run.requeueId }),
    data,
  };
  return {
    name: `${activityType} ${id}`,
    protocol: 'cloudevents',
    headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    body: JSON.stringify(event),
  };
}

/** One span of a run. */
export type SpanDraft = {
  name: string;
  /** Name of the span it is a child of; the root has none. */
  parent?: string;
  startedAt: string;
  endedAt: string;
  attributes: Readonly<Record<string, string>>;
  error?: string;
};

/** The spans of a run as one OTLP/JSON export request; the span that is named "root" carries the run's events. */
export function traceOfRun(run: Run, service: string, spans: readonly SpanDraft[]): ScenarioSignal {
  const resource = { attributes: textAttributes({ 'service.name': service, 'finance.source_system': service }) };
  const records = spans.map((span) => ({
    traceId: run.traceId,
    spanId: spanIdOf(run, span.name),
    ...(span.parent !== undefined && { parentSpanId: spanIdOf(run, span.parent) }),
    name: span.name,
    kind: span.parent === undefined ? 2 : 3,
    startTimeUnixNano: nanosOf(span.startedAt),
    endTimeUnixNano: nanosOf(span.endedAt),
    attributes: textAttributes({
      ...span.attributes,
      ...(run.requeueId !== undefined && { 'throughline.requeue.id': run.requeueId }),
    }),
    status: span.error === undefined ? {} : { code: 2, message: span.error },
  }));
  return {
    name: `trace ${run.traceId.slice(0, 8)} (${spans.map((span) => span.name).join(', ')})`,
    protocol: 'otlp',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: service }, spans: records }] }] }),
  };
}

function spanIdOf(run: Run, name: string): string {
  return hashedUuid(partsOfSpan(run.traceId, name)).replaceAll('-', '').slice(0, 16);
}

function nanosOf(instant: string): string {
  return `${BigInt(msOfInstant(instant)) * 1_000_000n}`;
}

function textAttributes(
  attributes: Readonly<Record<string, string>>,
): { key: string; value: { stringValue: string } }[] {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

import {
  activityId,
  activityTypeOfEvent,
  EVENT_EXTENSIONS,
  FINANCE_EVENT_SCHEMA,
  parseFinanceEventData,
  parseInstant,
  quoted,
  RELATED_QUALIFIER,
  SUBJECT_QUALIFIER,
  type Activity,
  type ActivityObject,
  type FinanceEventData,
  type FinanceEventKey,
  type FinanceEventObject,
  type SignalReference,
} from '@throughline/canonical';
import { isJsonContentType } from '../cloudevents/event-attributes.js';
import { parseExactJson } from '../exact-json.js';
import type { MappedSignal, UnmappedReason } from './mapped-signal.js';
import { nameReturns } from './return-names.js';
import type { StoredSignal } from './stored-signal.js';
import { recordedAtOf } from './recorded-at.js';
import { parseRequeueId, parseTraceparent } from './trace-context.js';

/** Name and version by which its activities refer to it. */
export const FINANCE_EVENT_MAPPING = { name: 'finance-event', version: 3, rule: 'finance-event' } as const;

const MOST_REASONS = 5;

/**
 * Mapping "finance-event": one activity of a CloudEvent of type `finance.<activity type>` whose data is FinanceEventData.
 * Whatever cannot be mapped has a reason in words; the event stays stored and can be mapped again.
 */
export function mapCloudEvent(event: StoredSignal, reference: SignalReference): MappedSignal {
  const type = activityTypeOfEvent(event.type);
  if (type === undefined)
    return unmapped('no-mapping', `no mapping takes the event type ${quoted(event.type)}`, '/type');
  const schema = event.attributes['dataschema'];
  if (schema !== undefined && schema !== FINANCE_EVENT_SCHEMA) {
    return unmapped('contract-violation', `dataschema ${quoted(schema)} is not ${FINANCE_EVENT_SCHEMA}`, '/dataschema');
  }
  // The time of receipt is no substitute: lineage must not depend on when a signal arrived.
  const occurredAt = parseInstant(event.attributes['time']);
  if (!occurredAt.ok)
    return unmapped('contract-violation', 'the attribute time is missing or no RFC 3339 instant', '/time');
  const json = readJson(event);
  if ('outcome' in json) return json;
  const parsed = parseFinanceEventData(json.value);
  if (!parsed.ok) return unmapped('contract-violation', listed(parsed.reasons), placeOf(parsed.reasons[0]));
  return {
    outcome: 'mapped',
    activities: [nameReturns(toActivity(event, type, occurredAt.value, parsed.value, reference))],
    mapping: FINANCE_EVENT_MAPPING,
  };
}

function readJson(event: StoredSignal): { value: unknown } | MappedSignal {
  if (event.contentType !== null && !isJsonContentType(event.contentType)) {
    return unmapped('unreadable', `the data is ${quoted(event.contentType)}, expected application/json`);
  }
  if (event.body.byteLength === 0) return unmapped('unreadable', 'the event has no data');
  try {
    return { value: parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(event.body)) };
  } catch {
    return unmapped('unreadable', 'the data is not JSON in UTF-8');
  }
}

function toActivity(
  event: StoredSignal,
  type: string,
  occurredAt: string,
  data: FinanceEventData,
  reference: SignalReference,
): Activity {
  const origin = parseTraceparent(event.attributes[EVENT_EXTENSIONS.traceparent]);
  const requeue = event.attributes[EVENT_EXTENSIONS.requeueId];
  const requeueId = parseRequeueId(typeof requeue === 'string' ? requeue : undefined);
  const { problem } = data;
  return {
    activityId: activityId(event.scopedKey, 0),
    type,
    occurredAt,
    ...recordedAtOf(event),
    outcome: data.outcome ?? 'success',
    system: data.system,
    integration: data.integration ?? '',
    objects: data.objects.map((object, position) => toActivityObject(object, position, data.system)),
    links: data.links ?? [],
    ...(problem !== undefined && {
      problem: {
        taxonomy: problem.code,
        discriminators: problem.discriminators ?? {},
        message: problem.message,
        ...(problem.field !== undefined && { field: problem.field }),
        ...(problem.payload !== undefined && { payload: problem.payload }),
        ...(problem.payloadVersion !== undefined && { payloadVersion: problem.payloadVersion }),
        ...(problem.headers !== undefined && { headers: problem.headers }),
      },
    }),
    // Two signals of one run are one occurrence; an event without a trace is a run of its own.
    runKey: origin?.traceId ?? event.scopedKey,
    ...(requeueId !== undefined && { requeueId }),
    ...(origin !== undefined && origin),
    signal: reference,
    mapping: FINANCE_EVENT_MAPPING,
  };
}

function toActivityObject(object: FinanceEventObject, position: number, system: string): ActivityObject {
  const toAlias = (key: FinanceEventKey): ActivityObject['aliases'][number] => ({
    system: key.system ?? system,
    kind: key.kind,
    scope: key.scope ?? '',
    value: key.value,
  });
  const { type, qualifier, keys, ...facts } = object;
  const [first, ...others] = keys;
  return {
    type,
    qualifier: qualifier ?? (position === 0 ? SUBJECT_QUALIFIER : RELATED_QUALIFIER),
    aliases: [toAlias(first), ...others.map(toAlias)],
    ...facts,
  };
}

function listed(reasons: readonly string[]): string {
  const rest = reasons.length - MOST_REASONS;
  return reasons.slice(0, MOST_REASONS).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}

function placeOf(reason: string | undefined): string | undefined {
  return /^(\/[^:\s]*):/.exec(reason ?? '')?.[1];
}

function unmapped(code: UnmappedReason['code'], reason: string, place?: string): MappedSignal {
  return {
    outcome: 'unmapped',
    unmapped: { code, reason, ...(place !== undefined && { place }), mapping: FINANCE_EVENT_MAPPING },
  };
}

import {
  activityId,
  instantFromUnixNano,
  RUN_COMPLETED,
  RUN_FAILED,
  type Activity,
  type SignalReference,
} from '@throughline/canonical';
import { SEVERITY_ERROR, type LogRecord } from '../otlp/log-record.js';
import { attributeText, type Attributes, type AttributeValue } from '../otlp/span-record.js';
import { applyAttributeNames, type AttributeNames, NO_ATTRIBUTE_NAMES } from './attribute-names.js';
import {
  LONGEST_MESSAGE,
  namesIntegration,
  namesObject,
  readFinanceStep,
  readRunStep,
  trimmedText,
  unusableObject,
} from './finance-step.js';
import type { CodeMapping } from './map-signal.js';
import type { MappedSignal, UnmappedReason } from './mapped-signal.js';
import { stepProblem, type StepFailure } from './step-problem.js';
import { logFromBody } from './stored-log.js';
import type { StoredSignal } from './stored-signal.js';

/** Name and version by which its activities refer to it. */
export const OTEL_LOG_MAPPING = { name: 'otel-log', version: 2, rule: 'log-record' } as const;

/** Why a record without finance attributes becomes no activity. */
export const LOG_NAMES_NO_OBJECT = 'the record names no business object: it is kept for the trace view';

const IGNORED: MappedSignal = { outcome: 'ignored', reason: LOG_NAMES_NO_OBJECT, mapping: OTEL_LOG_MAPPING };

/** Where it is not the long form that names it. */
const UNUSABLE = {
  reason: 'the key of the object is blank or a placeholder, or its system is unknown',
  place: '/attributes',
};

const EXCEPTION_PREFIX = 'exception.';

/** Mapping "otel-log" for a tenant whose teams have names of their own for the finance attributes. */
export function logMapping(names: AttributeNames): CodeMapping {
  return (signal, reference) => mapLogWith(signal, reference, names);
}

/**
 * Mapping "otel-log": the activity of a log record that names a business object, or of a failure that names its integration.
 * It is a failure when its severity is ERROR or above or when it carries an exception; all other records are ignored, and kept
 * for the trace view.
 */
export const mapLog: CodeMapping = logMapping(NO_ATTRIBUTE_NAMES);

function mapLogWith(signal: StoredSignal, reference: SignalReference, names: AttributeNames): MappedSignal {
  const record = logFromBody(signal.body);
  if (record === undefined) return unmapped('unreadable', 'the stored body is no log record');
  if (!concernsFinance(record, names)) return IGNORED;
  const isOfRun = !namesObject(record, names);
  const attributes = applyAttributeNames(record.attributes, names.of(record.serviceName));
  const origin = {
    attributes,
    resource: record.resource.attributes,
    serviceName: record.serviceName,
    senderSystem: signal.sourceSystem,
  };
  const step = isOfRun ? readRunStep(origin, record.traceId) : readFinanceStep(origin);
  if (step === undefined && isOfRun) return IGNORED;
  // An attribute names an object, but none that can be used: the team wants to hear of it.
  if (step === undefined) {
    const { reason, place } = unusableObject(origin) ?? UNUSABLE;
    return unmapped('contract-violation', reason, place);
  }
  const time = record.timeUnixNano === '0' ? record.observedTimeUnixNano : record.timeUnixNano;
  const occurredAt = instantFromUnixNano(time);
  if (time === '0' || !occurredAt.ok)
    return unmapped('contract-violation', 'the record has neither time nor observed time', '/timeUnixNano');

  const hasFailed = isFailure(record, attributes);
  const activity: Activity = {
    activityId: activityId(signal.scopedKey, 0),
    type: hasFailed ? RUN_FAILED : (step.type ?? RUN_COMPLETED),
    occurredAt: occurredAt.value,
    outcome: hasFailed ? 'failure' : 'success',
    system: step.system,
    integration: step.integration,
    objects: step.objects,
    links: step.links,
    ...(hasFailed && { problem: stepProblem(attributes, failureOf(record, attributes)) }),
    // With a trace it is the failure of the same run as the span's.
    runKey: record.traceId ?? signal.scopedKey,
    ...(step.requeueId !== undefined && { requeueId: step.requeueId }),
    ...(record.traceId !== null && { traceId: record.traceId }),
    ...(record.traceId !== null && record.spanId !== null && { spanId: record.spanId }),
    signal: reference,
    mapping: OTEL_LOG_MAPPING,
  };
  return { outcome: 'mapped', activities: [activity], mapping: OTEL_LOG_MAPPING };
}

/** False when mapLog ignores the record: it names no business object, and is no failure that names its integration. */
export function concernsFinance(record: LogRecord, names: AttributeNames): boolean {
  return namesObject(record, names) || (isFailure(record, record.attributes) && namesIntegration(record, names));
}

function isFailure({ severityNumber }: LogRecord, attributes: Attributes): boolean {
  return severityNumber >= SEVERITY_ERROR || Object.keys(attributes).some((name) => name.startsWith(EXCEPTION_PREFIX));
}

function failureOf(record: LogRecord, attributes: Attributes): StepFailure {
  const exceptionType = attributeText(attributes['exception.type']);
  const said =
    trimmedText(attributeText(attributes['exception.message']), LONGEST_MESSAGE) ??
    trimmedText(bodyText(record.body), LONGEST_MESSAGE);
  const message = said ?? trimmedText(exceptionType, LONGEST_MESSAGE) ?? 'failed without a message';
  return { message, said: [said], exceptionType };
}

function bodyText(body: AttributeValue): string | undefined {
  return attributeText(body) ?? (body === null ? undefined : JSON.stringify(body));
}

function unmapped(code: UnmappedReason['code'], reason: string, place?: string): MappedSignal {
  return {
    outcome: 'unmapped',
    unmapped: { code, reason, ...(place !== undefined && { place }), mapping: OTEL_LOG_MAPPING },
  };
}

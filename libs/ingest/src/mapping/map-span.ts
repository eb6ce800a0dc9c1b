import {
  activityId,
  instantFromUnixNano,
  RUN_COMPLETED,
  RUN_FAILED,
  type Activity,
  type SignalReference,
} from '@throughline/canonical';
import { attributeText, type SpanRecord } from '../otlp/span-record.js';
import { applyAttributeNames, type AttributeNames, NO_ATTRIBUTE_NAMES } from './attribute-names.js';
import { LONGEST_MESSAGE, namesTypedObject, readFinanceStep, stepProblem, trimmedText } from './finance-step.js';
import { spanScopedKey } from './scoped-key.js';

/** Name and version by which its activities refer to it. */
export const OTEL_FINANCE_MAPPING = { name: 'otel-finance', version: 1, rule: 'span' } as const;

const STATUS_ERROR = 2;

/**
 * Mapping "otel-finance": the activities that a span tells of. None for a span that names no usable finance object (it
 * serves the waterfall alone) and none while it is open: the closed one replaces it and is mapped then. `names` are those
 * that the tenant's teams use for the finance attributes.
 */
export function mapSpan(
  span: SpanRecord,
  reference: SignalReference,
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
): Activity[] {
  if (span.endUnixNano === '0') return [];
  const occurredAt = instantFromUnixNano(span.endUnixNano);
  const attributes = applyAttributeNames(span.attributes, names.of(span.serviceName));
  const step = readFinanceStep({ attributes, resource: span.resource.attributes, serviceName: span.serviceName });
  if (!occurredAt.ok || step === undefined) return [];

  const hasFailed = span.statusCode === STATUS_ERROR;
  return [
    {
      activityId: activityId(spanScopedKey(span), 0),
      type: hasFailed ? RUN_FAILED : (step.type ?? RUN_COMPLETED),
      occurredAt: occurredAt.value,
      outcome: hasFailed ? 'failure' : 'success',
      system: step.system,
      integration: step.integration,
      objects: step.objects,
      links: step.links,
      ...(hasFailed && { problem: stepProblem(attributes, problemMessage(span)) }),
      runKey: span.traceId,
      ...(step.requeueId !== undefined && { requeueId: step.requeueId }),
      traceId: span.traceId,
      spanId: span.spanId,
      signal: reference,
      mapping: OTEL_FINANCE_MAPPING,
    },
  ];
}

/** False when mapSpan can make no activity of the span: it is open, or its attributes name no object of a type. */
export function mayBecomeActivity(
  span: Pick<SpanRecord, 'attributes' | 'serviceName' | 'endUnixNano'>,
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
): boolean {
  return span.endUnixNano !== '0' && namesTypedObject(span, names);
}

function problemMessage(span: SpanRecord): string {
  const exception = span.events.findLast((event) => event.name === 'exception');
  const thrown = trimmedText(attributeText(exception?.attributes['exception.message']), LONGEST_MESSAGE);
  return trimmedText(span.statusMessage, LONGEST_MESSAGE) ?? thrown ?? `"${span.name}" failed without a message`;
}

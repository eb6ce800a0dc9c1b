import {
  activityId,
  instantFromUnixNano,
  RUN_COMPLETED,
  RUN_FAILED,
  type SignalReference,
} from '@throughline/canonical';
import { attributeText, type SpanRecord } from '../otlp/span-record.js';
import { applyAttributeNames, type AttributeNames, NO_ATTRIBUTE_NAMES } from './attribute-names.js';
import {
  LONGEST_MESSAGE,
  namesIntegration,
  namesTypedObject,
  readFinanceStep,
  readRunStep,
  trimmedText,
  unusableObject,
} from './finance-step.js';
import type { MappedSignal } from './mapped-signal.js';
import { spanScopedKey } from './scoped-key.js';
import { stepProblem, type StepFailure } from './step-problem.js';

/** Name and version by which its activities refer to it. */
export const OTEL_FINANCE_MAPPING = { name: 'otel-finance', version: 2, rule: 'span' } as const;

const STATUS_ERROR = 2;
const EXCEPTION_EVENT = 'exception';

/** Why a span becomes no activity. */
const IS_OPEN = 'the span is open: the closed one replaces it';
const NAMES_NO_OBJECT = 'the span names no business object: it serves the waterfall alone';

/**
 * Mapping "otel-finance": the activity that a span tells of. A span without a finance object serves the waterfall alone, unless
 * it tells that a run of an integration failed; an open one is replaced by the closed one and mapped then; one whose long form
 * names an object that cannot be used is unmapped.
 * `names` are those that the tenant's teams use for the finance attributes.
 */
export function mapSpan(
  span: SpanRecord,
  reference: SignalReference,
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
): MappedSignal {
  if (span.endUnixNano === '0') return ignored(IS_OPEN);
  const attributes = applyAttributeNames(span.attributes, names.of(span.serviceName));
  const origin = { attributes, resource: span.resource.attributes, serviceName: span.serviceName };
  const named = readFinanceStep(origin);
  const fault = named === undefined ? unusableObject(origin) : undefined;
  if (fault !== undefined) return unmapped(fault);
  const step = named ?? (tellsOfRun(span) ? readRunStep(origin, span.traceId) : undefined);
  if (step === undefined) return ignored(NAMES_NO_OBJECT);
  const occurredAt = instantFromUnixNano(span.endUnixNano);
  if (!occurredAt.ok) return unmapped({ reason: 'the end of the span is no instant', place: '/endTimeUnixNano' });

  const hasFailed = span.statusCode === STATUS_ERROR;
  return {
    outcome: 'mapped',
    activities: [
      {
        activityId: activityId(spanScopedKey(span), 0),
        type: hasFailed ? RUN_FAILED : (step.type ?? RUN_COMPLETED),
        occurredAt: occurredAt.value,
        outcome: hasFailed ? 'failure' : 'success',
        system: step.system,
        integration: step.integration,
        objects: step.objects,
        links: step.links,
        ...(hasFailed && { problem: stepProblem(attributes, failureOf(span)) }),
        runKey: span.traceId,
        ...(step.requeueId !== undefined && { requeueId: step.requeueId }),
        traceId: span.traceId,
        spanId: span.spanId,
        signal: reference,
        mapping: OTEL_FINANCE_MAPPING,
      },
    ],
    mapping: OTEL_FINANCE_MAPPING,
  };
}

/**
 * False when mapSpan can make no activity of the span: it is open, or it names no object of a type, and is no failure that
 * tells of the run of an integration.
 */
export function mayBecomeActivity(
  span: Pick<SpanRecord, 'attributes' | 'serviceName' | 'endUnixNano' | 'statusCode' | 'parentSpanId' | 'events'>,
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
): boolean {
  if (span.endUnixNano === '0') return false;
  return namesTypedObject(span, names) || (tellsOfRun(span) && namesIntegration(span, names));
}

/** One that failed and saw the error, or began the run: those in between only pass it on. */
function tellsOfRun({ statusCode, parentSpanId, events }: Pick<SpanRecord, 'statusCode' | 'parentSpanId' | 'events'>) {
  return statusCode === STATUS_ERROR && (parentSpanId === null || events.some(({ name }) => name === EXCEPTION_EVENT));
}

function failureOf(span: SpanRecord): StepFailure {
  const thrown = span.events.findLast((event) => event.name === EXCEPTION_EVENT)?.attributes ?? {};
  const said = [span.statusMessage, attributeText(thrown['exception.message'])].map((text) =>
    trimmedText(text, LONGEST_MESSAGE),
  );
  const message = said.find((text) => text !== undefined) ?? `"${span.name}" failed without a message`;
  return { message, said, exceptionType: attributeText(thrown['exception.type']) };
}

function ignored(reason: string): MappedSignal {
  return { outcome: 'ignored', reason, mapping: OTEL_FINANCE_MAPPING };
}

function unmapped(fault: { reason: string; place: string }): MappedSignal {
  return { outcome: 'unmapped', unmapped: { code: 'contract-violation', ...fault, mapping: OTEL_FINANCE_MAPPING } };
}

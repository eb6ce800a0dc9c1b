import {
  activityId,
  instantFromUnixNano,
  isActivityType,
  isNegative,
  isObjectType,
  isTaxonomyCode,
  isUsableAliasValue,
  parseMoney,
  PROBLEM_DISCRIMINATOR_PREFIX,
  RUN_COMPLETED,
  RUN_FAILED,
  SPAN_ATTRIBUTES,
  SUBJECT_QUALIFIER,
  UNCLASSIFIED_PROBLEM,
  type Activity,
  type ActivityObject,
  type ActivityProblem,
  type Direction,
  type Money,
  type SignalReference,
} from '@throughline/canonical';
import { attributeText, type SpanRecord } from '../otlp/span-record.js';
import { spanScopedKey } from './scoped-key.js';
import { parseRequeueId } from './trace-context.js';

/** Name and version by which its activities refer to it. */
export const OTEL_FINANCE_MAPPING = { name: 'otel-finance', version: 1, rule: 'span' } as const;

const STATUS_ERROR = 2;
const LONGEST_NAME = 256;
const LONGEST_MESSAGE = 4_000;
/** Discriminator for a problem code that is no code of the taxonomy: kept apart, but not trusted as one. */
const REPORTED_CODE = 'reportedCode';

/**
 * Mapping "otel-finance": the activities that a span tells of. None for a span that names no usable finance object (it
 * serves the waterfall alone) and none while it is open: the closed one replaces it and is mapped then.
 */
export function mapSpan(span: SpanRecord, reference: SignalReference): Activity[] {
  if (span.endUnixNano === '0') return [];
  const occurredAt = instantFromUnixNano(span.endUnixNano);
  const system = sourceSystem(span);
  const subject = system === undefined ? undefined : spanObject(span, system);
  if (!occurredAt.ok || system === undefined || subject === undefined) return [];

  const hasFailed = span.statusCode === STATUS_ERROR;
  const declaredType = name(span, SPAN_ATTRIBUTES.activityType);
  const succeededType = declaredType !== undefined && isActivityType(declaredType) ? declaredType : RUN_COMPLETED;
  const requeueId = parseRequeueId(name(span, SPAN_ATTRIBUTES.requeueId));
  return [
    {
      activityId: activityId(spanScopedKey(span), 0),
      type: hasFailed ? RUN_FAILED : succeededType,
      occurredAt: occurredAt.value,
      outcome: hasFailed ? 'failure' : 'success',
      system,
      integration: name(span, SPAN_ATTRIBUTES.integrationName) ?? '',
      objects: [subject],
      links: [],
      ...(hasFailed && { problem: spanProblem(span) }),
      runKey: span.traceId,
      ...(requeueId !== undefined && { requeueId }),
      traceId: span.traceId,
      spanId: span.spanId,
      signal: reference,
      mapping: OTEL_FINANCE_MAPPING,
    },
  ];
}

function sourceSystem(span: SpanRecord): string | undefined {
  return (
    name(span, SPAN_ATTRIBUTES.sourceSystem) ??
    text(attributeText(span.resource.attributes[SPAN_ATTRIBUTES.sourceSystem])) ??
    name(span, SPAN_ATTRIBUTES.objectKeySystem) ??
    text(span.serviceName)
  );
}

function spanObject(span: SpanRecord, system: string): ActivityObject | undefined {
  const type = name(span, SPAN_ATTRIBUTES.objectType);
  const value = attributeText(span.attributes[SPAN_ATTRIBUTES.objectKeyValue])?.trim();
  if (type === undefined || !isObjectType(type) || value === undefined || !isUsableAliasValue(value)) return undefined;
  const legalEntity = name(span, SPAN_ATTRIBUTES.legalEntity);
  const counterparty = name(span, SPAN_ATTRIBUTES.counterparty);
  const amount = spanAmount(span);
  const direction = name(span, SPAN_ATTRIBUTES.direction);
  return {
    type,
    qualifier: SUBJECT_QUALIFIER,
    aliases: [
      {
        system: name(span, SPAN_ATTRIBUTES.objectKeySystem) ?? system,
        // Without a kind the number is the object's own: the kind is the type.
        kind: name(span, SPAN_ATTRIBUTES.objectKeyKind) ?? type,
        scope: name(span, SPAN_ATTRIBUTES.objectKeyScope) ?? '',
        value,
      },
    ],
    ...(legalEntity !== undefined && { legalEntity }),
    ...(counterparty !== undefined && { counterparty }),
    ...(amount !== undefined && { amount }),
    ...(isDirection(direction) && { direction }),
  };
}

/** Decimal text, or an integer; a binary float is no amount of money. */
function spanAmount(span: SpanRecord): Money | undefined {
  const value = span.attributes[SPAN_ATTRIBUTES.amount];
  if (typeof value === 'number' && !Number.isInteger(value)) return undefined;
  const parsed = parseMoney(attributeText(value), name(span, SPAN_ATTRIBUTES.currency));
  return parsed.ok && !isNegative(parsed.value) ? parsed.value : undefined;
}

function spanProblem(span: SpanRecord): ActivityProblem {
  const code = name(span, SPAN_ATTRIBUTES.problemCode);
  const isKnownCode = code !== undefined && isTaxonomyCode(code);
  const discriminators = Object.entries(span.attributes).flatMap(([key, value]): [string, string][] => {
    const discriminator = key.startsWith(PROBLEM_DISCRIMINATOR_PREFIX)
      ? key.slice(PROBLEM_DISCRIMINATOR_PREFIX.length)
      : '';
    const shown = attributeText(value);
    return discriminator === '' || shown === undefined ? [] : [[discriminator, shown]];
  });
  if (code !== undefined && !isKnownCode) discriminators.push([REPORTED_CODE, code]);
  return {
    taxonomy: isKnownCode ? code : UNCLASSIFIED_PROBLEM,
    discriminators: Object.fromEntries(discriminators),
    message: problemMessage(span).slice(0, LONGEST_MESSAGE),
  };
}

function problemMessage(span: SpanRecord): string {
  const declared = text(attributeText(span.attributes[SPAN_ATTRIBUTES.problemMessage]), LONGEST_MESSAGE);
  const exception = span.events.findLast((event) => event.name === 'exception');
  const thrown = text(attributeText(exception?.attributes['exception.message']), LONGEST_MESSAGE);
  return declared ?? text(span.statusMessage, LONGEST_MESSAGE) ?? thrown ?? `"${span.name}" failed without a message`;
}

function isDirection(value: string | undefined): value is Direction {
  return value === 'inflow' || value === 'outflow';
}

function name(span: SpanRecord, attribute: string): string | undefined {
  return text(attributeText(span.attributes[attribute]));
}

function text(value: string | undefined, longest = LONGEST_NAME): string | undefined {
  const trimmed = value?.trim().slice(0, longest);
  return trimmed === '' ? undefined : trimmed;
}

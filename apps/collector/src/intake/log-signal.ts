import { instantFromUnixNano, SPAN_ATTRIBUTES } from '@throughline/canonical';
import {
  attributeText,
  concernsFinance,
  conversationOf,
  LOG_NAMES_NO_OBJECT,
  logScopedKey,
  logToBody,
  OTEL_LOG_MAPPING,
  type AttributeNames,
  type CloudEventAttribute,
  type LogRecord,
} from '@throughline/ingest';
import { CONVERSATION } from './flow-of-signal.js';
import type { NewSignal } from './new-signal.js';

const LONGEST_TYPE = 250;
const DEFAULT_TYPE = 'log';

/** Attribute of a stored log record: the integration that it names. */
export const INTEGRATION = 'integration';

/** Who sends log records, and how. */
export type LogSender = {
  source: { name: string; kind: string } | null;
  hopTraceparent: string | null;
  names: AttributeNames;
};

/** Log records as signals, each made when it is asked for: it is larger then, and many must not stand in memory as both. */
export function* logSignals(records: Iterable<LogRecord>, sender: LogSender): Generator<NewSignal, void> {
  for (const record of records) yield logSignal(record, sender);
}

/** A log record as a signal of its sender. One that names neither object nor failed run is no work for the mapping. */
function logSignal(record: LogRecord, sender: LogSender): NewSignal {
  const body = logToBody(record);
  return {
    kind: 'log',
    scopedKey: logScopedKey(body),
    sourceSystem: sender.source?.name ?? '',
    sourceKind: sender.source?.kind ?? '',
    type: typeOf(record),
    // The id that the conventions give a record, where a sender has one.
    externalId: attributeText(record.attributes['log.record.uid']) ?? '',
    source: record.serviceName,
    occurredAt: occurredAtOf(record),
    contentType: 'application/json',
    attributes: listedAttributes(record),
    hopTraceparent: sender.hopTraceparent,
    traceId: record.traceId,
    body: Buffer.from(body, 'utf8'),
    sequenceNo: null,
    fileId: null,
    recordNo: null,
    ...(!concernsFinance(record, sender.names) && {
      ignored: { reason: LOG_NAMES_NO_OBJECT, mapping: OTEL_LOG_MAPPING },
    }),
  };
}

function typeOf(record: LogRecord): string {
  // event.name is how events were named before they had a field of their own.
  const name = record.eventName || (attributeText(record.attributes['event.name']) ?? '');
  return name.trim().slice(0, LONGEST_TYPE) || DEFAULT_TYPE;
}

function occurredAtOf(record: LogRecord): string | null {
  const nanos = record.timeUnixNano === '0' ? record.observedTimeUnixNano : record.timeUnixNano;
  const instant = nanos === '0' ? undefined : instantFromUnixNano(nanos);
  return instant?.ok ? instant.value : null;
}

function listedAttributes(record: LogRecord): Record<string, CloudEventAttribute> {
  const flow = conversationOf(record);
  const integration = attributeText(record.attributes[SPAN_ATTRIBUTES.integrationName]);
  return {
    severitynumber: record.severityNumber,
    ...(record.severityText !== '' && { severitytext: record.severityText }),
    ...(record.spanId !== null && { spanid: record.spanId }),
    ...(record.serviceName !== '' && { servicename: record.serviceName }),
    ...(flow !== undefined && { [CONVERSATION]: flow }),
    ...(integration !== undefined && { [INTEGRATION]: integration }),
  };
}

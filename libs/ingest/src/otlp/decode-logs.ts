import { decodeAnyValue, decodeAttributes } from './attribute-decoder.js';
import { atOnce, inSteps, type Pause } from './decode-in-steps.js';
import { limitItems } from '../request-size.js';
import { decodeOrigin, type ItemOrigin } from './decode-origin.js';
import { decodeRequest, refuseOtherSignal, type OtlpEncoding } from './decode-request.js';
import { ItemCounts, type DecodedCounts } from './decoded-counts.js';
import { countField, InvalidField, textField, type ScalarReaders, type WireMessage } from './field-readers.js';
import { SEVERITIES, type LogRecord } from './log-record.js';

/** What a logs export request holds: the good records, and how many were refused for which reason. */
export type DecodedLogs = DecodedCounts & { records: LogRecord[] };

const ZERO = /^0*$/;
const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;

/** Decodes an ExportLogsServiceRequest. One bad record never costs its batch. Throws MalformedRequest or OversizedRequest. */
export function decodeLogs(body: Uint8Array, encoding: OtlpEncoding): DecodedLogs {
  return atOnce(logSteps(body, encoding));
}

/** As decodeLogs, for requests of any size: waits for `pause` between groups, so that other requests have their turn. */
export function decodeLogsInSteps(body: Uint8Array, encoding: OtlpEncoding, pause: Pause): Promise<DecodedLogs> {
  return inSteps(logSteps(body, encoding), pause);
}

function* logSteps(body: Uint8Array, encoding: OtlpEncoding): Generator<void, DecodedLogs> {
  const counts = new ItemCounts();
  const { groups, scalars } = yield* decodeRequest(body, encoding, 'logs', counts);
  const records: LogRecord[] = [];
  yield;
  for (const group of groups) {
    let origin: ItemOrigin;
    try {
      origin = decodeOrigin(scalars, group);
    } catch (error) {
      if (!(error instanceof InvalidField)) throw error;
      counts.reject(error.message, group.itemCount, group.place());
      if (counts.isTurnOver()) yield;
      continue;
    }
    for (let index = 0; index < group.itemCount; index += 1) {
      try {
        const record = group.item(index);
        // A sparse span reads as a record without time and ids: taken for one, it would be lost to its trace.
        if (group.isOther(index)) throw new InvalidField('the log record is a span: send traces to /v1/traces');
        records.push(decodeRecord(scalars, record, origin));
      } catch (error) {
        if (!(error instanceof InvalidField)) throw error;
        counts.rejectItem(error.message, group, index);
      }
      if (counts.isTurnOver()) {
        limitItems(records);
        yield;
      }
    }
    if (counts.isTurnOver()) yield;
  }
  refuseOtherSignal('logs', records.length === 0 && counts.areAllOther());
  return { records, ...counts.result() };
}

function decodeRecord(scalars: ScalarReaders, record: WireMessage, origin: ItemOrigin): LogRecord {
  return {
    timeUnixNano: scalars.unsigned64(record['timeUnixNano'], 'timeUnixNano'),
    observedTimeUnixNano: scalars.unsigned64(record['observedTimeUnixNano'], 'observedTimeUnixNano'),
    severityNumber: scalars.enumNumber(record['severityNumber'], SEVERITIES, 'SEVERITY_NUMBER_', 'severityNumber'),
    severityText: textField(record['severityText'], 'severityText'),
    body: decodeAnyValue(scalars, record['body'], 'body'),
    attributes: decodeAttributes(scalars, record['attributes'], 'attributes'),
    droppedAttributesCount: countField(record['droppedAttributesCount'], 'droppedAttributesCount'),
    flags: countField(record['flags'], 'flags'),
    traceId: optionalId(scalars.id(record['traceId'], 'traceId'), TRACE_ID_DIGITS, 'traceId'),
    spanId: optionalId(scalars.id(record['spanId'], 'spanId'), SPAN_ID_DIGITS, 'spanId'),
    eventName: textField(record['eventName'], 'eventName'),
    ...origin,
  };
}

/** An id of zeros stands for none, as the protocol says of log records; another length is a mistake. */
function optionalId(id: string, digits: number, field: string): string | null {
  if (id === '' || (id.length === digits && ZERO.test(id))) return null;
  if (id.length === digits) return id;
  throw new InvalidField(`${field} must be ${digits / 2} bytes, all zero or absent`);
}

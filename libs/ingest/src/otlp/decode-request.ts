import { parseExactJson } from '../exact-json.js';
import { limitJsonMessages, limitProtobufMessages, OversizedRequest } from '../request-size.js';
import type { ScalarReaders, WireMessage } from './field-readers.js';
import { opentelemetry } from './generated/otlp.js';
import { jsonScalars } from './json-scalars.js';
import { protobufScalars } from './protobuf-scalars.js';

/** The two encodings of OTLP/HTTP; gRPC uses the first. */
export type OtlpEncoding = 'protobuf' | 'json';

/** The request as a whole cannot be read, by its own protocol: sending it again can never succeed. */
export class MalformedRequest extends Error {}

const { trace, logs } = opentelemetry.proto.collector;
const DECODERS = { traces: trace.v1.ExportTraceServiceRequest, logs: logs.v1.ExportLogsServiceRequest };

/** The request as a message with the readers for its scalars. Throws MalformedRequest or OversizedRequest. */
export function decodeRequest(
  body: Uint8Array,
  encoding: OtlpEncoding,
  signal: 'traces' | 'logs',
  onEnumName: () => void,
): { message: WireMessage; scalars: ScalarReaders } {
  if (encoding === 'json') return { message: parseJson(body), scalars: jsonScalars(onEnumName) };
  try {
    // Buffer.prototype.slice does not copy; the decoder is fastest on a Buffer.
    const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    limitProtobufMessages(buffer, signal);
    return { message: DECODERS[signal].decode(buffer) as WireMessage, scalars: protobufScalars };
  } catch (error) {
    if (error instanceof OversizedRequest) throw error;
    throw new MalformedRequest(`not OTLP protobuf: ${reasonOf(error)}`);
  }
}

function parseJson(body: Uint8Array): WireMessage {
  limitJsonMessages(body);
  let parsed: unknown;
  try {
    parsed = parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new MalformedRequest(`not JSON: ${reasonOf(error)}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new MalformedRequest('not an OTLP request: the body must be a JSON object');
  }
  return parsed as WireMessage;
}

/** Parsers quote what they could not read; the quotation may be payload and stays out of answers and logs. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unreadable';
  if (error instanceof SyntaxError) return /position \d+|end of JSON input/.exec(error.message)?.[0] ?? 'syntax error';
  return error.message.slice(0, 200);
}

import { parseJsonSteps } from '../json-steps.js';
import { limitJsonSteps, limitProtobufMessages, OversizedRequest } from '../request-size.js';
import { utf8Text } from '../utf8-text.js';
import { InvalidField, type ScalarReaders } from './field-readers.js';
import { jsonGroups } from './json-groups.js';
import { jsonScalars } from './json-scalars.js';
import { protobufGroups } from './protobuf-groups.js';
import { protobufScalars } from './protobuf-scalars.js';
import { otherSignalHint, type OtlpSignal, type RequestGroup, type RequestNotes } from './request-group.js';
import { StrictReader } from './strict-reader.js';

/** The two encodings of OTLP/HTTP; gRPC uses the first. */
export type OtlpEncoding = 'protobuf' | 'json';

/** The request as a whole cannot be read, by its own protocol: sending it again can never succeed. */
export class MalformedRequest extends Error {}

/** Numbers that a double does not hold, of senders that do not write them as text, as the protocol wants it. */
const MOST_LONG_NUMBERS = 1_000_000;

/** A request cut into its groups, with the readers for its scalars. */
export type DecodedRequest = { groups: Iterable<RequestGroup>; scalars: ScalarReaders };

/**
 * The groups of a request, and their items, are decoded one by one when they are asked for; asking may throw as well. JSON
 * is parsed in steps. Throws MalformedRequest or OversizedRequest.
 */
export function* decodeRequest(
  body: Uint8Array,
  encoding: OtlpEncoding,
  signal: OtlpSignal,
  notes: RequestNotes,
): Generator<void, DecodedRequest> {
  if (encoding === 'json') {
    const request = yield* parseJson(body);
    return {
      groups: readable(jsonGroups(request, signal, notes), `not an OTLP ${signal} request`),
      scalars: jsonScalars(() => notes.enumName()),
    };
  }
  // Buffer.prototype.slice does not copy; the decoder is fastest on a Buffer.
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  limitProtobufMessages(buffer, signal);
  const groups = protobufGroups(new StrictReader(buffer), signal, notes);
  return { groups: readable(groups, 'not OTLP protobuf'), scalars: protobufScalars };
}

/** Throws MalformedRequest when nothing was good and what was refused is of the other signal: its sender mixed up the addresses. */
export function refuseOtherSignal(signal: OtlpSignal, isOther: boolean): void {
  if (isOther) throw new MalformedRequest(otherSignalHint(signal));
}

/** What the cutting itself comes upon is a fault of the request as a whole. */
function* readable(groups: Iterable<RequestGroup>, what: string): Generator<RequestGroup, void> {
  try {
    yield* groups;
  } catch (error) {
    throw new MalformedRequest(`${what}: ${error instanceof InvalidField ? error.message : reasonOf(error)}`);
  }
}

function* parseJson(body: Uint8Array): Generator<void, Record<string, unknown>> {
  yield* limitJsonSteps(body);
  let parsed: unknown;
  try {
    parsed = yield* parseJsonSteps(utf8Text(body), { exact: { most: MOST_LONG_NUMBERS, found: 0 } });
  } catch (error) {
    if (error instanceof OversizedRequest) throw error;
    throw new MalformedRequest(`not JSON: ${reasonOf(error)}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new MalformedRequest('not an OTLP request: the body must be a JSON object');
  }
  return parsed as Record<string, unknown>;
}

/** Parsers quote what they could not read; the quotation may be payload and stays out of answers and logs. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unreadable';
  if (error instanceof SyntaxError) return /position \d+|end of JSON input/.exec(error.message)?.[0] ?? 'syntax error';
  return error.message.slice(0, 200);
}

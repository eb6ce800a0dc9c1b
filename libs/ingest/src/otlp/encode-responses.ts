import protobuf from 'protobufjs/minimal.js';
import type { OtlpEncoding } from './decode-request.js';

const { Writer } = protobuf;
const TYPE_URL = 'type.googleapis.com/google.rpc';

/** Far below the 4 MiB that a response may have at most: reasons are for people, the counts are exact. */
const LONGEST_MESSAGE = 16_384;

/** gRPC status codes that the collector answers with (google.rpc.Code). */
export const RPC_CODES = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** What was refused of a request that was otherwise taken; 0 with a message is a warning. */
export type PartialSuccess = { rejected: number; message: string };

/** google.rpc.Status with the details that the collector uses. */
export type RpcStatus = {
  code: number;
  message: string;
  /** Adds google.rpc.RetryInfo: the sender may come again after this many seconds. */
  retryAfterSeconds?: number;
  /** Adds google.rpc.BadRequest with this description: the same request can never succeed. */
  badRequest?: string;
};

/** Bytes of an Export(Trace|Logs)ServiceResponse; without `partial`, partial_success stays unset, as the protocol demands. */
export function encodeExportResponse(
  signal: 'traces' | 'logs',
  encoding: OtlpEncoding,
  outcome?: PartialSuccess,
): Uint8Array {
  const partial = outcome && { ...outcome, message: shortened(outcome.message) };
  if (encoding === 'json') {
    const rejectedField = signal === 'traces' ? 'rejectedSpans' : 'rejectedLogRecords';
    // int64 is text in JSON
    return jsonBytes(
      partial ? { partialSuccess: { [rejectedField]: String(partial.rejected), errorMessage: partial.message } } : {},
    );
  }
  const writer = Writer.create();
  if (partial) {
    writer.uint32(field(1, 2)).fork();
    if (partial.rejected > 0) writer.uint32(field(1, 0)).int64(partial.rejected);
    writer.uint32(field(2, 2)).string(partial.message).ldelim();
  }
  return writer.finish();
}

/** Bytes of a google.rpc.Status: the body of every answer of OTLP/HTTP that is not 200, and gRPC's status details. */
export function encodeStatus(encoding: OtlpEncoding, told: RpcStatus): Uint8Array {
  const status = {
    ...told,
    message: shortened(told.message),
    ...(told.badRequest !== undefined && { badRequest: shortened(told.badRequest) }),
  };
  return encoding === 'json' ? jsonStatus(status) : protobufStatus(status);
}

function jsonStatus(status: RpcStatus): Uint8Array {
  const details: object[] = [];
  if (status.badRequest !== undefined) {
    details.push({ '@type': `${TYPE_URL}.BadRequest`, fieldViolations: [{ description: status.badRequest }] });
  }
  if (status.retryAfterSeconds !== undefined) {
    details.push({ '@type': `${TYPE_URL}.RetryInfo`, retryDelay: `${status.retryAfterSeconds}s` });
  }
  return jsonBytes({ code: status.code, message: status.message, ...(details.length > 0 ? { details } : {}) });
}

function protobufStatus(status: RpcStatus): Uint8Array {
  const writer = Writer.create();
  writer.uint32(field(1, 0)).int32(status.code).uint32(field(2, 2)).string(status.message);
  if (status.badRequest !== undefined) {
    // BadRequest { repeated FieldViolation field_violations = 1 }, FieldViolation { string description = 2 }
    const violation = Writer.create().uint32(field(2, 2)).string(status.badRequest).finish();
    const badRequest = Writer.create().uint32(field(1, 2)).bytes(violation).finish();
    writeDetail(writer, `${TYPE_URL}.BadRequest`, badRequest);
  }
  if (status.retryAfterSeconds !== undefined) {
    writeDetail(writer, `${TYPE_URL}.RetryInfo`, encodeRetryInfo(status.retryAfterSeconds));
  }
  return writer.finish();
}

/** google.rpc.RetryInfo in protobuf, as it stands in the details of a Status. */
export function encodeRetryInfo(retryAfterSeconds: number): Uint8Array {
  // RetryInfo { Duration retry_delay = 1 }, Duration { int64 seconds = 1 }
  const duration = Writer.create().uint32(field(1, 0)).int64(retryAfterSeconds).finish();
  return Writer.create().uint32(field(1, 2)).bytes(duration).finish();
}

/** Status.details is `repeated google.protobuf.Any = 3`; Any is { string type_url = 1; bytes value = 2 }. */
function writeDetail(writer: protobuf.Writer, typeUrl: string, value: Uint8Array): void {
  writer.uint32(field(3, 2)).fork().uint32(field(1, 2)).string(typeUrl).uint32(field(2, 2)).bytes(value).ldelim();
}

function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 1)}…`;
}

/** A field's tag: number and wire type (0 varint, 2 length-delimited). */
function field(number: number, wireType: 0 | 2): number {
  return (number << 3) | wireType;
}

function jsonBytes(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

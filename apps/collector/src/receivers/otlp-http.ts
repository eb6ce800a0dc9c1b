import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  countLogRecords,
  decodeTraces,
  encodeExportResponse,
  encodeStatus,
  MalformedRequest,
  RPC_CODES,
  type OtlpEncoding,
  type PartialSuccess,
} from '@throughline/ingest';
import type { ByteAccount } from '../intake/byte-budget.js';
import type { Intake, IntakeRequest } from '../intake/intake.js';
import { Refusal, type RefusalKind } from '../intake/refusal.js';
import { frameworkRefusal, handleIngest, HTTP_STATUS, type HttpAnswer } from './http-request.js';
import { logsNotTaken, METRICS_NOT_TAKEN, partialSuccessOf } from './otlp-messages.js';
import { readBody } from './read-body.js';

/** google.rpc code of each kind of refusal. */
export const RPC_CODE: Record<RefusalKind, number> = {
  unauthenticated: RPC_CODES.UNAUTHENTICATED,
  malformed: RPC_CODES.INVALID_ARGUMENT,
  'unsupported-media-type': RPC_CODES.INVALID_ARGUMENT,
  'too-large': RPC_CODES.RESOURCE_EXHAUSTED,
  'not-taken': RPC_CODES.UNIMPLEMENTED,
  unavailable: RPC_CODES.UNAVAILABLE,
  internal: RPC_CODES.INTERNAL,
};

const MEDIA_TYPES: Record<OtlpEncoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' };

type Exchange = { request: FastifyRequest; encoding: OtlpEncoding; intake: Intake; maxBytes: number };
type Receive = (taken: IntakeRequest, body: Buffer, exchange: Exchange) => Promise<PartialSuccess | undefined>;

/** `POST /v1/traces`, `/v1/logs` and `/v1/metrics`: OTLP/HTTP in both encodings, answers in the encoding of the request. */
export function registerOtlpHttp(server: FastifyInstance, intake: Intake, maxBytes: number): void {
  const route = (path: string, signal: 'traces' | 'logs', receive: Receive): void => {
    const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      handleIngest(
        { request, reply, intake, protocol: 'otlp-http' },
        () => Promise.reject(frameworkRefusal(error)),
        (refusal) => refusalAnswer(refusal, encodingOf(request) ?? 'json'),
      );
    server.post(path, { errorHandler }, (request, reply) => {
      const encoding = encodingOf(request);
      return handleIngest(
        { request, reply, intake, protocol: 'otlp-http' },
        async (account) =>
          answer(await receiveBody({ request, encoding: demanded(encoding), intake, maxBytes }, account, receive)),
        // Where the media type is none of OTLP's, JSON is what a person can read.
        (refusal) => refusalAnswer(refusal, encoding ?? 'json'),
      );
      function answer(partial: PartialSuccess | undefined): HttpAnswer {
        const used = demanded(encoding);
        return { status: 200, contentType: MEDIA_TYPES[used], body: encodeExportResponse(signal, used, partial) };
      }
    });
  };
  route('/v1/traces', 'traces', receiveTraces);
  route('/v1/logs', 'logs', receiveLogs);
  route('/v1/metrics', 'traces', () => Promise.reject(new Refusal('not-taken', METRICS_NOT_TAKEN)));
}

async function receiveBody(
  exchange: Exchange,
  account: ByteAccount,
  receive: Receive,
): Promise<PartialSuccess | undefined> {
  const { request, intake, maxBytes } = exchange;
  const taken = await intake.open('otlp-http', request.headers.authorization);
  return receive(taken, await readBody(request.raw, maxBytes, account), exchange);
}

async function receiveTraces(
  taken: IntakeRequest,
  body: Buffer,
  { encoding, intake }: Exchange,
): Promise<PartialSuccess | undefined> {
  return takeTraces(intake, taken, body, encoding);
}

async function receiveLogs(
  taken: IntakeRequest,
  body: Buffer,
  { encoding, intake }: Exchange,
): Promise<PartialSuccess | undefined> {
  return takeLogs(intake, taken, body, encoding);
}

/** Decodes and stores a trace request of either transport. Throws a Refusal. */
export async function takeTraces(
  intake: Intake,
  taken: IntakeRequest,
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<PartialSuccess | undefined> {
  const decoded = await readable(intake, taken, body, () => decodeTraces(body, encoding, taken.receivedAt.getTime()));
  await intake.takeSpans(taken, decoded.spans, decoded.rejectedCount);
  const partial = partialSuccessOf(decoded);
  if (partial && partial.rejected > 0) await intake.keepRefused(taken, partial.message, body);
  return partial;
}

/** Decodes and counts a logs request of either transport; none is kept, and the answer says so. Throws a Refusal. */
export async function takeLogs(
  intake: Intake,
  taken: IntakeRequest,
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<PartialSuccess | undefined> {
  const count = await readable(intake, taken, body, () => countLogRecords(body, encoding));
  intake.metrics.countItems(taken.protocol, 'received', count);
  intake.metrics.countItems(taken.protocol, 'refused', count);
  return logsNotTaken(count);
}

async function readable<T>(intake: Intake, taken: IntakeRequest, body: Uint8Array, decode: () => T): Promise<T> {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof MalformedRequest)) throw error;
    await intake.keepRefused(taken, error.message, body);
    throw new Refusal('malformed', error.message);
  }
}

function refusalAnswer(refusal: Refusal, encoding: OtlpEncoding): HttpAnswer {
  const status = {
    code: RPC_CODE[refusal.kind],
    message: refusal.message,
    ...(refusal.kind === 'malformed' && { badRequest: refusal.message }),
    ...(refusal.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
  };
  return {
    status: HTTP_STATUS[refusal.kind],
    contentType: MEDIA_TYPES[encoding],
    body: encodeStatus(encoding, status),
  };
}

function encodingOf(request: FastifyRequest): OtlpEncoding | undefined {
  const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (mediaType === MEDIA_TYPES.protobuf || mediaType === 'application/protobuf') return 'protobuf';
  return mediaType === MEDIA_TYPES.json ? 'json' : undefined;
}

function demanded(encoding: OtlpEncoding | undefined): OtlpEncoding {
  if (encoding) return encoding;
  throw new Refusal('unsupported-media-type', 'Content-Type must be application/x-protobuf or application/json');
}

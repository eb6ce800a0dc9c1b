import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { encodeExportResponse, encodeStatus, type OtlpEncoding, type PartialSuccess } from '@throughline/ingest';
import type { ByteAccount } from '../intake/byte-budget.js';
import { countRefusal } from '../intake/count-refusal.js';
import type { Intake } from '../intake/intake.js';
import { Refusal } from '../intake/refusal.js';
import { handleIngest, hopOf, HTTP_STATUS, refuseByFramework, type HttpAnswer } from './http-request.js';
import { METRICS_NOT_TAKEN } from './otlp-messages.js';
import { RPC_CODE, takeLogs, takeTraces, type Take } from './otlp-take.js';
import { readBody } from './read-body.js';

const MEDIA_TYPES: Record<OtlpEncoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' };

type Exchange = { request: FastifyRequest; encoding: OtlpEncoding | undefined; intake: Intake; maxBytes: number };

/** `POST /v1/traces`, `/v1/logs` and `/v1/metrics`: OTLP/HTTP in both encodings, answers in the encoding of the request. */
export function registerOtlpHttp(server: FastifyInstance, intake: Intake, maxBytes: number): void {
  const route = (path: string, signal: 'traces' | 'logs', take: Take): void => {
    const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      handleIngest(
        { reply, intake, protocol: 'otlp-http' },
        () => refuseByFramework({ intake, protocol: 'otlp-http', credentials: request.headers.authorization }, error),
        (refusal) => refusalAnswer(refusal, encodingOf(request) ?? 'json'),
      );
    server.post(path, { errorHandler }, (request, reply) => {
      const encoding = encodingOf(request);
      return handleIngest(
        { reply, intake, protocol: 'otlp-http' },
        async (account) => answer(await receiveBody({ request, encoding, intake, maxBytes }, account, take)),
        // Where the media type is none of OTLP's, JSON is what a person can read.
        (refusal) => refusalAnswer(refusal, encoding ?? 'json'),
      );
      function answer(partial: PartialSuccess | undefined): HttpAnswer {
        const used = demanded(encoding);
        return { status: 200, contentType: MEDIA_TYPES[used], body: encodeExportResponse(signal, used, partial) };
      }
    });
  };
  route('/v1/traces', 'traces', takeTraces);
  route('/v1/logs', 'logs', takeLogs);
  route('/v1/metrics', 'traces', () => Promise.reject(new Refusal('not-taken', METRICS_NOT_TAKEN)));
}

async function receiveBody(
  { request, encoding, intake, maxBytes }: Exchange,
  account: ByteAccount,
  take: Take,
): Promise<PartialSuccess | undefined> {
  const taken = await intake.open('otlp-http', request.headers.authorization);
  return countRefusal(intake, taken, async () => {
    const used = demanded(encoding);
    const body = await readBody(request.raw, maxBytes, account);
    intake.use(taken, { bytes: body.length });
    return take(intake, taken, { body, encoding: used, hopTraceparent: hopOf(request) });
  });
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

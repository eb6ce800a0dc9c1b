import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { encodeExportResponse, encodeRetryInfo, encodeStatus } from '@throughline/ingest';
import { countRefusal } from '../intake/count-refusal.js';
import { demandInTime, grpcDeadline } from '../intake/deadline.js';
import { asRefusal, type Intake } from '../intake/intake.js';
import { Refusal } from '../intake/refusal.js';
import { readGrpcMessage } from './grpc-message.js';
import {
  startGrpcUnaryServer,
  type GrpcAnswer,
  type GrpcFailure,
  type GrpcHandler,
  type GrpcUnaryServer,
  type StrayCall,
} from './grpc-unary-server.js';
import { logRefusal, LONGEST_TRACEPARENT, MEMORY_FACTOR } from './http-request.js';
import { METRICS_NOT_TAKEN } from './otlp-messages.js';
import { RPC_CODE, takeLogs, takeTraces, type Take } from './otlp-take.js';

const MS_A_SECOND = 1_000;

/** The services of OTLP, each with its one method. */
const SERVICES: Readonly<Record<string, { signal: 'traces' | 'logs'; take: Take }>> = {
  'trace.v1.TraceService': { signal: 'traces', take: takeTraces },
  'logs.v1.LogsService': { signal: 'logs', take: takeLogs },
  'metrics.v1.MetricsService': {
    signal: 'traces',
    take: () => Promise.reject(new Refusal('not-taken', METRICS_NOT_TAKEN)),
  },
};

/** OTLP/gRPC: trace, logs and metrics services. Rejects when the port is in use. */
export function startOtlpGrpc(
  intake: Intake,
  options: { host: string; port: number; maxBytes: number },
): Promise<GrpcUnaryServer> {
  const handlers = Object.entries(SERVICES).map(([service, { signal, take }]): [string, GrpcHandler] => [
    `/opentelemetry.proto.collector.${service}/Export`,
    (call) => answer({ intake, signal, take, maxBytes: options.maxBytes }, call),
  ]);
  const onStray = (call: StrayCall): void => intake.metrics.countRequest('otlp-grpc', call, 0);
  return startGrpcUnaryServer({ ...options, onStray }, new Map(handlers));
}

async function answer(
  { intake, signal, take, maxBytes }: { intake: Intake; signal: 'traces' | 'logs'; take: Take; maxBytes: number },
  { headers, stream }: { headers: IncomingHttpHeaders; stream: ServerHttp2Stream },
): Promise<GrpcAnswer> {
  const startedAt = performance.now();
  const account = intake.budget.open(MEMORY_FACTOR['otlp-grpc']);
  let result = 'ok';
  try {
    // Who sends is known before a byte of the message is read.
    const opened = await intake.open('otlp-grpc', headers.authorization);
    const taken = { ...opened, deadline: grpcDeadline(headers['grpc-timeout'], startedAt) };
    demandInTime(taken);
    const wire = stream.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
    const encoding = headerText(headers['grpc-encoding']) ?? 'identity';
    const partial = await countRefusal(intake, taken, async () => {
      const body = await readGrpcMessage(wire, { encoding, maxBytes, account, isAborted: () => stream.aborted });
      intake.use(taken, { bytes: body.length });
      demandInTime(taken);
      const hopTraceparent = headerText(headers['traceparent']) ?? null;
      return take(intake, taken, { body, encoding: 'protobuf', hopTraceparent });
    });
    return { ok: true, message: encodeExportResponse(signal, 'protobuf', partial) };
  } catch (error) {
    const refusal = asRefusal(error);
    result = refusal.kind;
    logRefusal(intake, 'otlp-grpc', refusal);
    return { ok: false, failure: failureOf(refusal) };
  } finally {
    account.close();
    intake.metrics.countRequest('otlp-grpc', result, (performance.now() - startedAt) / 1_000);
  }
}

function failureOf(refusal: Refusal): GrpcFailure {
  const code = RPC_CODE[refusal.kind];
  const { message, retryAfterSeconds } = refusal;
  const details = encodeStatus('protobuf', {
    code,
    message,
    ...(refusal.kind === 'malformed' && { badRequest: message }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
  const trailers = retryAfterSeconds === undefined ? {} : retryTrailers(retryAfterSeconds);
  return { code, message, details, trailers };
}

/** The time to wait once more: OTLP names the details of the status, but gRPC's own retries and Python's exporter look here. */
function retryTrailers(seconds: number): Record<string, string | Uint8Array> {
  return {
    'grpc-retry-pushback-ms': String(seconds * MS_A_SECOND),
    'google.rpc.retryinfo-bin': encodeRetryInfo(seconds),
  };
}

function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value.length <= LONGEST_TRACEPARENT ? value.trim().toLowerCase() : undefined;
}

import {
  Metadata,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  setLogger,
  status as grpcStatus,
  type handleUnaryCall,
  type sendUnaryData,
  type ServerInterceptor,
  type ServerUnaryCall,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { encodeExportResponse, encodeStatus, type PartialSuccess } from '@throughline/ingest';
import { asRefusal, type Intake, type IntakeRequest } from '../intake/intake.js';
import { Refusal } from '../intake/refusal.js';
import { logRefusal } from './http-request.js';
import { RPC_CODE, takeLogs, takeTraces } from './otlp-http.js';
import { METRICS_NOT_TAKEN } from './otlp-messages.js';

type Handler = handleUnaryCall<Buffer, Buffer>;
type Take = (
  intake: Intake,
  taken: IntakeRequest,
  body: Uint8Array,
  encoding: 'protobuf',
) => Promise<PartialSuccess | undefined>;

/** The running gRPC receiver. */
export type GrpcReceiver = { port: number; close(): Promise<void> };

/** How long a running call may take to end when the receiver is closed. */
const CLOSE_DEADLINE_MS = 3_000;

/** OTLP/gRPC: trace, logs and metrics services. Rejects when the port is in use. */
export async function startOtlpGrpc(
  intake: Intake,
  options: { host: string; port: number; maxBytes: number },
): Promise<GrpcReceiver> {
  // The library writes to standard error by itself; what matters of it is answered or thrown anyway.
  const quiet = (message?: unknown): void => intake.log.debug({ detail: String(message) }, 'grpc');
  setLogger({ error: quiet, info: quiet, debug: quiet });
  const server = new Server({ 'grpc.max_receive_message_length': options.maxBytes, interceptors: [keyFirst(intake)] });
  addExport(server, 'trace.v1.TraceService', handler(intake, 'traces', takeTraces));
  addExport(server, 'logs.v1.LogsService', handler(intake, 'logs', takeLogs));
  addExport(
    server,
    'metrics.v1.MetricsService',
    handler(intake, 'traces', () => Promise.reject(new Refusal('not-taken', METRICS_NOT_TAKEN))),
  );
  const port = await bind(server, options);
  return { port, close: () => close(server) };
}

/** Refuses a call without a good key before its message is read: the library would hold all of it in memory first. */
function keyFirst(intake: Intake): ServerInterceptor {
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            const startedAt = performance.now();
            intake.open('otlp-grpc', authorizationOf(metadata)).then(
              () => proceed(metadata),
              (error: unknown) => call.sendStatus(statusOf(refused(intake, error, startedAt))),
            );
          },
        }),
    });
}

function authorizationOf(metadata: Metadata): string | undefined {
  return metadata.get('authorization')[0]?.toString();
}

function refused(intake: Intake, error: unknown, startedAt: number): Refusal {
  const refusal = asRefusal(error);
  logRefusal(intake, 'otlp-grpc', refusal);
  intake.metrics.countRequest('otlp-grpc', refusal.kind, (performance.now() - startedAt) / 1_000);
  return refusal;
}

/** Bytes in, bytes out: the messages are decoded where their failure can be answered in the protocol's own form. */
function addExport(server: Server, service: string, handle: Handler): void {
  const bytes = (value: Buffer): Buffer => value;
  const definition: ServiceDefinition = {
    Export: {
      path: `/opentelemetry.proto.collector.${service}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    },
  };
  server.addService(definition, { Export: handle });
}

function handler(intake: Intake, signal: 'traces' | 'logs', take: Take): Handler {
  return (call, callback) => {
    void answer(intake, signal, take, call, callback);
  };
}

async function answer(
  intake: Intake,
  signal: 'traces' | 'logs',
  take: Take,
  call: ServerUnaryCall<Buffer, Buffer>,
  callback: sendUnaryData<Buffer>,
): Promise<void> {
  const startedAt = performance.now();
  const account = intake.budget.open();
  try {
    const taken = await intake.open('otlp-grpc', authorizationOf(call.metadata));
    account.take(call.request.length);
    const partial = await take(intake, taken, call.request, 'protobuf');
    callback(null, Buffer.from(encodeExportResponse(signal, 'protobuf', partial)));
    intake.metrics.countRequest('otlp-grpc', 'ok', (performance.now() - startedAt) / 1_000);
  } catch (error) {
    callback(statusOf(refused(intake, error, startedAt)));
  } finally {
    account.close();
  }
}

function statusOf(refusal: Refusal): { code: grpcStatus; details: string; metadata: Metadata } {
  const code = RPC_CODE[refusal.kind];
  const metadata = new Metadata();
  const details = encodeStatus('protobuf', {
    code,
    message: refusal.message,
    ...(refusal.kind === 'malformed' && { badRequest: refusal.message }),
    ...(refusal.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
  });
  metadata.set('grpc-status-details-bin', Buffer.from(details));
  return { code, details: refusal.message, metadata };
}

function bind(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      if (!error) return resolve(bound);
      // grpc-js gives a text only; the code lets the start explain it like any other port in use.
      const isInUse = error.message.includes('EADDRINUSE');
      reject(isInUse ? Object.assign(error, { code: 'EADDRINUSE', address: host, port }) : error);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, CLOSE_DEADLINE_MS);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';

const MEBIBYTE = 1024 * 1024;
const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

let harness: CollectorHarness;
let client: Client;
beforeAll(async () => {
  harness = await startCollectorHarness({ maxRequestBytes: MEBIBYTE });
  client = new Client(`127.0.0.1:${harness.collector.grpcPort}`, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await harness.close();
});

function call(
  path: string,
  body: Uint8Array,
  authorization: string | undefined = `Bearer ${TEST_KEY}`,
): Promise<Buffer> {
  const metadata = new Metadata();
  if (authorization !== '') metadata.set('authorization', authorization);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
      Buffer.from(body),
      metadata,
      (error, value) => (error ? reject(error) : resolve(value!)),
    );
  });
}

async function failure(...parameters: Parameters<typeof call>): Promise<ServiceError> {
  return call(...parameters).then(
    () => Promise.reject(new Error('was taken')),
    (error: ServiceError) => error,
  );
}

describe('OTLP/gRPC', () => {
  it('answers an empty request with success', async () => {
    expect(await call(TRACES, Buffer.alloc(0))).toHaveLength(0);
  });

  it.each<[string, string, Uint8Array, string, number, RegExp]>([
    ['no key', TRACES, Buffer.alloc(0), '', status.UNAUTHENTICATED, /ingest key is needed/],
    ['an unknown key', TRACES, Buffer.alloc(0), 'Bearer nobody', status.UNAUTHENTICATED, /unknown or revoked/],
    ['no protobuf', TRACES, Buffer.from('hello'), `Bearer ${TEST_KEY}`, status.INVALID_ARGUMENT, /not OTLP protobuf/],
    [
      'too large',
      TRACES,
      Buffer.alloc(MEBIBYTE + 1),
      `Bearer ${TEST_KEY}`,
      status.RESOURCE_EXHAUSTED,
      /larger than max/,
    ],
    [
      'metrics',
      '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
      Buffer.alloc(0),
      `Bearer ${TEST_KEY}`,
      status.UNIMPLEMENTED,
      /metrics are not taken/,
    ],
  ])('refuses: %s', async (_name, path, body, authorization, code, details) => {
    expect(await failure(path, body, authorization)).toMatchObject({ code, details: expect.stringMatching(details) });
  });

  it('refuses a call without a key before it reads the message', async () => {
    // Too large is found out by reading, the missing key is not.
    expect(await failure(TRACES, Buffer.alloc(3 * MEBIBYTE), '')).toMatchObject({ code: status.UNAUTHENTICATED });
    expect(await call(TRACES, Buffer.alloc(0))).toHaveLength(0);
  });

  it('carries google.rpc.Status with the reason', async () => {
    const error = await failure(TRACES, Buffer.from('hello'));
    const [details] = error.metadata.get('grpc-status-details-bin');
    expect(details!.toString()).toContain('google.rpc.BadRequest');
  });

  it('says how many spans were refused', async () => {
    // ResourceSpans { ScopeSpans { Span {} } }: a span without ids
    const request = Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]);
    const response = ProtobufTraceSerializer.deserializeResponse(await call(TRACES, request));
    expect(response.partialSuccess).toMatchObject({
      errorMessage: expect.stringContaining('traceId must be 16 bytes'),
    });
  });

  it('counts logs and refuses them honestly', async () => {
    const request = Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]);
    const answer = await call('/opentelemetry.proto.collector.logs.v1.LogsService/Export', request);
    expect(answer.toString()).toContain('logs are not taken yet');
  });
});

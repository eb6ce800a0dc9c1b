import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { encodeRetryInfo } from '@throughline/ingest';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';

const LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
/** ResourceLogs { ScopeLogs { LogRecord { severity_text } } } */
const ONE_RECORD = Buffer.from([0x0a, 0x07, 0x12, 0x05, 0x12, 0x03, 0x1a, 0x01, 0x61]);
const OUTAGE_MS = 700;

let harness: CollectorHarness;
beforeEach(async () => {
  harness = await startCollectorHarness({ proxied: true });
});
afterEach(() => harness.close());

/** One call; gRPC's own retries are as the service config says, none without. */
function send(retryableStatusCodes: readonly string[] = []): Promise<ServiceError | null> {
  const retryPolicy = {
    maxAttempts: 3,
    initialBackoff: '0.05s',
    maxBackoff: '0.1s',
    backoffMultiplier: 1,
    retryableStatusCodes,
  };
  const serviceConfig = JSON.stringify({ methodConfig: [{ name: [{}], retryPolicy }] });
  const client = new Client(
    `127.0.0.1:${harness.collector.grpcPort}`,
    credentials.createInsecure(),
    retryableStatusCodes.length === 0 ? {} : { 'grpc.service_config': serviceConfig },
  );
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${TEST_KEY}`);
  const same = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve) => {
    client.makeUnaryRequest(LOGS, same, same, ONE_RECORD, metadata, (error) => {
      client.close();
      resolve(error);
    });
  });
}

const trailersOf = (error: ServiceError | null): unknown[] =>
  ['grpc-retry-pushback-ms', 'google.rpc.retryinfo-bin'].map((name) => error?.metadata.get(name)[0]);

describe('a gRPC call that may be repeated', () => {
  it('is repeated by a client’s own retries after the time that the collector says, and stored once', async () => {
    expect(await send()).toBeNull();
    harness.proxy!.cut();
    setTimeout(() => harness.proxy!.mend(), OUTAGE_MS);
    const startedAt = performance.now();
    expect(await send(['UNAVAILABLE'])).toBeNull();
    // By its own reckoning the client would have given up within 200 ms.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2_000);
    expect(await harness.rows('select 1 from signal where tenant_id = $1')).toHaveLength(1);
  }, 20_000);

  it('says when, beside the details of its status: while the database is away', async () => {
    harness.proxy!.cut();
    const away = await send();
    expect([away?.code, ...trailersOf(away)]).toEqual([status.UNAVAILABLE, '2000', Buffer.from(encodeRetryInfo(2))]);
    harness.proxy!.mend();
  });

  it('says none where repeating cannot help', async () => {
    await harness.rows('delete from ingest_key where tenant_id = $1');
    const refused = await send();
    expect([refused?.code, ...trailersOf(refused)]).toEqual([status.UNAUTHENTICATED, undefined, undefined]);
  });
});

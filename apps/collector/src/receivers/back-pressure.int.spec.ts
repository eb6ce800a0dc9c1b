import { randomUUID } from 'node:crypto';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, jsonSpan, jsonTraces, post } from '../testing/signals.js';

const MEBIBYTE = 1024 * 1024;

describe('the limit on memory', () => {
  let harness: CollectorHarness;
  beforeAll(async () => {
    harness = await startCollectorHarness({ maxRequestBytes: 4 * MEBIBYTE, maxInFlightBytes: MEBIBYTE });
  });
  afterAll(() => harness.close());

  /** A request that has begun to send, and does not go on by itself. */
  function slowly(bytes: number): ClientRequest {
    const sent = httpRequest(`${harness.httpUrl}/v1/traces`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEY}`, 'content-type': 'application/json', 'content-length': bytes },
    });
    sent.on('error', () => undefined);
    sent.write('{');
    return sent;
  }
  const inFlight = async (): Promise<number> => {
    const text = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    return Number(/^throughline_intake_in_flight_bytes\S* (\d+)/m.exec(text)?.[1]);
  };
  const until = async (isDone: (bytes: number) => boolean): Promise<void> => {
    for (let turn = 0; turn < 100 && !isDone(await inFlight()); turn += 1)
      await new Promise((next) => setTimeout(next, 20));
  };

  it('sends others away with 503 and Retry-After while it is used up, and takes them afterwards', async () => {
    const held = slowly(250_000);
    await until((bytes) => bytes >= 1_000_000);
    const body = jsonTraces(Array.from({ length: 100 }, () => jsonSpan()));
    const answer = await post(`${harness.httpUrl}/v1/traces`, body);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(answer.json()).toMatchObject({
      code: 14,
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1s' }],
    });
    held.destroy();
    await until((bytes) => bytes === 0);
    expect((await post(`${harness.httpUrl}/v1/traces`, body)).status).toBe(200);
  });

  it('serves a request beyond it alone, as soon as the others have ended', async () => {
    const held = slowly(100_000);
    await until((bytes) => bytes >= 400_000);
    const large = post(`${harness.httpUrl}/v1/traces`, ' '.repeat(3 * MEBIBYTE) + jsonTraces([jsonSpan()]));
    await new Promise((next) => setTimeout(next, 200));
    // Whoever comes now is sent away: the large one is waited for.
    expect((await post(`${harness.httpUrl}/v1/traces`, jsonTraces([jsonSpan()]))).status).toBe(503);
    held.destroy();
    expect((await large).status).toBe(200);
    expect(await inFlight()).toBe(0);
  });
});

describe('the limit of an ingest key', () => {
  let harness: CollectorHarness;
  beforeAll(async () => {
    harness = await startCollectorHarness();
    await harness.rows('update ingest_key set items_per_second = 5 where tenant_id = $1');
  });
  afterAll(() => harness.close());

  it('lets ten seconds’ worth through, then answers 429 with Retry-After, and counts it', async () => {
    const spans = Array.from({ length: 60 }, () => jsonSpan());
    expect((await post(`${harness.httpUrl}/v1/traces`, jsonTraces(spans))).status).toBe(200);
    const limited = await post(`${harness.httpUrl}/v1/traces`, jsonTraces([jsonSpan()]));
    expect(limited.status).toBe(429);
    const seconds = Number(limited.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(limited.json()).toMatchObject({ code: 8, details: [{ retryDelay: `${seconds}s` }] });
    const event = await post(`${harness.httpUrl}/v1/events`, JSON.stringify(jsonEvent()), {
      'content-type': 'application/cloudevents+json',
    });
    expect([event.status, event.headers.has('retry-after')]).toEqual([429, true]);

    await harness.collector.flush();
    const [usage] = await harness.rows('select * from ingest_usage where tenant_id = $1');
    expect(usage).toMatchObject({
      requests: '3',
      items: '60',
      limited: '2',
      duplicates: '0',
      refused: '0',
      source_system: '',
    });
    expect(Number((usage as { bytes: string }).bytes)).toBeGreaterThan(1_000);
  });
});

describe('usage of an ingest key', () => {
  it('adds up by source system and hour, duplicates and refused ones apart, and how late they came', async () => {
    const harness = await startCollectorHarness({ sourceSystem: 'stripe' });
    try {
      const happened = jsonEvent({ id: randomUUID(), time: new Date(Date.now() - 3_600_000).toISOString() });
      const batch = JSON.stringify([happened, happened, { specversion: '1.0' }]);
      const headers = { 'content-type': 'application/cloudevents-batch+json' };
      expect((await post(`${harness.httpUrl}/v1/events`, batch, headers)).status).toBe(200);
      await harness.collector.flush();
      expect((await post(`${harness.httpUrl}/v1/events`, '{', headers)).status).toBe(400);
      await harness.collector.flush();
      const [usage] = await harness.rows<Record<string, string>>('select * from ingest_usage where tenant_id = $1');
      expect(usage).toMatchObject({
        source_system: 'stripe',
        requests: '2',
        items: '4',
        duplicates: '1',
        refused: '2',
      });
      expect(Number(usage!['longest_lag_ms'])).toBeGreaterThanOrEqual(3_600_000);
    } finally {
      await harness.close();
    }
  });

  it('what is not written yet is written when the collector stops', async () => {
    const harness = await startCollectorHarness();
    await post(`${harness.httpUrl}/v1/traces`, jsonTraces([jsonSpan()]));
    await harness.collector.close();
    expect(await harness.rows('select 1 from ingest_usage where tenant_id = $1')).toHaveLength(1);
    await harness.close();
  });
});

describe('readiness', () => {
  let harness: CollectorHarness;
  beforeAll(async () => {
    harness = await startCollectorHarness();
  });
  afterAll(() => harness.close());

  it('rests on a server that keeps what it says it stored: fsync and synchronous_commit are on', async () => {
    const [settings] = await harness.rows(
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as "synchronousCommit",
              current_setting('full_page_writes') as "fullPageWrites" where $1::uuid is not null`,
    );
    expect(settings).toEqual({ fsync: 'on', synchronousCommit: 'on', fullPageWrites: 'on' });
  });
});

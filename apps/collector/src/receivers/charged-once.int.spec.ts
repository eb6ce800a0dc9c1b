import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, jsonSpan, jsonTraces, post, type Answer } from '../testing/signals.js';

let harness: CollectorHarness;
beforeEach(async () => {
  harness = await startCollectorHarness({ proxied: true });
  // Fifty at once.
  await harness.rows('update ingest_key set items_per_second = 5 where tenant_id = $1');
});
afterEach(() => harness.close());

const traces = (body: string): Promise<Answer> => post(`${harness.httpUrl}/v1/traces`, body);
const events = (body: string): Promise<Answer> =>
  post(`${harness.httpUrl}/v1/events`, body, { 'content-type': 'application/cloudevents-batch+json' });

describe('what comes again because it could not be stored', () => {
  it.each<[string, (body: string) => Promise<Answer>, (count: number) => string]>([
    ['spans', traces, (count) => jsonTraces(Array.from({ length: count }, () => jsonSpan()))],
    ['events', events, (count) => JSON.stringify(Array.from({ length: count }, () => jsonEvent()))],
  ])('%s: is charged to the limit of its key, and counted as used, once', async (_name, send, bodyOf) => {
    // What is asked of the database before anything is stored is remembered.
    expect((await send(bodyOf(1))).status).toBe(200);
    const body = bodyOf(30);
    harness.proxy!.cut();
    for (let turn = 0; turn < 3; turn += 1) expect((await send(body)).status).toBe(503);
    harness.proxy!.mend();
    expect((await send(body)).status).toBe(200);
    expect((await send(bodyOf(1))).status).toBe(200);
    await harness.collector.flush();
    const [usage] = await harness.rows(
      `select sum(items) as items, sum(requests) as requests, sum(limited) as limited, sum(duplicates) as duplicates
         from ingest_usage where tenant_id = $1`,
    );
    expect(usage).toEqual({ items: '32', requests: '6', limited: '0', duplicates: '0' });
  });
});

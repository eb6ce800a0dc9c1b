import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { post } from '../testing/signals.js';
import { addSourceSystems } from '../testing/source-system-rows.js';

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ sourceSystem: 'airflow', maxRequestBytes: 4 * 1024 * 1024 });
  await addSourceSystems(harness, [{ name: 'airflow', kind: 'openlineage' }]);
});
afterAll(() => harness.close());

const event = (change: object = {}): Record<string, unknown> => ({
  eventType: 'START',
  eventTime: '2026-09-30T02:00:00.123456Z',
  run: { runId: randomUUID(), facets: {} },
  job: { namespace: 'close', name: 'load' },
  inputs: [],
  outputs: [],
  producer: 'https://example.org/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  ...change,
});
const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  post(
    `${harness.httpUrl}/api/v1/${path}`,
    typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    headers,
  );
const stored = (externalId: string) =>
  harness.rows<Record<string, unknown> & { body: Buffer }>(
    'select * from signal where tenant_id = $1 and external_id = $2 order by occurred_at',
    externalId,
  );

describe('POST /api/v1/lineage', () => {
  it('stores an event once, with its run, job and trace', async () => {
    const runId = randomUUID();
    const facets = { trace: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } };
    const body = event({ run: { runId, facets } });
    const hop = { traceparent: '00-11111111111111111111111111111111-b7ad6b7169203331-01' };
    const answer = await send('lineage', body, hop);
    expect([answer.status, answer.json()]).toEqual([200, { accepted: 1, duplicate: 0, rejected: [] }]);
    expect((await send('lineage', body)).json()).toEqual({ accepted: 1, duplicate: 1, rejected: [] });
    expect(await stored(runId)).toEqual([
      expect.objectContaining({
        kind: 'openlineage',
        type: 'START',
        source: 'close/load',
        source_system: 'airflow',
        source_kind: 'openlineage',
        occurred_at: new Date('2026-09-30T02:00:00.123Z'),
        trace_id: Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'),
        hop_traceparent: hop.traceparent,
        content_type: 'application/json',
        body: Buffer.from(JSON.stringify(body)),
      }),
    ]);
  });

  it('takes job and dataset events, a list, gzip, and no content type', async () => {
    const { run: _run, eventType: _type, ...job } = event();
    const dataset = { eventTime: '2026-09-30T02:00:00Z', producer: 'p', dataset: { namespace: 'pg', name: 'ar' } };
    expect((await send('lineage', job)).status).toBe(200);
    expect((await send('lineage', dataset)).status).toBe(200);
    expect((await send('lineage', [event(), event()])).json()).toMatchObject({ accepted: 2 });
    expect((await send('lineage', gzipSync(JSON.stringify(event())), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect(await stored('close/load')).toMatchObject([{ type: 'JobEvent' }]);
    expect(await stored('pg/ar')).toMatchObject([{ type: 'DatasetEvent' }]);
  });

  it.each<[string, unknown, Record<string, string>, number, RegExp]>([
    ['no event', { a: 1 }, {}, 400, /eventTime: is missing/],
    ['a run id that is none', event({ run: { runId: '1' } }), {}, 400, /\/run\/runId: must be a uuid/],
    ['half of JSON', '{"eventType":', {}, 400, /no.* JSON/],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400, /UTF-8/],
    ['another media type', '<a/>', { 'content-type': 'application/xml' }, 415, /application\/json/],
    ['a gzip bomb', gzipSync(Buffer.alloc(32 * 1024 * 1024, 0x20)), { 'content-encoding': 'gzip' }, 413, /at most/],
    ['a nesting without end', '['.repeat(100_000), {}, 400, /JSON/],
    ['no key', event(), { authorization: '' }, 401, /ingest key/],
  ])('refuses %s', async (_title, body, headers, status, detail) => {
    const answer = await send('lineage', body, headers);
    expect([answer.status, answer.json<{ detail: string }>().detail]).toEqual([status, expect.stringMatching(detail)]);
  });
});

describe('POST /api/v1/lineage/batch', () => {
  it('keeps the good ones and names the others', async () => {
    const good = event();
    const answer = await send('lineage/batch', [
      event({ producer: undefined }),
      good,
      event({ eventType: 'DONE' }),
      good,
    ]);
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      accepted: 2,
      duplicate: 1,
      rejected: [
        { index: 0, runId: expect.any(String), job: 'load', reason: '/producer: is missing' },
        { index: 2, runId: expect.any(String), job: 'load', reason: expect.stringContaining('/eventType') },
      ],
    });
  });

  it('refuses a batch without any event, and takes an empty one', async () => {
    const answer = await send('lineage/batch', [{}, { a: 1 }]);
    expect(answer.status).toBe(400);
    expect(answer.json<{ rejected: unknown[] }>().rejected).toHaveLength(2);
    expect((await send('lineage/batch', [])).json()).toEqual({ accepted: 0, duplicate: 0, rejected: [] });
  });

  it('lists the jobs that nobody configured for adoption', async () => {
    await send('lineage/batch', [event({ job: { namespace: 'close', name: 'adopt-me' } })]);
    // What was seen is written every few seconds, and at the end.
    await harness.collector.close();
    const unclaimed = await harness.rows('select kind, name from unclaimed_integration where tenant_id = $1');
    expect(unclaimed).toContainEqual({ kind: 'integration', name: 'close/adopt-me' });
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CollectorHarness } from '../testing/collector-harness.js';

const MEBIBYTE = 1024 * 1024;
/** What is read at a stretch, at the most. */
const MOST_AT_A_STRETCH = MEBIBYTE / 2;

// Turns that a receiver leaves to others are counted: how long they take is up to the machine.
let turns = 0;
const timers = await import('node:timers/promises');
jest.unstable_mockModule('node:timers/promises', () => ({
  ...timers,
  setImmediate: () => {
    turns += 1;
    return timers.setImmediate();
  },
}));
const { startCollectorHarness } = await import('../testing/collector-harness.js');
const { addSourceSystems } = await import('../testing/source-system-rows.js');
const { jsonEvent, jsonSpan, jsonTraces, post } = await import('../testing/signals.js');

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness();
  await addSourceSystems(harness, [{ name: 'erp', kind: 'netsuite' }]);
});
afterAll(() => harness.close());

const TEXT = 'x'.repeat(6 * MEBIBYTE);
const attributes = [{ key: 'note', value: { stringValue: TEXT } }];
const run = { runId: '0190a5b8-0000-7000-8000-000000000001', facets: { note: { text: TEXT } } };
const lineage = {
  eventType: 'START',
  eventTime: '2026-09-21T08:00:00Z',
  producer: 'https://example.com/producer',
  run,
  job: { namespace: 'warehouse', name: 'load' },
};
const KINDS: [string, string, string, string][] = [
  ['OTLP traces', '/v1/traces', 'application/json', jsonTraces([jsonSpan({ attributes })])],
  [
    'OTLP logs',
    '/v1/logs',
    'application/json',
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes }] }] }] }),
  ],
  ['a CloudEvent', '/v1/events', 'application/cloudevents+json', JSON.stringify(jsonEvent({ data: TEXT }))],
  ['CloudEvents', '/v1/events', 'application/cloudevents-batch+json', JSON.stringify([jsonEvent({ data: TEXT })])],
  ['an OpenLineage event', '/api/v1/lineage', 'application/json', JSON.stringify(lineage)],
  ['OpenLineage events', '/api/v1/lineage/batch', 'application/json', JSON.stringify([lineage])],
  ['a webhook', '/v1/webhooks/erp', 'application/json', JSON.stringify({ id: 7, note: TEXT })],
];

describe('while a large request is read', () => {
  // One item each, so that no turn is one between two items.
  it.each(KINDS)('%s: others have their turn', async (_name, path, contentType, body) => {
    turns = 0;
    const answer = await post(`${harness.httpUrl}${path}`, body, { 'content-type': contentType });
    expect(answer.status).toBe(200);
    expect(turns).toBeGreaterThanOrEqual(Math.floor(body.length / MOST_AT_A_STRETCH));
  });

  it.each(KINDS)('%s: also when it is refused for its end', async (_name, path, contentType, body) => {
    turns = 0;
    const answer = await post(`${harness.httpUrl}${path}`, `${body.slice(0, -1)}!`, { 'content-type': contentType });
    expect([answer.status, answer.bytes.toString()]).toEqual([400, expect.stringContaining('JSON')]);
    expect(turns).toBeGreaterThanOrEqual(Math.floor(body.length / MOST_AT_A_STRETCH));
  });
});

describe('the limit of webhooks', () => {
  it('is their own, and named', async () => {
    const small = await startCollectorHarness({ maxWebhookBytes: MEBIBYTE });
    try {
      await addSourceSystems(small, [{ name: 'erp', kind: 'netsuite' }]);
      const body = JSON.stringify(jsonEvent({ data: 'x'.repeat(MEBIBYTE) }));
      const refused = await post(`${small.httpUrl}/v1/webhooks/erp`, body);
      expect([refused.status, refused.bytes.toString()]).toEqual([
        413,
        expect.stringContaining('at most 1048576 bytes'),
      ]);
      const headers = { 'content-type': 'application/cloudevents+json' };
      expect((await post(`${small.httpUrl}/v1/events`, body, headers)).status).toBe(200);
    } finally {
      await small.close();
    }
  });
});

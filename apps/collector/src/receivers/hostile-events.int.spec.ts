import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, post } from '../testing/signals.js';

const BATCHED = { 'content-type': 'application/cloudevents-batch+json' };

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness();
});
afterAll(() => harness.close());

describe('attributes by which events are found', () => {
  // Random: what can be compressed fits any index.
  const long = randomBytes(3_500).toString('hex');

  it.each<[string, Record<string, unknown>]>([
    ['type', { type: `finance.${long}` }],
    ['source', { source: `/${long}`, sequence: '1' }],
  ])('a %s that no index holds costs its event alone, for good', async (name, change) => {
    const good = jsonEvent();
    const answer = await post(`${harness.httpUrl}/v1/events`, JSON.stringify([jsonEvent(change), good]), BATCHED);
    expect([answer.status, answer.json()]).toMatchObject([
      200,
      { accepted: 1, rejected: [{ index: 0, reason: `${name} is longer than 2048 bytes` }] },
    ]);
    expect(
      await harness.rows('select 1 from signal where tenant_id = $1 and external_id = $2', good['id']),
    ).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['type', { type: long.slice(0, 2_048) }],
    ['source', { source: `/${long.slice(0, 2_047)}`, sequence: '1' }],
    ['id', { id: long }],
    ['subject', { subject: long }],
    ['correlation', { correlationid: long, causationid: long }],
  ])('the longest %s that is taken is stored', async (_name, change) => {
    const event = jsonEvent(change);
    const answer = await post(`${harness.httpUrl}/v1/events`, JSON.stringify([event]), BATCHED);
    expect([answer.status, answer.json()]).toMatchObject([200, { accepted: 1, rejected: [] }]);
    expect(
      await harness.rows('select 1 from signal where tenant_id = $1 and external_id = $2', event['id']),
    ).toHaveLength(1);
  });
});

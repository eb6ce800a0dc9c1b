import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { post } from '../testing/signals.js';
import { addSourceSystems } from '../testing/source-system-rows.js';

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness();
  await addSourceSystems(harness, [
    { name: 'homegrown', kind: 'homegrown' },
    { name: 'netsuite', kind: 'netsuite' },
  ]);
});
afterAll(() => harness.close());

const message = (prefix: string, id: string): Record<string, string> => ({
  [`${prefix}-id`]: id,
  [`${prefix}-timestamp`]: String(Math.floor(Date.now() / 1_000)),
});

describe.each(['homegrown', 'netsuite'])(
  'a message of Standard Webhooks without an identity of its own, from %s',
  (source) => {
    const send = async (body: string, headers: Record<string, string>) =>
      (await post(`${harness.httpUrl}/v1/webhooks/${source}`, body, headers)).json();
    const taken = { accepted: 1, duplicate: 0, rejected: [] };

    it.each(['webhook', 'svix'])('is known by %s-id: also when it is written differently', async (prefix) => {
      const id = randomUUID();
      expect(await send(`{"n":"${id}"}`, message(prefix, id))).toEqual(taken);
      expect(await send(`{ "n": "${id}" }`, message(prefix, id))).toEqual({ ...taken, duplicate: 1 });
    });

    it('is another one than one with the same body', async () => {
      const body = `{"n":"${randomUUID()}"}`;
      expect(await send(body, message('webhook', randomUUID()))).toEqual(taken);
      expect(await send(body, message('webhook', randomUUID()))).toEqual(taken);
    });

    it('is known by its body where it names no time of its attempt', async () => {
      const body = `{"n":"${randomUUID()}"}`;
      expect(await send(body, { 'webhook-id': randomUUID() })).toEqual(taken);
      expect(await send(body, { 'webhook-id': randomUUID() })).toEqual({ ...taken, duplicate: 1 });
    });
  },
);

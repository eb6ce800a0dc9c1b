import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { violationsOf } from '../browser/axe.mjs';
import { Console } from '../browser/console.mjs';
import { story } from '../browser/story.mjs';
import { ApiClient } from '../graphql.mjs';

const KEY = 'tl_demo_ingest_key';
const LINKED_FROM = `query ($traceId: String!) {
  trace(traceId: $traceId) { linkedFrom(first: 50) { totalCount edges { node { traceId spanId name linkedSpanId } } } }
}`;

const newTrace = () => randomBytes(16).toString('hex');
const span = (traceId, spanId, name, links = []) => {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId,
    spanId,
    name,
    kind: 5,
    startTimeUnixNano: String(now - 5_000_000n),
    endTimeUnixNano: String(now),
    links: links.map(([linkedTraceId, linkedSpanId]) => ({
      traceId: linkedTraceId,
      spanId: linkedSpanId,
      attributes: [{ key: 'messaging.message.id', value: { stringValue: 'm-17' } }],
    })),
  };
};

story(
  'From a run people find the runs that it caused, and back',
  async ({ step, newPage, consoleUrl, collectorUrl }) => {
    const api = await new ApiClient(consoleUrl).signIn('engineer@demo.example');
    const [publishing, processing, batch] = [newTrace(), newTrace(), newTrace()];
    const [published, processed, settled] = ['00000000000000a1', '00000000000000b1', 'fffffffffffffff1'];

    const send = async (...spans) => {
      const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'order-flow' } }] };
      const response = await fetch(`${collectorUrl}/v1/traces`, {
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
      });
      assert.deepEqual([response.status, await response.json()], [200, {}]);
    };
    const linkedFrom = async (traceId) => {
      const { trace } = await api.query(LINKED_FROM, { traceId });
      return trace.linkedFrom.edges.map(({ node }) => `${node.name} → ${node.linkedSpanId}`);
    };

    await step('A consumer reports before its producer, and a batch that settles both', async () => {
      const consumer = span(processing, processed, 'process order', [[publishing, published]]);
      await send(consumer);
      await send(span(publishing, published, 'publish order'));
      await send(
        span(batch, settled, 'settle the day', [
          [publishing, published],
          [processing, processed],
        ]),
      );
      await send(consumer, span(processing, '00000000000000b2', 'a step beside it'));
      assert.deepEqual((await linkedFrom(publishing)).sort(), [
        `process order → ${published}`,
        `settle the day → ${published}`,
      ]);
      assert.deepEqual(await linkedFrom(processing), [`settle the day → ${processed}`]);
      assert.deepEqual(await linkedFrom(batch), []);
    });

    await step('The page of the producer leads to the consumer, and that back again', async () => {
      const engineer = await new Console(await newPage(), consoleUrl).arriveAs('engineer', `/traces/${publishing}`);
      const { page } = engineer;
      await page.getByRole('region', { name: 'What links to it' }).getByRole('link', { name: 'process order' }).click();
      await page.waitForURL(`**/traces/${processing}?span=${processed}`);
      await page.getByRole('heading', { name: /“process order” went through/ }).waitFor();
      assert.deepEqual(await violationsOf(page), []);
      await page
        .getByRole('region', { name: 'What it links to' })
        .getByRole('link', { name: `Run ${publishing}` })
        .click();
      await page.waitForURL(`**/traces/${publishing}?span=${published}`);
      await page.getByRole('heading', { name: /“publish order” went through/ }).waitFor();
    });
  },
);

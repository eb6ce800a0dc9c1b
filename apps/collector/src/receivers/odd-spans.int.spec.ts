import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonSpan, jsonTraces, post } from '../testing/signals.js';
import { storedSpans } from '../testing/stored-spans.js';

const SECOND = 1_000_000_000n;
const DAY = 86_400n * SECOND;

let harness: CollectorHarness;
let traceId: string;
beforeAll(async () => {
  harness = await startCollectorHarness();
});
afterAll(() => harness.close());
beforeEach(() => {
  traceId = randomBytes(16).toString('hex');
});

const span = (number: number, change: Record<string, unknown> = {}) =>
  jsonSpan({ traceId, spanId: idOf(number), name: `span ${number}`, ...change });
const idOf = (number: number) => number.toString(16).padStart(16, '0');
const nowNanos = () => BigInt(Date.now()) * 1_000_000n;
const times = (start: bigint, end: bigint) => ({ startTimeUnixNano: String(start), endTimeUnixNano: String(end) });
/** Sends one request; the answer says nothing but success. */
async function send(...spans: unknown[]): Promise<void> {
  const answer = await post(`${harness.httpUrl}/v1/traces`, jsonTraces(spans));
  expect([answer.status, answer.json()]).toEqual([200, {}]);
}
const stored = () => storedSpans(harness, traceId);
const naming = (value: string) => ({
  attributes: [
    { key: 'finance.object.type', value: { stringValue: 'sales-order' } },
    { key: 'finance.object.key.value', value: { stringValue: value } },
  ],
});

describe('spans that come as they should not are taken, and kept as they are:', () => {
  it('late by ten days, flagged as of another clock', async () => {
    const start = nowNanos() - 10n * DAY;
    await send(span(1, times(start, start + SECOND)));
    expect(await stored()).toMatchObject([
      { startUnixNano: String(start), endUnixNano: String(start + SECOND), isClockSuspect: true },
    ]);
  });

  it('late by an hour, as any other', async () => {
    const start = nowNanos() - 3_600n * SECOND;
    await send(span(1, times(start, start + SECOND)));
    expect(await stored()).toMatchObject([{ isClockSuspect: false }]);
  });

  it('after their trace was long complete', async () => {
    await send(span(1), span(2, { parentSpanId: idOf(1) }));
    const start = nowNanos() - 7_200n * SECOND;
    await send(span(3, { parentSpanId: idOf(2), ...times(start, start + 1n) }));
    expect((await stored()).map(({ spanId, parentSpanId }) => [spanId, parentSpanId])).toEqual([
      [idOf(1), null],
      [idOf(2), idOf(1)],
      [idOf(3), idOf(2)],
    ]);
  });

  it.each<[string, bigint]>([
    ['two days ahead', 2n * DAY],
    ['thirty hours behind', (-30n * DAY) / 24n],
  ])('of a clock that is %s, flagged', async (_what, skew) => {
    const start = nowNanos() + skew;
    await send(span(1, times(start, start + SECOND)), span(2));
    expect((await stored()).map((one) => one.isClockSuspect)).toEqual([true, false]);
  });

  it('twice in one request and again in others, once', async () => {
    const copies = [span(1), span(1, { name: 'sent again' })];
    await send(...copies);
    await send(...copies.toReversed());
    await send(copies[1], span(2));
    expect((await stored()).map((one) => one.name)).toEqual(['span 1', 'span 2']);
  });

  it('children before their parents, each in a request of its own', async () => {
    for (const number of [3, 2, 1]) await send(span(number, number === 1 ? {} : { parentSpanId: idOf(number - 1) }));
    const parents = Object.fromEntries((await stored()).map((one) => [one.spanId, one.parentSpanId]));
    expect(parents).toEqual({ [idOf(1)]: null, [idOf(2)]: idOf(1), [idOf(3)]: idOf(2) });
  });

  it('open, then closed: the closed one is announced to the mapping, the open one is not', async () => {
    const work = async () =>
      (await harness.rows<{ items: number }>('select items from intake_batch where tenant_id = $1')).length;
    const before = await work();
    await send(span(1, { ...naming('SO-1'), endTimeUnixNano: '0' }));
    expect([await work(), (await stored())[0]?.endUnixNano]).toEqual([before, '0']);
    const closed = span(1, naming('SO-1'));
    await send(closed);
    expect([await work(), (await stored())[0]?.endUnixNano]).toEqual([before + 1, closed['endTimeUnixNano']]);
  });

  it.each([
    ['a type that is none', 'finance.object.type', 'spaceship'],
    ['a placeholder as key', 'finance.object.key.value', 'NOTPROVIDED'],
  ])('naming an object by %s: announced to the mapping, which tells its team', async (_what, key, stringValue) => {
    const work = async () =>
      (await harness.rows<{ items: number }>('select items from intake_batch where tenant_id = $1')).length;
    const before = await work();
    const attributes = naming('SO-1').attributes.map((one) =>
      one.key === key ? { key, value: { stringValue } } : one,
    );
    await send(span(1, { attributes }));
    expect(await work()).toBe(before + 1);
  });

  it('open without saying so', async () => {
    const { endTimeUnixNano: _none, ...open } = span(1);
    await send(open);
    expect(await stored()).toMatchObject([{ endUnixNano: '0' }]);
  });

  it('its own parent', async () => {
    await send(span(1, { parentSpanId: idOf(1) }));
    expect(await stored()).toMatchObject([{ spanId: idOf(1), parentSpanId: idOf(1) }]);
  });

  it('parents of each other, in one request and over several', async () => {
    await send(span(1, { parentSpanId: idOf(2) }), span(2, { parentSpanId: idOf(1) }));
    await send(span(3, { parentSpanId: idOf(4) }));
    await send(span(4, { parentSpanId: idOf(3) }));
    expect((await stored()).map(({ spanId, parentSpanId }) => [spanId, parentSpanId])).toEqual(
      [2, 1, 4, 3].map((parent, index) => [idOf(index + 1), idOf(parent)]),
    );
  });

  it('with more than their sender keeps: what it dropped is counted', async () => {
    const links = Array.from({ length: 128 }, (_, index) => ({
      traceId: randomBytes(16).toString('hex'),
      spanId: idOf(index + 1),
      droppedAttributesCount: 2,
    }));
    const events = [{ name: 'retry', timeUnixNano: '1', droppedAttributesCount: 5 }];
    await send(
      span(1, { links, events, droppedAttributesCount: 12, droppedEventsCount: 3, droppedLinksCount: 4_294_967_295 }),
    );
    const [one] = await stored();
    expect(one?.dropped).toEqual({ attributes: 12, events: 3, links: 4_294_967_295 });
    expect(one?.links).toHaveLength(128);
    expect(one?.links[0]?.droppedAttributesCount).toBe(2);
    expect(one?.events[0]?.droppedAttributesCount).toBe(5);
  });
});

describe('links of spans', () => {
  const other = randomBytes(16).toString('hex');
  const linkTo = (spanId: string, value?: string) => ({
    traceId: other.toUpperCase(),
    spanId,
    ...(value !== undefined && { attributes: [{ key: 'messaging.message.id', value: { stringValue: value } }] }),
  });
  const linksTo = () =>
    harness.rows<{ span: string; name: string; service: string; linked: string; attributes: unknown }>(
      `select span_id as span, name, service_name as service, linked_span_id as linked, attributes
         from span_link where tenant_id = $1 and linked_trace_id = $2::uuid and trace_id = $3::uuid
        order by span_id, linked_span_id`,
      other,
      traceId,
    );

  it('are stored with the span and found from the other end, each once', async () => {
    const linking = span(1, { links: [linkTo(idOf(7), 'm-1'), linkTo(idOf(8)), linkTo(idOf(7), 'said twice')] });
    for (let time = 0; time < 3; time += 1) await send(linking);
    await send(linking, span(2));
    expect((await stored())[0]?.links.map((link) => [link.traceId, link.spanId])).toEqual([
      [other, idOf(7)],
      [other, idOf(8)],
      [other, idOf(7)],
    ]);
    const known = { span: '1', name: 'span 1', service: 'erp' };
    expect(await linksTo()).toEqual([
      { ...known, linked: '7', attributes: { 'messaging.message.id': 'm-1' } },
      { ...known, linked: '8', attributes: null },
    ]);
  });

  it('of a batch that many requests bring side by side are all there', async () => {
    const batch = Array.from({ length: 200 }, (_, number) =>
      span(number + 1, { links: Array.from({ length: 8 }, (_, index) => linkTo(idOf(index + 1))) }),
    );
    await Promise.all([
      send(...batch),
      send(...batch.toReversed()),
      ...Array.from({ length: 10 }, (_, part) => send(...batch.slice(part * 20, part * 20 + 30))),
    ]);
    expect(await linksTo()).toHaveLength(1_600);
  });
});

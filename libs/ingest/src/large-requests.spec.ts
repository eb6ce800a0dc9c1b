import { describe, expect, it } from '@jest/globals';
import { readEventsInSteps } from './cloudevents/read-events.js';
import { readLineageEventsInSteps } from './openlineage/read-lineage-events.js';
import { decodeLogsInSteps } from './otlp/decode-logs.js';
import type { Pause } from './otlp/decode-in-steps.js';
import { decodeTracesInSteps } from './otlp/decode-traces.js';
import { MappingRegistry } from './packs/mapping-registry.js';
import { loadShippedPacks } from './packs/shipped-packs.js';
import { readWebhook } from './webhooks/read-webhook.js';

/** What is read at a stretch, at the most: twice the step, for what is walked and parsed in one. */
const MOST_AT_A_STRETCH = 512 * 1024;
const NOW = Date.parse('2026-09-21T12:00:00Z');
const packs = new MappingRegistry(loadShippedPacks());

/** A kind of request: how one is made of items, and what its reading gives for each of them. */
type Kind = { item: (index: number, text: string) => unknown; request: (items: unknown[]) => string; read: Read };
type Read = (body: Buffer, pause: Pause) => Promise<{ good: unknown[]; refused: unknown[] }>;

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
const attributes = (text: string) => [{ key: 'note', value: { stringValue: text } }];
const events = (contentType: string): Read => {
  return async (body, pause) => {
    const read = await readEventsInSteps({ 'content-type': contentType }, body, pause);
    return { good: read.events.map(({ event }) => event), refused: read.rejected.map(({ reason }) => reason) };
  };
};
const webhook = (contentType: string): Read => {
  const source = { name: 'erp', kind: 'netsuite' };
  return async (body, pause) => {
    const request = { headers: { 'content-type': contentType }, body, attributes: {} };
    const read = await readWebhook(request, source, packs.ofSourceKind(source.kind), pause);
    return { good: read.form === 'records' ? read.records : read.read.events.map(({ event }) => event), refused: [] };
  };
};
const event = (index: number, text: string) => ({
  specversion: '1.0',
  // Every third is refused.
  ...(index % 3 !== 0 && { id: String(index) }),
  source: '/erp',
  type: 'invoice.posted',
  data: { text, amount: 1.1, '€': [index] },
});
const eventText = (items: unknown[]): string => JSON.stringify(items).replaceAll('1.1', '1.10');

const KINDS: Record<string, Kind> = {
  'OTLP traces': {
    item: (index, text) => ({
      traceId: index % 3 === 0 ? 'none' : hex(index, 32),
      spanId: hex(index, 16),
      name: 'post invoice',
      startTimeUnixNano: '1790000000000500123',
      endTimeUnixNano: '1790000000000600123',
      attributes: attributes(text),
    }),
    // Numbers that a double does not hold, as some senders write them.
    request: (spans) =>
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).replaceAll(/"(179\d{16})"/g, '$1'),
    read: async (body, pause) => {
      const { spans, rejections } = await decodeTracesInSteps(body, 'json', NOW, pause);
      return { good: spans, refused: [...rejections].flatMap(([reason, count]) => Array<string>(count).fill(reason)) };
    },
  },
  'OTLP logs': {
    item: (index, text) => ({ traceId: index % 3 === 0 ? 'none' : hex(index, 32), attributes: attributes(text) }),
    request: (logRecords) => JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }, null, 1),
    read: async (body, pause) => {
      const { records, rejections } = await decodeLogsInSteps(body, 'json', pause);
      return {
        good: records,
        refused: [...rejections].flatMap(([reason, count]) => Array<string>(count).fill(reason)),
      };
    },
  },
  'a batch of CloudEvents': { item: event, request: eventText, read: events('application/cloudevents-batch+json') },
  'CloudEvents as plain JSON': {
    item: (index, text) => event(index * 3 + 1, text),
    request: eventText,
    read: events('application/json'),
  },
  'OpenLineage events': {
    item: (index, text) => ({
      eventType: 'START',
      eventTime: index % 3 === 0 ? 'today' : '2026-09-21T08:00:00Z',
      producer: 'https://example.com/producer',
      run: { runId: `0190a5b8-0000-7000-8000-${hex(index, 12)}`, facets: { note: { text } } },
      job: { namespace: 'warehouse', name: 'load' },
    }),
    request: (items) => JSON.stringify(items),
    read: async (body, pause) => {
      const read = await readLineageEventsInSteps(body, pause);
      const good = read.events.map(({ event: lineage, body: own }) => ({ lineage, own: Buffer.from(own).toString() }));
      return { good, refused: read.rejected.map(({ reason }) => reason) };
    },
  },
  'records of a webhook': {
    item: (index, text) => ({ id: index, note: text }),
    // Beside the records another member: even one record is cut out.
    request: (items) => JSON.stringify({ count: items.length, records: [{ id: 'first' }, ...items] }),
    read: webhook('application/json'),
  },
  'CloudEvents as a webhook': {
    item: (index, text) => event(index * 3 + 1, text),
    request: eventText,
    read: webhook('application/json'),
  },
};

describe.each(Object.entries(KINDS))('%s', (_name, { item, request, read }) => {
  it('read in steps is what many small requests give', async () => {
    const items = Array.from({ length: 40 }, (_, index) => item(index, 'ü"\\'.repeat(20_000)));
    const large = Buffer.from(request(items));
    expect(large.length).toBeGreaterThan(4 * MOST_AT_A_STRETCH);
    const all = await read(large, () => Promise.resolve());
    const empty = await read(Buffer.from(request([])), () => Promise.resolve()).catch(() => ({
      good: [],
      refused: [],
    }));
    const each = [];
    for (const one of items) each.push(await read(Buffer.from(request([one])), () => Promise.resolve()));
    const plain = (values: unknown[]): string => JSON.stringify(values);
    expect(plain(all.good.slice(empty.good.length))).toBe(
      plain(each.flatMap(({ good }) => good.slice(empty.good.length))),
    );
    expect(all.refused).toEqual(each.flatMap(({ refused }) => refused));
    expect(all.good.length + all.refused.length).toBeGreaterThanOrEqual(items.length);
  });

  it.each([
    ['many items', 400, 10_000],
    ['one large item', 1, 4_000_000],
    ['a large item among small ones', 2, 2_000_000],
  ])('%s: others have their turn all the while', async (_what, count, length) => {
    const body = Buffer.from(request(Array.from({ length: count }, (_, index) => item(index + 1, 'x'.repeat(length)))));
    let pauses = 0;
    await read(body, () => {
      pauses += 1;
      return Promise.resolve();
    });
    expect(pauses).toBeGreaterThanOrEqual(Math.floor(body.length / MOST_AT_A_STRETCH));
  });

  it('cut off at the end, it is refused in steps', async () => {
    const body = Buffer.from(request(Array.from({ length: 200 }, (_, index) => item(index + 1, 'x'.repeat(20_000)))));
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses += 1;
      return Promise.resolve();
    };
    await expect(read(body.subarray(0, -1), pause)).rejects.toThrow(/JSON|CloudEvent/);
    expect(pauses).toBeGreaterThanOrEqual(Math.floor(body.length / MOST_AT_A_STRETCH));
  });
});

describe('XML of a webhook', () => {
  it('is read in steps as well', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `<row id="${index}"><note>text of ${index}</note></row>`);
    const body = Buffer.from(`<?xml version="1.0"?><message>${rows.join('')}</message>`);
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses += 1;
      return Promise.resolve();
    };
    const { good } = await webhook('application/xml')(body, pause);
    expect(good).toHaveLength(1);
    expect(pauses).toBeGreaterThanOrEqual(Math.floor(body.length / (64 * 1024)) - 1);
  });
});

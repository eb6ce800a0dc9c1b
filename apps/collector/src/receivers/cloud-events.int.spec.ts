import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudEvent as SdkEvent, emitterFor, httpTransport, Mode } from 'cloudevents';
import { storedSignalFromRow, type StoredSignalRow } from '@throughline/ingest';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, post } from '../testing/signals.js';

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ sourceSystem: 'sap-s4hana' });
});
afterAll(() => harness.close());

const STRUCTURED = { 'content-type': 'application/cloudevents+json' };
const BATCHED = { 'content-type': 'application/cloudevents-batch+json' };
const send = (body: unknown, headers: Record<string, string> = STRUCTURED) =>
  post(
    `${harness.httpUrl}/v1/events`,
    typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    headers,
  );
const signals = (id: unknown) =>
  harness.rows<StoredSignalRow & { hop_traceparent: string | null; trace_id: Buffer | null; occurred_at: Date }>(
    'select * from signal where tenant_id = $1 and external_id = $2',
    id,
  );

describe('the real CloudEvents SDK', () => {
  it.each([Mode.STRUCTURED, Mode.BINARY])('sends in %s mode', async (mode) => {
    const event = new SdkEvent({
      ...(jsonEvent({ source: 'https://erp.example/billing' }) as { type: string; source: string }),
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    const withKey = (url: string) => httpSender(url, { authorization: `Bearer ${TEST_KEY}` });
    await emitterFor(withKey(`${harness.httpUrl}/v1/events`), { mode })(event);
    const [row, ...more] = await signals(event.id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      type: 'finance.invoice.posted',
      trace_id: Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'),
    });
    const stored = storedSignalFromRow(row!);
    expect(stored).toMatchObject({
      scopedKey: `ce:sap-s4hana:https://erp.example/billing:${event.id}`,
      externalId: event.id,
    });
    expect(JSON.parse(Buffer.from(stored.body).toString())).toEqual(event.data);
    expect(stored.attributes).toMatchObject({ dataschema: 'urn:throughline:finance-event:1', time: event.time });
  });

  it.each([Mode.STRUCTURED, Mode.BINARY])(
    'sends in %s mode, with URIs that hold encoded bytes of their own',
    async (mode) => {
      // It does not encode the "%" of a header value; nor does the SDK of Rust.
      const uris = { source: '/erp/Gr%C3%BCn%20AG', dataschema: 'https://erp.example/gr%C3%B6%C3%9Fe' };
      const event = new SdkEvent({ ...(jsonEvent() as { type: string; source: string }), ...uris });
      const withKey = (url: string) => httpSender(url, { authorization: `Bearer ${TEST_KEY}` });
      await emitterFor(withKey(`${harness.httpUrl}/v1/events`), { mode })(event);
      const rows = await signals(event.id);
      expect(rows.map(({ source, attributes }) => [source, attributes['dataschema']])).toEqual([
        [uris.source, uris.dataschema],
      ]);
    },
  );

  // The SDK's own HTTP transport cannot send an Authorization header.
  function httpSender(url: string, extra: Record<string, string>): ReturnType<typeof httpTransport> {
    return async (message) => {
      const answer = await post(url, String(message.body), {
        ...(message.headers as Record<string, string>),
        ...extra,
      });
      expect(answer.status).toBe(200);
      return answer;
    };
  }
});

describe('events that are taken', () => {
  it('may be many: stored part by part, each once, and each is answered for', async () => {
    const events = Array.from({ length: 9_000 }, (_, index) => ({
      specversion: '1.0',
      id: `many-${index}`,
      source: '/many',
      type: 't',
    }));
    const answer = await send([...events, { ...events[0], id: '' }, events[0]], BATCHED);
    expect([answer.status, answer.json()]).toMatchObject([
      200,
      { accepted: 9_001, duplicate: 1, rejected: [{ index: 9_000, reason: 'id must not be empty' }] },
    ]);
    const stored = await harness.rows<{ batch_id: string }>(
      "select batch_id from signal where tenant_id = $1 and source = '/many'",
    );
    expect(stored).toHaveLength(9_000);
    expect(new Set(stored.map((row) => row.batch_id)).size).toBe(3);
  });

  it('may have 64 KiB of attributes in headers', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `ce-ext${index}`);
    const answer = await send('{}', {
      'content-type': 'application/json',
      'ce-id': 'long-headers',
      'ce-source': '/s',
      'ce-type': 't',
      'ce-specversion': '1.0',
      ...Object.fromEntries(names.map((name) => [name, 'x'.repeat(8_192)])),
    });
    expect(answer.status).toBe(200);
    expect(await signals('long-headers')).toHaveLength(1);
  });

  it('are stored with the data as it was sent, and the hop beside the origin', async () => {
    const text = '{ "specversion":"1.0","id":"exact-1","source":"/erp","type":"t.other", "data": {"n": 1.10} }';
    const hop = '00-4bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-01';
    const answer = await send(text, { ...STRUCTURED, traceparent: hop });
    expect([answer.status, answer.json()]).toEqual([200, { accepted: 1, duplicate: 0, rejected: [] }]);
    const [row] = await signals('exact-1');
    expect(row).toMatchObject({
      hop_traceparent: hop,
      trace_id: null,
      occurred_at: null,
      content_type: 'application/json',
    });
    expect(row!.body.toString()).toBe('{"n": 1.10}');
  });

  it('may be gzipped, and a batch is one batch of work', async () => {
    const events = [jsonEvent({ id: 'batch-1' }), jsonEvent({ id: 'batch-2' }), jsonEvent({ id: 'batch-1' })];
    const answer = await send(gzipSync(JSON.stringify(events)), { ...BATCHED, 'content-encoding': 'gzip' });
    expect(answer.json()).toEqual({ accepted: 3, duplicate: 1, rejected: [] });
    const rows = await harness.rows<{ items: number; kind: string }>(
      `select b.items, b.kind from intake_batch b join signal s on s.tenant_id = b.tenant_id and s.batch_id = b.batch_id where b.tenant_id = $1 and s.external_id like 'batch-%'`,
    );
    expect(rows).toEqual([
      { items: 2, kind: 'events' },
      { items: 2, kind: 'events' },
    ]);
  });

  it('an empty batch is fine', async () => {
    expect((await send('[]', BATCHED)).json()).toEqual({ accepted: 0, duplicate: 0, rejected: [] });
  });

  it('duplicates across requests, modes and side by side are accepted and stored once', async () => {
    const event = jsonEvent({ id: 'again' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(event)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    expect(answers.reduce((sum, answer) => sum + answer.json<{ duplicate: number }>().duplicate, 0)).toBe(7);
    const { data, datacontenttype, ...attributes } = event;
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]),
    );
    const binary = await send(JSON.stringify(data), { ...headers, 'content-type': String(datacontenttype) });
    expect(binary.json()).toEqual({ accepted: 1, duplicate: 1, rejected: [] });
    expect(await signals('again')).toHaveLength(1);
  });

  it('overlapping batches in opposite order, side by side, lose nothing and store nothing twice', async () => {
    const events = Array.from({ length: 30 }, (_, index) => jsonEvent({ id: `cross-${index}` }));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, turn) => send(turn % 2 ? events : events.toReversed(), BATCHED)),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(200));
    const [row] = await harness.rows<{ count: string }>(
      `select count(*) from signal where tenant_id = $1 and external_id like 'cross-%'`,
    );
    expect(row!.count).toBe('30');
  });
});

describe('events that are refused', () => {
  it.each<[string, unknown, Record<string, string>, number, RegExp]>([
    ['without a key', jsonEvent(), { ...STRUCTURED, authorization: '' }, 401, /ingest key is needed/],
    ['plain JSON', {}, { 'content-type': 'application/json' }, 415, /expected a CloudEvent/],
    [
      'XML events',
      '<e/>',
      { 'content-type': 'application/cloudevents+xml' },
      415,
      /send application\/cloudevents\+json/,
    ],
    ['a media type that is none', '{}', { 'content-type': 'nonsense' }, 415, /must be a media type/],
    ['no JSON', '{', STRUCTURED, 400, /the body is not JSON/],
    ['no id', jsonEvent({ id: null }), STRUCTURED, 400, /^id is missing/],
    ['an old version', jsonEvent({ specversion: '0.3' }), STRUCTURED, 400, /specversion must be "1.0"/],
    [
      'binary without ce-type',
      '{}',
      { 'ce-id': '1', 'ce-source': '/e', 'ce-specversion': '1.0' },
      400,
      /^type is missing/,
    ],
    [
      'a batch of nothing good',
      [5, jsonEvent({ source: '' })],
      BATCHED,
      400,
      /event 0 of the batch: an event must be a JSON object \(and 1 more\)/,
    ],
  ])('%s', async (_name, body, headers, status, detail) => {
    const answer = await send(body, headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(answer.json()).toMatchObject({ status, detail: expect.stringMatching(detail) });
  });

  it('in binary mode with an attribute that is sent twice', async () => {
    const headers = {
      authorization: `Bearer ${TEST_KEY}`,
      'ce-id': ['twice-1', 'twice-2'],
      'ce-source': '/erp',
      'ce-type': 't',
      'ce-specversion': '1.0',
    };
    const text = await new Promise<string>((resolve, reject) => {
      const sent = httpRequest(`${harness.httpUrl}/v1/events`, { method: 'POST', headers }, (answer) => {
        answer.setEncoding('utf8').on('data', resolve);
      });
      sent.on('error', reject).end('{}');
    });
    expect(JSON.parse(text)).toMatchObject({ status: 400, detail: 'id was sent more than once' });
  });

  it('a batch of very many bad ones has a short answer that counts them all', async () => {
    const answer = await send(`[${'5,'.repeat(2_000)}5]`, BATCHED);
    expect(answer.status).toBe(400);
    expect(answer.json<{ rejected: unknown[] }>().rejected).toHaveLength(1_000);
    expect(answer.json()).toMatchObject({ rejectedCount: 2_001 });
  });

  it('one by one in a batch, with its position', async () => {
    const answer = await send([jsonEvent({ id: 'good-1' }), jsonEvent({ id: 'bad-1', time: 'noon' })], BATCHED);
    expect([answer.status, answer.json()]).toMatchObject([
      200,
      {
        accepted: 1,
        duplicate: 0,
        rejected: [{ index: 1, id: 'bad-1', source: '/erp/billing', reason: expect.stringMatching(/^time "noon"/) }],
      },
    ]);
    expect(await signals('good-1')).toHaveLength(1);
    expect(await signals('bad-1')).toHaveLength(0);
  });

  it('leave samples, at most 200', async () => {
    await harness.test.database.withTenant(harness.tenantId, (tx) =>
      tx.query(
        `insert into refused_input (tenant_id, refused_id, at, protocol, reason, sample)
         select $1, gen_random_uuid(), now() - interval '1 day', 'cloud-events', 'old', '\\x00' from generate_series(1, 250)`,
        [harness.tenantId],
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 250));
    await send('{', STRUCTURED);
    const [row] = await harness.rows<{ count: string; fresh: string }>(
      `select count(*), count(*) filter (where reason like 'the body%') as fresh from refused_input where tenant_id = $1`,
    );
    expect(Number(row!.count)).toBe(200);
    expect(Number(row!.fresh)).toBeGreaterThan(0);
  });
});

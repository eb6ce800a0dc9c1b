import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse as parseYaml } from 'yaml';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, post, type Answer } from '../testing/signals.js';

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness();
  await harness.rows(
    `insert into source_system (tenant_id, name, kind, title, is_active)
     values ($1, 'sap-de', 'sap-s4hana', 'SAP', true), ($1, 'sap-old', 'sap-s4hana', 'SAP', false)`,
  );
});
afterAll(() => harness.close());

const STRUCTURED = 'application/cloudevents+json';
const BATCHED = 'application/cloudevents-batch+json';
const fixture = (name: string): string =>
  readFileSync(new URL(`../../../../libs/ingest/fixtures/cloudevents/${name}`, import.meta.url), 'utf8');
const send = (body: unknown, contentType = STRUCTURED, headers: Record<string, string> = {}): Promise<Answer> =>
  post(`${harness.httpUrl}/v1/events`, typeof body === 'string' ? body : JSON.stringify(body), {
    'content-type': contentType,
    ...headers,
  });
type Row = Record<string, unknown> & { body: Buffer; attributes: Record<string, unknown> };
const stored = (id: unknown) => harness.rows<Row>('select * from signal where tenant_id = $1 and external_id = $2', id);

describe('the conformance samples, through the port', () => {
  const { tests } = JSON.parse(fixture('conformance-json-valid-events.json')) as {
    tests: { id: string; event: Record<string, unknown> }[];
  };
  it.each(tests.map((test) => [test.id, test.event] as const))('valid: %s', async (id, event) => {
    expect((await send({ ...event, id })).json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    expect(await stored(id)).toMatchObject([{ type: event['type'], source: event['source'] }]);
  });

  const batches = (
    JSON.parse(fixture('conformance-json-valid-batches.json')) as { tests: { id: string; batch: unknown[] }[] }
  ).tests;
  it.each(batches.map((test) => [test.id, test.batch] as const))('valid batch: %s', async (_id, batch) => {
    expect((await send(batch, BATCHED)).json()).toMatchObject({ accepted: batch.length, rejected: [] });
  });

  const MINIMAL = { specversion: '1.0', id: 'invalid', type: 'io.cloudevents.test', source: 'https://cloudevents.io' };
  it.each<[string, object]>([
    ['no specversion', { specversion: undefined }],
    ['no id', { id: undefined }],
    ['no type', { type: undefined }],
    ['no source', { source: undefined }],
    ['time that is garbage', { time: 'lunchtime' }],
    ['time to the minute', { time: '2018-04-05T18:31Z' }],
    ['time with offset X', { time: '2018-04-05T18:31:00X' }],
    ['time with an offset out of range', { time: '2018-04-05T18:31:00+25:00' }],
    ['time with an offset that is no number', { time: '2018-04-05T18:31:00+xx:00' }],
    ['time with an offset of hours alone', { time: '2018-04-05T18:31:00+05' }],
    ['empty id', { id: '' }],
    ['empty type', { type: '' }],
    ['empty source', { source: '' }],
    ['empty specversion', { specversion: '' }],
    ['unknown specversion', { specversion: '0.9' }],
    ['datacontenttype that is no media type', { datacontenttype: 'xyz' }],
    ['empty datacontenttype', { datacontenttype: '' }],
    ['empty dataschema', { dataschema: '' }],
    ['empty subject', { subject: '' }],
    ['numeric id', { id: 25 }],
    ['an object as id', { id: { xyz: 'abc' } }],
    ['an extension in capitals', { MyExtension: 'bad' }],
    ['an extension with a point', { 'my.extension': 'bad' }],
    ['an extension that is no integer', { myextension: 1.5 }],
    ['data and data_base64', { data: 'text', data_base64: 'eyAieHl6IjogMTIzIH0=' }],
  ])('invalid: %s', async (_name, change) => {
    const answer = await send({ ...MINIMAL, ...change });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(await stored('invalid')).toEqual([]);
  });

  const minimum = fixture('v1-minimum-all-modes.yaml.txt')
    .split(/^---$/m)
    .map(
      (text) => parseYaml(text, { schema: 'failsafe' }) as { ContextAttributes: Record<string, string>; Data: string },
    );
  it.each(minimum.map((one) => [one.ContextAttributes['datacontenttype']!, one] as const))(
    'minimum: %s',
    async (contentType, one) => {
      const { id, ...rest } = one.ContextAttributes;
      const headers = Object.fromEntries(
        Object.entries(rest)
          .filter(([name]) => name !== 'datacontenttype')
          .map(([name, value]) => [`ce-${name}`, value]),
      );
      const binary = await send(one.Data, contentType, { ...headers, 'ce-id': `${id}-binary` });
      expect(binary.json()).toMatchObject({ accepted: 1 });
      const data = contentType.startsWith('application/json') ? JSON.parse(one.Data) : one.Data;
      expect((await send({ ...one.ContextAttributes, data })).json()).toMatchObject({ accepted: 1 });
      expect((await stored(`${id}-binary`))[0]!.body.toString()).toBe(one.Data);
    },
  );

  it('the binary request: the trace of origin apart from that of the hop', async () => {
    const [head, body] = fixture('http-binary-mode-request.txt').split(/\r?\n\r?\n/) as [string, string];
    const headers = Object.fromEntries(
      head
        .split(/\r?\n/)
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const { 'content-type': contentType, host: _host, ...rest } = headers;
    expect((await send(body.trim(), contentType, rest)).status).toBe(200);
    const [row] = await stored(headers['ce-id']);
    expect(row).toMatchObject({
      hop_traceparent: headers['traceparent'],
      attributes: { traceparent: headers['ce-traceparent'] },
    });
  });
});

describe('events as producers really send them', () => {
  it.each<[string, object, RegExp]>([
    [
      'a name with a blank',
      { ...jsonEvent({ id: 'blank' }), datacontenttype: undefined, ' datacontenttype': 'application/json' },
      /has blanks round it/,
    ],
    [
      'attributes under headers',
      { headers: { ...jsonEvent({ id: 'headers', data: undefined }) }, data: { SalesOrder: '1' } },
      /under "headers"/,
    ],
  ])('%s: taken, and told', async (_name, event, warning) => {
    const answer = (await send(event)).json<{ accepted: number; warnings: { reason: string }[] }>();
    expect(answer).toMatchObject({ accepted: 1, warnings: [{ index: 0, reason: expect.stringMatching(warning) }] });
    expect((await stored(_name.includes('blank') ? 'blank' : 'headers'))[0]).toMatchObject({
      content_type: 'application/json',
    });
  });

  it('a whole event, or a batch, as plain JSON: taken, and told', async () => {
    const one = await send(jsonEvent({ id: 'plain' }), 'application/json');
    expect(one.json()).toMatchObject({ accepted: 1, warnings: [{ reason: expect.stringContaining(STRUCTURED) }] });
    expect((await send([jsonEvent(), jsonEvent()], 'application/json')).json()).toMatchObject({ accepted: 2 });
    expect((await send({ id: '1' }, 'application/json')).status).toBe(415);
  });

  it('an id in capitals is kept as it is', async () => {
    await send(jsonEvent({ id: 'FA163EA1-6A76-1FE0-9694-2DC3CB43D19F' }));
    expect(await stored('FA163EA1-6A76-1FE0-9694-2DC3CB43D19F')).toHaveLength(1);
  });
});

describe('extensions and sources', () => {
  it('are kept, and a sequence is watched', async () => {
    const extensions = {
      correlationid: 'flow-1',
      causationid: 'e-0',
      recordedtime: '2026-10-02T08:00:00Z',
      sequence: '1042',
    };
    await send(jsonEvent({ id: 'extended', source: '/seq', ...extensions }));
    await send(
      jsonEvent({
        id: 'amended',
        source: '/seq',
        ...extensions,
        recordedtime: '2026-10-03T08:00:00Z',
        sequence: 'A-7',
      }),
    );
    expect(await stored('extended')).toMatchObject([
      { sequence_no: '1042', correlation_id: 'flow-1', causation_id: 'e-0', attributes: extensions },
    ]);
    expect(await stored('amended')).toMatchObject([{ sequence_no: null }]);
    expect(await harness.rows('select source from sequence_watch where tenant_id = $1')).toEqual([{ source: '/seq' }]);
  });

  it.each<[string, Record<string, string>]>([
    ['a cause without a flow', { causationid: 'e-0' }],
    ['a flow that is too long to be found by', { correlationid: 'f'.repeat(257), causationid: 'e-0' }],
  ])('are kept, and found by nothing: %s', async (name, extensions) => {
    const id = name.replaceAll(' ', '-');
    await send(jsonEvent({ id, ...extensions }));
    expect(await stored(id)).toMatchObject([{ correlation_id: null, causation_id: null, attributes: extensions }]);
  });

  it('an event that a pack claims is of the only active source system of its kind; another source is to be adopted', async () => {
    await send(
      jsonEvent({
        id: 'claimed',
        type: 'sap.s4.beh.salesorder.v1.SalesOrder.Created.v1',
        source: '/default/sap.s4.beh/X',
      }),
    );
    await send(jsonEvent({ id: 'unclaimed', source: '/nobody', type: 'com.example.thing' }));
    expect(await stored('claimed')).toMatchObject([{ source_system: 'sap-de', source_kind: 'sap-s4hana' }]);
    expect(await stored('unclaimed')).toMatchObject([{ source_system: '', source_kind: '' }]);
    await harness.collector.flush();
    const names = await harness.rows<{ name: string }>(
      `select name from unclaimed_integration where tenant_id = $1 and kind = 'source'`,
    );
    expect(names.map((row) => row.name)).toContain('/nobody');
    expect(names.map((row) => row.name)).not.toContain('/default/sap.s4.beh/X');
  });

  it('a source system that is switched off is gone: its sender ought to stop', async () => {
    const off = await startCollectorHarness({ sourceSystem: 'sap-old' });
    try {
      await off.rows(
        `insert into source_system (tenant_id, name, kind, title, is_active) values ($1, 'sap-old', 'sap-s4hana', 'SAP', false)`,
      );
      const answer = await post(`${off.httpUrl}/v1/events`, JSON.stringify(jsonEvent()), {
        'content-type': STRUCTURED,
      });
      expect([answer.status, answer.json()['detail']]).toEqual([410, expect.stringContaining('switched off')]);
    } finally {
      await off.close();
    }
  });
});

describe('the ingest key as parameter of the address', () => {
  it.each(['/v1/events', '/v1/webhooks/sap-de'])('is taken at %s, and kept nowhere', async (path) => {
    const id = `by-parameter${path}`;
    const deliver = (key: string): Promise<Answer> =>
      post(`${harness.httpUrl}${path}?access_token=${key}`, JSON.stringify(jsonEvent({ id })), {
        'content-type': STRUCTURED,
        authorization: '',
      });
    expect((await deliver('nobody')).status).toBe(401);
    expect((await deliver(TEST_KEY)).status).toBe(200);
    const rows = await stored(id);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(TEST_KEY);
  });
});

describe('the handshake of web hooks', () => {
  it.each(['/v1/events', '/v1/webhooks/sap-de', '/v1/webhooks/sap-de/a-token'])('permits at %s', async (path) => {
    const ask = (headers: Record<string, string>) => fetch(`${harness.httpUrl}${path}`, { method: 'OPTIONS', headers });
    const permitted = await ask({ 'webhook-request-origin': 'eventgrid.example.com', 'webhook-request-rate': '120' });
    expect(permitted.status).toBe(200);
    expect(permitted.headers.get('webhook-allowed-origin')).toBe('eventgrid.example.com');
    expect(permitted.headers.get('webhook-allowed-rate')).toBe('120');
    expect(permitted.headers.get('allow')).toContain('POST');
    const unlimited = await ask({ 'webhook-request-origin': 'eventgrid.example.com' });
    expect(unlimited.headers.get('webhook-allowed-rate')).toBe('*');
    expect((await ask({ 'webhook-request-origin': 'a b\tc' })).status).toBe(400);
    expect((await ask({})).headers.has('webhook-allowed-origin')).toBe(false);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CloudEvent as SdkEvent, HTTP } from 'cloudevents';
import fc from 'fast-check';
import {
  MalformedEvents,
  readEvents,
  UnsupportedEventMediaType,
  type HttpHeaders,
  type ReadEvents,
} from './read-events.js';

const STRUCTURED = { 'content-type': 'application/cloudevents+json' };
const BATCHED = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' };
const BINARY = {
  'ce-specversion': '1.0',
  'ce-id': '1',
  'ce-source': '/erp',
  'ce-type': 'finance.invoice.posted',
  'content-type': 'application/json',
};
const MINIMAL = { specversion: '1.0', id: '1', source: '/erp', type: 'finance.invoice.posted' };

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/cloudevents/${name}`, import.meta.url), 'utf8');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const structured = (event: unknown, headers: HttpHeaders = STRUCTURED): ReadEvents =>
  readEvents(headers, bytes(JSON.stringify(event)));
const bodyOf = (read: ReadEvents): string => Buffer.from(read.events[0]!.event.body).toString('utf8');

describe('the CloudEvents conformance files', () => {
  const { tests } = JSON.parse(fixture('conformance-json-valid-events.json')) as {
    tests: { id: string; event: Record<string, unknown> }[];
  };
  it.each(tests.map((test) => [test.id, test.event] as const))('structured: %s', (_id, event) => {
    const read = structured(event);
    expect(read.rejected).toEqual([]);
    const { data: _data, ...attributes } = event;
    const present = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
    expect(read.events[0]!.event.attributes).toEqual(present);
  });

  const batches = (
    JSON.parse(fixture('conformance-json-valid-batches.json')) as { tests: { id: string; batch: unknown[] }[] }
  ).tests;
  it.each(batches.map((test) => [test.id, test.batch] as const))('batched: %s', (_id, batch) => {
    const read = readEvents(BATCHED, bytes(JSON.stringify(batch, null, 2)));
    expect([read.mode, read.events.length, read.rejected]).toEqual(['batched', batch.length, []]);
  });

  it('the HTTP binding in both modes gives equal events', () => {
    const requests = [...fixture('http-binding-binary-and-structured.feature.txt').matchAll(/POST[\s\S]*?"""/g)].map(
      ([raw]) => httpRequest(raw),
    );
    expect(requests).toHaveLength(2);
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      const read = readEvents({ ...requests[0]!.headers, 'content-type': type }, requests[0]!.body);
      expect(read.mode).toBe('binary');
      expect(read.events[0]!.event.attributes).toEqual({
        id: '1234-1234-1234',
        specversion: '1.0',
        type: 'com.example.someevent',
        source: '/mycontext/subcontext',
        time: '2018-04-05T03:56:24Z',
        datacontenttype: type,
      });
      expect(JSON.parse(bodyOf(read))).toEqual({ message: 'Hello World!' });
    }
    for (const type of ['application/cloudevents+json', 'application/cloudevents+json; charset=utf-8']) {
      const read = readEvents({ 'content-type': type }, requests[1]!.body);
      expect(read.mode).toBe('structured');
      expect(read.events[0]!.event).toMatchObject({
        id: '1234-1234-1234',
        dataContentType: 'application/json',
        time: '2018-04-05T03:56:24Z',
      });
      expect(JSON.parse(bodyOf(read))).toEqual({ message: 'Hello World!' });
    }
  });

  it('the origin traceparent is the extension, not the header of the hop', () => {
    const { headers, body } = httpRequest(fixture('http-binary-mode-request.txt'));
    const [first] = readEvents(headers, body).events;
    expect(first!.event.attributes['traceparent']).toBe('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
    expect(structured(JSON.parse(fixture('structured-with-traceparent.json'))).events[0]!.event.id).toBe(
      first!.event.id,
    );
  });
});

describe('the data of an event', () => {
  it('is stored as it was sent, digit by digit', () => {
    const text = `{ "id":"1", "data" : {"amount": 1.10, "n":12345678901234567890, "s":"}\\"{" } ,"specversion":"1.0","source":"/erp","type":"t"}`;
    expect(bodyOf(readEvents(STRUCTURED, bytes(text)))).toBe(
      '{"amount": 1.10, "n":12345678901234567890, "s":"}\\"{" }',
    );
    const second = readEvents(BATCHED, bytes(` [${JSON.stringify(MINIMAL)} , ${text}]`)).events[1]!.event;
    expect(Buffer.from(second.body).toString()).toContain('1.10');
  });

  it.each<[string, Record<string, unknown>, string, string | undefined]>([
    ['JSON without a content type', { data: [1] }, '[1]', 'application/json'],
    ['an explicit null', { data: null }, 'null', 'application/json'],
    ['a JSON text that is not parsed again', { data: '{}' }, '"{}"', 'application/json'],
    ['text', { datacontenttype: 'text/plain', data: 'Grüße' }, 'Grüße', 'text/plain'],
    ['a +json type', { datacontenttype: 'application/vnd.x+json', data: 1 }, '1', 'application/vnd.x+json'],
    ['binary of an unknown type', { data_base64: 'TWE=' }, 'Ma', undefined],
  ])('%s', (_name, part, body, contentType) => {
    const read = structured({ ...MINIMAL, ...part });
    expect(bodyOf(read)).toBe(body);
    expect(read.events[0]!.event).toMatchObject({ hasData: true });
    expect(read.events[0]!.event.dataContentType).toBe(contentType);
  });
});

describe('what is no CloudEvent is refused with the attribute and the reason', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no id', { id: undefined }, /^id is missing/],
    ['null source', { source: null }, /^source is missing/],
    ['empty type', { type: '' }, /^type must not be empty/],
    ['a numeric id', { id: 5 }, /^id must be text/],
    ['version 0.3', { specversion: '0.3' }, /^specversion must be "1.0", got "0.3"/],
    ['a source with a space', { source: 'my erp' }, /^source must be a URI reference/],
    ['a time without zone', { time: '2026-09-30T15:00:00' }, /^time .*no time zone/],
    ['a day that does not exist', { time: '2026-02-30T15:00:00Z' }, /^time .*does not exist/],
    ['a relative schema', { dataschema: '/schema' }, /^dataschema must be an absolute URI/],
    ['a wrong media type', { datacontenttype: 'json' }, /^datacontenttype must be a media type/],
    ['an empty subject', { subject: '' }, /^subject must not be empty/],
    ['a name in capitals', { myExtension: 'x' }, /^attribute name "myExtension"/],
    ['an object as extension', { trace: { a: 1 } }, /^trace must be text/],
    ['a fraction as extension', { count: 1.5 }, /^count must be text, true or false, or a 32-bit integer/],
    ['a control character', { subject: 'a\u0007' }, /^subject holds a character/],
    ['both kinds of data', { data: 1, data_base64: 'TWE=' }, /exclude each other/],
    ['broken base64', { data_base64: '*' }, /^data_base64 must be base64/],
    ['an object as text/plain', { datacontenttype: 'text/plain', data: {} }, /^data must be text/],
    ['an endless id', { id: 'x'.repeat(9000) }, /^id is longer than/],
    ['an endless type', { type: 'é'.repeat(1025) }, /^type is longer than 2048 bytes/],
    ['an endless source', { source: `/${'x'.repeat(2048)}` }, /^source is longer than 2048 bytes/],
  ])('structured: %s', (_name, change, reason) => {
    const read = structured({ ...MINIMAL, ...change });
    expect(read.events).toEqual([]);
    expect(read.rejected).toMatchObject([{ index: 0, reason: expect.stringMatching(reason) }]);
  });

  it('an attribute that appears twice', () => {
    const read = readEvents(STRUCTURED, bytes('{"specversion":"1.0","id":"1","id":"2","source":"/e","type":"t"}'));
    expect(read.rejected[0]!.reason).toBe('id appears more than once');
  });

  it.each<[string, HttpHeaders, RegExp]>([
    ['no ce-type', { 'ce-type': undefined }, /^type must not be empty|^type is missing/],
    ['ce-datacontenttype', { 'ce-datacontenttype': 'text/plain' }, /^ce-datacontenttype must not be sent/],
    ['an overlong encoding', { 'ce-subject': '%C0%A0' }, /^subject does not decode to UTF-8/],
    ['bytes that are no UTF-8', { 'ce-subject': '%FF' }, /^subject does not decode to UTF-8/],
    ['half a character', { 'ce-subject': '%E2%82' }, /^subject does not decode to UTF-8/],
    ['a surrogate', { 'ce-subject': '%ED%A0%80' }, /^subject does not decode to UTF-8/],
    ['a header sent twice', { 'ce-subject': ['a', 'b'] }, /^subject was sent more than once/],
    ['a dashed name', { 'ce-my-ext': 'a' }, /^attribute name "my-ext"/],
  ])('binary: %s', (_name, change, reason) => {
    const read = readEvents({ ...BINARY, ...change }, bytes('{}'));
    expect(read.rejected).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });

  it('in a batch each is judged alone', () => {
    const read = readEvents(
      BATCHED,
      bytes(JSON.stringify([MINIMAL, { ...MINIMAL, id: '' }, 5, { ...MINIMAL, id: '3' }])),
    );
    expect(read.events.map(({ index, event }) => [index, event.id])).toEqual([
      [0, '1'],
      [3, '3'],
    ]);
    expect(read.rejected).toEqual([
      { index: 1, id: '', source: '/erp', reason: 'id must not be empty' },
      { index: 2, id: null, source: null, reason: 'an event must be a JSON object' },
    ]);
  });

  it.each<[string, HttpHeaders, string, new () => Error]>([
    ['no JSON', STRUCTURED, '{', MalformedEvents],
    ['not UTF-8', STRUCTURED, '\udc00', MalformedEvents],
    ['a batch that is an object', BATCHED, '{}', MalformedEvents],
    ['an XML event', { 'content-type': 'application/cloudevents+xml' }, '<e/>', UnsupportedEventMediaType],
    ['an avro batch', { 'content-type': 'application/cloudevents-batch+avro' }, '', UnsupportedEventMediaType],
    [
      'another charset',
      { 'content-type': 'application/cloudevents+json; charset=latin1' },
      '{}',
      UnsupportedEventMediaType,
    ],
    ['plain JSON without ce headers', { 'content-type': 'application/json' }, '{}', UnsupportedEventMediaType],
    ['nothing at all', {}, '', UnsupportedEventMediaType],
  ])('as a whole: %s', (name, headers, text, kind) => {
    const body = name === 'not UTF-8' ? Uint8Array.of(0x7b, 0xff, 0x7d) : bytes(text);
    expect(() => readEvents(headers, body)).toThrow(kind);
  });
});

describe('header values', () => {
  it.each([
    ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['"quoted \\"text\\""', 'quoted "text"'],
    ['%2520', '%20'],
    ['%e2%82%ac', '€'],
    ['plain', 'plain'],
  ])('%s', (header, value) => {
    const read = readEvents({ ...BINARY, 'ce-subject': header }, bytes('{}'));
    expect([read.events[0]!.event.subject, read.warnings]).toEqual([value, []]);
  });

  it.each([
    ['100%', '100%'],
    ['50%zz', '50%zz'],
    ['%', '%'],
    ['%4', '%4'],
    ['5% of%20%E2%82%AC', '5% of €'],
    ['%%41', '%A'],
  ])('a "%%" that begins no encoded byte is kept: %s', (header, value) => {
    const read = readEvents({ ...BINARY, 'ce-subject': header }, bytes('{}'));
    expect([read.events[0]!.event.subject, read.warnings]).toEqual([
      value,
      [{ index: 0, reason: 'subject holds a "%" that is not encoded as %25' }],
    ]);
  });
});

describe('header values that are URIs', () => {
  it.each([
    ['/plain', '/plain'],
    ['/conforming%2520sender', '/conforming%20sender'],
    ['/also%3Fneedlessly', '/also?needlessly'],
    ['"/quoted"', '/quoted'],
  ])('are decoded where that leaves a URI: %s', (header, source) => {
    const read = readEvents({ ...BINARY, 'ce-source': header }, bytes('{}'));
    expect([read.events[0]?.event.source, read.warnings]).toEqual([source, []]);
  });

  it.each([
    ['source', '/erp/Company%20A'],
    ['source', '/erp/gr%C3%BCn'],
    ['source', '/erp/gr%FCn'],
    ['source', '/100%25'],
    ['dataschema', 'https://erp.example/gr%C3%B6%C3%9Fe'],
  ])('are kept as they are where decoding leaves none: %s %s', (name, uri) => {
    const read = readEvents({ ...BINARY, [`ce-${name}`]: uri }, bytes('{}'));
    expect([read.rejected, read.events[0]?.event.attributes[name]]).toEqual([[], uri]);
    expect(read.warnings).toEqual([{ index: 0, reason: `${name} holds a "%" that is not encoded as %25` }]);
  });

  it.each<[string, string, RegExp]>([
    ['source', '/a b%20c', /^source must be a URI reference/],
    ['dataschema', '/relative%20path', /^dataschema must be an absolute URI/],
    ['dataschema', '/%FF', /^dataschema does not decode to UTF-8/],
  ])('are refused where neither is one: %s %s', (name, value, reason) => {
    const read = readEvents({ ...BINARY, [`ce-${name}`]: value }, bytes('{}'));
    expect(read.rejected).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });
});

describe('the CloudEvents SDK as oracle', () => {
  const safeText = fc
    .string({ unit: 'grapheme-composite', minLength: 1, maxLength: 20 })
    .filter((text) => !/[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/u.test(text));
  const event = fc.record({
    id: fc.uuid(),
    // The SDK does not percent-encode header values, as the binding demands: a "%" may be decoded away.
    source: fc.webPath().filter((path) => path !== '' && !path.includes('%')),
    type: fc.constantFrom('finance.invoice.posted', 'finance.payment.received'),
    time: fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    data: fc.record({ text: safeText, number: fc.integer() }),
    count: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  });

  it('structured and binary requests that it writes are read as it was told', () => {
    fc.assert(
      fc.property(event, (given) => {
        const sdk = new SdkEvent({ ...given, datacontenttype: 'application/json' });
        for (const message of [HTTP.structured(sdk), HTTP.binary(sdk)]) {
          const headers = Object.fromEntries(
            Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
          );
          const read = readEvents(headers, bytes(String(message.body)));
          expect(read.rejected).toEqual([]);
          const { id, source, type, time, data } = given;
          expect(read.events[0]!.event).toMatchObject({
            id,
            source,
            type,
            time,
            dataContentType: expect.stringContaining('application/json'),
          });
          expect(JSON.parse(bodyOf(read))).toEqual(data);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('events that this reader takes in structured mode are taken by it too', () => {
    fc.assert(
      fc.property(event, (given) => {
        const text = JSON.stringify({ specversion: '1.0', datacontenttype: 'application/json', ...given });
        const sdk = HTTP.toEvent({ headers: STRUCTURED, body: text }) as SdkEvent<unknown>;
        const own = readEvents(STRUCTURED, bytes(text)).events[0]!.event;
        expect([sdk.id, sdk.source, sdk.type, sdk.data]).toEqual([
          own.id,
          own.source,
          own.type,
          JSON.parse(Buffer.from(own.body).toString()),
        ]);
      }),
      { numRuns: 50 },
    );
  });
});

function httpRequest(raw: string): { headers: HttpHeaders; body: Uint8Array } {
  const lines = raw
    .replace(/"""$/, '')
    .split('\n')
    .map((line) => line.trim());
  const blank = lines.indexOf('');
  const headers = lines.slice(1, blank).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: Object.fromEntries(headers), body: bytes(lines.slice(blank + 1).join('\n')) };
}

import { describe, expect, it } from '@jest/globals';
import type { StoredSignal } from '../mapping/stored-signal.js';
import { compilePack } from './compiled-pack.js';
import { identifyRecords } from './identify-records.js';
import { readPack } from './read-pack.js';
import { runPack } from './run-pack.js';

const REFERENCE = {
  kind: 'webhook',
  receivedOn: '2026-09-30',
  signalId: '00000000-0000-8000-8000-000000000001',
} as const;

const PACK = `
name: shop
version: 3
title: Shop
sourceKinds: [shop]
records: [/batch/items, /*/order]
identity: id
type: $string(event)
occurredAt: $instant(at)
definitions:
  order: |
    { "type": "sales-order", "keys": [{ "kind": "order-number", "value": number }] }
rules:
  - { name: pings, types: ['ping*', heartbeat], ignore: no finance }
  - name: many
    types: [many]
    activities: |
      [1..1001].{ "type": "sales-order.changed", "objects": $$.$order }
  - { name: fails-to-ask, types: [bad-question], when: '1 + "a" = 2', activities: $order }
  - { name: fails, types: [bad], activities: '{ "type": "a.b", "objects": 1 + "a" }' }
  - { name: nothing, types: [nothing], activities: nothing }
  - { name: wrong, types: [wrong], activities: '[{ "type": "sales-order.changed", "objects": $order }, { "type": "Wrong" }]' }
  - { name: picky, types: [picky], when: number = 'never', activities: $order }
  - name: large
    when: |
      total > 1000
    activities: |
      { "type": "sales-order.accepted", "objects": $order, "runKey": run, "traceparent": trace, "requeueId": requeue }
  - name: other
    types: [order]
    activities: |
      { "type": "sales-order.changed", "objects": $order, "system": 'other', "occurredAt": $signal.receivedAt }
`;

const compiled = compilePack(readPack(PACK, 'shop.yaml'));

const signal = (record: object | string, change: Partial<StoredSignal> = {}): StoredSignal => ({
  kind: 'webhook',
  scopedKey: 'wh:shop-de:1',
  sourceSystem: 'shop-de',
  sourceKind: 'shop',
  type: 'order',
  source: 'shop-de',
  externalId: '1',
  occurredAt: '2026-09-30T10:00:00.000Z',
  receivedAt: '2026-09-30T10:00:05.000Z',
  attributes: {},
  contentType: 'application/json',
  body: Buffer.from(typeof record === 'string' ? record : JSON.stringify(record)),
  ...change,
});

describe('mapping a signal by a pack', () => {
  it('takes the first rule whose types and condition fit', async () => {
    expect(await runPack(compiled, signal({ number: '7', total: 2000 }), REFERENCE)).toMatchObject({
      outcome: 'mapped',
      mapping: { name: 'shop', version: 3, rule: 'large' },
      activities: [{ type: 'sales-order.accepted', system: 'shop-de', runKey: 'wh:shop-de:1' }],
    });
    expect(await runPack(compiled, signal({ number: '7', total: 5 }), REFERENCE)).toMatchObject({
      mapping: { rule: 'other' },
      activities: [{ system: 'other', occurredAt: '2026-09-30T10:00:05.000Z' }],
    });
  });

  it('scopes the run to its system, and keeps trace and requeue', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const requeue = '6BA7B810-9DAD-11D1-80B4-00C04FD430C8';
    expect(
      await runPack(compiled, signal({ number: 7, total: 2000, run: 'r1', trace, requeue }), REFERENCE),
    ).toMatchObject({
      activities: [
        {
          runKey: 'run:shop-de:r1',
          traceId: '0af7651916cd43dd8448eb211c80319c',
          spanId: 'b7ad6b7169203331',
          requeueId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
        },
      ],
    });
  });

  it('is quiet about what a rule ignores, and says which', async () => {
    expect(await runPack(compiled, signal({}, { type: 'PING.all' }), REFERENCE)).toEqual({
      outcome: 'ignored',
      reason: 'no finance',
      mapping: { name: 'shop', version: 3, rule: 'pings' },
    });
  });

  it.each<[string, Partial<StoredSignal>, string, string, RegExp]>([
    ['no rule', { type: 'unheard-of' }, 'no-rule', '', /no rule of shop version 3 takes "unheard-of"/],
    ['a condition that throws', { type: 'bad-question' }, 'invalid-output', '', /when of rule fails-to-ask/],
    ['a rule that throws', { type: 'bad' }, 'invalid-output', 'fails', /number/],
    ['a rule that makes nothing', { type: 'nothing' }, 'invalid-output', 'nothing', /made no activity/],
    ['a rule that makes something else', { type: 'wrong' }, 'invalid-output', 'wrong', /"Wrong" is not/],
    ['a rule that makes too much', { type: 'many' }, 'invalid-output', 'many', /1001 activities, at most 1000/],
    ['broken JSON', { body: Buffer.from('{') }, 'unreadable', '', /is no JSON/],
  ])('keeps the reason of %s', async (_name, change, code, rule, reason) => {
    expect(await runPack(compiled, signal({ number: 7 }, change), REFERENCE)).toMatchObject({
      outcome: 'unmapped',
      unmapped: { code, mapping: { rule }, reason: expect.stringMatching(reason) },
    });
  });

  it('names the place that says what no rule takes, and the rules that nearly took it', async () => {
    expect(await runPack(compiled, signal({ event: 'unheard-of' }, { type: 'unheard-of' }), REFERENCE)).toMatchObject({
      unmapped: { code: 'no-rule', place: '/event' },
    });
    const asEvent = signal({}, { kind: 'cloud-event', type: 'unheard-of' });
    expect(await runPack(compiled, asEvent, REFERENCE)).toMatchObject({
      unmapped: { code: 'no-rule', place: '/type' },
    });
    expect(await runPack(compiled, signal({}, { type: 'picky' }), REFERENCE)).toMatchObject({
      unmapped: { reason: expect.stringContaining('the type is that of picky, whose condition is not met') },
    });
  });

  it('names the place in what the rule made', async () => {
    expect(await runPack(compiled, signal({ number: 7 }, { type: 'wrong' }), REFERENCE)).toMatchObject({
      unmapped: { place: '/1/type' },
    });
  });
});

describe('the system of an event whose sender nobody has configured', () => {
  it('is the source that the event gives itself', async () => {
    const unclaimed = { kind: 'cloud-event', sourceSystem: '', sourceKind: '', source: '/procurement/eu' } as const;
    expect(await runPack(compiled, signal({ number: '7', total: 2000 }, unclaimed), REFERENCE)).toMatchObject({
      outcome: 'mapped',
      activities: [{ system: '/procurement/eu', objects: [{ aliases: [{ system: '/procurement/eu', value: '7' }] }] }],
    });
  });
});

describe('cutting a request into records', () => {
  const identify = (body: string, attributes = {}) =>
    identifyRecords(compiled, { body: Buffer.from(body), source: { name: 'shop-de', kind: 'shop' }, attributes });

  it('takes a single record as it came', async () => {
    const body = '{ "id": 12345678901234567890, "event": "order", "at": 1714641164 }';
    expect(await identify(body)).toEqual([
      {
        identity: '12345678901234567890',
        type: 'order',
        occurredAt: '2024-05-02T09:12:44.000Z',
        body: Buffer.from(body),
        contentType: 'application/json',
      },
    ]);
  });

  it('cuts lists, of several forms', async () => {
    const [first, second] = await identify('{"batch":{"items":[{"id":"a","event":"ping"},{"id":7,"event":"order"}]}}');
    expect([first!.identity, second!.identity, second!.type]).toEqual(['a', '7', 'order']);
    expect(Buffer.from(second!.body).toString()).toBe('{"id":7,"event":"order"}');
    expect((await identify('[{"id":"a"},{"id":"b"}]')).map(({ identity }) => identity)).toEqual(['a', 'b']);
    const xml = await identify('<anything><order><id>1</id></order><order><id>2</id></order></anything>');
    expect(xml.map(({ identity, contentType }) => [identity, contentType])).toEqual([
      ['1', 'application/json'],
      ['2', 'application/json'],
    ]);
  });

  it('keeps the frame of an only record, and maps it all the same', async () => {
    const [only] = await identify(
      '<anything><order><id>1</id><event>order</event><number>9</number></order></anything>',
    );
    expect(only).toMatchObject({ identity: '1', type: 'order', contentType: 'application/xml' });
    const stored = signal('', { body: only!.body, contentType: only!.contentType });
    expect(await runPack(compiled, stored, REFERENCE)).toMatchObject({
      activities: [{ objects: [{ aliases: [{ value: '9' }] }] }],
    });
  });

  it('identifies by the bytes what has no identity, or one that is too long', async () => {
    const [one] = await identify('{"event":"order"}');
    const [same] = await identify('{"event":"order"}');
    const [other] = await identify('{"event":"order" }');
    expect(one!.identity).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(same!.identity).toBe(one!.identity);
    expect(other!.identity).not.toBe(one!.identity);
    expect((await identify(JSON.stringify({ id: 'x'.repeat(2_000) })))[0]!.identity).toMatch(/^sha256:/);
  });

  it('loses no record to a pack that fails', async () => {
    const broken = compilePack(readPack(PACK.replace('identity: id', `identity: '1 + "a"'`), 'broken.yaml'));
    const [record] = await identifyRecords(broken, {
      body: Buffer.from('{"event":"order"}'),
      source: { name: 'shop-de', kind: 'shop' },
      attributes: {},
    });
    expect(record).toMatchObject({ identity: expect.stringMatching(/^sha256:/), type: 'order', occurredAt: null });
  });

  it('is an empty list of an empty list', async () => {
    expect(await identify('[]')).toEqual([]);
  });
});

describe('a frame round the record', () => {
  it('is taken off before anything is read of it', async () => {
    const framed = compilePack(
      readPack(PACK.replace('identity: id', 'record: "frame ? frame : $"\nidentity: id'), 'f.yaml'),
    );
    const body = Buffer.from('{"frame":{"id":"5","event":"order","number":"9","at":1714641164}}');
    const [record] = await identifyRecords(framed, { body, source: { name: 'shop-de', kind: 'shop' }, attributes: {} });
    expect(record).toMatchObject({ identity: '5', type: 'order', occurredAt: '2024-05-02T09:12:44.000Z', body });
    expect(await runPack(framed, signal('', { body }), REFERENCE)).toMatchObject({
      activities: [{ objects: [{ aliases: [{ value: '9' }] }] }],
    });
  });
});

describe('reading a pack', () => {
  it.each<[string, [string, string], RegExp]>([
    ['a member that there is not', ['title: Shop', 'titel: Shop'], /titel/],
    ['a name with capitals', ['name: shop', 'name: Shop'], /words in lower case/],
    ['a rule twice', ['name: nothing', 'name: wrong'], /the name wrong is used twice/],
    ['a rule that makes and ignores', ['ignore: no finance', 'ignore: no finance, activities: a'], /rules\.0/],
    ['a definition that is no name', ['  order: |', '  my-order: |'], /must be a name/],
    ['no YAML', ['name: shop', 'name: [shop'], /./],
  ])('refuses %s', (_name, [from, to], reason) => {
    expect(() => readPack(PACK.replace(from, to), 'shop.yaml')).toThrow(reason);
  });

  it.each<[string, [string, string], RegExp]>([
    ['an expression', ['identity: id', 'identity: "id ("'], /shop version 3: identity: .*at character/],
    ['a definition', ['"value": number', '"value": $match(number, /x/)'], /definitions\.order: regular expressions/],
    ['a rule', ['total > 1000', 'total >'], /rules\.large\.when/],
  ])('names the place of what cannot be compiled: %s', (_name, [from, to], reason) => {
    expect(() => compilePack(readPack(PACK.replace(from, to), 'shop.yaml'))).toThrow(reason);
  });
});

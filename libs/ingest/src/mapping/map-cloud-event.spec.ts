import { describe, expect, it } from '@jest/globals';
import { activityId } from '@throughline/canonical';
import fc from 'fast-check';
import { mapCloudEvent } from './map-cloud-event.js';
import { eventScopedKey } from './scoped-key.js';
import type { StoredSignal } from './stored-signal.js';

const REFERENCE = {
  kind: 'cloud-event',
  receivedOn: '2026-09-30',
  signalId: '00000000-0000-8000-8000-000000000001',
} as const;
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const REJECTED = {
  system: 'sap-integration',
  integration: 'salesforce-contract-to-order',
  outcome: 'failure',
  objects: [
    {
      type: 'sales-order',
      keys: [{ system: 'salesforce', kind: 'order-number', value: '00000101' }],
      legalEntity: 'DE01',
      counterparty: 'Nordwind GmbH',
      amount: { amount: '1234.50', currency: 'EUR' },
      direction: 'inflow',
    },
    {
      type: 'contract',
      qualifier: 'upstream',
      keys: [{ system: 'salesforce', kind: 'contract-number', value: 'C-1' }],
    },
  ],
  links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
  problem: {
    code: 'mapping-and-master-data.missing-legal-entity-mapping',
    discriminators: { sellingUnit: 'DE01-BREMEN' },
    message: 'No legal entity',
    field: '/sellingUnit',
    payload: { id: '00000101', iban: 'DE89370400440532013000' },
    payloadVersion: 1,
  },
};

function event(
  change: Partial<StoredSignal> & { data?: unknown; extensions?: Record<string, string> } = {},
): StoredSignal {
  const { data = REJECTED, extensions = {}, ...rest } = change;
  const identity = { id: 'evt-1', source: '/integration', type: 'finance.sales-order.rejected' };
  return {
    kind: 'cloud-event',
    sourceSystem: '',
    sourceKind: '',
    occurredAt: null,
    scopedKey: eventScopedKey(null, identity),
    type: identity.type,
    source: identity.source,
    externalId: identity.id,
    attributes: {
      specversion: '1.0',
      ...identity,
      time: '2026-09-30T17:00:00.5+02:00',
      dataschema: 'urn:throughline:finance-event:1',
      ...extensions,
    },
    contentType: 'application/json',
    body: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)),
    ...rest,
  };
}

function mapped(stored: StoredSignal) {
  const result = mapCloudEvent(stored, REFERENCE);
  if (result.outcome !== 'mapped') throw new Error(JSON.stringify(result));
  return result.activities[0]!;
}

describe('a finance event', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['says when its record was made', { recordedtime: '2026-10-02T10:00:00+02:00' }, '2026-10-02T08:00:00.000Z'],
    ['of no instant says nothing of it', { recordedtime: 'yesterday' }, undefined],
    ['without it as well', {}, undefined],
  ])('%s', (_name, extensions, recordedAt) => {
    expect(mapped(event({ extensions })).recordedAt).toBe(recordedAt);
  });

  it('is one activity, with the trace that it originated in as its run', () => {
    expect(mapped(event({ extensions: { traceparent: TRACEPARENT } }))).toEqual({
      activityId: activityId('ce:-:/integration:evt-1', 0),
      type: 'sales-order.rejected',
      occurredAt: '2026-09-30T15:00:00.500Z',
      outcome: 'failure',
      system: 'sap-integration',
      integration: 'salesforce-contract-to-order',
      objects: [
        {
          type: 'sales-order',
          qualifier: 'subject',
          aliases: [{ system: 'salesforce', kind: 'order-number', scope: '', value: '00000101' }],
          legalEntity: 'DE01',
          counterparty: 'Nordwind GmbH',
          amount: { amount: '1234.50', currency: 'EUR' },
          direction: 'inflow',
        },
        {
          type: 'contract',
          qualifier: 'upstream',
          aliases: [{ system: 'salesforce', kind: 'contract-number', scope: '', value: 'C-1' }],
        },
      ],
      links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
      problem: {
        taxonomy: 'mapping-and-master-data.missing-legal-entity-mapping',
        discriminators: { sellingUnit: 'DE01-BREMEN' },
        message: 'No legal entity',
        field: '/sellingUnit',
        payload: { id: '00000101', iban: 'DE89370400440532013000' },
        payloadVersion: 1,
      },
      runKey: '0af7651916cd43dd8448eb211c80319c',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      signal: REFERENCE,
      mapping: { name: 'finance-event', version: 3, rule: 'finance-event' },
    });
  });

  it.each<[string, Record<string, string>, object]>([
    ['without a trace it is a run of its own', {}, { runKey: 'ce:-:/integration:evt-1' }],
    ['a traceparent that is none counts as none', { traceparent: '00-0-0-01' }, { runKey: 'ce:-:/integration:evt-1' }],
    [
      'the requeue that caused it',
      { throughlinerequeueid: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
      { requeueId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
    ],
  ])('%s', (_name, extensions, expected) => {
    expect(mapped(event({ extensions }))).toMatchObject(expected);
  });

  it('names the system of the event where a key names none, and takes all keys of an object as one', () => {
    const keys = [
      { kind: 'order-number', value: '101' },
      { system: 'sap-s4hana', kind: 'sales-order', scope: '0010', value: '4501' },
    ];
    const { objects, outcome } = mapped(
      event({ data: { system: 'salesforce', objects: [{ type: 'sales-order', keys }] } }),
    );
    expect(outcome).toBe('success');
    expect(objects[0]!.aliases).toEqual([
      { system: 'salesforce', kind: 'order-number', scope: '', value: '101' },
      { system: 'sap-s4hana', kind: 'sales-order', scope: '0010', value: '4501' },
    ]);
  });

  it('keeps the digits of a payload that a number would lose', () => {
    const data = JSON.stringify(REJECTED).replace('"00000101","iban"', '12345678901234567890,"iban"');
    expect(mapped(event({ data })).problem!.payload).toMatchObject({ id: '12345678901234567890' });
  });

  it('is the same activity whenever and however often it is mapped', () => {
    expect(mapped(event())).toEqual(mapped(event()));
  });
});

describe('an event that cannot be mapped says why', () => {
  it.each<[string, StoredSignal, RegExp]>([
    ['another type', event({ type: 'com.example.hello' }), /no mapping takes the event type "com.example.hello"/],
    ['another schema', event({ extensions: { dataschema: 'urn:x:2' } }), /dataschema "urn:x:2" is not urn:throughline/],
    ['no time', event({ attributes: { specversion: '1.0' } }), /time is missing/],
    ['text', event({ contentType: 'text/plain' }), /expected application\/json/],
    ['nothing', event({ body: new Uint8Array(0) }), /no data/],
    ['broken JSON', event({ data: '{' }), /not JSON/],
    ['no objects', event({ data: { system: 'erp', objects: [] } }), /\/objects: names no business object/],
    [
      'a number as amount',
      event({
        data: {
          system: 'erp',
          objects: [{ type: 'invoice', keys: [{ kind: 'n', value: '7' }], amount: { amount: 12, currency: 'EUR' } }],
        },
      }),
      /\/objects\/0\/amount/,
    ],
    ['a failure without its problem', event({ data: { ...REJECTED, problem: undefined } }), /\/problem: is required/],
    [
      'many faults',
      event({ data: { system: '', integration: 5, outcome: 'maybe', objects: [1, 2, 3, 4] } }),
      /and \d+ more$/,
    ],
  ])('%s', (_name, stored, reason) => {
    expect(mapCloudEvent(stored, REFERENCE)).toMatchObject({
      outcome: 'unmapped',
      unmapped: { reason: expect.stringMatching(reason) },
    });
  });
});

describe('the scoped key', () => {
  it('keeps two senders apart that use the same source and id', () => {
    const identity = { source: '/erp', id: '1' };
    expect(eventScopedKey('sap-de', identity)).toBe('ce:sap-de:/erp:1');
    expect(eventScopedKey(null, identity)).toBe('ce:-:/erp:1');
  });

  it('is equal for equal identities only', () => {
    const part = fc.string({ unit: fc.constantFrom('a', ':', '%', '-', '3', 'A'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.tuple(fc.option(part), part, part), fc.tuple(fc.option(part), part, part), (left, right) => {
        fc.pre(left[0] !== '-' && right[0] !== '-');
        const key = ([bound, source, id]: [string | null, string, string]) => eventScopedKey(bound, { source, id });
        expect(key(left) === key(right)).toBe(left.every((value, position) => value === right[position]));
      }),
      { numRuns: 2000 },
    );
  });
});

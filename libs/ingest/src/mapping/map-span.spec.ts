import { describe, expect, it } from '@jest/globals';
import { type Activity, activityId } from '@throughline/canonical';
import type { Attributes, SpanRecord } from '../otlp/span-record.js';
import { activitiesOf } from './map-signal.js';
import { mapSpan, mayBecomeActivity } from './map-span.js';

const REFERENCE = { kind: 'span', receivedOn: '2026-09-30', signalId: '00000000-0000-8000-8000-000000000001' } as const;
const FINANCE: Attributes = {
  'finance.object.type': 'sales-order',
  'finance.object.key.system': 'salesforce',
  'finance.object.key.kind': 'order-number',
  'finance.object.key.value': ' 00000101 ',
  'finance.integration.name': 'salesforce-contract-to-order',
  'finance.legal_entity': 'DE01',
  'finance.counterparty': 'Nordwind GmbH',
  'finance.amount': '1234.50',
  'finance.currency': 'EUR',
  'finance.direction': 'inflow',
};

function span(change: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: null,
    name: 'sync order',
    kind: 5,
    startUnixNano: '1790780400000500123',
    endUnixNano: '1790780401999999999',
    statusCode: 0,
    statusMessage: '',
    traceState: '',
    flags: 0,
    resource: { attributes: { 'finance.source_system': 'sap-integration' }, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    attributes: FINANCE,
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    serviceName: 'integration-runtime',
    isClockSuspect: false,
    ...change,
  };
}

const withAttributes = (change: Attributes): SpanRecord => span({ attributes: { ...FINANCE, ...change } });

const mapped = (record: SpanRecord): Activity[] => activitiesOf(mapSpan(record, REFERENCE));

describe('a span of a run that succeeded', () => {
  it('is one activity of its object', () => {
    expect(mapped(withAttributes({ 'finance.activity.type': 'sales-order.accepted' }))).toEqual([
      {
        activityId: activityId('span:0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331', 0),
        type: 'sales-order.accepted',
        occurredAt: '2026-09-30T15:00:01.999Z',
        outcome: 'success',
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
        ],
        links: [],
        runKey: '0af7651916cd43dd8448eb211c80319c',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        signal: REFERENCE,
        mapping: { name: 'otel-finance', version: 2, rule: 'span' },
      },
    ]);
  });

  it.each<[string, Attributes, object]>([
    ['without an activity type it is a completed run', {}, { type: 'integration.run-completed' }],
    [
      'with a type that is none as well',
      { 'finance.activity.type': 'Accepted!' },
      { type: 'integration.run-completed' },
    ],
    ['the span names another source system', { 'finance.source_system': 'kyriba' }, { system: 'kyriba' }],
    [
      'a requeue id in capitals',
      { 'throughline.requeue.id': '6BA7B810-9DAD-11D1-80B4-00C04FD430C8' },
      { requeueId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
    ],
  ])('%s', (_name, change, expected) => {
    expect(mapped(withAttributes(change))).toMatchObject([expected]);
  });

  it.each<[string, Attributes]>([
    ['a binary float', { 'finance.amount': 1234.5 }],
    ['no currency', { 'finance.currency': null }],
    ['a negative amount', { 'finance.amount': '-1' }],
  ])('leaves out an amount that is none: %s', (_name, change) => {
    expect(mapped(withAttributes(change))[0]!.objects[0]).not.toHaveProperty('amount');
  });

  it('leaves out a requeue id that is no uuid, and a direction that is none', () => {
    const [activity] = mapped(withAttributes({ 'throughline.requeue.id': 'r-1', 'finance.direction': 'up' }));
    expect(activity).not.toHaveProperty('requeueId');
    expect(activity!.objects[0]).not.toHaveProperty('direction');
  });
});

describe('a span of a run that failed', () => {
  const failed = (change: Attributes, more: Partial<SpanRecord> = {}) =>
    mapped(span({ statusCode: 2, statusMessage: 'HTTP 422', ...more, attributes: { ...FINANCE, ...change } }))[0];

  it('is a failed run with its problem', () => {
    expect(
      failed({
        'finance.activity.type': 'sales-order.accepted',
        'finance.problem.code': 'mapping-and-master-data.missing-legal-entity-mapping',
        'finance.problem.message': 'No legal entity for selling unit DE01-BREMEN',
        'finance.problem.discriminator.sellingUnit': 'DE01-BREMEN',
        'finance.problem.discriminator.attempt': 2,
      }),
    ).toMatchObject({
      type: 'integration.run-failed',
      outcome: 'failure',
      problem: {
        taxonomy: 'mapping-and-master-data.missing-legal-entity-mapping',
        discriminators: { sellingUnit: 'DE01-BREMEN', attempt: '2' },
        message: 'No legal entity for selling unit DE01-BREMEN',
      },
    });
  });

  const exception = {
    timeUnixNano: '1',
    name: 'exception',
    attributes: { 'exception.type': 'TimeoutError', 'exception.message': 'no answer' },
    droppedAttributesCount: 0,
  };
  it.each<[string, Attributes, Partial<SpanRecord>, object]>([
    [
      'no code: by what the status says, which is the message',
      {},
      {},
      { taxonomy: 'data-quality.invalid-value', discriminators: {}, message: 'HTTP 422' },
    ],
    [
      'a code outside the taxonomy is kept as a discriminator',
      { 'finance.problem.code': 'E-17' },
      { statusMessage: 'it went wrong' },
      { taxonomy: 'platform.unclassified', discriminators: { reportedCode: 'E-17' } },
    ],
    [
      'message and type of the exception event',
      {},
      { statusMessage: '', events: [exception] },
      { taxonomy: 'platform.time-out', discriminators: { errorType: 'TimeoutError' }, message: 'no answer' },
    ],
    ['no message at all', {}, { statusMessage: '' }, { message: '"sync order" failed without a message' }],
  ])('%s', (_name, change, more, problem) => {
    expect(failed(change, more)!.problem).toMatchObject(problem);
  });
});

describe('a span that failed and names its integration but no object', () => {
  const attributes = { 'finance.integration.name': 'salesforce-contract-to-order' };
  const thrown = { timeUnixNano: '1', name: 'exception', attributes: {}, droppedAttributesCount: 0 };
  const failing = (change: Partial<SpanRecord>) =>
    span({ attributes, statusCode: 2, statusMessage: 'HTTP 503', ...change });

  it('is a failure of the run, which is its trace', () => {
    expect(mapped(failing({}))).toMatchObject([
      {
        type: 'integration.run-failed',
        outcome: 'failure',
        system: 'sap-integration',
        integration: 'salesforce-contract-to-order',
        objects: [
          {
            type: 'run',
            qualifier: 'subject',
            aliases: [
              { system: 'opentelemetry', kind: 'trace-id', scope: '', value: '0af7651916cd43dd8448eb211c80319c' },
            ],
          },
        ],
        runKey: '0af7651916cd43dd8448eb211c80319c',
        problem: { taxonomy: 'platform.vendor-outage' },
      },
    ]);
  });

  it.each<[string, Partial<SpanRecord>, number]>([
    ['began the run', {}, 1],
    ['saw the error', { parentSpanId: '00f067aa0ba902b7', events: [thrown] }, 1],
    ['only passes it on', { parentSpanId: '00f067aa0ba902b7' }, 0],
    ['succeeded', { statusCode: 1 }, 0],
    ['names none', { attributes: {} }, 0],
    ['is open', { endUnixNano: '0' }, 0],
  ])('one that %s', (_name, change, activities) => {
    expect(mapped(failing(change))).toHaveLength(activities);
    expect(mayBecomeActivity(failing(change))).toBe(activities > 0);
  });
});

describe('a span that tells of nothing', () => {
  it.each<[string, SpanRecord]>([
    ['still open', span({ endUnixNano: '0' })],
    ['still open, and named unusably', span({ endUnixNano: '0', attributes: { 'finance.object.type': 'spaceship' } })],
    ['no object type', withAttributes({ 'finance.object.type': null })],
    ['no finance attributes at all', span({ attributes: {} })],
    ['a shorthand with a placeholder, which counts as absent', span({ attributes: { 'finance.invoice.id': 'N/A' } })],
  ])('%s', (_name, record) => {
    expect(mapSpan(record, REFERENCE)).toMatchObject({ outcome: 'ignored' });
  });
});

describe('a span whose long form names an object that cannot be used', () => {
  const nowhere = { serviceName: '', resource: { attributes: {}, droppedAttributesCount: 0, schemaUrl: '' } };
  it.each<[string, SpanRecord, string, string]>([
    [
      'an unknown object type',
      withAttributes({ 'finance.object.type': 'spaceship' }),
      '/attributes/finance.object.type',
      'finance.object.type "spaceship" is no object type',
    ],
    [
      'no key',
      withAttributes({ 'finance.object.key.value': '' }),
      '/attributes/finance.object.key.value',
      'finance.object.key.value "" is blank or a placeholder',
    ],
    [
      'a placeholder as key',
      withAttributes({ 'finance.object.key.value': 'NOTPROVIDED' }),
      '/attributes/finance.object.key.value',
      'finance.object.key.value "NOTPROVIDED" is blank or a placeholder',
    ],
    [
      'of a system that nobody names',
      span({
        ...nowhere,
        attributes: { 'finance.object.type': 'invoice', 'finance.object.key.value': '1' },
      }),
      '/attributes/finance.source_system',
      'finance.source_system is missing, and no service.name stands in for it',
    ],
  ])('%s: its team hears of it', (_name, record, place, reason) => {
    expect(mapSpan(record, REFERENCE)).toEqual({
      outcome: 'unmapped',
      unmapped: {
        code: 'contract-violation',
        place,
        reason,
        mapping: { name: 'otel-finance', version: 2, rule: 'span' },
      },
    });
  });

  it('and another object by its shorthand is a step of that', () => {
    expect(mapped(withAttributes({ 'finance.object.type': 'spaceship', 'finance.invoice.id': 'I1' }))).toMatchObject([
      { objects: [{ type: 'invoice' }] },
    ]);
  });
});

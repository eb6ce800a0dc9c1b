import { describe, expect, it } from '@jest/globals';
import { activityId } from '@throughline/canonical';
import type { LogRecord } from '../otlp/log-record.js';
import type { Attributes } from '../otlp/span-record.js';
import { AttributeNames } from './attribute-names.js';
import { logMapping, mapLog } from './map-log.js';
import { logScopedKey, logToBody } from './stored-log.js';
import type { StoredSignal } from './stored-signal.js';

const REFERENCE = { kind: 'log', receivedOn: '2026-09-30', signalId: '00000000-0000-8000-8000-000000000001' } as const;
const INVOICE: Attributes = { 'finance.invoice.id': '4711', 'finance.integration.name': 'sap-to-billing' };

function record(change: Partial<LogRecord> = {}): LogRecord {
  return {
    timeUnixNano: '1790780401999999999',
    observedTimeUnixNano: '1790780402000000000',
    severityNumber: 9,
    severityText: 'INFO',
    body: 'invoice posted',
    attributes: INVOICE,
    droppedAttributesCount: 0,
    flags: 1,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    eventName: '',
    resource: { attributes: { 'service.name': 'billing-sync' }, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    serviceName: 'billing-sync',
    ...change,
  };
}

function stored(one: LogRecord, change: Partial<StoredSignal> = {}): StoredSignal {
  const body = logToBody(one);
  return {
    kind: 'log',
    scopedKey: logScopedKey(body),
    sourceSystem: 'sap-de',
    sourceKind: 'sap-s4hana',
    type: 'log',
    source: one.serviceName,
    externalId: '',
    occurredAt: null,
    attributes: {},
    contentType: 'application/json',
    body: Buffer.from(body),
    ...change,
  };
}

const map = (change: Partial<LogRecord> = {}) => mapLog(stored(record(change)), REFERENCE);
const activity = (change: Partial<LogRecord>) => {
  const mapped = map(change);
  return mapped.outcome === 'mapped' ? mapped.activities[0] : undefined;
};

describe('a log record that names an object', () => {
  it('is an activity of it', () => {
    const signal = stored(record({ attributes: { ...INVOICE, 'finance.activity.type': 'invoice.posted' } }));
    expect(mapLog(signal, REFERENCE)).toEqual({
      outcome: 'mapped',
      mapping: { name: 'otel-log', version: 2, rule: 'log-record' },
      activities: [
        {
          activityId: activityId(signal.scopedKey, 0),
          type: 'invoice.posted',
          occurredAt: '2026-09-30T15:00:01.999Z',
          outcome: 'success',
          system: 'sap-de',
          integration: 'sap-to-billing',
          objects: [
            {
              type: 'invoice',
              qualifier: 'subject',
              aliases: [{ system: 'sap-de', kind: 'invoice', scope: '', value: '4711' }],
            },
          ],
          links: [],
          runKey: '0af7651916cd43dd8448eb211c80319c',
          traceId: '0af7651916cd43dd8448eb211c80319c',
          spanId: 'b7ad6b7169203331',
          signal: REFERENCE,
          mapping: { name: 'otel-log', version: 2, rule: 'log-record' },
        },
      ],
    });
  });

  it('without a trace is a run of its own, without a time happened when it was observed', () => {
    const signal = stored(record({ traceId: null, spanId: null, timeUnixNano: '0' }));
    const mapped = mapLog(signal, REFERENCE);
    expect(mapped).toMatchObject({
      activities: [{ runKey: signal.scopedKey, occurredAt: '2026-09-30T15:00:02.000Z' }],
    });
    expect(mapped.outcome === 'mapped' && mapped.activities[0]).not.toHaveProperty('traceId');
  });

  it('by the name that its team uses', () => {
    const names = new AttributeNames([
      { serviceName: 'billing-sync', attribute: 'inv', financeAttribute: 'finance.invoice.id' },
    ]);
    const mapped = logMapping(names)(stored(record({ attributes: { inv: 4711 } })), REFERENCE);
    expect(mapped).toMatchObject({ activities: [{ objects: [{ aliases: [{ value: '4711' }] }] }] });
  });
});

describe('a log record that tells a failure', () => {
  it.each<[string, Partial<LogRecord>, string, string]>([
    [
      'severity ERROR: the body is the message',
      { severityNumber: 17, body: 'HTTP 422' },
      'HTTP 422',
      'data-quality.invalid-value',
    ],
    ['severity FATAL', { severityNumber: 21, body: 'out of memory' }, 'out of memory', 'platform.unclassified'],
    [
      'an exception, whatever the severity',
      {
        attributes: { ...INVOICE, 'exception.type': 'SocketTimeoutException', 'exception.message': 'it took too long' },
      },
      'it took too long',
      'platform.time-out',
    ],
    [
      'the message that the conventions name counts first',
      {
        severityNumber: 17,
        attributes: { ...INVOICE, 'finance.problem.message': 'period closed', 'exception.message': 'x' },
      },
      'period closed',
      'business-control.posting-period-closed',
    ],
    [
      'a structured body',
      { severityNumber: 17, body: { map: { code: 'E1' } } },
      '{"map":{"code":"E1"}}',
      'platform.unclassified',
    ],
    ['no message at all', { severityNumber: 17, body: null }, 'failed without a message', 'platform.unclassified'],
  ])('%s', (_name, change, message, taxonomy) => {
    expect(activity(change)).toMatchObject({
      type: 'integration.run-failed',
      outcome: 'failure',
      problem: { taxonomy, message },
    });
  });

  it('WARN is none', () => {
    expect(activity({ severityNumber: 16 })).toMatchObject({ outcome: 'success' });
  });
});

describe('a failure that names its integration and no object', () => {
  const of = (change: Partial<LogRecord>) =>
    activity({
      attributes: { 'finance.integration.name': 'sap-to-billing' },
      severityNumber: 17,
      body: 'HTTP 503',
      ...change,
    });

  it('is about the run, which is its trace', () => {
    expect(of({})).toMatchObject({
      type: 'integration.run-failed',
      integration: 'sap-to-billing',
      objects: [
        {
          type: 'run',
          aliases: [{ system: 'opentelemetry', kind: 'trace-id', value: '0af7651916cd43dd8448eb211c80319c' }],
        },
      ],
      problem: { taxonomy: 'platform.vendor-outage' },
    });
  });

  it('is about the integration where it has no trace', () => {
    expect(of({ traceId: null, spanId: null })).toMatchObject({
      objects: [{ type: 'integration', aliases: [{ system: 'sap-de', kind: 'name', value: 'sap-to-billing' }] }],
    });
  });

  it('is ignored when it is no failure, or names none', () => {
    expect(of({ severityNumber: 9 })).toBeUndefined();
    expect(of({ attributes: { 'finance.integration.name': ' ' } })).toBeUndefined();
  });
});

describe('a log record that becomes no activity', () => {
  it.each<[string, Partial<LogRecord>, object]>([
    ['names no object: ignored', { attributes: { 'http.route': '/x' }, severityNumber: 17 }, { outcome: 'ignored' }],
    [
      'an object type that is none: its team hears of it',
      { attributes: { 'finance.object.type': 'spaceship', 'finance.object.key.value': '1' } },
      { outcome: 'unmapped', unmapped: { code: 'contract-violation', place: '/attributes/finance.object.type' } },
    ],
    [
      'a placeholder as key of the long form',
      { attributes: { 'finance.object.type': 'invoice', 'finance.object.key.value': 'N/A' } },
      { outcome: 'unmapped', unmapped: { place: '/attributes/finance.object.key.value' } },
    ],
    [
      'a placeholder as number',
      { attributes: { 'finance.invoice.id': 'N/A' } },
      { outcome: 'unmapped', unmapped: { code: 'contract-violation', place: '/attributes' } },
    ],
    [
      'no time at all',
      { timeUnixNano: '0', observedTimeUnixNano: '0' },
      { outcome: 'unmapped', unmapped: { code: 'contract-violation', place: '/timeUnixNano' } },
    ],
  ])('%s', (_name, change, expected) => {
    expect(map(change)).toMatchObject(expected);
  });

  it.each(['not JSON', '[]', '5'])('a body that is none: %s', (body) => {
    expect(mapLog(stored(record(), { body: Buffer.from(body) }), REFERENCE)).toMatchObject({
      outcome: 'unmapped',
      unmapped: { code: 'unreadable' },
    });
  });

  it('of which redaction took away nearly everything, never fails', () => {
    expect(
      mapLog(stored(record(), { body: Buffer.from('{"attributes":5,"resource":null}') }), REFERENCE),
    ).toMatchObject({
      outcome: 'ignored',
    });
  });
});

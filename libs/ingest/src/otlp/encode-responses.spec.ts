import { describe, expect, it } from '@jest/globals';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import protobuf from 'protobufjs';
import { messageType } from '../testing/otlp-wire.js';
import { encodeExportResponse, encodeStatus, RPC_CODES } from './encode-responses.js';

// google/rpc/status.proto, error_details.proto, google/protobuf/any.proto and duration.proto, as far as used.
const rpc = protobuf.parse(`syntax = "proto3";
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Duration { int64 seconds = 1; int32 nanos = 2; }
  message RetryInfo { Duration retry_delay = 1; }
  message BadRequest { message FieldViolation { string field = 1; string description = 2; } repeated FieldViolation field_violations = 1; }`).root;

const decode = (type: protobuf.Type, bytes: Uint8Array): unknown =>
  type.toObject(type.decode(bytes), { longs: Number, arrays: true });
const json = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

describe('export responses', () => {
  it('leave partial_success unset on full success', () => {
    expect(encodeExportResponse('traces', 'protobuf')).toHaveLength(0);
    expect(json(encodeExportResponse('traces', 'json'))).toEqual({});
  });

  it.each([
    ['traces', 'trace.v1.ExportTraceServiceResponse', 'rejectedSpans'],
    ['logs', 'logs.v1.ExportLogsServiceResponse', 'rejectedLogRecords'],
  ] as const)('say what was refused of %s', (signal, name, field) => {
    const partial = { rejected: 3, message: '3 × traceId' };
    const type = messageType(`opentelemetry.proto.collector.${name}`);
    expect(decode(type, encodeExportResponse(signal, 'protobuf', partial))).toEqual({
      partialSuccess: { [field]: 3, errorMessage: partial.message },
    });
    expect(json(encodeExportResponse(signal, 'json', partial))).toEqual({
      partialSuccess: { [field]: '3', errorMessage: partial.message },
    });
  });

  it('are read by the real exporter, also a warning that refuses nothing', () => {
    const partial = { rejected: 0, message: 'enum names' };
    for (const serializer of [
      [ProtobufTraceSerializer, 'protobuf'],
      [JsonTraceSerializer, 'json'],
    ] as const) {
      const response = serializer[0].deserializeResponse(encodeExportResponse('traces', serializer[1], partial));
      expect(response.partialSuccess?.errorMessage).toBe('enum names');
    }
  });
});

describe('google.rpc.Status', () => {
  const status = { code: RPC_CODES.UNAVAILABLE, message: 'away', retryAfterSeconds: 5, badRequest: 'no' };

  it('carries RetryInfo and BadRequest in protobuf', () => {
    const decoded = decode(rpc.lookupType('Status'), encodeStatus('protobuf', status)) as {
      code: number;
      message: string;
      details: { typeUrl: string; value: Uint8Array }[];
    };
    expect([decoded.code, decoded.message]).toEqual([14, 'away']);
    const details = decoded.details.map(({ typeUrl, value }) => [
      typeUrl,
      decode(rpc.lookupType(typeUrl.split('.').at(-1)!), value),
    ]);
    expect(details).toEqual([
      ['type.googleapis.com/google.rpc.BadRequest', { fieldViolations: [{ description: 'no' }] }],
      ['type.googleapis.com/google.rpc.RetryInfo', { retryDelay: { seconds: 5 } }],
    ]);
  });

  it('and in JSON', () => {
    expect(json(encodeStatus('json', status))).toEqual({
      code: 14,
      message: 'away',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ description: 'no' }] },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '5s' },
      ],
    });
    expect(json(encodeStatus('json', { code: 3, message: 'x' }))).toEqual({ code: 3, message: 'x' });
  });
});

describe('answers to requests with very many mistakes', () => {
  const message = 'x'.repeat(5 * 1024 * 1024);
  it.each(['json', 'protobuf'] as const)('stay far below 4 MiB, the message is what is shortened: %s', (encoding) => {
    const partial = encodeExportResponse('traces', encoding, { rejected: 7, message });
    const status = encodeStatus(encoding, { code: 3, message, badRequest: message });
    expect([partial.byteLength < 20_000, status.byteLength < 40_000]).toEqual([true, true]);
    if (encoding === 'json') expect(json(partial)).toMatchObject({ partialSuccess: { rejectedSpans: '7' } });
  });
});

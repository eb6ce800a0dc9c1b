import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MalformedEvents, readEvents, UnsupportedEventMediaType } from '../cloudevents/read-events.js';
import { mapLog } from '../mapping/map-log.js';
import { OversizedRequest } from '../request-size.js';
import { messageType, toProtobuf } from '../testing/otlp-wire.js';
import { decodeLogs } from './decode-logs.js';
import { MalformedRequest } from './decode-request.js';
import { decodeTraces } from './decode-traces.js';

const RUNS = 400;
const LONGEST_MS = 2_000;
const REFERENCE = { kind: 'log', receivedOn: '2026-09-30', signalId: '00000000-0000-8000-8000-000000000001' } as const;

const spanRequest = Buffer.from(
  toProtobuf({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'erp' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: Buffer.alloc(16, 1),
                spanId: Buffer.alloc(8, 2),
                name: 'sync',
                startTimeUnixNano: '1',
                endTimeUnixNano: '2',
                attributes: [{ key: 'finance.invoice.id', value: { arrayValue: { values: [{ intValue: '7' }] } } }],
                links: [{ traceId: Buffer.alloc(16, 3), spanId: Buffer.alloc(8, 4) }],
                events: [{ timeUnixNano: '1', name: 'exception' }],
              },
            ],
          },
        ],
      },
    ],
  }),
);
const LOGS = messageType('opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest');
const logRequest = Buffer.from(
  LOGS.encode(
    LOGS.fromObject({
      resourceLogs: [
        { scopeLogs: [{ logRecords: [{ timeUnixNano: '1', severityNumber: 17, body: { stringValue: 'failed' } }] }] },
      ],
    }),
  ).finish(),
);
const eventText = Buffer.from('{"specversion":"1.0","id":"1","source":"/e","type":"t","data":{"a":[1,{"b":"c"}]}}');

/** The bytes with some of them changed, cut off or doubled. */
const damaged = (good: Buffer) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(good.length),
      fc.boolean(),
    )
    .map(([changes, end, isDoubled]) => {
      const bytes = Buffer.from(good);
      for (const [position, byte] of changes) bytes[position] = byte;
      const cut = bytes.subarray(0, end);
      return isDoubled ? Buffer.concat([cut, bytes]) : cut;
    });
const anyJson = fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text));
const wrapped = (name: string) => fc.json({ maxDepth: 6 }).map((text) => Buffer.from(`{"${name}":${text}}`));
const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

/** Runs a decoder over many inputs: it answers, or throws one of its own errors, soon. */
function holds<T>(
  inputs: fc.Arbitrary<Buffer>,
  decode: (body: Buffer) => T,
  errors: readonly (new (m: string) => Error)[],
): void {
  fc.assert(
    fc.property(inputs, (body) => {
      const startedAt = performance.now();
      try {
        decode(body);
      } catch (error) {
        if (!errors.some((kind) => error instanceof kind)) throw error;
      }
      expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS);
    }),
    { numRuns: RUNS },
  );
}

const OTLP_ERRORS = [MalformedRequest, OversizedRequest];

describe('whatever the bytes are', () => {
  it('the decoder of traces in protobuf answers or refuses', () => {
    holds(
      fc.oneof(damaged(spanRequest), damaged(logRequest), noise),
      (body) => decodeTraces(body, 'protobuf', 0),
      OTLP_ERRORS,
    );
  });

  it('the decoder of traces in JSON answers or refuses', () => {
    const inputs = fc.oneof(anyJson, wrapped('resourceSpans'), damaged(eventText), noise);
    holds(inputs, (body) => decodeTraces(body, 'json', 0), OTLP_ERRORS);
  });

  it('the decoder of logs answers or refuses, and what it took can be mapped', () => {
    const map = (body: Buffer, encoding: 'json' | 'protobuf') => {
      for (const record of decodeLogs(body, encoding).records) {
        const signal = {
          kind: 'log',
          scopedKey: 'log:x',
          sourceSystem: '',
          sourceKind: '',
          type: 'log',
          source: '',
          externalId: '',
        } as const;
        const text = Buffer.from(JSON.stringify(record));
        mapLog({ ...signal, occurredAt: null, attributes: {}, contentType: null, body: text }, REFERENCE);
      }
    };
    holds(fc.oneof(damaged(logRequest), damaged(spanRequest), noise), (body) => map(body, 'protobuf'), OTLP_ERRORS);
    holds(fc.oneof(anyJson, wrapped('resourceLogs'), noise), (body) => map(body, 'json'), OTLP_ERRORS);
  });

  it.each([
    ['application/cloudevents+json'],
    ['application/cloudevents-batch+json'],
    ['application/json'],
    ['text/plain'],
  ])('the reader of events answers or refuses: %s', (contentType) => {
    const errors = [MalformedEvents, UnsupportedEventMediaType, OversizedRequest];
    holds(
      fc.oneof(anyJson, damaged(eventText), noise),
      (body) => readEvents({ 'content-type': contentType }, body),
      errors,
    );
  });

  it('headers of binary mode are read or refused', () => {
    const header = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(header, header, header, (id, source, extension) => {
        const headers = {
          'ce-specversion': '1.0',
          'ce-type': 't',
          'ce-id': id,
          'ce-source': source,
          'ce-x': extension,
        };
        const read = readEvents(headers, Buffer.alloc(0));
        expect(read.events.length + read.rejected.length).toBe(1);
      }),
      { numRuns: RUNS },
    );
  });

  it('memory stays flat', () => {
    const once = (): void => {
      for (let turn = 0; turn < 2_000; turn += 1) {
        const bytes = Buffer.from(spanRequest);
        bytes[turn % bytes.length] = turn & 0xff;
        try {
          decodeTraces(bytes, 'protobuf', 0);
        } catch (error) {
          if (!(error instanceof MalformedRequest)) throw error;
        }
      }
    };
    once();
    const before = process.memoryUsage().heapUsed;
    for (let turn = 0; turn < 5; turn += 1) once();
    // 10 000 requests of some kilobytes each once unpacked: what is kept of them would be tens of megabytes.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024);
  });
});

import { describe, expect, it } from '@jest/globals';
import { decodeTraces } from './otlp/decode-traces.js';
import { readEvents } from './cloudevents/read-events.js';
import {
  limitJsonSteps,
  limitProtobufMessages,
  MOST_JSON_OBJECTS,
  MOST_UNITS,
  OversizedRequest,
} from './request-size.js';
import { atOnce } from './otlp/decode-in-steps.js';
import { toProtobuf } from './testing/otlp-wire.js';

const BATCHED = { 'content-type': 'application/cloudevents-batch+json' };

function delimited(tag: number, content: Buffer): Buffer {
  const length: number[] = [];
  for (let left = content.length; ; left >>>= 7) {
    length.push(left > 127 ? (left & 127) | 128 : left);
    if (left <= 127) break;
  }
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
/** ResourceSpans { ScopeSpans { Span {} … } }: two bytes a span. */
const emptySpans = (count: number): Buffer =>
  delimited(0x0a, delimited(0x12, Buffer.alloc(count * 2, Buffer.from([0x12, 0]))));

describe('a request that would unpack to far more than its bytes', () => {
  it.each<[string, () => unknown]>([
    ['OTLP/protobuf', () => decodeTraces(emptySpans(MOST_UNITS / 8 + 1), 'protobuf', 0)],
    [
      'OTLP/JSON',
      () => decodeTraces(Buffer.from(`{"resourceSpans":[${'{},'.repeat(MOST_JSON_OBJECTS)}{}]}`), 'json', 0),
    ],
    ['a batch of events', () => readEvents(BATCHED, Buffer.from(`[${'{},'.repeat(MOST_JSON_OBJECTS)}{}]`))],
    ['a batch of numbers', () => readEvents(BATCHED, Buffer.from(`[${'5,'.repeat(20_000)}5]`))],
  ])('is refused before it does: %s', (_name, decode) => {
    expect(decode).toThrow(OversizedRequest);
  });

  it('is not what 60 MiB of ordinary spans are', () => {
    const attributes = Array.from({ length: 10 }, (_, index) => ({
      key: `finance.attribute.${index}`,
      value: { stringValue: 'a value' },
    }));
    const span = {
      traceId: Buffer.alloc(16, 1),
      spanId: Buffer.alloc(8, 1),
      name: 'sync order',
      startTimeUnixNano: '0',
      endTimeUnixNano: '0',
      attributes,
    };
    const thousand = Buffer.from(
      toProtobuf({ resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: 1000 }, () => span) }] }] }),
    );
    const body = Buffer.concat(Array.from({ length: Math.floor((60 * 2 ** 20) / thousand.length) }, () => thousand));
    expect(() => limitProtobufMessages(body, 'traces')).not.toThrow();
  });

  it('is counted message by message', () => {
    const attribute = { key: 'k', value: { arrayValue: { values: [{ stringValue: 'a' }, { boolValue: true }] } } };
    const ids = {
      traceId: Buffer.alloc(16, 1),
      spanId: Buffer.alloc(8, 1),
      startTimeUnixNano: '0',
      endTimeUnixNano: '0',
    };
    const body = Buffer.from(
      toProtobuf({
        resourceSpans: [
          {
            resource: { attributes: [{ key: 'r', value: { stringValue: 'x' } }] },
            scopeSpans: [{ spans: [{ ...ids, attributes: [attribute], links: [ids], status: { code: 1 } }] }],
          },
        ],
      }),
    );
    // resource, its pair and value, status, pair, value, array, two values: one each; resourceSpans, scopeSpans, span 8 each; link 4
    expect(() => limitProtobufMessages(body, 'traces', 37)).not.toThrow();
    expect(() => limitProtobufMessages(body, 'traces', 36)).toThrow(OversizedRequest);
  });

  it('is counted outside of texts', () => {
    const body = Buffer.from('{"a\\"{[{[":[1,2,{}],"b":"[[[["}');
    expect(() => atOnce(limitJsonSteps(body, 3))).not.toThrow();
    expect(() => atOnce(limitJsonSteps(body, 2))).toThrow(OversizedRequest);
  });
});

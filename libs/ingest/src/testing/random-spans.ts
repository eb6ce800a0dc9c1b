import fc from 'fast-check';
import type { AttributeValue, Attributes, SpanRecord } from '../otlp/span-record.js';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.uuid(),
  fc.constantFrom(
    'GET',
    'POST',
    '',
    'SO-1',
    'ABCDEF0123456789',
    '0123456789abcdef',
    'urn:uuid:',
    '00000000-0000-0000-0000-00000000000G',
  ),
);
const integer = fc.oneof(fc.integer(), fc.maxSafeInteger());
const fraction = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value));
const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  text,
  integer,
  fraction,
  fc.boolean(),
  fc.constant(null),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ int: value.toString() })),
  fc
    .oneof(fc.integer(), fc.constantFrom<'NaN' | 'Infinity' | '-Infinity' | '-0'>('NaN', 'Infinity', '-Infinity', '-0'))
    .map((double) => ({ double })),
  fc.uint8Array({ maxLength: 9 }).map((bytes) => ({ bytes: Buffer.from(bytes).toString('base64') })),
);
const key = fc.oneof(
  fc.constantFrom('service.name', 'finance.object.key.value', 'http.request.id', '__proto__', 'constructor', ''),
  fc.string({ maxLength: 6 }),
);
const attributesOf = (value: fc.Arbitrary<AttributeValue>): fc.Arbitrary<Attributes> =>
  fc.array(fc.tuple(key, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));

/** Every shape that an attribute value may have. */
export const attributeValues: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    attributesOf(tie('value')).map((map) => ({ map })),
  ),
})).value;

const attributes = attributesOf(attributeValues);
const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffffffff }));
const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString('hex'));
/** Few, so that spans share traces and have parents among them. */
const traceId = fc.constantFrom(
  '0af7651916cd43dd8448eb211c80319c',
  'ffffffffffffffffffffffffffffffff',
  '00000000000000000000000000000001',
);
const spanId = fc.oneof(fc.constantFrom('b7ad6b7169203331', '00000000000000aa', '1111111111111111'), hex(8));
const nanos = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: 1_790_000_000_000_000_000n, max: 1_790_000_100_000_000_000n }),
  fc.constantFrom(0n, 1n, 999_999_999n, 1_000_000_000n),
);

/** A span as the decoder may yield it. */
export const spanRecords: fc.Arbitrary<SpanRecord> = fc.record({
  traceId,
  spanId,
  parentSpanId: fc.option(spanId),
  name: text,
  kind: fc.integer({ min: 0, max: 32_767 }),
  startUnixNano: nanos.map(String),
  endUnixNano: nanos.map(String),
  statusCode: fc.integer({ min: 0, max: 3 }),
  statusMessage: text,
  traceState: text,
  flags: count,
  resource: fc.record({ attributes, droppedAttributesCount: count, schemaUrl: text }),
  scope: fc.record({ name: text, version: text, attributes, droppedAttributesCount: count, schemaUrl: text }),
  attributes,
  events: fc.array(
    fc.record({ timeUnixNano: nanos.map(String), name: text, attributes, droppedAttributesCount: count }),
    { maxLength: 2 },
  ),
  links: fc.array(
    fc.record({ traceId, spanId, traceState: text, attributes, droppedAttributesCount: count, flags: count }),
    { maxLength: 2 },
  ),
  dropped: fc.record({ attributes: count, events: count, links: count }),
  serviceName: text,
  isClockSuspect: fc.boolean(),
});

import protobuf from 'protobufjs/minimal.js';
import { CHARACTERS_A_STEP } from './otlp/decode-in-steps.js';
import type { OtlpSignal } from './otlp/request-group.js';
import { withoutStackTraces } from './otlp/without-stack-traces.js';

/** The request is small enough in bytes, but holds more than may be unpacked at once: smaller ones can succeed. */
export class OversizedRequest extends Error {}

/**
 * Most units of one request in protobuf: a message is as many as its shape weighs. Two bytes of
 * protobuf can become an object of hundreds: without this limit a request of 64 KB, gzipped, would end the process. 64 MiB of
 * ordinary spans are about six million.
 */
export const MOST_UNITS = 8_000_000;

/** Most spans or log records that are taken of one request; 64 MiB of ordinary ones are some 200 000. */
const MOST_GOOD_ITEMS = 500_000;

/** Throws OversizedRequest once so many items have been decoded: each takes a kilobyte, however small it was. */
export function limitItems(items: readonly unknown[]): void {
  if (items.length > MOST_GOOD_ITEMS)
    throw new OversizedRequest(
      `a request may hold at most ${MOST_GOOD_ITEMS} spans or log records; send smaller batches`,
    );
}

/** Most units of one span, log record or resource: it is unpacked at a stretch, and others wait. Some 200 000 attributes. */
const MOST_ITEM_UNITS = 400_000;

/** Most objects and lists of one request in JSON: 64 MiB of ordinary spans are about 2.6 million. */
export const MOST_JSON_OBJECTS = 3_000_000;
/** The same of requests whose every object is kept and mapped, not a list of small items. */
export const MOST_EVENT_OBJECTS = 1_000_000;
/** As many values of any kind are taken for each object that is. */
const VALUES_AN_OBJECT = 2;

/** A message of the schema: roughly what it costs once unpacked, and its fields that are messages themselves, by number. */
type Shape = { readonly weight: number; readonly fields: Readonly<Record<number, Shape>> };

const shape = (fields: Record<number, Shape> = {}, weight = 1): Shape => ({ weight, fields });
const values: Record<number, Shape> = {};
const anyValue = shape(values);
const keyValue = shape({ 2: anyValue });
values[5] = shape({ 1: anyValue });
values[6] = shape({ 1: keyValue });
const resource = shape({ 1: keyValue, 3: shape() });
const scope = shape({ 3: keyValue });
const HEAVIEST = 8;
const span = shape(
  { 9: keyValue, 11: shape({ 3: keyValue }, 4), 13: shape({ 4: keyValue }, 4), 15: shape() },
  HEAVIEST,
);
const logRecord = shape({ 5: anyValue, 6: keyValue }, HEAVIEST);

/** The messages of the requests, as the .proto files number them. */
const REQUESTS: Record<OtlpSignal, Shape> = {
  traces: shape({ 1: shape({ 1: resource, 2: shape({ 1: scope, 2: span }, HEAVIEST) }, HEAVIEST) }),
  logs: shape({ 1: shape({ 1: resource, 2: shape({ 1: scope, 2: logRecord }, HEAVIEST) }, HEAVIEST) }),
};
const ITEMS = { span, 'log record': logRecord, resource, scope } as const;
const DEEPEST = 100;
const LENGTH_DELIMITED = 2;

/**
 * Throws OversizedRequest, before anything is unpacked. What cannot be read is left to whoever reads it: one damaged span, or
 * one that is nested without end, must not cost its request.
 */
export function limitProtobufMessages(body: Buffer, signal: OtlpSignal, most = MOST_UNITS): void {
  // A message takes two bytes at least: ordinary requests are not walked at all.
  if ((body.length / 2) * HEAVIEST <= most) return;
  if (isHeavier(protobuf.Reader.create(body), body.length, REQUESTS[signal], most)) throw tooMany();
}

/** True when the message from the reader's position to `end` takes more than one item of a request may. */
export function isTooLargeItem(reader: protobuf.Reader, end: number, kind: keyof typeof ITEMS): boolean {
  const isSmall = ((end - reader.pos) / 2) * HEAVIEST <= MOST_ITEM_UNITS;
  return !isSmall && isHeavier(reader, end, ITEMS[kind], MOST_ITEM_UNITS);
}

function isHeavier(reader: protobuf.Reader, end: number, root: Shape, most: number): boolean {
  let count = 0;
  const walk = (messageEnd: number, { fields }: Shape, depth: number): void => {
    while (reader.pos < messageEnd && count <= most) {
      const tag = reader.uint32();
      const inner = (tag & 7) === LENGTH_DELIMITED ? fields[tag >>> 3] : undefined;
      if (!inner || depth >= DEEPEST) {
        reader.skipType(tag & 7);
        continue;
      }
      count += inner.weight;
      const innerEnd = reader.uint32() + reader.pos;
      if (innerEnd > messageEnd) return;
      tryWalk(innerEnd, inner, depth + 1);
    }
  };
  const tryWalk = (messageEnd: number, message: Shape, depth: number): void => {
    try {
      walk(messageEnd, message, depth);
    } catch {
      // Whoever decodes the message comes upon the same, and says so.
    }
    reader.pos = messageEnd;
  };
  withoutStackTraces(() => tryWalk(end, root, 0));
  return count > most;
}

/** Throws OversizedRequest when the JSON text, in UTF-8, holds too many objects and lists, or values of any kind. In steps. */
export function* limitJsonSteps(body: Uint8Array, most = MOST_JSON_OBJECTS): Generator<void, void> {
  const mostValues = most * VALUES_AN_OBJECT;
  // `{},` is three bytes, `1,` is two.
  if (body.length / 3 <= most && body.length / 2 <= mostValues) return;
  let count = 0;
  let values = 0;
  let isInText = false;
  let turnOver = CHARACTERS_A_STEP;
  for (let position = 0; position < body.length; position += 1) {
    if (position >= turnOver) {
      turnOver = position + CHARACTERS_A_STEP;
      yield;
    }
    const byte = body[position];
    if (byte === 0x22) isInText = !isInText;
    else if (isInText) {
      if (byte === 0x5c) position += 1;
    } else if (byte === 0x2c) {
      if ((values += 1) > mostValues) throw tooMany();
    } else if ((byte === 0x7b || byte === 0x5b) && (count += 1) > most) throw tooMany();
  }
}

function tooMany(): OversizedRequest {
  return new OversizedRequest(
    'the request holds more spans, attributes, objects or values than may be unpacked at once; send smaller batches',
  );
}

import protobuf from 'protobufjs/minimal.js';

/** The request is small enough in bytes, but holds more than may be unpacked at once: smaller ones can succeed. */
export class OversizedRequest extends Error {}

/**
 * Most units of one request in protobuf: a message is as many as its shape weighs. Two bytes of
 * protobuf can become an object of hundreds: without this limit a request of 64 KB, gzipped, would end the process. 64 MiB of
 * ordinary spans are about six million.
 */
export const MOST_UNITS = 8_000_000;

/** Most objects and lists of one request in JSON: 64 MiB of ordinary spans are about 2.6 million. */
export const MOST_JSON_OBJECTS = 3_000_000;

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
const REQUESTS: Record<'traces' | 'logs', Shape> = {
  traces: shape({ 1: shape({ 1: resource, 2: shape({ 1: scope, 2: span }, HEAVIEST) }, HEAVIEST) }),
  logs: shape({ 1: shape({ 1: resource, 2: shape({ 1: scope, 2: logRecord }, HEAVIEST) }, HEAVIEST) }),
};
const DEEPEST = 100;
const LENGTH_DELIMITED = 2;

/**
 * Throws OversizedRequest, before anything is unpacked. What cannot be read is left to whoever reads it: one damaged span, or
 * one that is nested without end, must not cost its request.
 */
export function limitProtobufMessages(body: Buffer, signal: 'traces' | 'logs', most = MOST_UNITS): void {
  // A message takes two bytes at least: ordinary requests are not walked at all.
  if ((body.length / 2) * HEAVIEST <= most) return;
  const reader = protobuf.Reader.create(body);
  let count = 0;
  const walk = (end: number, { fields }: Shape, depth: number): void => {
    while (reader.pos < end) {
      const tag = reader.uint32();
      const inner = (tag & 7) === LENGTH_DELIMITED ? fields[tag >>> 3] : undefined;
      if (inner && depth < DEEPEST) {
        if ((count += inner.weight) > most) throw tooMany();
        const innerEnd = reader.uint32() + reader.pos;
        if (innerEnd > end) return;
        tryWalk(innerEnd, inner, depth + 1);
      } else {
        reader.skipType(tag & 7);
      }
    }
  };
  const tryWalk = (end: number, message: Shape, depth: number): void => {
    try {
      walk(end, message, depth);
    } catch (error) {
      if (error instanceof OversizedRequest) throw error;
    }
    reader.pos = end;
  };
  tryWalk(body.length, REQUESTS[signal], 0);
}

/** Throws OversizedRequest when the JSON text, in UTF-8, holds too many objects and lists. */
export function limitJsonMessages(body: Uint8Array, most = MOST_JSON_OBJECTS): void {
  // `{},` is three bytes.
  if (body.length / 3 <= most) return;
  let count = 0;
  let isInText = false;
  for (let position = 0; position < body.length; position += 1) {
    const byte = body[position];
    if (byte === 0x22) isInText = !isInText;
    else if (isInText && byte === 0x5c) position += 1;
    else if (!isInText && (byte === 0x7b || byte === 0x5b) && (count += 1) > most) throw tooMany();
  }
}

function tooMany(): OversizedRequest {
  return new OversizedRequest(
    'the request holds more spans, attributes or objects than may be unpacked at once; send smaller batches',
  );
}

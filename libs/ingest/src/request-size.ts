import protobuf from 'protobufjs/minimal.js';

/** The request is small enough in bytes, but holds more than may be unpacked at once: smaller ones can succeed. */
export class OversizedRequest extends Error {}

/**
 * Most messages (JSON: objects and lists) of one request. Two bytes of protobuf become an object of hundreds: without this
 * limit a request of 64 KB, gzipped, would end the process.
 */
export const MOST_MESSAGES = 2_000_000;

/** A message of the schema: its fields that are messages themselves, by number. */
type Shape = { readonly [field: number]: Shape };

const anyValue: Record<number, Shape> = {};
const keyValue: Shape = { 2: anyValue };
anyValue[5] = { 1: anyValue };
anyValue[6] = { 1: keyValue };
const resource: Shape = { 1: keyValue, 3: {} };
const scope: Shape = { 3: keyValue };
const span: Shape = { 9: keyValue, 11: { 3: keyValue }, 13: { 4: keyValue }, 15: {} };
const logRecord: Shape = { 5: anyValue, 6: keyValue };

/** The messages of the requests, as the .proto files number them. */
const REQUESTS: Record<'traces' | 'logs', Shape> = {
  traces: { 1: { 1: resource, 2: { 1: scope, 2: span } } },
  logs: { 1: { 1: resource, 2: { 1: scope, 2: logRecord } } },
};
const DEEPEST = 100;
const LENGTH_DELIMITED = 2;

/** Throws OversizedRequest, before anything is unpacked; protobufjs' own errors where the bytes are no protobuf. */
export function limitProtobufMessages(body: Buffer, signal: 'traces' | 'logs', most = MOST_MESSAGES): void {
  // A message takes two bytes at least: ordinary requests are not walked at all.
  if (body.length / 2 <= most) return;
  const reader = protobuf.Reader.create(body);
  let count = 0;
  const walk = (end: number, shape: Shape, depth: number): void => {
    if (depth > DEEPEST) throw new Error('maximum nesting depth exceeded');
    while (reader.pos < end) {
      const tag = reader.uint32();
      const inner = (tag & 7) === LENGTH_DELIMITED ? shape[tag >>> 3] : undefined;
      if (inner) {
        if ((count += 1) > most) throw tooMany(most);
        const length = reader.uint32();
        walk(reader.pos + length, inner, depth + 1);
      } else {
        reader.skipType(tag & 7);
      }
    }
  };
  walk(body.length, REQUESTS[signal], 0);
}

/** Throws OversizedRequest when the JSON text, in UTF-8, holds too many objects and lists. */
export function limitJsonMessages(body: Uint8Array, most = MOST_MESSAGES): void {
  // `{},` is three bytes.
  if (body.length / 3 <= most) return;
  let count = 0;
  let isInText = false;
  for (let position = 0; position < body.length; position += 1) {
    const byte = body[position];
    if (byte === 0x22) isInText = !isInText;
    else if (isInText && byte === 0x5c) position += 1;
    else if (!isInText && (byte === 0x7b || byte === 0x5b) && (count += 1) > most) throw tooMany(most);
  }
}

function tooMany(most: number): OversizedRequest {
  return new OversizedRequest(`a request may hold at most ${most} messages; send smaller batches`);
}

import type { CloudEvent, CloudEventAttribute } from './cloud-event.js';
import { checkAttribute, checkCoreAttributes, InvalidEvent, isJsonContentType } from './event-attributes.js';
import { eventOfJson, isEventLike, toEvent } from './event-of-json.js';
import { decodeHeaderValue } from './header-value.js';
import { nestedTooDeeply, tooDeepSteps } from '../json-nesting.js';
import { parseJsonSteps } from '../json-steps.js';
import { atOnce, CHARACTERS_A_STEP, inSteps, type Pause } from '../otlp/decode-in-steps.js';
import { limitJsonSteps, MOST_EVENT_OBJECTS, OversizedRequest } from '../request-size.js';
import { utf8Text } from '../utf8-text.js';
import { arrayElementSteps } from './json-slices.js';

/** An event of a request that is not one, with the position and whatever identity it shows. */
export type RejectedEvent = { index: number; id: string | null; source: string | null; reason: string };

/** What a request of the HTTP binding holds; `index` is the position in the batch, 0 in the other modes. */
export type ReadEvents = {
  mode: 'binary' | 'structured' | 'batched';
  events: { index: number; event: CloudEvent }[];
  rejected: RejectedEvent[];
  /** Taken although they are not quite what the standard says, because only one thing can be meant. */
  warnings: { index: number; reason: string }[];
};

/** Nothing of the request can be read as CloudEvents; sending it again can never succeed. */
export class MalformedEvents extends Error {}

/** The media type of the request is none of the three modes (415). */
export class UnsupportedEventMediaType extends Error {}

/** HTTP headers as Node gives them: lower-case names. */
export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

const HEADER_PREFIX = 'ce-';
const MOST_EVENTS = 20_000;
const MOST_WARNINGS = 100;

/** Reads a request of the CloudEvents HTTP binding in any mode. Throws MalformedEvents, UnsupportedEventMediaType or OversizedRequest. */
export function readEvents(headers: HttpHeaders, body: Uint8Array): ReadEvents {
  return atOnce(eventSteps(headers, body));
}

/** As readEvents, for requests of any size: waits for `pause` now and then, so that other requests have their turn. */
export function readEventsInSteps(headers: HttpHeaders, body: Uint8Array, pause: Pause): Promise<ReadEvents> {
  return inSteps(eventSteps(headers, body), pause);
}

/** As readEvents, in steps. */
export function* eventSteps(headers: HttpHeaders, body: Uint8Array): Generator<void, ReadEvents> {
  const contentType = single(headers['content-type'])?.trim() ?? '';
  const mediaType = contentType.split(';', 1)[0]!.trim().toLowerCase();
  // The batch type first: its name begins with the one of structured mode.
  if (mediaType.startsWith('application/cloudevents-batch')) {
    demandJson(mediaType, 'application/cloudevents-batch+json', contentType);
    return yield* readBatch(yield* utf8(body));
  }
  if (mediaType.startsWith('application/cloudevents')) {
    demandJson(mediaType, 'application/cloudevents+json', contentType);
    return yield* readStructured(yield* utf8(body));
  }
  const isBinary = Object.keys(headers).some((name) => name.startsWith(HEADER_PREFIX));
  const unlabelled = isBinary || !isJsonContentType(contentType) ? undefined : yield* readUnlabelled(yield* utf8(body));
  return unlabelled ?? (yield* readBinary(headers, contentType, body));
}

/** Events under a plain JSON media type: what says of itself that it is one, with all that it needs, can be nothing else. */
function* readUnlabelled(text: string): Generator<void, ReadEvents | undefined> {
  let parsed: unknown;
  try {
    parsed = yield* parseJsonSteps(text);
  } catch {
    return undefined;
  }
  const isBatch = Array.isArray(parsed) && parsed.length > 0 && parsed.every(isEventLike);
  if (!isBatch && !isEventLike(parsed)) return undefined;
  const read = isBatch ? yield* readBatch(text, parsed) : yield* readStructured(text, parsed);
  const wanted = isBatch ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
  read.warnings.unshift({ index: 0, reason: `Content-Type ought to be ${wanted}` });
  return read;
}

function* readBatch(text: string, known?: unknown): Generator<void, ReadEvents> {
  const parsed = known ?? (yield* parseJson(text));
  if (!Array.isArray(parsed)) throw new MalformedEvents('a batch must be a JSON array of events');
  if (parsed.length > MOST_EVENTS) {
    throw new OversizedRequest(`a batch may hold at most ${MOST_EVENTS} events; send smaller batches`);
  }
  const read: ReadEvents = { mode: 'batched', events: [], rejected: [], warnings: [] };
  const slices = yield* arrayElementSteps(text);
  let turnOver = CHARACTERS_A_STEP;
  for (const [index, item] of parsed.entries()) {
    const { start } = slices[index]!;
    try {
      read.events.push({ index, event: yield* eventOfJson(item, text, start, warnInto(read, index)) });
    } catch (error) {
      read.rejected.push(rejection(error, index, item));
    }
    if (start >= turnOver) {
      turnOver = start + CHARACTERS_A_STEP;
      yield;
    }
  }
  return read;
}

function* readStructured(text: string, known?: unknown): Generator<void, ReadEvents> {
  const parsed = known ?? (yield* parseJson(text));
  const read: ReadEvents = { mode: 'structured', events: [], rejected: [], warnings: [] };
  try {
    read.events.push({ index: 0, event: yield* eventOfJson(parsed, text, 0, warnInto(read, 0)) });
  } catch (error) {
    read.rejected.push(rejection(error, 0, parsed));
  }
  return read;
}

function warnInto(read: ReadEvents, index: number): (reason: string) => void {
  return (reason) => {
    if (read.warnings.length < MOST_WARNINGS) read.warnings.push({ index, reason });
  };
}

function* readBinary(headers: HttpHeaders, contentType: string, body: Uint8Array): Generator<void, ReadEvents> {
  const names = Object.keys(headers).filter((name) => name.startsWith(HEADER_PREFIX));
  if (names.length === 0) {
    throw new UnsupportedEventMediaType(
      'expected a CloudEvent: Content-Type application/cloudevents+json or application/cloudevents-batch+json, or binary mode with ce-id, ce-source, ce-type and ce-specversion headers',
    );
  }
  const attributes: Record<string, CloudEventAttribute> = {};
  const read: ReadEvents = { mode: 'binary', events: [], rejected: [], warnings: [] };
  try {
    for (const header of names) {
      const name = header.slice(HEADER_PREFIX.length);
      if (name === 'datacontenttype') {
        throw new InvalidEvent('ce-datacontenttype must not be sent in binary mode; Content-Type says it');
      }
      const value = headers[header];
      if (Array.isArray(value)) throw new InvalidEvent(`${name} was sent more than once`);
      attributes[name] = checkAttribute(name, decodeHeaderValue(name, value ?? '', warnInto(read, 0)));
    }
    const tooDeep = isJsonContentType(contentType) ? yield* tooDeepSteps(body) : undefined;
    if (tooDeep !== undefined) throw new InvalidEvent(`the data ${nestedTooDeeply(tooDeep)}`);
    if (contentType !== '') attributes['datacontenttype'] = checkAttribute('datacontenttype', contentType);
    checkCoreAttributes(attributes);
  } catch (error) {
    return { ...read, rejected: [rejection(error, 0, attributes)], warnings: [] };
  }
  const event = toEvent(attributes, contentType === '' ? undefined : contentType, body, body.byteLength > 0);
  return { ...read, events: [{ index: 0, event }] };
}

function demandJson(mediaType: string, wanted: string, contentType: string): void {
  if (mediaType !== wanted && mediaType !== wanted.replace('+json', '')) {
    throw new UnsupportedEventMediaType(`the event format of ${mediaType} is not taken; send ${wanted}`);
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new UnsupportedEventMediaType(`charset ${charset.slice(0, 40)} is not taken; JSON events are UTF-8`);
  }
}

function* utf8(body: Uint8Array): Generator<void, string> {
  yield* limitJsonSteps(body, MOST_EVENT_OBJECTS);
  try {
    return utf8Text(body);
  } catch {
    throw new MalformedEvents('the body is not UTF-8');
  }
}

function* parseJson(text: string): Generator<void, unknown> {
  try {
    return yield* parseJsonSteps(text);
  } catch (error) {
    // The parser quotes what it could not read, which may be payload: only the position is passed on.
    const where = error instanceof Error ? /position \d+|end of JSON input/.exec(error.message)?.[0] : undefined;
    throw new MalformedEvents(`the body is not JSON${where === undefined ? '' : ` (${where})`}`);
  }
}

function rejection(error: unknown, index: number, source: unknown): RejectedEvent {
  if (!(error instanceof InvalidEvent)) throw error;
  const shown = typeof source === 'object' && source !== null ? (source as Record<string, unknown>) : {};
  return { index, id: shownText(shown['id']), source: shownText(shown['source']), reason: error.message };
}

function shownText(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 200) : null;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

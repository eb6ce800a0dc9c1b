import type { CloudEvent, CloudEventAttribute } from './cloud-event.js';
import { checkAttribute, checkCoreAttributes, InvalidEvent, isJsonContentType } from './event-attributes.js';
import { decodeHeaderValue } from './header-value.js';
import { limitJsonMessages, OversizedRequest } from '../request-size.js';
import { arrayElementStarts, objectMembers } from './json-slices.js';

/** An event of a request that is not one, with the position and whatever identity it shows. */
export type RejectedEvent = { index: number; id: string | null; source: string | null; reason: string };

/** What a request of the HTTP binding holds; `index` is the position in the batch, 0 in the other modes. */
export type ReadEvents = {
  mode: 'binary' | 'structured' | 'batched';
  events: { index: number; event: CloudEvent }[];
  rejected: RejectedEvent[];
};

/** Nothing of the request can be read as CloudEvents; sending it again can never succeed. */
export class MalformedEvents extends Error {}

/** The media type of the request is none of the three modes (415). */
export class UnsupportedEventMediaType extends Error {}

/** HTTP headers as Node gives them: lower-case names. */
export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

const HEADER_PREFIX = 'ce-';
const MOST_EVENTS = 100_000;

/** Reads a request of the CloudEvents HTTP binding in any mode. Throws MalformedEvents, UnsupportedEventMediaType or OversizedRequest. */
export function readEvents(headers: HttpHeaders, body: Uint8Array): ReadEvents {
  const contentType = single(headers['content-type'])?.trim() ?? '';
  const mediaType = contentType.split(';', 1)[0]!.trim().toLowerCase();
  // The batch type first: its name begins with the one of structured mode.
  if (mediaType.startsWith('application/cloudevents-batch')) {
    demandJson(mediaType, 'application/cloudevents-batch+json', contentType);
    return readBatch(utf8(body));
  }
  if (mediaType.startsWith('application/cloudevents')) {
    demandJson(mediaType, 'application/cloudevents+json', contentType);
    return readStructured(utf8(body));
  }
  return readBinary(headers, contentType, body);
}

function readBatch(text: string): ReadEvents {
  const parsed = parseJson(text);
  if (!Array.isArray(parsed)) throw new MalformedEvents('a batch must be a JSON array of events');
  if (parsed.length > MOST_EVENTS) {
    throw new OversizedRequest(`a batch may hold at most ${MOST_EVENTS} events; send smaller batches`);
  }
  const read: ReadEvents = { mode: 'batched', events: [], rejected: [] };
  const starts = arrayElementStarts(text);
  for (const [index, item] of parsed.entries()) {
    try {
      read.events.push({ index, event: eventOfJson(item, text, starts[index]!) });
    } catch (error) {
      read.rejected.push(rejection(error, index, item));
    }
  }
  return read;
}

function readStructured(text: string): ReadEvents {
  const parsed = parseJson(text);
  try {
    return { mode: 'structured', events: [{ index: 0, event: eventOfJson(parsed, text, 0) }], rejected: [] };
  } catch (error) {
    return { mode: 'structured', events: [], rejected: [rejection(error, 0, parsed)] };
  }
}

function readBinary(headers: HttpHeaders, contentType: string, body: Uint8Array): ReadEvents {
  const names = Object.keys(headers).filter((name) => name.startsWith(HEADER_PREFIX));
  if (names.length === 0) {
    throw new UnsupportedEventMediaType(
      'expected a CloudEvent: Content-Type application/cloudevents+json or application/cloudevents-batch+json, or binary mode with ce-id, ce-source, ce-type and ce-specversion headers',
    );
  }
  const attributes: Record<string, CloudEventAttribute> = {};
  try {
    for (const header of names) {
      const name = header.slice(HEADER_PREFIX.length);
      if (name === 'datacontenttype') {
        throw new InvalidEvent('ce-datacontenttype must not be sent in binary mode; Content-Type says it');
      }
      const value = headers[header];
      if (Array.isArray(value)) throw new InvalidEvent(`${name} was sent more than once`);
      attributes[name] = checkAttribute(name, decodeHeaderValue(name, value ?? ''));
    }
    if (contentType !== '') attributes['datacontenttype'] = checkAttribute('datacontenttype', contentType);
    checkCoreAttributes(attributes);
  } catch (error) {
    return { mode: 'binary', events: [], rejected: [rejection(error, 0, attributes)] };
  }
  const event = toEvent(attributes, contentType === '' ? undefined : contentType, body, body.byteLength > 0);
  return { mode: 'binary', events: [{ index: 0, event }], rejected: [] };
}

function eventOfJson(parsed: unknown, text: string, start: number): CloudEvent {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new InvalidEvent('an event must be a JSON object');
  }
  const values = parsed as Record<string, unknown>;
  const attributes: Record<string, CloudEventAttribute> = {};
  const seen = new Set<string>();
  let dataText: string | undefined;
  for (const { name, start: valueStart, end } of objectMembers(text, start)) {
    if (seen.has(name)) throw new InvalidEvent(`${name.slice(0, 60)} appears more than once`);
    seen.add(name);
    if (name === 'data') dataText = text.slice(valueStart, end);
    // null stands for an attribute that is not set
    else if (name !== 'data_base64' && values[name] !== null) attributes[name] = checkAttribute(name, values[name]);
  }
  checkCoreAttributes(attributes);
  const declared = textOrUndefined(attributes['datacontenttype']);
  const base64 = values['data_base64'] ?? undefined;
  if (base64 !== undefined) {
    if (dataText !== undefined) throw new InvalidEvent('data and data_base64 exclude each other');
    return toEvent(attributes, declared, bytesOfBase64(base64), true);
  }
  if (dataText === undefined) return toEvent(attributes, declared, new Uint8Array(0), false);
  if (declared === undefined || isJsonContentType(declared)) {
    return toEvent(attributes, declared ?? 'application/json', Buffer.from(dataText, 'utf8'), true);
  }
  const data = values['data'];
  if (typeof data !== 'string') throw new InvalidEvent(`data must be text, since datacontenttype is ${declared}`);
  return toEvent(attributes, declared, Buffer.from(data, 'utf8'), true);
}

function toEvent(
  attributes: Record<string, CloudEventAttribute>,
  dataContentType: string | undefined,
  body: Uint8Array,
  hasData: boolean,
): CloudEvent {
  const optional = {
    time: textOrUndefined(attributes['time']),
    dataSchema: textOrUndefined(attributes['dataschema']),
    subject: textOrUndefined(attributes['subject']),
    dataContentType,
  };
  return {
    id: String(attributes['id']),
    source: String(attributes['source']),
    type: String(attributes['type']),
    ...(optional.time !== undefined && { time: optional.time }),
    ...(optional.dataSchema !== undefined && { dataSchema: optional.dataSchema }),
    ...(optional.subject !== undefined && { subject: optional.subject }),
    ...(optional.dataContentType !== undefined && { dataContentType: optional.dataContentType }),
    attributes,
    body,
    hasData,
  };
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

function utf8(body: Uint8Array): string {
  limitJsonMessages(body);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new MalformedEvents('the body is not UTF-8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser quotes what it could not read, which may be payload: only the position is passed on.
    const where = error instanceof Error ? /position \d+|end of JSON input/.exec(error.message)?.[0] : undefined;
    throw new MalformedEvents(`the body is not JSON${where === undefined ? '' : ` (${where})`}`);
  }
}

function bytesOfBase64(value: unknown): Uint8Array {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw new InvalidEvent('data_base64 must be base64 text');
  }
  return Buffer.from(value, 'base64');
}

function rejection(error: unknown, index: number, source: unknown): RejectedEvent {
  if (!(error instanceof InvalidEvent)) throw error;
  const shown = typeof source === 'object' && source !== null ? (source as Record<string, unknown>) : {};
  return { index, id: shownText(shown['id']), source: shownText(shown['source']), reason: error.message };
}

function shownText(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 200) : null;
}

function textOrUndefined(value: CloudEventAttribute | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

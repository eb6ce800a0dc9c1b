import type { CloudEvent, CloudEventAttribute } from './cloud-event.js';
import { checkAttribute, checkCoreAttributes, InvalidEvent, isJsonContentType } from './event-attributes.js';
import { nestedTooDeeply } from '../json-nesting.js';
import { type MemberSlice, objectMemberSteps } from './json-slices.js';

type Members = Record<string, unknown>;

/** No producer comes near it. */
const MOST_MEMBERS = 1_000;
const CORE = ['specversion', 'id', 'source', 'type'] as const;

/** True for a JSON object that has all that makes a CloudEvent, at its top or under `headers`. */
export function isEventLike(value: unknown): boolean {
  if (!isMembers(value)) return false;
  const attributes = isWrapped(value) ? value['headers'] : value;
  return isMembers(attributes) && CORE.every((name) => typeof attributes[name] === 'string');
}

/**
 * One event of the JSON format; `start` is where it stands in the text. What is not quite the format, but can mean one
 * thing only, is taken, and `warn` hears of it. In steps. Throws InvalidEvent.
 */
export function* eventOfJson(
  parsed: unknown,
  text: string,
  start: number,
  warn: (reason: string) => void,
): Generator<void, CloudEvent> {
  if (!isMembers(parsed)) throw new InvalidEvent('an event must be a JSON object');
  const members = yield* objectMemberSteps(text, start);
  if (isWrapped(parsed)) {
    // SAP's CAP runtime writes its own envelope: the attributes under `headers`, the data beside them.
    warn('the attributes stand under "headers"; in the JSON format they stand at the top');
    const headers = members.find(({ name }) => name === 'headers')!;
    const data = members.filter(({ name }) => name === 'data');
    const attributes = (yield* objectMemberSteps(text, headers.start)).filter(({ name }) => name !== 'data');
    const values = { ...(parsed['headers'] as Members), data: parsed['data'] };
    return eventOfMembers([...attributes, ...data], values, text, warn);
  }
  return eventOfMembers(members, parsed, text, warn);
}

function eventOfMembers(
  members: readonly MemberSlice[],
  values: Members,
  text: string,
  warn: (reason: string) => void,
): CloudEvent {
  if (members.length > MOST_MEMBERS) throw new InvalidEvent(`an event may have at most ${MOST_MEMBERS} attributes`);
  const attributes: Record<string, CloudEventAttribute> = {};
  const seen = new Set<string>();
  let dataText: string | undefined;
  for (const { name: written, start, end, tooDeepAt } of members) {
    const name = written.trim();
    if (name !== written) warn(`the attribute name "${written.slice(0, 60)}" has blanks round it`);
    if (seen.has(name)) throw new InvalidEvent(`${name.slice(0, 60)} appears more than once`);
    seen.add(name);
    if (tooDeepAt !== undefined) throw new InvalidEvent(`${name.slice(0, 60)} ${nestedTooDeeply(tooDeepAt)}`);
    if (name === 'data') dataText = text.slice(start, end);
    // null stands for an attribute that is not set
    else if (name !== 'data_base64' && values[written] !== null)
      attributes[name] = checkAttribute(name, values[written]);
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

/** The checked event of its attributes and data. */
export function toEvent(
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

function bytesOfBase64(value: unknown): Uint8Array {
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw new InvalidEvent('data_base64 must be base64 text');
  }
  return Buffer.from(value, 'base64');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWrapped(value: Members): boolean {
  return isMembers(value['headers']) && value['specversion'] === undefined && 'specversion' in value['headers'];
}

function textOrUndefined(value: CloudEventAttribute | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

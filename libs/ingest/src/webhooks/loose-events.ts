import { arrayElementSteps, objectMemberSteps } from '../cloudevents/json-slices.js';
import { eventSteps, type HttpHeaders, type ReadEvents } from '../cloudevents/read-events.js';
import { parseJsonSteps } from '../json-steps.js';
import { CHARACTERS_A_STEP } from '../otlp/decode-in-steps.js';
import { utf8Text } from '../utf8-text.js';

const DECLARED = /^application\/cloudevents/i;
const STRUCTURED = 'application/cloudevents+json';
const BATCHED = 'application/cloudevents-batch+json';

/**
 * The CloudEvents of a vendor's webhook, in steps; undefined when it holds none. Read as such are what the binding declares (content
 * type or `ce-` headers), and, since products are loose with the binding: an event or a list of them sent as plain JSON,
 * names of attributes with blanks round them, and the form of SAP's CAP, which puts the attributes under `headers` beside
 * `data`. What is declared may throw MalformedEvents and the like; what only looks like an event is left to the mapping pack.
 */
export function* looseEventSteps(headers: HttpHeaders, body: Uint8Array): Generator<void, ReadEvents | undefined> {
  const contentType = headers['content-type'];
  const isDeclared = typeof contentType === 'string' && DECLARED.test(contentType.trim());
  if (isDeclared || (headers['ce-specversion'] !== undefined && headers['ce-type'] !== undefined)) {
    return yield* eventSteps(headers, body);
  }
  const text = yield* eventText(body);
  if (text === undefined) return undefined;
  const contentTypeOfIt = text.startsWith('[') ? BATCHED : STRUCTURED;
  const read = yield* eventSteps({ 'content-type': contentTypeOfIt }, Buffer.from(text, 'utf8'));
  return read.rejected.length === 0 ? read : undefined;
}

/** The body as events in the form of the specification; undefined when it is something else. */
function* eventText(body: Uint8Array): Generator<void, string | undefined> {
  let text: string;
  let parsed: unknown;
  try {
    text = utf8Text(body).trim();
    if (!text.startsWith('{') && !text.startsWith('[')) return undefined;
    parsed = yield* parseJsonSteps(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return isMembers(parsed) ? yield* asEvent(text, parsed) : undefined;
  if (parsed.length === 0) return undefined;
  const slices = yield* arrayElementSteps(text);
  let turnOver = CHARACTERS_A_STEP;
  const events: string[] = [];
  for (const [index, item] of parsed.entries()) {
    const { start, end } = slices[index]!;
    const event = isMembers(item) ? yield* asEvent(text.slice(start, end), item) : undefined;
    if (event === undefined) return undefined;
    events.push(event);
    if (end >= turnOver) {
      turnOver = end + CHARACTERS_A_STEP;
      yield;
    }
  }
  return `[${events.join(',')}]`;
}

function* asEvent(text: string, value: Record<string, unknown>): Generator<void, string | undefined> {
  const names = new Set(Object.keys(value).map((name) => name.trim()));
  if (isEventNames(names)) return yield* withTrimmedNames(text);
  const { headers, data } = value;
  if (!isMembers(headers) || data === undefined) return undefined;
  if (!isEventNames(new Set(Object.keys(headers).map((name) => name.trim())))) return undefined;
  const members = yield* objectMemberSteps(text);
  const last = (wanted: string): string => {
    const { start, end } = members.findLast(({ name }) => name === wanted)!;
    return text.slice(start, end);
  };
  const attributes = yield* withTrimmedNames(last('headers'));
  return `${attributes.slice(0, -1)},"data":${last('data')}}`;
}

function isEventNames(names: ReadonlySet<string>): boolean {
  return ['specversion', 'id', 'source', 'type'].every((name) => names.has(name));
}

/** The object with its values byte for byte. Of SAP's own headers those that are no attributes (`x-…`) are left out. */
function* withTrimmedNames(text: string): Generator<void, string> {
  const members = (yield* objectMemberSteps(text)).flatMap(({ name, start, end }) => {
    const trimmed = name.trim();
    return trimmed.startsWith('x-') ? [] : [`${JSON.stringify(trimmed)}:${text.slice(start, end)}`];
  });
  return `{${members.join(',')}}`;
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

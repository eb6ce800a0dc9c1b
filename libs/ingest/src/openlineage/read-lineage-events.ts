import { createHash } from 'node:crypto';
import { arrayElementSteps } from '../cloudevents/json-slices.js';
import { nestedTooDeeply, tooDeepSteps } from '../json-nesting.js';
import { parseJsonSteps } from '../json-steps.js';
import { atOnce, CHARACTERS_A_STEP, inSteps, type Pause } from '../otlp/decode-in-steps.js';
import { limitJsonSteps, MOST_EVENT_OBJECTS, OversizedRequest } from '../request-size.js';
import { utf8Text } from '../utf8-text.js';
import type { LineageEvent, LineageName } from './lineage-event.js';
import { parseLineageEvent } from './parse-lineage-event.js';

/** Nothing of the request can be read; sending it again can never succeed. */
export class MalformedLineage extends Error {
  override readonly name = 'MalformedLineage';
}

/** An event as it was sent, checked. */
export type ReadLineageEvent = { index: number; event: LineageEvent; body: Uint8Array };

/** An event that is none, with whatever it shows of itself. */
export type RejectedLineageEvent = { index: number; runId: string | null; job: string | null; reason: string };

/** The events of a request; `isList` = it held a list, even of one. */
export type ReadLineageEvents = { isList: boolean; events: ReadLineageEvent[]; rejected: RejectedLineageEvent[] };

const MOST_EVENTS = 20_000;

/**
 * Reads the body of `POST /api/v1/lineage` (one event; a list is taken as well) or of its batch. Each event keeps the bytes
 * in which it was sent. Throws MalformedLineage or OversizedRequest.
 */
export function readLineageEvents(body: Uint8Array): ReadLineageEvents {
  return atOnce(lineageSteps(body));
}

/** As readLineageEvents, for requests of any size: waits for `pause` now and then, so that other requests have their turn. */
export function readLineageEventsInSteps(body: Uint8Array, pause: Pause): Promise<ReadLineageEvents> {
  return inSteps(lineageSteps(body), pause);
}

function* lineageSteps(body: Uint8Array): Generator<void, ReadLineageEvents> {
  yield* limitJsonSteps(body, MOST_EVENT_OBJECTS);
  let text: string;
  try {
    text = utf8Text(body);
  } catch {
    throw new MalformedLineage('the body is not UTF-8');
  }
  const parsed = yield* parseJson(text);
  const isList = Array.isArray(parsed);
  const items: unknown[] = isList ? parsed : [parsed];
  if (items.length > MOST_EVENTS) {
    throw new OversizedRequest(`a batch may hold at most ${MOST_EVENTS} events; send smaller batches`);
  }
  const slices = isList
    ? yield* arrayElementSteps(text)
    : [{ start: 0, end: text.length, tooDeepAt: yield* tooDeepSteps(body) }];
  let turnOver = CHARACTERS_A_STEP;
  const read: ReadLineageEvents = { isList, events: [], rejected: [] };
  for (const [index, item] of items.entries()) {
    const slice = slices[index]!;
    if (slice.start >= turnOver) {
      turnOver = slice.start + CHARACTERS_A_STEP;
      yield;
    }
    if (slice.tooDeepAt !== undefined) {
      read.rejected.push({ index, ...shownIdentity(item), reason: `the event ${nestedTooDeeply(slice.tooDeepAt)}` });
      continue;
    }
    const checked = parseLineageEvent(item);
    if (!checked.ok) {
      read.rejected.push({ index, ...shownIdentity(item), reason: checked.reasons.join('; ') });
      continue;
    }
    const { start, end } = slice;
    read.events.push({ index, event: checked.value, body: isList ? Buffer.from(text.slice(start, end)) : body });
  }
  return read;
}

/**
 * Scoped idempotency key of an event: run, state, time and job. Where a part is missing (a job or dataset event has no run
 * and no state) the bytes stand in for it.
 */
export function lineageScopedKey(event: LineageEvent, body: Uint8Array): string {
  const time = escapedPart(event.eventTime);
  if (event.form === 'run' && event.statedType !== null) {
    return `ol:${event.runId}:${event.statedType}:${time}:${pathOf(event.job)}`;
  }
  const hash = createHash('sha256').update(body).digest('hex');
  if (event.form === 'run') return `ol:${event.runId}::${time}:${pathOf(event.job)}:${hash}`;
  return `ol:${event.form}:${pathOf(event.form === 'job' ? event.job : event.dataset)}:${time}:${hash}`;
}

function pathOf({ namespace, name }: LineageName): string {
  return `${escapedPart(namespace)}/${escapedPart(name)}`;
}

function escapedPart(text: string): string {
  return text.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('/', '%2F');
}

function* parseJson(text: string): Generator<void, unknown> {
  try {
    return yield* parseJsonSteps(text, { exact: { most: Infinity, found: 0 } });
  } catch (error) {
    const where = error instanceof Error ? /position \d+|end of JSON input/.exec(error.message)?.[0] : undefined;
    throw new MalformedLineage(`the body is not JSON${where === undefined ? '' : ` (${where})`}`);
  }
}

function shownIdentity(item: unknown): { runId: string | null; job: string | null } {
  const at = (...path: string[]): string | null => {
    const value = path.reduce<unknown>(
      (found, name) =>
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined,
      item,
    );
    return typeof value === 'string' ? value.slice(0, 200) : null;
  };
  return { runId: at('run', 'runId'), job: at('job', 'name') };
}

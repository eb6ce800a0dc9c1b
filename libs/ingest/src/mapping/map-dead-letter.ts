import {
  activityId,
  readMessageHeaders,
  RUN_FAILED,
  UNCLASSIFIED_PROBLEM,
  type Activity,
  type SignalReference,
} from '@throughline/canonical';
import { isJsonContentType } from '../cloudevents/event-attributes.js';
import { parseExactJson } from '../exact-json.js';
import { classifyFailure } from '../packs/classify-failure.js';
import type { MappedSignal } from './mapped-signal.js';
import { type DeadLetter, isDeadLetterType, readDeadLetter } from './read-dead-letter.js';
import type { StoredSignal } from './stored-signal.js';
import { parseTraceparent } from './trace-context.js';

/** Name and version by which its activities refer to it. */
export const DEAD_LETTER_MAPPING = { name: 'dead-letter', version: 2, rule: 'dead-letter' } as const;

const NOBODY = 'dead-letters';
const OURSELVES = 'throughline';
const LONGEST_NAME = 256;
/** Of a list of dead letters in one body. */
const MOST_LETTERS = 1_000;
/** Why a broker gives up, where its word says what was the matter. */
const REASONS: Readonly<Record<string, string>> = {
  expired: 'platform.time-out',
  ttlexpiredexception: 'platform.time-out',
  maxlen: 'platform.rate-limit',
};

/**
 * Mapping "dead-letter": what no mapping takes and a broker gave up is a failure of the message, at the integration that its queue
 * is, with payload and headers. Undefined when the signal is no dead letter.
 */
export function mapDeadLetter(signal: StoredSignal, reference: SignalReference): MappedSignal | undefined {
  if (signal.kind !== 'cloud-event' && signal.kind !== 'webhook') return undefined;
  const isDeclared = isDeadLetterType(signal.type);
  const body = bodyOf(signal);
  if (body === undefined && !isDeclared) return undefined;
  const isList = Array.isArray(body) && body.length > 0;
  const items: readonly unknown[] = isList ? body : [body];
  // as a whole, so that nothing of it is lost in silence
  if (items.length > MOST_LETTERS) return undefined;
  // what brought a list says nothing of each of its members
  const letters = items.map((item) => readDeadLetter(item, isDeclared, isList ? {} : signal.attributes));
  const read = letters.filter((letter) => letter !== undefined);
  if (read.length === 0 || read.length < letters.length) return undefined;
  return {
    outcome: 'mapped',
    activities: read.map((letter, position) => toActivity(letter, position, signal, reference)),
    mapping: DEAD_LETTER_MAPPING,
  };
}

function bodyOf({ body, contentType }: StoredSignal): unknown {
  if (body.byteLength === 0) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
  if (contentType !== null && !isJsonContentType(contentType)) return text;
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

function toActivity(letter: DeadLetter, position: number, signal: StoredSignal, reference: SignalReference): Activity {
  const { queue, reason, attempts, messageId, payload } = letter;
  const system = named(signal.sourceSystem) ?? named(signal.source) ?? NOBODY;
  const integration = named(queue) ?? named(signal.source) ?? system;
  const time = letter.diedAt ?? signal.occurredAt ?? signal.receivedAt ?? `${reference.receivedOn}T00:00:00.000Z`;
  const headers = readMessageHeaders(letter.headers);
  const origin = parseTraceparent(signal.attributes['traceparent']);
  return {
    activityId: activityId(signal.scopedKey, position),
    type: RUN_FAILED,
    occurredAt: time,
    outcome: 'failure',
    system,
    integration,
    objects: [
      {
        type: 'signal',
        qualifier: 'subject',
        // As a signal that cannot be mapped is known, so that its page is found; of several in one each by its place.
        aliases: [
          {
            system: named(signal.sourceSystem) ?? OURSELVES,
            kind: 'signal-id',
            scope: position === 0 ? '' : String(position),
            value: reference.signalId,
          },
        ],
        attributes: {
          kind: signal.kind,
          type: signal.type,
          ...(queue !== undefined && { queue }),
          ...(reason !== undefined && { reason }),
          ...(attempts !== undefined && { attempts }),
          ...(messageId !== undefined && { messageId }),
        },
      },
    ],
    links: [],
    problem: {
      taxonomy: taxonomyOf(letter),
      discriminators: { ...(reason !== undefined && { reason: reason.slice(0, LONGEST_NAME) }) },
      message: messageOf(letter),
      payload,
      ...(headers !== undefined && Object.keys(headers).length > 0 && { headers }),
    },
    runKey: origin?.traceId ?? (position === 0 ? signal.scopedKey : `${signal.scopedKey}#${position}`),
    ...(origin !== undefined && origin),
    signal: reference,
    mapping: DEAD_LETTER_MAPPING,
  };
}

function taxonomyOf({ reason = '', description = '' }: DeadLetter): string {
  const classified = classifyFailure([description, reason]);
  return classified === UNCLASSIFIED_PROBLEM ? (REASONS[reason.toLowerCase()] ?? classified) : classified;
}

function messageOf({ queue, reason, description, attempts }: DeadLetter): string {
  const where = queue === undefined ? 'A message' : `A message of ${queue}`;
  const why = reason === undefined ? '' : ` (${reason})`;
  const tried =
    attempts === undefined || attempts === '0' ? '' : ` after ${attempts} ${attempts === '1' ? 'try' : 'tries'}`;
  return `${where} was given up${tried}${why}${description === undefined ? '' : `: ${description}`}`;
}

function named(text: string | undefined): string | undefined {
  const name = text?.trim().slice(0, LONGEST_NAME) ?? '';
  return name === '' ? undefined : name;
}

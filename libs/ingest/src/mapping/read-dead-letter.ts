import { parseInstant, toStorableText } from '@throughline/canonical';
import { parseExactJson } from '../exact-json.js';
import { deathThatCounts, isDelayedRetry, type Death } from './delayed-retry.js';

type Members = Readonly<Record<string, unknown>>;

/** A message that a broker gave up, whatever broker it was. */
export type DeadLetter = {
  /** Queue or topic that it died in; undefined when nothing names one. */
  queue: string | undefined;
  /** Why, as the broker has it: "rejected", "expired", "MaxDeliveryCountExceeded". */
  reason: string | undefined;
  /** What was thrown, where the broker says. */
  description: string | undefined;
  /** How often it was tried, decimal text. */
  attempts: string | undefined;
  messageId: string | undefined;
  /** Canonical instant. */
  diedAt: string | undefined;
  payload: unknown;
  headers: Members;
};

const DEAD_LETTER_TYPE = /dead[-_.]?letter|(?:^|[._/-])dl[qt](?:$|[._/-])/i;
/** Headers by which a broker says that a message died, in lower case. */
const MARKS =
  /^(?:x-death|x-(?:first|last)-death-(?:queue|exchange|reason)|kafka_dlt-.+|__connect\.errors\..+|deadletterreason|deadlettererrordescription|dead-letter-reason)$/;
const MEMBERS_OF_HEADERS = ['headers', 'properties', 'applicationProperties', 'userProperties', 'messageAttributes'];
const MEMBERS_OF_PAYLOAD = ['payload', 'message', 'body', 'content', 'value'];
const QUEUES = [
  'x-first-death-queue',
  'kafka_dlt-original-topic',
  '__connect.errors.topic',
  'queue',
  'queuename',
  'topic',
  'topicname',
  'entityname',
  'destination',
];
const REASONS = [
  'x-first-death-reason',
  'deadletterreason',
  'dead-letter-reason',
  'kafka_dlt-exception-fqcn',
  '__connect.errors.exception.class.name',
  'reason',
];
const DESCRIPTIONS = [
  'deadlettererrordescription',
  'kafka_dlt-exception-message',
  '__connect.errors.exception.message',
  'lastdeliveryoutcome',
  'errormessage',
  'error',
];
const ATTEMPTS = ['deliverycount', 'deliveryattempts', 'attempts'];
const MESSAGE_IDS = ['message_id', 'message-id', 'messageid'];
const TIMES = ['deadlettertime', 'lastdeliveryattempttime', 'kafka_dlt-original-timestamp', 'timestamp'];
const LONGEST = 1_000;

/** True for a type by which its sender says that it passes on a dead letter. */
export function isDeadLetterType(type: string): boolean {
  return DEAD_LETTER_TYPE.test(type);
}

/**
 * The dead letter that a body is: with the headers of RabbitMQ (`x-death`), Kafka or a service bus at any of the members in which
 * bridges put them, or of any form where the type says that it is one. What waits between two tries is none.
 * `request`: what is kept of the request that brought it, whose headers may be those of the message. Undefined when it is none.
 */
export function readDeadLetter(body: unknown, isDeclared: boolean, request: Members = {}): DeadLetter | undefined {
  const members = membersOf(body);
  const headers = { ...marksOf(request), ...headersOf(members) };
  const facts = foldedNames({ ...members, ...headers });
  if (!isDeclared && !Object.keys(facts).some((name) => MARKS.test(name)) && !hasDiedAtEventGrid(facts))
    return undefined;
  const deaths = deathsOf(facts['x-death']);
  if (!isDeclared && isDelayedRetry(facts, deaths)) return undefined;
  const death = deathThatCounts(deaths);
  return {
    queue: death?.queue ?? first(facts, QUEUES) ?? textOf(facts['routing_key']),
    reason: death?.reason ?? first(facts, REASONS),
    description: first(facts, DESCRIPTIONS),
    attempts: first(facts, ATTEMPTS) ?? death?.count,
    messageId: first(facts, MESSAGE_IDS),
    diedAt: instantOf(death?.time) ?? TIMES.map((name) => instantOf(facts[name])).find((at) => at !== undefined),
    payload: payloadOf(body, members),
    headers,
  };
}

/** The headers beside the payload; of RabbitMQ they stand among the properties. */
function headersOf(members: Members): Members {
  const found = MEMBERS_OF_HEADERS.flatMap((name) => {
    const value = membersOf(members[name]);
    const { headers, ...others } = value;
    return Object.keys(value).length === 0 ? [] : [{ ...others, ...membersOf(headers) }];
  });
  return Object.assign({}, marksOf(members), ...found) as Members;
}

function marksOf(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => MARKS.test(name.toLowerCase())));
}

/** The message as it was sent; text that is JSON is read as such. Without a member for it the body itself. */
function payloadOf(body: unknown, members: Members): unknown {
  const name = MEMBERS_OF_PAYLOAD.find((one) => members[one] !== undefined && members[one] !== null);
  if (name === undefined) return body;
  const value = members[name];
  if (typeof value !== 'string') return value;
  const text = members['payload_encoding'] === 'base64' ? Buffer.from(value, 'base64').toString('utf8') : value;
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

/** Event Grid writes what it could not deliver with members of its own. */
function hasDiedAtEventGrid(facts: Members): boolean {
  return facts['deadletterreason'] !== undefined || facts['lastdeliveryoutcome'] !== undefined;
}

/** `x-death` is a list, the last death first; bridges write it as text. */
function deathsOf(value: unknown): (Death & { count: string | undefined; time: unknown })[] {
  const parsed = typeof value === 'string' ? parsedOr(value) : value;
  return (Array.isArray(parsed) ? parsed : [parsed]).map(membersOf).map(({ queue, reason, count, time }) => ({
    queue: textOf(queue),
    reason: textOf(reason),
    count: textOf(count),
    time,
  }));
}

function parsedOr(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** Seconds or milliseconds since 1970, or an RFC 3339 time. */
function instantOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const epoch = /^\d{10}$/.test(text) ? Number(text) * 1_000 : /^\d{13}$/.test(text) ? Number(text) : undefined;
  const parsed = parseInstant(epoch === undefined ? text : new Date(epoch).toISOString());
  return parsed.ok ? parsed.value : undefined;
}

function first(facts: Members, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(facts[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}

function foldedNames(members: Members): Members {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value]));
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = typeof value === 'string' ? toStorableText(value.trim()).slice(0, LONGEST) : '';
  return text === '' ? undefined : text;
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

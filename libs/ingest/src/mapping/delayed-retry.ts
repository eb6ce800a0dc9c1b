type Members = Readonly<Record<string, unknown>>;

/** One entry of RabbitMQ's `x-death`: how often a message left a queue for a reason. */
export type Death = { queue: string | undefined; reason: string | undefined };

/** Words in the name of a queue in which messages wait until their time is up. */
const WAITS = /retr(?:y|ies)|delay|wait|back-?off|defer|schedul|hold|ttl/i;
/** Words in the name of a place where messages end. */
const ENDS = /dead|(?:^|[^a-z])dl[qtx](?:$|[^a-z])|park|poison|undeliver|fail|error|invalid/i;
/** Members that say where a message lies now, or under which key it came there. */
const PLACES = ['routing_key', 'routingkey', 'exchange', 'queue', 'queuename'];

/**
 * True for a message of RabbitMQ that waits between two tries. The broker writes the same headers as for one that it gave up: a queue
 * with a time-out and no consumer, whose messages "expire" back to where they are worked on, is its usual way to wait. What
 * counts is the last death: rejected, over the length or over the deliveries is given up; expired is a wait where an earlier death
 * was none, or the queue is named so, unless the message lies where messages end. Else it waited too long for a consumer.
 * `facts`: members and headers by their names in lower case; `deaths`: the last first.
 */
export function isDelayedRetry(facts: Members, deaths: readonly Death[]): boolean {
  const [last] = deaths;
  const lastReason = textOf(facts['x-last-death-reason']) ?? last?.reason;
  if (lastReason === undefined || !isExpired(lastReason)) return false;
  if (PLACES.some((name) => ENDS.test(textOf(facts[name]) ?? ''))) return false;
  const reasons = [textOf(facts['x-first-death-reason']), ...deaths.map(({ reason }) => reason)];
  if (reasons.some((reason) => reason !== undefined && !isExpired(reason))) return true;
  return WAITS.test(textOf(facts['x-last-death-queue']) ?? last?.queue ?? '');
}

/** The death by which a message was given up: the last that was no wait, where there is one. */
export function deathThatCounts<T extends Death>(deaths: readonly T[]): T | undefined {
  return deaths.find(({ reason }) => reason !== undefined && !isExpired(reason)) ?? deaths[0];
}

function isExpired(reason: string): boolean {
  return reason.toLowerCase() === 'expired';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

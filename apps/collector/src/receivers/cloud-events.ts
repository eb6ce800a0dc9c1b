import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  MalformedEvents,
  readEventsInSteps,
  UnsupportedEventMediaType,
  type HttpHeaders,
  type ReadEvents,
  type RejectedEvent,
} from '@throughline/ingest';
import type { ByteAccount } from '../intake/byte-budget.js';
import { countRefusal } from '../intake/count-refusal.js';
import { eventSignal } from '../intake/event-signal.js';
import type { EventSources } from '../intake/event-sources.js';
import type { Credentials } from '../intake/ingest-keys.js';
import type { Intake, IntakeRequest } from '../intake/intake.js';
import type { NewSignal } from '../intake/new-signal.js';
import type { RefusedSignal } from '../intake/redaction-of-signals.js';
import { Refusal } from '../intake/refusal.js';
import { accessTokenOf, handleIngest, hopOf, refuseByFramework, type HttpAnswer } from './http-request.js';
import { problemAnswer } from './problem-answer.js';
import { readBody } from './read-body.js';

/** Listed one by one in an answer, which would else grow beyond its request; `rejectedCount` tells of all. */
const MOST_LISTED = 1_000;
/** Each may be looked into for the system that it names. */
const EVENTS_A_TURN = 200;

/** `POST /v1/events`: CloudEvents 1.0 over HTTP in structured, batched and binary mode. */
export function registerCloudEvents(
  server: FastifyInstance,
  intake: Intake,
  sources: EventSources,
  maxBytes: number,
): void {
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    handleIngest(
      { reply, intake, protocol: 'cloud-events' },
      () => refuseByFramework({ intake, protocol: 'cloud-events', credentials: credentialsOf(request) }, error),
      problemAnswer,
    );
  server.post('/v1/events', { errorHandler }, (request, reply) =>
    handleIngest(
      { reply, intake, protocol: 'cloud-events' },
      (account) => receive(request, { intake, sources, maxBytes }, account),
      problemAnswer,
    ),
  );
}

type Parts = { intake: Intake; sources: EventSources; maxBytes: number };

async function receive(request: FastifyRequest, parts: Parts, account: ByteAccount): Promise<HttpAnswer> {
  const { intake } = parts;
  const taken = await intake.open('cloud-events', credentialsOf(request));
  return countRefusal(intake, taken, () => take(request, taken, parts, account));
}

function credentialsOf(request: FastifyRequest): Credentials {
  return { authorization: request.headers.authorization, token: accessTokenOf(request) };
}

async function take(
  request: FastifyRequest,
  taken: IntakeRequest,
  { intake, sources, maxBytes }: Parts,
  account: ByteAccount,
): Promise<HttpAnswer> {
  const { tenantId, sourceSystem: ingestSource } = taken.sender;
  const sourceOf = await intake.configured(() => sources.resolver(tenantId, taken.sourceSystem));
  const body = await readBody(request.raw, maxBytes, account);
  intake.use(taken, { bytes: body.length });
  const read = await readable(body, () => readEventsInSteps(headersOf(request), body, nextTurn));
  const hopTraceparent = hopOf(request);
  const signals: NewSignal[] = [];
  for (const [position, { event }] of read.events.entries()) {
    if (position % EVENTS_A_TURN === EVENTS_A_TURN - 1) await nextTurn();
    const source = await intake.configured(() => sourceOf(event));
    signals.push(eventSignal(event, { ingestSource, source, hopTraceparent }));
  }
  const counts = await intake.takeSignals(taken, signals, read.rejected.length, (stored) =>
    sightSources(intake, taken, stored),
  );
  read.rejected.push(...counts.refused.map((refused) => unstorable(read, refused)));
  const accepted = read.events.length - counts.refused.length;
  const [firstRejected] = read.rejected;
  if (firstRejected) await intake.keepRefused(taken, reasonOf(read, firstRejected), body);
  if (firstRejected && accepted === 0) return rejectedAnswer(read, firstRejected);
  // A duplicate is as good as stored: its sender may forget it.
  const warnings = read.warnings.length > 0 ? { warnings: read.warnings } : {};
  return jsonAnswer(200, {
    accepted,
    duplicate: counts.duplicates,
    ...listed(read.rejected),
    ...warnings,
  });
}

/** An event that a redaction rule keeps from being stored. */
function unstorable(read: ReadEvents, { position, reason }: RefusedSignal): RejectedEvent {
  const { index, event } = read.events[position]!;
  return { index, id: event.id.slice(0, 200), source: event.source.slice(0, 200), reason };
}

/** Sources of events that belong to no configured source system. */
function sightSources(intake: Intake, taken: IntakeRequest, signals: readonly NewSignal[]): void {
  const counts = new Map<string, number>();
  for (const { source, sourceSystem } of signals)
    if (sourceSystem === '') counts.set(source, (counts.get(source) ?? 0) + 1);
  for (const [source, count] of counts) intake.sightOne(taken, 'source', source, count);
}

/** Node joins a repeated header with a comma, which would make one id of two: here it stays a list, which is refused. */
function headersOf({ raw }: FastifyRequest): HttpHeaders {
  const headers = Object.entries(raw.headersDistinct);
  return Object.fromEntries(headers.map(([name, values]) => [name, values?.length === 1 ? values[0] : values]));
}

async function readable(body: Buffer, read: () => Promise<ReadEvents>): Promise<ReadEvents> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnsupportedEventMediaType)
      throw new Refusal('unsupported-media-type', error.message, { sample: body });
    if (!(error instanceof MalformedEvents)) throw error;
    throw new Refusal('malformed', error.message, { sample: body });
  }
}

/** Nothing in the request was a CloudEvent: 400, with the reason for each of a batch. */
function rejectedAnswer(read: ReadEvents, first: RejectedEvent): HttpAnswer {
  const answer = problemAnswer(new Refusal('malformed', reasonOf(read, first)));
  if (read.mode !== 'batched') return answer;
  const problem: unknown = JSON.parse(Buffer.from(answer.body).toString('utf8'));
  return { ...answer, body: Buffer.from(JSON.stringify(Object.assign({}, problem, listed(read.rejected)))) };
}

function listed(rejected: readonly RejectedEvent[]): object {
  if (rejected.length <= MOST_LISTED) return { rejected };
  return { rejected: rejected.slice(0, MOST_LISTED), rejectedCount: rejected.length };
}

function reasonOf(read: ReadEvents, first: RejectedEvent): string {
  if (read.mode !== 'batched') return first.reason;
  const more = read.rejected.length > 1 ? ` (and ${read.rejected.length - 1} more)` : '';
  return `event ${first.index} of the batch: ${first.reason}${more}`;
}

function jsonAnswer(status: number, body: object): HttpAnswer {
  return { status, contentType: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(body)) };
}

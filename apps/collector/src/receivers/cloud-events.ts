import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  MalformedEvents,
  readEvents,
  UnsupportedEventMediaType,
  type HttpHeaders,
  type ReadEvents,
  type RejectedEvent,
} from '@throughline/ingest';
import type { ByteAccount } from '../intake/byte-budget.js';
import { eventSignal } from '../intake/event-signal.js';
import type { Intake } from '../intake/intake.js';
import { Refusal } from '../intake/refusal.js';
import { frameworkRefusal, handleIngest, type HttpAnswer } from './http-request.js';
import { problemAnswer } from './problem-answer.js';
import { readBody } from './read-body.js';

/** Listed one by one in an answer, which would else grow beyond its request; `rejectedCount` tells of all. */
const MOST_LISTED = 1_000;

/** `POST /v1/events`: CloudEvents 1.0 over HTTP in structured, batched and binary mode. */
export function registerCloudEvents(server: FastifyInstance, intake: Intake, maxBytes: number): void {
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    handleIngest(
      { request, reply, intake, protocol: 'cloud-events' },
      () => Promise.reject(frameworkRefusal(error)),
      problemAnswer,
    );
  server.post('/v1/events', { errorHandler }, (request, reply) =>
    handleIngest(
      { request, reply, intake, protocol: 'cloud-events' },
      (account) => receive(request, intake, maxBytes, account),
      problemAnswer,
    ),
  );
}

async function receive(
  request: FastifyRequest,
  intake: Intake,
  maxBytes: number,
  account: ByteAccount,
): Promise<HttpAnswer> {
  const taken = await intake.open('cloud-events', request.headers.authorization);
  const body = await readBody(request.raw, maxBytes, account);
  const read = await readable(
    () => readEvents(headersOf(request), body),
    (reason) => intake.keepRefused(taken, reason, body),
  );
  const hop = request.headers['traceparent'];
  const hopTraceparent = typeof hop === 'string' ? hop : null;
  const sender = { ingestSource: taken.sender.sourceSystem, source: null, hopTraceparent };
  const signals = read.events.map(({ event }) => eventSignal(event, sender));
  const counts = await intake.takeSignals(taken, signals, read.rejected.length);
  const [firstRejected] = read.rejected;
  if (firstRejected) await intake.keepRefused(taken, reasonOf(read, firstRejected), body);
  if (firstRejected && read.events.length === 0) return rejectedAnswer(read, firstRejected);
  // A duplicate is as good as stored: its sender may forget it.
  return jsonAnswer(200, { accepted: read.events.length, duplicate: counts.duplicates, ...listed(read.rejected) });
}

/** Node joins a repeated header with a comma, which would make one id of two: here it stays a list, which is refused. */
function headersOf({ raw }: FastifyRequest): HttpHeaders {
  const headers = Object.entries(raw.headersDistinct);
  return Object.fromEntries(headers.map(([name, values]) => [name, values?.length === 1 ? values[0] : values]));
}

async function readable(read: () => ReadEvents, keep: (reason: string) => Promise<void>): Promise<ReadEvents> {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnsupportedEventMediaType) throw new Refusal('unsupported-media-type', error.message);
    if (!(error instanceof MalformedEvents)) throw error;
    await keep(error.message);
    throw new Refusal('malformed', error.message);
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

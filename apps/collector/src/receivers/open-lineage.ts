import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  lineageScopedKey,
  lineageSignalFacts,
  MalformedLineage,
  readLineageEventsInSteps,
  type ReadLineageEvents,
  type RejectedLineageEvent,
} from '@throughline/ingest';
import type { ByteAccount } from '../intake/byte-budget.js';
import { countRefusal } from '../intake/count-refusal.js';
import type { Intake, IntakeRequest } from '../intake/intake.js';
import type { NewSignal } from '../intake/new-signal.js';
import { Refusal } from '../intake/refusal.js';
import { handleIngest, hopOf, refuseByFramework, type HttpAnswer } from './http-request.js';
import { problemAnswer } from './problem-answer.js';
import { readBody } from './read-body.js';

type Source = { name: string; kind: string };

/** Listed one by one in an answer, which would else grow beyond its request; `rejectedCount` tells of all. */
const MOST_LISTED = 1_000;

/**
 * `POST /api/v1/lineage` (one event, or a list) and `/api/v1/lineage/batch`: OpenLineage run, job and dataset events. 200
 * with what became of each; 400 when nothing of it is an event.
 */
export function registerOpenLineage(server: FastifyInstance, intake: Intake, maxBytes: number): void {
  const handle = (reply: FastifyReply, answer: (account: ByteAccount) => Promise<HttpAnswer>): Promise<FastifyReply> =>
    handleIngest({ reply, intake, protocol: 'openlineage' }, answer, problemAnswer);
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    handle(reply, () =>
      refuseByFramework({ intake, protocol: 'openlineage', credentials: request.headers.authorization }, error),
    );
  for (const path of ['/api/v1/lineage', '/api/v1/lineage/batch']) {
    server.post(path, { errorHandler }, (request, reply) =>
      handle(reply, (account) => receive(request, intake, maxBytes, account)),
    );
  }
}

async function receive(
  request: FastifyRequest,
  intake: Intake,
  maxBytes: number,
  account: ByteAccount,
): Promise<HttpAnswer> {
  const taken = await intake.open('openlineage', request.headers.authorization);
  return countRefusal(intake, taken, () => take(request, taken, { intake, maxBytes }, account));
}

async function take(
  request: FastifyRequest,
  taken: IntakeRequest,
  { intake, maxBytes }: { intake: Intake; maxBytes: number },
  account: ByteAccount,
): Promise<HttpAnswer> {
  demandJson(request.headers['content-type']);
  const body = await readBody(request.raw, maxBytes, account);
  intake.use(taken, { bytes: body.length });
  const read = await readable(body);
  const source = await sourceOf(intake, taken);
  const hopTraceparent = hopOf(request);
  const signals = read.events.map((one) => lineageSignal(one, source, hopTraceparent));
  const counts = await intake.takeSignals(taken, signals, read.rejected.length, (stored) => {
    for (const { source: job, type } of stored)
      if (type !== 'DatasetEvent') intake.sightOne(taken, 'integration', job, 1);
  });
  const rejected: RejectedLineageEvent[] = [
    ...read.rejected,
    ...counts.refused.map(({ position, reason }) => ({
      index: read.events[position]?.index ?? position,
      runId: null,
      job: null,
      reason,
    })),
  ];
  const [first] = rejected;
  if (first !== undefined) await intake.keepRefused(taken, reasonOf(read, first), body);
  const accepted = signals.length - counts.refused.length;
  if (first !== undefined && accepted === 0) return rejectedAnswer(read, rejected, first);
  return jsonAnswer({ accepted, duplicate: counts.duplicates, ...listed(rejected) });
}

function lineageSignal(
  { event, body }: ReadLineageEvents['events'][number],
  source: Source | undefined,
  hopTraceparent: string | null,
): NewSignal {
  return {
    kind: 'openlineage',
    scopedKey: lineageScopedKey(event, body),
    sourceSystem: source?.name ?? '',
    sourceKind: source?.kind ?? '',
    ...lineageSignalFacts(event),
    contentType: 'application/json',
    hopTraceparent,
    body,
    sequenceNo: null,
    fileId: null,
    recordNo: null,
  };
}

/** The source system that the key is bound to, which nobody may have configured yet. */
async function sourceOf(intake: Intake, { sender }: IntakeRequest): Promise<Source | undefined> {
  const { tenantId, sourceSystem } = sender;
  if (sourceSystem === null) return undefined;
  const source = await intake.configured(() => intake.sourceSystems.find(tenantId, sourceSystem));
  return source ?? { name: sourceSystem, kind: '' };
}

function demandJson(contentType: string | undefined): void {
  const mediaType = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (mediaType === '' || mediaType === 'text/plain' || mediaType.endsWith('/json') || mediaType.endsWith('+json'))
    return;
  throw new Refusal(
    'unsupported-media-type',
    `OpenLineage events are application/json, got ${mediaType.slice(0, 100)}`,
  );
}

async function readable(body: Buffer): Promise<ReadLineageEvents> {
  try {
    return await readLineageEventsInSteps(body, nextTurn);
  } catch (error) {
    if (!(error instanceof MalformedLineage)) throw error;
    throw new Refusal('malformed', error.message, { sample: body });
  }
}

function rejectedAnswer(
  read: ReadLineageEvents,
  rejected: readonly RejectedLineageEvent[],
  first: RejectedLineageEvent,
): HttpAnswer {
  const answer = problemAnswer(new Refusal('malformed', reasonOf(read, first)));
  if (!read.isList) return answer;
  const problem: unknown = JSON.parse(Buffer.from(answer.body).toString('utf8'));
  return { ...answer, body: Buffer.from(JSON.stringify(Object.assign({}, problem, listed(rejected)))) };
}

function reasonOf(read: ReadLineageEvents, first: RejectedLineageEvent): string {
  return read.isList ? `event ${first.index} of the list: ${first.reason}` : first.reason;
}

function listed(rejected: readonly RejectedLineageEvent[]): object {
  if (rejected.length <= MOST_LISTED) return { rejected };
  return { rejected: rejected.slice(0, MOST_LISTED), rejectedCount: rejected.length };
}

function jsonAnswer(body: object): HttpAnswer {
  return { status: 200, contentType: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(body)) };
}

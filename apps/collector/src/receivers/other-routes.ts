import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerProbe, type ProbeSources } from '@throughline/observability';
import { problem } from './problem-answer.js';

const TAKEN =
  'taken are POST /v1/traces and /v1/logs (OTLP), POST /v1/events (CloudEvents 1.0), POST /api/v1/lineage (OpenLineage), POST /v1/webhooks/{source-system}, POST /v1/files/{format} and OTLP/gRPC';
const MOST_SHOWN_SEGMENTS = 3;

/** Probes, and the answer to what does not exist. */
export function registerOtherRoutes(server: FastifyInstance, probes: ProbeSources): void {
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    server.get(path, async (_request, reply) => {
      const answer = await answerProbe(path, probes);
      return reply
        .code(answer?.status ?? 404)
        .header('content-type', answer?.contentType ?? 'text/plain')
        .send(answer?.body ?? '');
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const isTaken = server.findRoute({ method: 'POST', url: pathOf(request) }) !== null;
    if (isTaken) reply.header('allow', 'POST');
    const detail = `there is no ${request.method} ${shownPath(request)}; ${TAKEN}`;
    return sendProblem(reply, isTaken ? 405 : 404, detail);
  });
}

/** Answers an address that cannot be read at all. It is not repeated: it may hold an ingest key. */
export function answerUnreadableAddress(_error: Error, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, 400, `the address cannot be read: a part of it is too long or wrongly encoded; ${TAKEN}`);
}

/** The beginning of a path as far as it is made of plain words: what comes behind may be an ingest key. */
function shownPath(request: FastifyRequest): string {
  const segments = pathOf(request).split('/').slice(1);
  const strange = segments.findIndex((segment, index) => index >= MOST_SHOWN_SEGMENTS || !isPlain(segment, index));
  return strange < 0 ? `/${segments.join('/')}` : `/${[...segments.slice(0, strange), '…'].join('/')}`;
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0]!;
}

/** `v1` or `api` first; keys are longer than a word, and never lower-case letters alone. */
function isPlain(segment: string, index: number): boolean {
  return index === 0 ? /^(?:v1|api)$/.test(segment) : /^(?:v1|[a-z]{0,16})$/.test(segment);
}

function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  const answer = problem(status, detail);
  return reply.code(answer.status).header('content-type', answer.contentType).send(Buffer.from(answer.body));
}

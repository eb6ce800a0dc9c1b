import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerProbe, type ProbeSources } from '@throughline/observability';
import type { IntakeMetrics } from '../intake/intake-metrics.js';
import type { KnownRoutes } from './known-routes.js';
import { problem } from './problem-answer.js';

const TAKEN =
  'taken are POST /v1/traces and /v1/logs (OTLP), POST /v1/events (CloudEvents 1.0), POST /api/v1/lineage (OpenLineage), POST /v1/webhooks/{source-system}, POST /v1/files/{format} and OTLP/gRPC';
const MOST_SHOWN_SEGMENTS = 3;

/** Probes, and the answer to what does not exist. */
export function registerOtherRoutes(
  server: FastifyInstance,
  { probes, routes, metrics }: { probes: ProbeSources; routes: KnownRoutes; metrics: IntakeMetrics },
): void {
  for (const url of ['/healthz', '/readyz', '/metrics']) {
    // Load balancers like to ask by HEAD.
    const handler = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const answer = await answerProbe(url, probes);
      return reply
        .code(answer?.status ?? 404)
        .header('content-type', answer?.contentType ?? 'text/plain')
        .send(answer?.body ?? '');
    };
    server.route({ method: ['GET', 'HEAD'], url, handler });
  }
  server.setNotFoundHandler((request, reply) => {
    const methods = routes.methodsOf(pathOf(request));
    if (methods.length > 0) reply.header('allow', methods.join(', '));
    metrics.countRequest('http', 'not-found', 0);
    const detail = `there is no ${request.method} ${shownPath(request)}; ${TAKEN}`;
    return sendProblem(reply, methods.length > 0 ? 405 : 404, detail);
  });
}

/** Answers an address that cannot be read at all. It is not repeated: it may hold an ingest key. */
export function answerUnreadableAddress(reply: FastifyReply, metrics: IntakeMetrics): FastifyReply {
  metrics.countRequest('http', 'malformed', 0);
  return sendProblem(reply, 400, `the address cannot be read: a part of it is too long or wrongly encoded; ${TAKEN}`);
}

/** The path of an address that is written whole, as for a proxy: every server has to take that form (RFC 9112, 3.2.2). */
export function withoutOrigin(url: string | undefined): string {
  const path = (url ?? '').replace(/^https?:\/\/[^/?#]*/i, '');
  return path === '' || path.startsWith('?') ? `/${path}` : path;
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

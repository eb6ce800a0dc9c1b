import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerProbe, type ProbeSources } from '@throughline/observability';
import { problem } from './problem-answer.js';
import { discardRest } from './read-body.js';

const MOST_DISCARDED_BYTES = 16 * 1024 * 1024;

const TAKEN =
  'taken are POST /v1/traces and /v1/logs (OTLP), POST /v1/events (CloudEvents 1.0), POST /api/v1/lineage (OpenLineage), POST /v1/webhooks/{source-system}, POST /v1/files/{format} and OTLP/gRPC';

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
  server.setNotFoundHandler((request, reply) =>
    sendProblem(
      request,
      reply,
      404,
      `there is no ${request.method} ${request.url.split('?', 1)[0]!.slice(0, 100)}; ${TAKEN}`,
    ),
  );
}

async function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail: string,
): Promise<FastifyReply> {
  if (!(await discardRest(request.raw, MOST_DISCARDED_BYTES))) reply.header('connection', 'close');
  const answer = problem(status, detail);
  return reply.code(answer.status).header('content-type', answer.contentType).send(Buffer.from(answer.body));
}

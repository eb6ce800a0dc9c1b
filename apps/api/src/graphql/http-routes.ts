import helmet from '@fastify/helmet';
import { answerProbe, rememberReadiness, type ReadinessReport } from '@throughline/observability';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

const EXPLANATION = {
  message: 'This is the GraphQL endpoint of Throughline. POST a JSON body {"query": "…"} here.',
  signIn: 'mutation { signIn(email: "…", password: "…") { __typename } } sets the session cookie',
  subscriptions: 'the same path over WebSocket, protocol graphql-transport-ws',
  console: 'the console is at /',
};

/** Refuses a Host header that is no host: an address built from it would be an error of ours. */
export function registerHostCheck(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!URL.canParse(`http://${request.headers.host ?? ''}/`)) {
      await reply.code(400).send({ message: 'the Host header is no host' });
    }
  });
}

/** Security headers: everything from ourselves; style attributes are allowed because the UI kit sets them. */
export async function registerSecurityHeaders(server: FastifyInstance, publicUrl: string): Promise<void> {
  const isHttps = publicUrl.startsWith('https://');
  const { host } = new URL(publicUrl);
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        // Safari before 15.4 does not count ws: of the same host as 'self'
        connectSrc: ["'self'", `${isHttps ? 'wss' : 'ws'}://${host}`],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isHttps,
  });
}

/** `/healthz`, `/readyz`, `/metrics`. */
export function registerProbes(
  server: FastifyInstance,
  sources: { readiness(): Promise<ReadinessReport>; metrics: Registry },
): void {
  const probes = { metrics: sources.metrics, readiness: rememberReadiness(sources.readiness) };
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    server.get(path, async (_request, reply) => {
      const answer = await answerProbe(path, probes);
      return reply
        .code(answer?.status ?? 404)
        .header('cache-control', 'no-store')
        .type(answer?.contentType ?? 'text/plain')
        .send(answer?.body ?? '');
    });
  }
}

/** Somebody who opens `/graphql` in a browser is told what it is. */
export function registerExplanation(server: FastifyInstance): void {
  server.addHook('preHandler', async (request, reply) => {
    const [path, search] = request.url.split('?', 2);
    if (path === '/graphql' && request.method === 'GET' && !new URLSearchParams(search).has('query')) {
      await reply.type('application/json; charset=utf-8').send(EXPLANATION);
    }
  });
}

import type { FastifyInstance } from 'fastify';

const LONGEST_ORIGIN = 253;
/** A DNS name, as the specification asks for; a port is written by some. */
const ORIGIN = /^[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/;
const RATE = /^[1-9]\d{0,9}$/;

/**
 * `OPTIONS`: the abuse protection of HTTP 1.1 Web Hooks for Event Delivery. Every origin may deliver, at the rate it asks
 * for: who may really send is told by the ingest key, how much by its limit (429 with Retry-After). The permission is
 * given at once, so that a callback address is never called.
 */
export function registerWebhookHandshake(server: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    server.options(path, (request, reply) => {
      reply.header('allow', 'POST, OPTIONS');
      const origin = headerText(request.headers['webhook-request-origin']);
      if (origin === undefined) return reply.code(204).send();
      if (origin.length > LONGEST_ORIGIN || !ORIGIN.test(origin)) return reply.code(400).send();
      reply.header('webhook-allowed-origin', origin);
      const rate = headerText(request.headers['webhook-request-rate']);
      reply.header('webhook-allowed-rate', rate !== undefined && RATE.test(rate) ? rate : '*');
      return reply.code(200).send();
    });
  }
}

function headerText(value: string | string[] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

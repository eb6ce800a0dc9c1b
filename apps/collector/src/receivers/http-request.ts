import { withoutQuotes } from '@throughline/ingest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countRefusal } from '../intake/count-refusal.js';
import { asRefusal, type Intake } from '../intake/intake.js';
import type { Protocol } from '../intake/intake-metrics.js';
import { errorCode } from '../intake/error-code.js';
import { Refusal, type RefusalKind } from '../intake/refusal.js';
import type { ByteAccount } from '../intake/byte-budget.js';
import type { Credentials } from '../intake/ingest-keys.js';

/** HTTP status of each kind of refusal: OTLP's senders try again on 429, 502, 503 and 504 alone. */
export const HTTP_STATUS: Record<RefusalKind, number> = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  gone: 410,
  malformed: 400,
  misframed: 400,
  'unsupported-media-type': 415,
  'too-large': 413,
  'too-late': 504,
  'not-taken': 501,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
};

/**
 * What a byte of a request takes in memory until it is stored, by protocol: the bytes themselves, what they are unpacked
 * to, and the rows. Measured with ordinary requests of a mebibyte; files are streamed.
 */
export const MEMORY_FACTOR: Record<Protocol, number> = {
  'otlp-http': 4,
  'otlp-grpc': 4,
  'cloud-events': 4,
  webhook: 4,
  openlineage: 4,
  file: 1,
};

/** Of a `traceparent` header that is kept. */
export const LONGEST_TRACEPARENT = 256;

/** An answer in the protocol's own form. */
export type HttpAnswer = { status: number; contentType: string; body: Uint8Array };

/**
 * Runs one ingest request: accounts for its bytes, measures it, and turns every failure into the protocol's answer.
 * `answer` does the work, `refuse` writes a refusal in the form of the protocol.
 */
export async function handleIngest(
  exchange: { reply: FastifyReply; intake: Intake; protocol: Protocol },
  answer: (account: ByteAccount) => Promise<HttpAnswer>,
  refuse: (refusal: Refusal) => HttpAnswer,
): Promise<FastifyReply> {
  const { reply, intake, protocol } = exchange;
  const startedAt = performance.now();
  const account = intake.budget.open(MEMORY_FACTOR[protocol]);
  let result = 'ok';
  try {
    return send(reply, await answer(account));
  } catch (error) {
    const refusal = asRefusal(error);
    result = refusal.kind;
    logRefusal(intake, protocol, refusal);
    if (refusal.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="throughline"');
    if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', String(refusal.retryAfterSeconds));
    if (refusal.isOfCoding) reply.header('accept-encoding', 'gzip, identity');
    if (refusal.endsConnection) reply.header('connection', 'close');
    return send(reply, refuse(refusal));
  } finally {
    account.close();
    intake.metrics.countRequest(protocol, result, (performance.now() - startedAt) / 1_000);
  }
}

/** What Fastify refuses before a route sees it, such as a Content-Type that is no media type at all: counted as by the route. */
export async function refuseByFramework(
  exchange: { intake: Intake; protocol: Protocol; credentials: Credentials | string | undefined },
  error: unknown,
): Promise<never> {
  const { intake, protocol, credentials } = exchange;
  const taken = await intake.open(protocol, credentials);
  return countRefusal(intake, taken, () => Promise.reject(frameworkRefusal(error)));
}

function frameworkRefusal(error: unknown): Refusal {
  if (errorCode(error) !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return asRefusal(error);
  return new Refusal('unsupported-media-type', 'Content-Type must be a media type such as application/json');
}

/** The `traceparent` header of the request: this hop, never the origin of what it carries. */
export function hopOf(request: FastifyRequest): string | null {
  const hop = request.headers['traceparent'];
  return typeof hop === 'string' && hop.length <= LONGEST_TRACEPARENT ? hop : null;
}

/** The ingest key as `?access_token=`, which HTTP 1.1 Web Hooks for Event Delivery (3.2) asks every target to take. */
export function accessTokenOf({ query }: FastifyRequest): string | undefined {
  const token = (query as Record<string, string | string[] | undefined>)['access_token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** Our fault at error, with the cause; what may pass at warn; the sender's fault at info. */
export function logRefusal(intake: Intake, protocol: Protocol, refusal: Refusal): void {
  // What a reason quotes was sent, and may be what a rule of the tenant takes out.
  const facts = { protocol, kind: refusal.kind, reason: withoutQuotes(refusal.message) };
  if (refusal.kind === 'internal') intake.log.error({ ...facts, err: refusal.cause }, 'request failed');
  else if (refusal.kind === 'unavailable') intake.log.warn({ ...facts, err: refusal.cause }, 'request deferred');
  else intake.log.info(facts, 'request refused');
}

function send(reply: FastifyReply, answer: HttpAnswer): FastifyReply {
  return reply.code(answer.status).header('content-type', answer.contentType).send(Buffer.from(answer.body));
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toStorableText } from '@throughline/canonical';
import {
  MalformedEvents,
  readWebhook,
  UnreadablePayload,
  UnsupportedEventMediaType,
  UnsupportedWebhookMediaType,
  webhookScopedKey,
  type CloudEventAttribute,
  type IdentifiedRecord,
  type MappingRegistry,
  type ReadWebhook,
} from '@throughline/ingest';
import type { SecretBox } from '@throughline/persistence';
import type { ByteAccount } from '../intake/byte-budget.js';
import { countRefusal } from '../intake/count-refusal.js';
import { eventSignal } from '../intake/event-signal.js';
import type { Credentials } from '../intake/ingest-keys.js';
import type { Intake, IntakeRequest } from '../intake/intake.js';
import type { NewSignal } from '../intake/new-signal.js';
import { Refusal } from '../intake/refusal.js';
import type { SourceSystem } from '../intake/source-systems.js';
import { accessTokenOf, handleIngest, hopOf, refuseByFramework, type HttpAnswer } from './http-request.js';
import { readBody } from './read-body.js';
import { demandProof } from './webhook-authentication/verify-webhook.js';
import { acknowledgement, countsAnswer, isOutboundMessage, jsonAnswer, webhookRefusal } from './webhooks-answers.js';
import { eventHeaders, queryOf, requestAttributes } from './webhooks-request.js';

/** What the receiver works with. */
export type WebhookParts = {
  intake: Intake;
  registry: MappingRegistry;
  /** Null = no key is configured: a source system with a secret cannot be checked, and is told to come again. */
  secretBox: SecretBox | null;
  maxBytes: number;
};

type Exchange = WebhookParts & { request: FastifyRequest; account: ByteAccount };
type Parameters = { source: string; token?: string };

const PATHS = ['/v1/webhooks/:source', '/v1/webhooks/:source/:token'];
const LONGEST_SOURCE_NAME = 100;
/** How many of them an answer lists, which would else grow beyond its request. */
const MOST_LISTED = 1_000;

/**
 * `POST /v1/webhooks/{source-system}[/{ingest key}]`: a vendor's own webhooks. `GET` with a query is a callout (Zuora);
 * `HEAD` is how senders look whether somebody is there.
 */
export function registerWebhooks(server: FastifyInstance, parts: WebhookParts): void {
  const { intake } = parts;
  const handle = (
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (account: ByteAccount) => Promise<HttpAnswer>,
  ): Promise<FastifyReply> =>
    handleIngest({ reply, intake, protocol: 'webhook' }, answer, (refusal) => webhookRefusal(request, refusal));
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    handle(request, reply, () =>
      refuseByFramework({ intake, protocol: 'webhook', credentials: credentialsOf(request) }, error),
    );
  for (const path of PATHS) {
    server.route<{ Params: Parameters }>({
      method: ['POST', 'GET'],
      url: path,
      errorHandler,
      handler: (request, reply) =>
        handle(request, reply, (account) => receive({ ...parts, request, account }, request.params)),
    });
    server.head(path, (_request, reply) => reply.code(200).send());
  }
}

function credentialsOf(request: FastifyRequest): Credentials {
  const { token } = request.params as Partial<Parameters>;
  return { authorization: request.headers.authorization, token: token ?? accessTokenOf(request) };
}

async function receive(exchange: Exchange, { source: name }: Parameters): Promise<HttpAnswer> {
  const { intake, request } = exchange;
  const opened = await intake.open('webhook', credentialsOf(request));
  const source = await countRefusal(intake, opened, () => sourceOf(intake, opened, name));
  const taken: IntakeRequest = { ...opened, sourceSystem: source.name };
  const read = await countRefusal(intake, taken, () => readRequest(exchange, taken, source));
  return 'status' in read ? read : take(exchange, taken, read);
}

/** What is to be taken, or what a sender that only asks is answered at once. */
async function readRequest(
  { intake, request, account, registry, maxBytes, secretBox }: Exchange,
  taken: IntakeRequest,
  source: SourceSystem,
): Promise<ReadRequest | HttpAnswer> {
  const sent = request.method === 'GET' ? Buffer.alloc(0) : await readBody(request.raw, maxBytes, account);
  intake.use(taken, { bytes: sent.length });
  aboutBody(sent, () => {
    const signed = { headers: request.headers, body: sent, nowMs: taken.receivedAt.getTime() };
    demandProof(source, signed, secretBox);
  });
  const validation = subscriptionValidation(request, sent);
  if (validation !== undefined) return validation;
  const { body, headers } = bodyOf(request, sent);
  const attributes = requestAttributes(request);
  const read = await readable(body, () =>
    readWebhook({ headers, body, attributes }, source, registry.ofSourceKind(source.kind), nextTurn),
  );
  return { source, body, attributes, read };
}

async function sourceOf(
  intake: Intake,
  { sender, receivedAt, protocol }: IntakeRequest,
  name: string,
): Promise<SourceSystem> {
  const asked = toStorableText(name).slice(0, LONGEST_SOURCE_NAME);
  if (sender.sourceSystem !== null && sender.sourceSystem !== name) {
    throw new Refusal('forbidden', `the ingest key may not send for source system ${JSON.stringify(asked)}`);
  }
  const source = await intake.configured(() => intake.sourceSystems.find(sender.tenantId, name));
  if (source === undefined) {
    intake.sightOne({ sender, receivedAt, protocol, sourceSystem: '' }, 'source', asked, 1);
    throw new Refusal('not-found', `no source system ${JSON.stringify(asked)} is configured`);
  }
  // To webhook senders 410 means: stop. Whoever switched the source system off wants that.
  if (!source.isActive) throw new Refusal('gone', `source system ${JSON.stringify(asked)} is switched off`);
  return source;
}

/** A callout by GET carries its record in the query. */
function bodyOf(request: FastifyRequest, sent: Buffer): { body: Buffer; headers: ReturnType<typeof eventHeaders> } {
  const headers = eventHeaders(request);
  const query = queryOf(request);
  const isInQuery = sent.byteLength === 0 && headers['ce-id'] === undefined && query.size > 0;
  if (!isInQuery) return { body: sent, headers };
  return {
    body: Buffer.from(query.toString()),
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  };
}

type ReadRequest = {
  source: SourceSystem;
  body: Buffer;
  attributes: Record<string, CloudEventAttribute>;
  read: ReadWebhook;
};

async function take(
  { intake, request }: Exchange,
  taken: IntakeRequest,
  { source, body, attributes, read }: ReadRequest,
): Promise<HttpAnswer> {
  const hopTraceparent = hopOf(request);
  const signals =
    read.form === 'events'
      ? read.read.events.map(({ event }) => eventSignal(event, { ingestSource: source.name, source, hopTraceparent }))
      : read.records.map((record) => recordSignal(record, source, attributes, hopTraceparent));
  const rejected: object[] = read.form === 'events' ? [...read.read.rejected] : [];
  const counts = await intake.takeSignals(taken, signals, rejected.length);
  rejected.push(...counts.refused.map(({ position, reason }) => ({ index: indexOf(read, position), reason })));
  const accepted = signals.length - counts.refused.length;
  const [reason] = [...(read.form === 'events' ? read.read.rejected : []), ...counts.refused].map((one) => one.reason);
  if (reason !== undefined) {
    await intake.keepRefused(taken, reason, body);
    if (accepted === 0) throw new Refusal('malformed', reason);
  }
  if (isOutboundMessage(body)) return acknowledgement(rejected.length === 0);
  return countsAnswer({
    accepted,
    duplicate: counts.duplicates,
    rejected: rejected.slice(0, MOST_LISTED),
    ...(rejected.length > MOST_LISTED && { rejectedCount: rejected.length }),
  });
}

function indexOf(read: ReadWebhook, position: number): number {
  return read.form === 'events' ? (read.read.events[position]?.index ?? position) : position;
}

function recordSignal(
  record: IdentifiedRecord,
  source: SourceSystem,
  attributes: Record<string, CloudEventAttribute>,
  hopTraceparent: string | null,
): NewSignal {
  return {
    kind: 'webhook',
    scopedKey: webhookScopedKey(source.name, record.identity),
    sourceSystem: source.name,
    sourceKind: source.kind,
    type: record.type,
    externalId: toStorableText(record.identity),
    source: source.name,
    occurredAt: record.occurredAt,
    contentType: record.contentType,
    attributes,
    hopTraceparent,
    traceId: null,
    body: record.body,
    sequenceNo: null,
    fileId: null,
    recordNo: null,
  };
}

/** Azure Event Grid asks a new endpoint to send a code back before it delivers anything. */
function subscriptionValidation(request: FastifyRequest, body: Buffer): HttpAnswer | undefined {
  if (request.headers['aeg-event-type'] !== 'SubscriptionValidation') return undefined;
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    const event = typeof first === 'object' && first !== null && 'data' in first ? first.data : undefined;
    const code = typeof event === 'object' && event !== null && 'validationCode' in event ? event.validationCode : '';
    return typeof code === 'string' && code !== '' ? jsonAnswer(200, { validationResponse: code }) : undefined;
  } catch {
    return undefined;
  }
}

function aboutBody(body: Buffer, demand: () => void): void {
  try {
    demand();
  } catch (error) {
    throw error instanceof Refusal ? error.about(body) : error;
  }
}

async function readable<T>(body: Buffer, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || !isUnreadable(error)) throw error;
    throw new Refusal(isMediaType(error) ? 'unsupported-media-type' : 'malformed', error.message, { sample: body });
  }
}

function isUnreadable(error: Error): boolean {
  return error instanceof UnreadablePayload || error instanceof MalformedEvents || isMediaType(error);
}

function isMediaType(error: Error): boolean {
  return error instanceof UnsupportedWebhookMediaType || error instanceof UnsupportedEventMediaType;
}
